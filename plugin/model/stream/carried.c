/* carried.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "carried.h"

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
read_bound(struct om_carried *carried, const struct om_msrp_head *head)
{
    const struct om_byte_range *range = &head->byte_range;
    guint64 before = range->start - 1; /* bytes of the message before this chunk */

    if (head->method == OM_MSRP_RESPONSE)
        carried->bound_kind = OM_BOUND_EXACT;
    /* A REPORT's range is of another message. */
    if (head->method != OM_MSRP_SEND || !head->byte_range_ok || range->start == 0)
        return;
    carried->has_start = TRUE;
    carried->start = range->start;
    if (!range->end_open && range->end >= before) {
        carried->bound_kind = OM_BOUND_EXACT;
        carried->bound = range->end - before;
    } else if (range->end_open && !range->total_open && range->total >= before) {
        carried->bound_kind = OM_BOUND_MOST;
        carried->bound = range->total - before;
    }
}

struct om_carried *
om_carried_new(const struct om_msrp_head *head, om_position begin)
{
    gsize size = head->tid.l + head->message_id.l + head->to_path.l + head->from_path.l;
    struct om_carried *carried = g_malloc(sizeof(*carried) + size);
    char *to = carried->text;

    *carried = (struct om_carried){.references = 1, .begin = begin};
    carried->tid = copy(&to, head->tid);
    carried->message_id = copy(&to, head->message_id);
    carried->paths.to_path = copy(&to, head->to_path);
    carried->paths.from_path = copy(&to, head->from_path);
    while (carried->tid_dashes < carried->tid.l && carried->tid.p[carried->tid_dashes] == '-')
        carried->tid_dashes++;
    read_bound(carried, head);
    return carried;
}

struct om_carried *
om_carried_ref(struct om_carried *carried)
{
    if (carried)
        carried->references++;
    return carried;
}

void
om_carried_unref(struct om_carried *carried)
{
    if (carried && --carried->references == 0)
        g_free(carried);
}

gboolean
om_carried_continues(const struct om_carried *carried, guint64 length, const struct om_msrp_head *head)
{
    return carried->has_start && head->method == OM_MSRP_SEND && head->byte_range_ok && carried->message_id.l &&
           om_slice_eq(carried->message_id, head->message_id) && head->byte_range.start - carried->start == length;
}
