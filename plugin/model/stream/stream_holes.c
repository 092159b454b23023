/* stream_holes.c
 * Which holes a stream has, and guesses made again.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "stream_private.h"

/** Framing known bytes again may cost so much: a part of what the stream has carried, and something to begin with. */
#define REPLAY_FREE   (1u << 20)
#define REPLAY_FACTOR 4

void
om_stream_drop_holes(struct om_stream *stream)
{
    for (guint i = 0; stream->holes && i < stream->holes->len; i++)
        om_hole_free(g_ptr_array_index(stream->holes, i));
    g_clear_pointer(&stream->holes, g_ptr_array_unref);
}

struct om_hole *
om_stream_newest_hole(const struct om_stream *stream)
{
    if (!stream->holes || stream->holes->len == 0)
        return NULL;
    return g_ptr_array_index(stream->holes, stream->holes->len - 1);
}

static void
remove_hole(struct om_stream *stream, guint index)
{
    struct om_hole *hole = g_ptr_array_index(stream->holes, index);

    g_ptr_array_remove_index(stream->holes, index);
    om_hole_free(hole);
}

void
om_stream_limit_holes(struct om_stream *stream)
{
    guint gaps = 0;

    for (guint i = stream->holes->len; i > 0; i--) {
        const struct om_hole *hole = g_ptr_array_index(stream->holes, i - 1);

        gaps += hole->gaps->len - hole->current;
        if (gaps <= OM_GAPS_MAX)
            continue;
        if (om_hole_is_open(hole)) /* what was guessed stays */
            om_framer_confirm(stream->live);
        remove_hole(stream, i - 1);
    }
}

/* The live framer goes on behind `length` missing bytes; `before` stands before them. */
static void
leap(struct om_stream *stream, struct om_hole *hole, const struct om_framer *before, guint64 length)
{
    om_position decided = om_framer_decided(before);
    om_position begin = om_framer_position(before);
    gsize told;

    stream->live = om_framer_behind_gap(before, length, &om_stream_sink, stream, &told);
    om_hole_add_gap(hole, MIN(decided + told, begin), begin + length);
}

void
om_stream_gap(struct om_stream *stream, guint64 length)
{
    struct om_hole *hole = om_stream_newest_hole(stream);
    struct om_framer *before = stream->live;

    if (hole && om_hole_is_open(hole)) {
        leap(stream, hole, before, length);
        om_framer_free(before); /* its state was a guess too */
        return;
    }
    hole = om_hole_new(stream, before);
    if (!stream->holes)
        stream->holes = g_ptr_array_new();
    g_ptr_array_add(stream->holes, hole);
    leap(stream, hole, before, length);
}

gboolean
om_stream_finish_live(struct om_stream *stream)
{
    struct om_hole *newest = om_stream_newest_hole(stream);
    gboolean cut = om_framer_finish(stream->live);

    if (newest && om_hole_is_open(newest))
        newest->until = om_framer_position(stream->live);
    return cut;
}

/* --- guesses made again --- */

/* The lag framer has all the bytes, and knows better. */
static void
replace_live(struct om_stream *stream, struct om_hole *hole)
{
    om_framer_free(stream->live);
    om_framer_redirect(hole->lag, &om_stream_sink, stream);
    stream->live = hole->lag;
    hole->lag = NULL;
}

/* Known bytes as if they came now. */
static void
replay(struct om_stream *stream, const struct om_runs *known, om_position to)
{
    for (om_position at = om_framer_position(stream->live); at < to; at = om_framer_position(stream->live)) {
        struct om_slice bytes = om_runs_at(known, at);

        if (bytes.l)
            om_stream_feed(stream, om_slice_head(bytes, (gsize) MIN(bytes.l, to - at)));
        else
            om_stream_gap(stream, MIN(om_runs_next(known, at), to) - at);
    }
    stream->replayed += known->size;
}

/*
 * The lag framer waits for missing bytes: what stands behind them is guessed again, up to where the hole ends.
 * Meanwhile the stream is as it was then: no later holes, and the guessing framer in the place of the live one.
 */
static void
guess_again(struct om_stream *stream, guint index)
{
    struct om_hole *hole = g_ptr_array_index(stream->holes, index);
    gboolean open = om_hole_is_open(hole);
    struct om_framer *live = stream->live;
    om_position to = open ? om_framer_position(live) : hole->until;
    om_position from = om_framer_position(hole->lag);
    struct om_runs known = hole->runs;
    GPtrArray *later = g_ptr_array_new();

    while (stream->holes->len > index + 1)
        g_ptr_array_insert(later, 0, g_ptr_array_steal_index(stream->holes, stream->holes->len - 1));
    om_runs_init(&hole->runs);
    om_hole_reset(hole);
    leap(stream, hole, hole->lag, MIN(om_runs_next(&known, from), to) - from);
    replay(stream, &known, to);
    om_runs_clear(&known);
    if (open) {
        om_framer_free(live);
    } else {
        om_stream_finish_live(stream);
        om_framer_free(stream->live);
        stream->live = live;
    }
    g_ptr_array_extend_and_steal(stream->holes, later);
}

/* The hole is given up: what its lag framer has begun is lost, and the live framer goes on behind all of it. */
static void
give_up(struct om_stream *stream, struct om_hole *hole)
{
    struct om_framer *live = stream->live;
    om_position at = om_framer_position(hole->lag);
    gsize told;

    if (!om_hole_is_open(hole) && om_framer_message(live, NULL) != hole->message) {
        om_framer_finish(hole->lag);
        return;
    }
    stream->live = om_framer_behind_gap(hole->lag, om_framer_position(live) - at, &om_stream_sink, stream, &told);
    om_framer_confirm(stream->live);
    om_framer_free(live);
}

/* --- bytes --- */

static void
advance(struct om_stream *stream, guint index)
{
    struct om_hole *hole = g_ptr_array_index(stream->holes, index);

    switch (om_hole_advance(hole)) {
    case OM_HOLE_WAITS:
        return;
    case OM_HOLE_GUESS_AGAIN:
        if (stream->replayed < REPLAY_FREE + REPLAY_FACTOR * om_framer_position(stream->live)) {
            guess_again(stream, index);
            return;
        }
        give_up(stream, hole);
        break;
    case OM_HOLE_GIVE_UP:
        give_up(stream, hole);
        break;
    case OM_HOLE_REPLACES_LIVE:
        replace_live(stream, hole);
        break;
    case OM_HOLE_DONE:
        break;
    }
    remove_hole(stream, index);
}

void
om_stream_feed(struct om_stream *stream, struct om_slice bytes)
{
    struct om_hole *newest = om_stream_newest_hole(stream);

    if (newest && !om_hole_append(newest, om_framer_position(stream->live), bytes))
        om_framer_confirm(stream->live);
    om_framer_push(stream->live, bytes);
    /* The hole may have waited for these, to see how a line goes on that began in the gap. */
    newest = om_stream_newest_hole(stream);
    if (newest && om_framer_position(newest->lag) >= om_hole_current_gap(newest)->end)
        advance(stream, stream->holes->len - 1);
}

gsize
om_stream_fill(struct om_stream *stream, om_position at, struct om_slice bytes)
{
    gsize first = bytes.l;

    for (guint i = 0; stream->holes && i < stream->holes->len;) {
        struct om_hole *hole = g_ptr_array_index(stream->holes, i);
        gsize taken = om_hole_fill(hole, at, bytes);

        if (taken < bytes.l)
            advance(stream, i);
        first = MIN(first, taken);
        if (i < stream->holes->len && g_ptr_array_index(stream->holes, i) == hole)
            i++;
    }
    return first;
}
