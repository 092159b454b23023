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

    stream->handler = handler;
    stream->user = user;
    stream->live = om_framer_new(&om_stream_sink, stream);
    return stream;
}

void
om_stream_free(struct om_stream *stream)
{
    om_stream_drop_holes(stream);
    om_framer_free(stream->live);
    g_free(stream);
}

/*
 * A gap of unknown length: nothing before it can be placed any more. It may be another connection that took the
 * ports over, so that nothing is known of its two ends either.
 */
static void
start_anew(struct om_stream *stream)
{
    struct om_framer *before = stream->live;
    gsize told;

    om_stream_drop_holes(stream);
    stream->live = om_framer_behind_gap(before, 0, &om_stream_sink, stream, &told);
    om_framer_forget(stream->live);
    om_framer_free(before);
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
    first = before_start + om_stream_fill(stream, result->begin, om_slice(bytes.p + before_start, old - before_start));
    result->filled_gap = first < old;
    result->new_from = (guint32) (first < old ? first : old);
    if (ahead > 0) {
        result->gap_before = (guint32) ahead;
        om_stream_gap(stream, result->gap_before);
        om_stream_limit_holes(stream);
        stream->next = seq;
    }
    if (old < bytes.l) {
        stream->next += (guint32) (bytes.l - old);
        om_stream_feed(stream, om_slice_from(bytes, old));
    }
}

void
om_stream_bytes(struct om_stream *stream, struct om_slice bytes, struct om_segment_result *result)
{
    *result = (struct om_segment_result){.begin = om_framer_position(stream->live)};
    stream->placed = TRUE;
    stream->next += (guint32) bytes.l;
    if (bytes.l)
        om_stream_feed(stream, bytes);
}

gboolean
om_stream_boundary(struct om_stream *stream)
{
    return om_stream_finish_live(stream);
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
