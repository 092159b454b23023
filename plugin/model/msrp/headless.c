/* headless.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "headless.h"

#include <stdio.h>

#define CRLF_LENGTH 2

void
om_headless_clear(struct om_direction *dir)
{
    struct om_headless *headless = dir->headless;

    dir->headless = NULL;
    if (!headless)
        return;
    g_array_unref(headless->runs);
    g_byte_array_unref(headless->bytes);
    g_free(headless);
}

/* An end-line of a chunk that is not the last one. */
static gboolean
take_end_line(struct om_headless *headless, struct om_slice text, om_position at)
{
    struct om_end_line line;

    if (headless->ended || headless->end != at || om_end_line_any(text, FALSE, &line) != OM_MATCH_YES ||
        line.flag != '+')
        return FALSE;
    headless->ended = TRUE;
    headless->end_line = line.length;
    headless->tid = line.id.l;
    headless->end += line.length;
    return TRUE;
}

static void
add_run(struct om_headless *headless, struct om_slice bytes, om_position at)
{
    struct om_headless_run run = {at, headless->bytes->len};

    headless->too_many |= headless->bytes->len + bytes.l > OM_HEADLESS_LIMIT;
    if (headless->too_many)
        return;
    if (!headless->runs->len || headless->end != at)
        g_array_append_val(headless->runs, run);
    g_byte_array_append(headless->bytes, (const guint8 *) bytes.p, (guint) bytes.l);
    headless->end = at + bytes.l;
}

static struct om_slice
run_bytes(const struct om_headless *headless, guint number, om_position *at)
{
    const struct om_headless_run *run = &g_array_index(headless->runs, struct om_headless_run, number);
    guint end = number + 1 < headless->runs->len ? run[1].from : headless->bytes->len;

    *at = run->at;
    return om_slice(headless->bytes->data + run->from, end - run->from);
}

void
om_headless_junk(struct om_direction *dir, enum om_junk why, struct om_slice bytes, om_position at)
{
    struct om_headless *headless = dir->headless;

    if (why == OM_JUNK_ORPHAN_END_LINE && headless && take_end_line(headless, bytes, at))
        return;
    if (why != OM_JUNK_AFTER_LOSS || !dir->last_send) {
        om_headless_clear(dir);
        return;
    }
    if (headless && headless->ended) {
        om_headless_clear(dir);
        headless = NULL;
    }
    if (!headless) {
        headless = dir->headless = g_new0(struct om_headless, 1);
        headless->bytes = g_byte_array_new();
        headless->runs = g_array_new(FALSE, FALSE, sizeof(struct om_headless_run));
        headless->before = dir->last_send;
    }
    add_run(headless, bytes, at);
}

/* Where its body ends in the object, and its end-line in the stream, if both are certain. */
static gboolean
end_of(const struct om_message *send, guint64 *offset, om_position *position)
{
    const struct om_chunk *chunk = send->chunk;
    guint64 announced =
        chunk->has_range && !chunk->end_open ? chunk->range_end - MIN(chunk->range_end, chunk->offset) : 0;

    *offset = chunk->offset + chunk->length;
    *position = send->end;
    if (!send->end_info.lost && !send->end_info.other_id)
        return TRUE;
    if (!announced || announced < chunk->length)
        return FALSE;
    *offset = chunk->offset + announced;
    *position = send->begin + send->head_length + announced + CRLF_LENGTH + OM_END_LINE_DASHES + strlen(send->tid) + 1 +
                CRLF_LENGTH;
    return TRUE;
}

/* How long a Byte-Range is as text. */
static gsize
range_length(const struct om_send *send, guint64 start, guint64 end)
{
    char text[80];
    gsize n = (gsize) snprintf(text, sizeof text, "%" G_GUINT64_FORMAT "-", start);

    n += send->range.end_open ? 1 : (gsize) snprintf(text, sizeof text, "%" G_GUINT64_FORMAT, end);
    return n +
           (send->range.total_open ? 1 : (gsize) snprintf(text, sizeof text, "%" G_GUINT64_FORMAT, send->range.total));
}

/* Length of the head of a SEND like this one with another range. */
static guint64
head_like(const struct om_message *send, gsize tid, guint64 start, guint64 end)
{
    const struct om_send *own = send->send;

    return send->head_length - strlen(send->tid) - range_length(own, own->range.start, own->range.end) + tid +
           range_length(own, start, end);
}

/* Does one SEND with a body of `room` bytes fill [from, to) of the stream? */
static gboolean
fills(const struct om_headless *headless, const struct om_message *after, guint64 room, om_position from,
      om_position to)
{
    const struct om_message *models[] = {headless->before, after};
    guint64 end = after->send->range.start - 1, start = end - room + 1;

    for (gsize i = 0; i < G_N_ELEMENTS(models); i++) {
        if (models[i]->send->has_range &&
            from + head_like(models[i], headless->tid, start, end) + room + CRLF_LENGTH + headless->end_line == to)
            return TRUE;
    }
    return FALSE;
}

static void
put(struct om_object *object, guint64 from, struct om_slice bytes)
{
    GArray *room = om_ranges_missing(om_store_ranges(object->store), from, from + bytes.l);

    for (guint i = 0; i < room->len; i++) {
        const struct om_range *part = &g_array_index(room, struct om_range, i);
        struct om_store_added added;

        om_store_add(object->store, part->from,
                     om_slice(bytes.p + (part->from - from), (gsize) (part->to - part->from)), &added);
        object->dirty = TRUE;
    }
    g_array_unref(room);
}

/* Bytes of a message without a head, the last ones: they end where the next message begins. */
static void
place_last(struct om_headless *headless, const struct om_message *message)
{
    const struct om_chunk *after = message->chunk;
    struct om_slice body;
    om_position from;
    guint64 end, room;

    if (!headless->ended || headless->end != message->begin || !end_of(headless->before, &end, &from) ||
        after->offset <= end || !fills(headless, message, after->offset - end, from, message->begin))
        return;
    room = after->offset - end;
    body = run_bytes(headless, headless->runs->len - 1, &from);
    body.l -= MIN(body.l, CRLF_LENGTH); /* before the end-line */
    if (body.l > room)                  /* what is more is of the head */
        body = om_slice_from(body, body.l - (gsize) room);
    put(after->object, after->offset - body.l, body);
}

/* Did the message before the loss go on up to the next one, with nothing but its body and its own end-line between its
 * head and that? The next one's range tells how long the body was. */
static gboolean
goes_on(const struct om_message *before, const struct om_message *after)
{
    guint64 length = after->chunk->offset - before->chunk->offset;

    return before->end_info.lost && before->chunk->has_range && before->end_info.has_body &&
           after->chunk->offset >= before->chunk->offset + before->chunk->length &&
           before->begin + before->head_length + length + CRLF_LENGTH + OM_END_LINE_DASHES + strlen(before->tid) + 1 +
                   CRLF_LENGTH ==
               after->begin;
}

static void
place_rest(const struct om_headless *headless, const struct om_message *after)
{
    const struct om_message *before = headless->before;
    om_position body = before->begin + before->head_length;
    guint64 length = after->chunk->offset - before->chunk->offset;

    for (guint i = 0; i < headless->runs->len; i++) {
        om_position at;
        struct om_slice bytes = run_bytes(headless, i, &at);

        if (at >= body && at - body < length)
            put(after->chunk->object, before->chunk->offset + (at - body),
                om_slice_head(bytes, (gsize) MIN(bytes.l, length - (at - body))));
    }
}

void
om_headless_place(struct om_direction *dir, const struct om_message *message)
{
    struct om_headless *headless = dir->headless;
    const struct om_chunk *after = message->chunk;

    if (!headless)
        return;
    if (!headless->too_many && after && after->has_range && after->object == headless->before->object) {
        if (goes_on(headless->before, message))
            place_rest(headless, message);
        else
            place_last(headless, message);
    }
    om_headless_clear(dir);
}
