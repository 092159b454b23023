/* stream.c
 * Sequence numbers and positions.
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

    stream->framer = om_framer_new(handler, user);
    stream->segments = 1;
    return stream;
}

void
om_stream_free(struct om_stream *stream)
{
    om_stream_gaps_clear(stream);
    om_waiting_clear(&stream->waiting);
    om_framer_free(stream->framer);
    g_free(stream);
}

/*
 * A gap of unknown length: nothing before it can be placed any more. It may be another connection that took the
 * ports over, so that nothing is known of its two ends either.
 */
static void
start_anew(struct om_stream *stream)
{
    om_stream_lose_gaps(stream);
    om_framer_lose(stream->framer, 0);
    om_framer_forget(stream->framer);
    om_stream_gaps_clear(stream);
    stream->acknowledged = 0;
    stream->closing = FALSE;
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
    gboolean anew;
    gint64 ahead = distance(stream, seq, &anew);

    return ahead < 0 && (guint64) -ahead > stream->end ? 0 : stream->end + (guint64) ahead;
}

gsize
om_stream_before_start(const struct om_stream *stream, guint32 seq, gsize length)
{
    gboolean anew;
    gint64 ahead = distance(stream, seq, &anew);
    guint64 back = ahead < 0 ? (guint64) -ahead : 0;

    return (gsize) MIN(length, back - MIN(back, stream->end));
}

/* The segment without what lies before the start. */
static void
take(struct om_stream *stream, om_position at, struct om_slice bytes, gsize skipped, struct om_segment_result *result)
{
    om_position front = om_framer_position(stream->framer);
    gsize old = at < front ? (gsize) MIN(bytes.l, front - at) : 0;
    gsize first = om_stream_fill(stream, at, om_slice_head(bytes, old));

    if (first == old && old < bytes.l)
        first = old + om_stream_append(stream, at + old, om_slice_from(bytes, old));
    else if (old < bytes.l)
        om_stream_append(stream, at + old, om_slice_from(bytes, old));
    result->new_from = (guint32) (skipped + first);
    result->filled_gap = first < bytes.l && at + first < stream->end;
}

void
om_stream_segment(struct om_stream *stream, guint32 seq, struct om_slice bytes, struct om_segment_result *result)
{
    gboolean anew;
    gint64 ahead = distance(stream, seq, &anew);
    gsize before_start = om_stream_before_start(stream, seq, bytes.l);

    *result = (struct om_segment_result){.begin = om_stream_locate(stream, seq), .new_from = (guint32) bytes.l};
    if (bytes.l == 0)
        return; /* an acknowledgement tells of no gap: nothing is behind it */
    if (anew)
        start_anew(stream);
    if (!stream->placed || anew)
        stream->next = seq;
    stream->placed = TRUE;
    bytes = om_slice_from(bytes, before_start);
    result->gap_before = ahead > 0 ? (guint32) ahead : 0;
    take(stream, result->begin, bytes, before_start, result);
    if (result->begin + bytes.l > stream->end) {
        stream->next += (guint32) (result->begin + bytes.l - stream->end);
        stream->end = result->begin + bytes.l;
    }
}

void
om_stream_bytes(struct om_stream *stream, struct om_slice bytes, struct om_segment_result *result)
{
    *result = (struct om_segment_result){.begin = stream->end};
    stream->placed = TRUE;
    stream->next += (guint32) bytes.l;
    stream->end += bytes.l;
    if (bytes.l)
        om_stream_append(stream, result->begin, bytes);
}

gboolean
om_stream_boundary(struct om_stream *stream)
{
    return om_framer_finish(stream->framer);
}

gboolean
om_stream_settle(struct om_stream *stream)
{
    gboolean waited = !om_waiting_none(&stream->waiting);

    om_stream_lose_gaps(stream);
    return om_framer_settle(stream->framer) || waited;
}

void
om_stream_close(struct om_stream *stream)
{
    om_stream_lose_gaps(stream);
    om_framer_finish(stream->framer);
}

/* --- what others ask --- */

om_position
om_stream_position(const struct om_stream *stream)
{
    return stream->end;
}

om_position
om_stream_front(const struct om_stream *stream)
{
    return om_framer_position(stream->framer);
}

void *
om_stream_open_message(const struct om_stream *stream)
{
    const struct om_framed *open = om_framer_open(stream->framer);

    return open ? open->message : NULL;
}

gboolean
om_stream_in_head(const struct om_stream *stream)
{
    return om_framer_state(stream->framer) == OM_FRAMER_HEAD ||
           (om_framer_state(stream->framer) != OM_FRAMER_BODY && !om_framer_idle(stream->framer));
}
