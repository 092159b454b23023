/* orphan.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "orphan.h"

#define ORPHAN_LIMIT 65536

void
om_orphan_clear(struct om_side *side)
{
    struct om_orphan *orphan = side->orphan;

    side->orphan = NULL;
    if (!orphan)
        return;
    g_byte_array_unref(orphan->bytes);
    g_free(orphan);
}

static gboolean
goes_on(struct om_slice end_line)
{
    end_line = om_slice_trim(end_line);
    return end_line.l && end_line.p[end_line.l - 1] == '+';
}

void
om_orphan_junk(struct om_side *side, enum om_junk why, struct om_slice bytes, om_position at)
{
    struct om_orphan *orphan = side->orphan;

    if (why == OM_JUNK_ORPHAN_END_LINE && orphan && !orphan->ended) {
        orphan->ended = goes_on(bytes);
        if (orphan->ended)
            return;
    }
    if (why != OM_JUNK_AFTER_LOSS || !side->last_chunk) {
        om_orphan_clear(side);
        return;
    }
    /* What stood before the loss is no part of it. */
    if (!orphan || orphan->ended || orphan->end != at) {
        om_orphan_clear(side);
        orphan = side->orphan = g_new0(struct om_orphan, 1);
        orphan->bytes = g_byte_array_new();
        orphan->before = side->last_chunk;
    }
    if (orphan->bytes->len <= ORPHAN_LIMIT)
        g_byte_array_append(orphan->bytes, (const guint8 *) bytes.p, (guint) MIN(bytes.l, ORPHAN_LIMIT + 1));
    orphan->end = at + bytes.l;
}

/* Where the body of the chunk before the loss ends at the earliest: as announced, else as far as it was seen. */
static guint64
end_before(const struct om_chunk *before)
{
    guint64 seen = before->offset + before->length;

    if (before->has_range && !before->end_open && before->range_end > seen)
        return before->range_end;
    return seen;
}

/* Is this the rest of a head: printable lines, one of them a header that stands behind the paths? */
static gboolean
is_head_rest(struct om_slice text)
{
    struct om_slice line;
    gboolean header = FALSE;

    while (om_slice_line(&text, &line)) {
        for (gsize i = 0; i < line.l; i++) {
            if ((guchar) line.p[i] < 0x20 || (guchar) line.p[i] > 0x7e)
                return FALSE;
        }
        header |= om_slice_istarts_str(line, "Content-Type:") || om_slice_istarts_str(line, "Byte-Range:");
    }
    return header;
}

/* The orphan's body: without the CRLF before the end-line, and without the rest of a head. */
static struct om_slice
body_of(const struct om_orphan *orphan, guint64 room)
{
    struct om_slice bytes = om_slice(orphan->bytes->data, orphan->bytes->len);
    gssize empty_line = om_slice_find(bytes, 0, OM_SLICE_LIT("\r\n\r\n"));

    if (bytes.l >= 2 && memcmp(bytes.p + bytes.l - 2, "\r\n", 2) == 0)
        bytes.l -= 2;
    if (empty_line >= 0 && is_head_rest(om_slice_head(bytes, (gsize) empty_line)))
        bytes = om_slice_from(bytes, (gsize) empty_line + 4);
    /* Announced ends leave exactly this room: what is more is head. */
    if (orphan->before->has_range && !orphan->before->end_open && bytes.l > room)
        bytes = om_slice_from(bytes, bytes.l - (gsize) room);
    return bytes;
}

static void
put(struct om_object *object, guint64 from, struct om_slice body)
{
    struct om_store_added added;

    /* Only where nothing is held: an inference contradicts nobody. */
    if (om_ranges_size(om_store_ranges(object->store)) &&
        om_ranges_covers(om_store_ranges(object->store), from, from + body.l))
        return;
    om_store_add(object->store, from, body, &added);
    if (!added.fresh)
        return;
    object->dirty = TRUE;
    if (!object->inferred)
        object->inferred = om_ranges_new();
    om_ranges_add(object->inferred, from, from + body.l);
}

void
om_orphan_yield(struct om_object *object, guint64 from, guint64 to)
{
    GArray *list = om_ranges_list(object->inferred);

    for (guint i = 0; i < list->len; i++) {
        struct om_range range = g_array_index(list, struct om_range, i);
        guint64 a = MAX(range.from, from), b = MIN(range.to, to);

        if (a < b) {
            om_store_remove(object->store, a, b);
            om_ranges_remove(object->inferred, a, b);
        }
    }
    g_array_unref(list);
}

void
om_orphan_place(struct om_side *side, const struct om_message *message)
{
    struct om_orphan *orphan = side->orphan;
    const struct om_chunk *after = message->chunk;
    struct om_object *object;
    struct om_slice body;
    guint64 from;

    if (!orphan)
        return;
    if (orphan->ended && orphan->bytes->len <= ORPHAN_LIMIT && after && after->object == orphan->before->object &&
        after->has_range && after->offset > end_before(orphan->before)) {
        object = after->object;
        body = body_of(orphan, after->offset - end_before(orphan->before));
        from = after->offset - MIN(after->offset, body.l);
        /* Not counted as seen on the leg: what fills the gap later is no repetition. */
        if (body.l && from >= end_before(orphan->before)) {
            put(object, from, body);
        }
    }
    om_orphan_clear(side);
}
