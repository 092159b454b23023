/* msrp_opening.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_opening.h"

#include "msrp_uri.h"

#define START           "MSRP "
#define BLANK_LINES_MAX 4

/* A line that is complete, from *at on; *at is moved behind it. NO where it goes beyond the limit. */
static enum om_match
match_line(struct om_slice text, gsize limit, gsize *at, struct om_slice *line)
{
    struct om_slice head = om_slice_head(text, limit);
    struct om_slice rest = om_slice_from(head, *at);

    if (om_slice_chr(head, *at, '\n') < 0)
        return text.l >= limit ? OM_MATCH_NO : OM_MATCH_MORE;
    om_slice_line(&rest, line);
    *at = head.l - rest.l;
    return OM_MATCH_YES;
}

enum om_match
om_msrp_start_line_match(struct om_slice text, gsize *length)
{
    gsize n = MIN(text.l, strlen(START));
    struct om_slice line;
    enum om_match match;

    if (n && memcmp(text.p, START, n) != 0)
        return OM_MATCH_NO;
    *length = 0;
    match = match_line(text, OM_START_LINE_LIMIT, length, &line);
    return match == OM_MATCH_YES && !om_msrp_is_start_line(line) ? OM_MATCH_NO : match;
}

/* "Name:" at the line's beginning, case ignored. */
static gboolean
take_path(struct om_slice line, const char *name, struct om_slice *path)
{
    gssize colon = om_slice_chr(line, 0, ':');

    if (colon < 0 || !om_slice_ieq_str(om_slice_trim(om_slice_head(line, (gsize) colon)), name))
        return FALSE;
    *path = om_slice_trim(om_slice_from(line, (gsize) colon + 1));
    return TRUE;
}

enum om_match
om_msrp_opening_match(struct om_slice text, struct om_msrp_opening *opening)
{
    gsize at = 0;
    enum om_match match = om_msrp_start_line_match(text, &at);

    *opening = (struct om_msrp_opening){0};
    for (guint headers = 0, blanks = 0; match == OM_MATCH_YES && headers < 2;) {
        struct om_slice line;

        match = match_line(text, OM_OPENING_LIMIT, &at, &line);
        if (match != OM_MATCH_YES)
            return match;
        if (line.l == 0) {
            if (++blanks > BLANK_LINES_MAX)
                return OM_MATCH_NO;
            continue;
        }
        headers++;
        if (!take_path(line, "To-Path", &opening->to_path) && !take_path(line, "From-Path", &opening->from_path) &&
            headers == 1)
            return OM_MATCH_NO;
    }
    return match;
}

static gboolean
same_first(struct om_slice a, struct om_slice b)
{
    struct om_slice first = om_msrp_path_first(a);

    return first.l > 0 && om_slice_eq(first, om_msrp_path_first(b));
}

gboolean
om_msrp_opening_same_ends(const struct om_msrp_opening *a, const struct om_msrp_opening *b)
{
    return (same_first(a->to_path, b->to_path) && same_first(a->from_path, b->from_path)) ||
           (same_first(a->to_path, b->from_path) && same_first(a->from_path, b->to_path));
}
