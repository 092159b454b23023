/* stream_sink.c
 * What the live framer tells, and what that means for the hole behind which it guesses.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "stream_private.h"

/* The hole whose guess the live framer is, or NULL. */
static struct om_hole *
guess_of(const struct om_stream *stream)
{
    struct om_hole *newest = om_stream_newest_hole(stream);

    return newest && om_hole_is_open(newest) ? newest : NULL;
}

static void *
live_begin(void *user, const struct om_msrp_head *head, struct om_slice raw, om_position begin)
{
    struct om_stream *stream = user;
    struct om_hole *hole = guess_of(stream);

    if (hole)
        hole->until = MIN(hole->until, begin);
    return stream->handler->begin(stream->user, head, raw, begin);
}

static void
live_body(void *user, void *message, guint64 offset, struct om_slice bytes, gboolean guessed, om_position at)
{
    struct om_stream *stream = user;
    struct om_hole *hole = guess_of(stream);

    if (hole && hole->message == message)
        hole->last_told = at + bytes.l;
    stream->handler->body(stream->user, message, offset, bytes, guessed);
}

static void
live_lost(void *user, void *message, guint64 offset, guint64 length)
{
    struct om_stream *stream = user;

    stream->handler->lost(stream->user, message, offset, length);
}

static void
live_retract(void *user, void *message, guint64 offset, om_position at)
{
    struct om_stream *stream = user;
    struct om_hole *hole = guess_of(stream);

    if (hole && hole->message == message) {
        hole->retracted = TRUE;
        hole->told_to = MIN(hole->told_to, at);
    }
    stream->handler->retract(stream->user, message, offset);
}

static void
live_end(void *user, void *message, const struct om_message_end *info, om_position end)
{
    struct om_stream *stream = user;
    struct om_hole *hole = guess_of(stream);
    struct om_message_end told = *info;

    if (!hole || hole->message != message) {
        stream->handler->end(stream->user, message, info, end);
        return;
    }
    if (hole->retracted)
        told.end_line = hole->told_to;
    stream->handler->end(stream->user, message, &told, hole->retracted ? told.end_line : end);
    /* With no body behind the gap its end is not certain: the line end before the end-line is in the gap. */
    hole->told_to = MIN(hole->told_to, told.lost ? told.end_line : hole->last_told);
    hole->ended = told.lost;
    hole->ended_at = told.end_line;
    if (!told.lost && !told.other_id) /* its own end-line: it did go on behind the gap */
        hole->until = MIN(hole->until, end);
    if (hole->retracted)
        om_hole_tell_junk(hole, hole->told_to, end);
    hole->retracted = FALSE;
}

static void
live_junk(void *user, enum om_junk why, struct om_slice bytes, om_position at)
{
    struct om_stream *stream = user;

    stream->handler->junk(stream->user, why, bytes, at);
}

const struct om_framer_sink om_stream_sink = {live_begin, live_body, live_lost, live_retract, live_end, live_junk};

void
om_hole_tell_junk(const struct om_hole *hole, om_position from, om_position to)
{
    const struct om_stream *stream = hole->stream;

    for (guint i = 0; i < hole->gaps->len; i++) { /* what waits within a gap was not told */
        const struct om_gap *gap = &g_array_index(hole->gaps, struct om_gap, i);

        if (gap->begin <= from)
            from = MAX(from, gap->end);
    }
    for (om_position at = om_runs_next(&hole->runs, from); at < to; at = om_runs_next(&hole->runs, at)) {
        struct om_slice bytes = om_slice_head(om_runs_at(&hole->runs, at), (gsize) (to - at));

        stream->handler->junk(stream->user, OM_JUNK_AFTER_LOSS, bytes, at);
        at += bytes.l;
    }
}
