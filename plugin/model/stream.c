/* stream.c
 * Sequence numbers and positions; gaps, and what fills them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "stream_private.h"

/** A sequence number further away than this has nothing to do with what was seen. */
#define SEQUENCE_REACH (1 << 30)

struct om_stream *
om_stream_new(const struct om_stream_handler *handler, void *user)
{
    struct om_stream *stream = g_new0(struct om_stream, 1);

    stream->handler = handler;
    stream->user = user;
    stream->live = om_framer_new(&om_stream_sink, stream);
    return stream;
}

static void
drop_holes(struct om_stream *stream)
{
    for (guint i = 0; stream->holes && i < stream->holes->len; i++)
        om_hole_free(g_ptr_array_index(stream->holes, i));
    g_clear_pointer(&stream->holes, g_ptr_array_unref);
}

void
om_stream_free(struct om_stream *stream)
{
    drop_holes(stream);
    om_framer_free(stream->live);
    g_free(stream);
}

struct om_hole *
om_stream_newest_hole(const struct om_stream *stream)
{
    if (!stream->holes || stream->holes->len == 0)
        return NULL;
    return g_ptr_array_index(stream->holes, stream->holes->len - 1);
}

/* --- holes --- */

/* Given up: what was guessed stays. */
static void
give_up_hole(struct om_stream *stream, guint index)
{
    struct om_hole *hole = g_ptr_array_index(stream->holes, index);

    if (om_hole_is_open(hole))
        om_framer_confirm(stream->live);
    g_ptr_array_remove_index(stream->holes, index);
    om_hole_free(hole);
}

static void
advance_hole(struct om_stream *stream, guint index)
{
    struct om_hole *hole = g_ptr_array_index(stream->holes, index);

    if (om_hole_advance(hole)) {
        g_ptr_array_remove_index(stream->holes, index);
        om_hole_free(hole);
    }
}

static void
limit_holes(struct om_stream *stream)
{
    guint gaps = 0;

    for (guint i = stream->holes->len; i > 0; i--) {
        const struct om_hole *hole = g_ptr_array_index(stream->holes, i - 1);

        gaps += hole->gaps->len - hole->current;
        if (gaps > OM_GAPS_MAX)
            give_up_hole(stream, i - 1);
    }
}

static void
add_hole(struct om_stream *stream)
{
    struct om_hole *newest = om_stream_newest_hole(stream);
    om_position at = om_framer_position(stream->live);
    struct om_hole *hole;

    if (newest && newest->until > at)
        newest->until = at; /* it was still settling */
    hole = om_hole_new(stream, stream->live);
    hole->message = om_framer_message(hole->lag, NULL);
    hole->told_from = om_framer_decided(hole->lag);
    hole->told_to = G_MAXUINT64;
    if (!stream->holes)
        stream->holes = g_ptr_array_new();
    g_ptr_array_add(stream->holes, hole);
}

/* `length` bytes are missing: the live framer parts from the one that stands before them. */
static void
begin_gap(struct om_stream *stream, guint32 length)
{
    struct om_framer *before = stream->live;
    om_position decided = om_framer_decided(before);
    om_position begin = om_framer_position(before);
    struct om_hole *hole = om_stream_newest_hole(stream);
    gsize told;

    if (hole && om_hole_is_open(hole)) {
        stream->live = om_framer_behind_gap(before, length, &om_stream_sink, stream, &told);
        om_framer_free(before); /* its state was a guess too */
    } else {
        add_hole(stream);
        hole = om_stream_newest_hole(stream);
        stream->live = om_framer_behind_gap(before, length, &om_stream_sink, stream, &told);
    }
    om_hole_add_gap(hole, MIN(decided + told, begin), begin + length);
    if (om_hole_is_open(hole) && om_framer_certain(stream->live))
        hole->until = begin + length + OM_HOLE_SETTLE;
    limit_holes(stream);
}

/* A gap of unknown length: nothing before it can be placed any more. */
static void
start_anew(struct om_stream *stream)
{
    struct om_framer *before = stream->live;
    gsize told;

    drop_holes(stream);
    stream->live = om_framer_behind_gap(before, 0, &om_stream_sink, stream, &told);
    om_framer_free(before);
}

/* --- bytes --- */

/* Bytes that follow on. */
static void
feed(struct om_stream *stream, struct om_slice bytes)
{
    struct om_hole *newest = om_stream_newest_hole(stream);
    om_position at = om_framer_position(stream->live);

    stream->next += (guint32) bytes.l;
    if (newest && !om_hole_append(newest, at, bytes))
        om_framer_confirm(stream->live);
    om_framer_push(stream->live, bytes);
    /* It may have waited for these to see how a line goes on that began in the gap. */
    newest = om_stream_newest_hole(stream);
    if (newest && om_framer_position(newest->lag) >= om_hole_current_gap(newest)->end)
        advance_hole(stream, stream->holes->len - 1);
}

/* Old bytes: those that were missing are taken. @return offset of the first of them, or bytes.l */
static gsize
fill(struct om_stream *stream, om_position at, struct om_slice bytes)
{
    gsize first = bytes.l;

    for (guint i = 0; stream->holes && i < stream->holes->len;) {
        struct om_hole *hole = g_ptr_array_index(stream->holes, i);
        guint holes = stream->holes->len;
        gsize taken = om_hole_fill(hole, at, bytes);

        if (taken < bytes.l)
            advance_hole(stream, i);
        first = MIN(first, taken);
        i += 1 - (holes - stream->holes->len);
    }
    return first;
}

void
om_stream_start(struct om_stream *stream, guint32 seq)
{
    if (stream->placed)
        return;
    stream->placed = TRUE;
    stream->next = seq;
}

/* How far the sequence number is from what follows on; 0 where it has nothing to do with it. */
static gint64
distance(const struct om_stream *stream, guint32 seq, gboolean *anew)
{
    gint32 ahead = stream->placed ? (gint32) (seq - stream->next) : 0;

    *anew = ahead > SEQUENCE_REACH || ahead < -SEQUENCE_REACH;
    return *anew ? 0 : ahead;
}

om_position
om_stream_locate(const struct om_stream *stream, guint32 seq)
{
    om_position position = om_framer_position(stream->live);
    gboolean anew;
    gint64 ahead = distance(stream, seq, &anew);

    return ahead < 0 && (guint64) -ahead > position ? 0 : position + (guint64) ahead;
}

void
om_stream_segment(struct om_stream *stream, guint32 seq, struct om_slice bytes, struct om_segment_result *result)
{
    gboolean anew;
    gint64 ahead = distance(stream, seq, &anew);
    gsize old = ahead < 0 ? (gsize) MIN((gint64) bytes.l, -ahead) : 0;
    gsize before_start, first;

    *result = (struct om_segment_result){.begin = om_stream_locate(stream, seq), .new_from = (guint32) bytes.l};
    if (bytes.l == 0)
        return; /* an acknowledgement tells of no gap: nothing is behind it */
    if (!stream->placed || anew) {
        if (anew)
            start_anew(stream);
        stream->placed = TRUE;
        stream->next = seq;
    }
    before_start = ahead < 0 ? (gsize) -ahead - (gsize) (om_framer_position(stream->live) - result->begin) : 0;
    before_start = MIN(before_start, old);
    first = before_start + fill(stream, result->begin, om_slice(bytes.p + before_start, old - before_start));
    result->filled_gap = first < old;
    result->new_from = (guint32) (first < old ? first : old);
    if (ahead > 0) {
        result->gap_before = (guint32) ahead;
        begin_gap(stream, result->gap_before);
        stream->next = seq;
    }
    if (old < bytes.l)
        feed(stream, om_slice_from(bytes, old));
}

void
om_stream_bytes(struct om_stream *stream, struct om_slice bytes, struct om_segment_result *result)
{
    *result = (struct om_segment_result){.begin = om_framer_position(stream->live)};
    stream->placed = TRUE;
    if (bytes.l)
        feed(stream, bytes);
}

gboolean
om_stream_boundary(struct om_stream *stream)
{
    struct om_hole *newest = om_stream_newest_hole(stream);
    gboolean cut = om_framer_finish(stream->live);

    if (newest && om_hole_is_open(newest))
        newest->until = om_framer_position(stream->live);
    return cut;
}

void
om_stream_close(struct om_stream *stream)
{
    om_stream_boundary(stream);
}

/* --- what others ask --- */

om_position
om_stream_position(const struct om_stream *stream)
{
    return om_framer_position(stream->live);
}

void *
om_stream_open_message(const struct om_stream *stream, om_position *begin)
{
    return om_framer_message(stream->live, begin);
}

gboolean
om_stream_in_head(const struct om_stream *stream)
{
    return om_framer_state(stream->live) == OM_FRAMER_HEAD ||
           (om_framer_state(stream->live) != OM_FRAMER_BODY && !om_framer_idle(stream->live));
}
