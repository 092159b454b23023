/* framed.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "framed.h"

static struct om_slice
copy(char **to, struct om_slice text)
{
    struct om_slice result = om_slice_isset(text) ? om_slice(*to, text.l) : OM_SLICE_NULL;

    if (text.l)
        memcpy(*to, text.p, text.l);
    *to += text.l;
    return result;
}

static void
read_bound(struct om_framed *framed, const struct om_msrp_head *head)
{
    const struct om_byte_range *range = &head->byte_range;
    guint64 before = range->start - 1; /* bytes of the message before this chunk */

    if (head->method == OM_MSRP_RESPONSE)
        framed->bound_kind = OM_BOUND_EXACT;
    /* A REPORT's range is of another message. */
    if (head->method != OM_MSRP_SEND || !head->byte_range_ok || range->start == 0)
        return;
    framed->has_start = TRUE;
    framed->start = range->start;
    if (!range->end_open && range->end >= before) {
        framed->bound_kind = OM_BOUND_EXACT;
        framed->bound = range->end - before;
    } else if (range->end_open && !range->total_open && range->total >= before) {
        framed->bound_kind = OM_BOUND_MOST;
        framed->bound = range->total - before;
    }
}

struct om_framed *
om_framed_new(const struct om_msrp_head *head, om_position begin)
{
    gsize size = head->tid.l + head->message_id.l + head->to_path.l + head->from_path.l;
    struct om_framed *framed = g_malloc(sizeof(*framed) + size);
    char *to = framed->text;

    *framed = (struct om_framed){.references = 1, .begin = begin};
    framed->tid = copy(&to, head->tid);
    framed->message_id = copy(&to, head->message_id);
    framed->paths.to_path = copy(&to, head->to_path);
    framed->paths.from_path = copy(&to, head->from_path);
    while (framed->tid_dashes < framed->tid.l && framed->tid.p[framed->tid_dashes] == '-')
        framed->tid_dashes++;
    read_bound(framed, head);
    return framed;
}

struct om_framed *
om_framed_ref(struct om_framed *framed)
{
    if (framed)
        framed->references++;
    return framed;
}

void
om_framed_unref(struct om_framed *framed)
{
    if (framed && --framed->references == 0)
        g_free(framed);
}

gboolean
om_framed_continues(const struct om_framed *framed, guint64 length, const struct om_msrp_head *head)
{
    return framed->has_start && head->method == OM_MSRP_SEND && head->byte_range_ok && framed->message_id.l &&
           om_slice_eq(framed->message_id, head->message_id) && head->byte_range.start - framed->start == length;
}
