/* hole.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "stream_private.h"

static const struct om_framer_sink lag_sink;

struct om_hole *
om_hole_new(struct om_stream *stream, struct om_framer *lag)
{
    struct om_hole *hole = g_new0(struct om_hole, 1);

    hole->stream = stream;
    hole->lag = lag;
    hole->gaps = g_array_new(FALSE, FALSE, sizeof(struct om_gap));
    om_runs_init(&hole->runs);
    om_framer_redirect(lag, &lag_sink, hole);
    om_hole_reset(hole);
    return hole;
}

void
om_hole_reset(struct om_hole *hole)
{
    g_array_set_size(hole->gaps, 0);
    hole->current = 0;
    hole->until = OM_POSITION_OPEN;
    hole->message = om_framer_message(hole->lag, NULL);
    hole->told_from = om_framer_decided(hole->lag);
    hole->told_to = G_MAXUINT64;
    hole->last_told = hole->told_from;
    hole->diverged = FALSE;
    hole->ended = FALSE;
}

void
om_hole_free(struct om_hole *hole)
{
    om_framer_free(hole->lag);
    g_array_unref(hole->gaps);
    om_runs_clear(&hole->runs);
    g_free(hole);
}

gboolean
om_hole_is_open(const struct om_hole *hole)
{
    return hole->until == OM_POSITION_OPEN;
}

static struct om_gap *
gap_at(const struct om_hole *hole, guint index)
{
    return &g_array_index(hole->gaps, struct om_gap, index);
}

const struct om_gap *
om_hole_current_gap(const struct om_hole *hole)
{
    return gap_at(hole, hole->current);
}

om_position
om_hole_truth(const struct om_hole *hole)
{
    return MAX(om_hole_current_gap(hole)->begin, om_framer_decided(hole->lag));
}

void
om_hole_add_gap(struct om_hole *hole, om_position begin, om_position end)
{
    struct om_gap gap = {begin, end};

    g_array_append_val(hole->gaps, gap);
}

/* --- what the lag framer tells --- */

/* Was the byte at `at` told as the message's body by guess? *until: where that changes. */
static gboolean
was_told(const struct om_hole *hole, om_position at, om_position *until)
{
    *until = G_MAXUINT64;
    if (at >= hole->told_to)
        return FALSE;
    *until = hole->told_from;
    if (at < hole->told_from)
        return FALSE;
    *until = hole->told_to;
    for (guint i = 0; i < hole->gaps->len; i++) {
        const struct om_gap *gap = gap_at(hole, i);

        if (at < gap->end) {
            *until = MIN(*until, at < gap->begin ? gap->begin : gap->end);
            return at < gap->begin;
        }
    }
    return TRUE;
}

static void *
lag_begin(void *user, const struct om_msrp_head *head, struct om_slice raw, om_position begin)
{
    struct om_stream *stream = ((struct om_hole *) user)->stream;

    return stream->handler->begin(stream->user, head, raw, begin);
}

static void
lag_body(void *user, void *message, guint64 offset, struct om_slice bytes, gboolean guessed, om_position at)
{
    struct om_hole *hole = user;
    struct om_stream *stream = hole->stream;

    while (bytes.l > 0) {
        om_position until = G_MAXUINT64;
        gboolean told = message == hole->message && was_told(hole, at, &until);
        gsize n = (gsize) MIN(bytes.l, until - at);

        if (!told)
            stream->handler->body(stream->user, message, offset, om_slice_head(bytes, n), guessed);
        bytes = om_slice_from(bytes, n);
        offset += n;
        at += n;
    }
}

static void
lag_lost(void *user, void *message, guint64 offset, guint64 length)
{
    struct om_stream *stream = ((struct om_hole *) user)->stream;

    stream->handler->lost(stream->user, message, offset, length);
}

static void
lag_retract(void *user, void *message, guint64 offset, om_position at)
{
    struct om_stream *stream = ((struct om_hole *) user)->stream;

    (void) at;
    stream->handler->retract(stream->user, message, offset);
}

static void
lag_end(void *user, void *message, const struct om_message_end *info, om_position end)
{
    struct om_hole *hole = user;
    struct om_stream *stream = hole->stream;

    if (message == hole->message) {
        /* The line end before the end-line may have been told too. */
        if (hole->told_to > info->end_line || info->end_line - hole->told_to < 2)
            stream->handler->retract(stream->user, message, info->body_length);
        hole->told_to = hole->told_from;
        hole->diverged = TRUE;
    }
    stream->handler->end(stream->user, message, info, end);
}

static void
lag_junk(void *user, enum om_junk why, struct om_slice bytes, om_position at)
{
    struct om_stream *stream = ((struct om_hole *) user)->stream;

    stream->handler->junk(stream->user, why, bytes, at);
}

static const struct om_framer_sink lag_sink = {lag_begin, lag_body, lag_lost, lag_retract, lag_end, lag_junk};

/* --- bytes --- */

gboolean
om_hole_append(struct om_hole *hole, om_position at, struct om_slice bytes)
{
    if (at >= hole->until)
        return TRUE;
    if (om_hole_is_open(hole) && at + bytes.l > gap_at(hole, 0)->end + OM_HOLE_BEHIND_LIMIT) {
        hole->until = at;
        return FALSE;
    }
    om_runs_add(&hole->runs, at, om_slice_head(bytes, (gsize) MIN(bytes.l, hole->until - at)));
    return TRUE;
}

gsize
om_hole_fill(struct om_hole *hole, om_position at, struct om_slice bytes)
{
    om_position have = om_framer_position(hole->lag);
    gsize first = bytes.l;

    for (guint i = hole->current; i < hole->gaps->len; i++) {
        const struct om_gap *gap = gap_at(hole, i);
        om_position from = MAX(MAX(at, gap->begin), have);
        om_position to = MIN(MIN(at + bytes.l, gap->end), hole->until);
        gsize added;

        if (from >= to || hole->runs.size > OM_HOLE_LIMIT || hole->runs.list->len > OM_RUNS_MAX)
            continue;
        added = om_runs_add(&hole->runs, from, om_slice(bytes.p + (from - at), (gsize) (to - from)));
        if (added < to - from)
            first = MIN(first, (gsize) (from - at) + added);
    }
    return first;
}

/* --- the lag framer goes on --- */

/* Does the guess say that the message goes on behind the current gap, with nothing known against it? */
static gboolean
guess_stands(const struct om_hole *hole)
{
    return hole->message && !hole->diverged && hole->told_to > om_hole_current_gap(hole)->end;
}

/* Behind the gap, in the same body, and no line that began before is undecided: the guess was right. */
static gboolean
has_settled(const struct om_hole *hole)
{
    return guess_stands(hole) && om_framer_decided(hole->lag) >= om_hole_current_gap(hole)->end &&
           om_framer_message(hole->lag, NULL) == hole->message;
}

/* The gap is done with. @return TRUE where it was the last one */
static gboolean
settle(struct om_hole *hole)
{
    struct om_framer *live = hole->stream->live;

    hole->current++;
    if (hole->current < hole->gaps->len)
        return FALSE;
    if (om_hole_is_open(hole))
        om_framer_confirm(live);
    return TRUE;
}

/* The bytes that the lag framer is to eat next: up to the end of the gap at once, then one by one until it settles. */
static struct om_slice
next_bytes(const struct om_hole *hole)
{
    om_position at = om_framer_position(hole->lag);
    om_position gap_end = om_hole_current_gap(hole)->end;
    struct om_slice bytes = om_runs_at(&hole->runs, at);

    if (at >= hole->until)
        return OM_SLICE_NULL;
    bytes = om_slice_head(bytes, (gsize) MIN(bytes.l, hole->until - at));
    if (at < gap_end)
        return om_slice_head(bytes, (gsize) MIN(bytes.l, gap_end - at));
    return guess_stands(hole) ? om_slice_head(bytes, 1) : bytes;
}

/* Bytes that the lag framer has not decided were told by guess: it, or a new guess, is to tell them. */
static void
take_back_undecided(struct om_hole *hole)
{
    const struct om_stream *stream = hole->stream;
    om_position at = om_framer_decided(hole->lag);
    om_position until;
    gboolean told = FALSE;

    if (!hole->message || hole->diverged)
        return;
    for (; at < hole->told_to && !told; at = until)
        told = was_told(hole, at, &until);
    if (told)
        stream->handler->retract(stream->user, hole->message, om_framer_offset(hole->lag));
}

/* A message that was ended at the gap, for its end was lost, turns out longer as the gap is filled in part. */
static void
end_later(struct om_hole *hole)
{
    const struct om_stream *stream = hole->stream;
    struct om_message_end info = {.lost = TRUE, .has_body = TRUE, .end_line = om_framer_decided(hole->lag)};

    if (!hole->ended || hole->diverged || info.end_line <= hole->ended_at ||
        om_framer_message(hole->lag, NULL) != hole->message)
        return;
    hole->ended_at = info.end_line;
    info.body_length = om_framer_least_length(hole->lag);
    stream->handler->end(stream->user, hole->message, &info, info.end_line);
}

/* The lag framer has come to the hole's end, or can go no further. */
static enum om_hole_outcome
outcome(struct om_hole *hole)
{
    om_position at = om_framer_position(hole->lag);
    const void *message = om_framer_message(hole->lag, NULL);

    if (guess_stands(hole))
        return at >= hole->until ? OM_HOLE_DONE : OM_HOLE_WAITS;
    if (at >= hole->until) {
        if (hole->diverged && om_framer_message(hole->stream->live, NULL) == hole->message)
            return OM_HOLE_GIVE_UP;
        if (!om_framer_idle(hole->lag))
            om_framer_finish(hole->lag);
        return OM_HOLE_DONE;
    }
    if (at == om_framer_position(hole->stream->live))
        return OM_HOLE_REPLACES_LIVE;
    /* At a second gap, or within the first one: what is told behind it rests on less than is known now. */
    if (hole->diverged || at >= om_hole_current_gap(hole)->end)
        return OM_HOLE_GUESS_AGAIN;
    return message && message != hole->message ? OM_HOLE_GUESS_AGAIN : OM_HOLE_WAITS;
}

enum om_hole_outcome
om_hole_advance(struct om_hole *hole)
{
    enum om_hole_outcome result;
    struct om_slice bytes;

    while ((bytes = next_bytes(hole)).l > 0) {
        om_framer_push(hole->lag, bytes);
        if (has_settled(hole) && settle(hole))
            return OM_HOLE_DONE;
    }
    om_runs_drop_before(&hole->runs, om_framer_position(hole->lag));
    if (om_hole_is_open(hole) && guess_stands(hole))
        om_framer_confirm_until(hole->stream->live, om_hole_truth(hole));
    if (!om_hole_is_open(hole))
        om_runs_drop_from(&hole->runs, hole->until);
    result = outcome(hole);
    if (result == OM_HOLE_REPLACES_LIVE || result == OM_HOLE_GUESS_AGAIN)
        take_back_undecided(hole);
    if (result == OM_HOLE_WAITS)
        end_later(hole);
    return result;
}
