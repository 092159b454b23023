/* orphan.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "orphan.h"

#include "inferred.h"

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

/* May this be the rest of a head: printable lines, with a colon in all but the first one, which may be cut? */
static gboolean
may_be_headers(struct om_slice text)
{
    struct om_slice line;

    for (gboolean first = TRUE; om_slice_line(&text, &line); first = FALSE) {
        for (gsize i = 0; i < line.l; i++) {
            if ((guchar) line.p[i] < 0x20 || (guchar) line.p[i] > 0x7e)
                return FALSE;
        }
        if (!first && om_slice_chr(line, 0, ':') < 0)
            return FALSE;
    }
    return TRUE;
}

/* Bytes at the beginning that may be the rest of a head, up to its empty line, which may be cut itself. */
static gsize
head_rest(struct om_slice bytes)
{
    gssize empty_line = om_slice_find(bytes, 0, OM_SLICE_LIT("\r\n\r\n"));
    gsize n = 0;

    if (empty_line >= 0 && may_be_headers(om_slice_head(bytes, (gsize) empty_line)))
        return (gsize) empty_line + 4;
    while (n < bytes.l && n < 3 && (bytes.p[n] == '\r' || bytes.p[n] == '\n'))
        n++;
    return n;
}

/* The orphan's body: without the CRLF before the end-line, and without what may be the rest of a head. */
static struct om_slice
body_of(const struct om_orphan *orphan, guint64 room)
{
    struct om_slice bytes = om_slice(orphan->bytes->data, orphan->bytes->len);

    if (bytes.l >= 2 && memcmp(bytes.p + bytes.l - 2, "\r\n", 2) == 0)
        bytes.l -= 2;
    /* Where the end before is announced, a body that fills the room is whole: what is more is head. */
    if (orphan->before->has_range && !orphan->before->end_open && bytes.l >= room)
        return om_slice_from(bytes, bytes.l - (gsize) room);
    return om_slice_from(bytes, head_rest(bytes));
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
        if (body.l && from >= end_before(orphan->before))
            om_inferred_put(object, from, body, NULL);
    }
    om_orphan_clear(side);
}
