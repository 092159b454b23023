/* byte_range.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "byte_range.h"

/* range-end and total: a number or "*". */
static gboolean
number_or_star(struct om_slice text, guint64 *value, gboolean *star)
{
    text = om_slice_trim(text);
    *star = text.l == 1 && text.p[0] == '*';
    *value = 0;
    return *star || om_slice_u64(text, value);
}

/* start "-" end */
static gboolean
parse_ends(struct om_slice text, struct om_byte_range *range)
{
    gssize dash = om_slice_chr(text, 0, '-');

    return dash >= 0 && om_slice_u64(om_slice_trim(om_slice_head(text, (gsize) dash)), &range->start) &&
           number_or_star(om_slice_from(text, (gsize) dash + 1), &range->end, &range->end_open);
}

gboolean
om_file_range_parse(struct om_slice text, struct om_byte_range *range)
{
    struct om_byte_range r = {.total_open = TRUE};

    if (!parse_ends(text, &r))
        return FALSE;
    *range = r;
    return TRUE;
}

gboolean
om_byte_range_parse(struct om_slice text, struct om_byte_range *range)
{
    struct om_byte_range r;
    gssize slash = om_slice_chr(text, 0, '/');

    if (slash < 0)
        return FALSE;
    if (!parse_ends(om_slice_head(text, (gsize) slash), &r) ||
        !number_or_star(om_slice_from(text, (gsize) slash + 1), &r.total, &r.total_open))
        return FALSE;
    *range = r;
    return TRUE;
}
