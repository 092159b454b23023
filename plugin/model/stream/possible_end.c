/* possible_end.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "possible_end.h"

/** Bytes that are looked at at a time: a place that is soon decided costs no more. */
#define STEP 2048

enum verdict { UNDECIDED, ENDED, BODY };

struct om_possible_end {
    const struct om_framed *framed; /**< the framer's */
    guint64 offset;                 /**< body bytes up to the place */
    gboolean announced;             /**< the place is at or behind the announced end */
    gboolean has_line;              /**< a line of end-line form stands there */
    struct om_end_line line;        /**< its id is not kept */
    gboolean other_id;
    gsize line_end;
    gsize start; /**< the start line, as an offset into the undecided bytes */
    gsize fed;   /**< of the undecided bytes, seen by the trial */
    struct om_framer *trial;
    guint whole; /**< messages of the trial */
    enum verdict verdict;
    gsize resume; /**< BODY: offset behind which the search goes on */
};

/* --- what the trial tells: positions count from the start line --- */

/* The first verdict counts. at: where it was reached. */
static void
decide(struct om_possible_end *place, enum verdict verdict, om_position at)
{
    if (place->verdict != UNDECIDED)
        return;
    place->verdict = verdict;
    place->resume = MAX(place->start + (gsize) at, 1); /* never the same start line again */
    place->trial->stopped = TRUE;
}

static void *
trial_begin(void *user, const struct om_msrp_head *head, struct om_slice raw, om_position begin)
{
    struct om_possible_end *place = user;
    struct om_msrp_opening paths = {head->to_path, head->from_path};

    (void) raw;
    if (om_framed_continues(place->framed, place->offset, head))
        decide(place, ENDED, begin);
    else if (!place->announced &&
             (place->framed->bound_kind == OM_BOUND_EXACT || !om_msrp_opening_same_ends(&paths, &place->framed->paths)))
        decide(place, BODY, begin);
    return place;
}

static void
trial_body(void *user, void *message, guint64 offset, struct om_slice bytes)
{
    (void) user, (void) message, (void) offset, (void) bytes;
}

static void
trial_lost(void *user, void *message, guint64 offset, guint64 length)
{
    (void) user, (void) message, (void) offset, (void) length;
}

static void
trial_end(void *user, void *message, const struct om_message_end *info, om_position end)
{
    struct om_possible_end *place = user;
    const struct om_framed *framed = place->framed;

    (void) message;
    if (info->lost)
        decide(place, BODY, end);
    if (++place->whole >= OM_POSSIBLE_END_MESSAGES && !place->announced &&
        (framed->bound_kind == OM_BOUND_NONE || place->offset + place->start + end > framed->bound))
        decide(place, ENDED, end);
}

static void
trial_junk(void *user, enum om_junk why, struct om_slice bytes, om_position at)
{
    (void) bytes;
    if (why != OM_JUNK_BLANK)
        decide(user, BODY, at);
}

static const struct om_stream_handler trial_handler = {
    .begin = trial_begin, .body = trial_body, .lost = trial_lost, .end = trial_end, .junk = trial_junk};

/* --- */

void
om_possible_end_begin(struct om_framer *framer, const struct om_end_line *line, gboolean other_id, gsize line_end)
{
    struct om_possible_end *place = g_new0(struct om_possible_end, 1);

    place->framed = framer->framed;
    place->offset = framer->offset;
    place->announced = place->framed->bound_kind != OM_BOUND_NONE && place->offset >= place->framed->bound;
    place->has_line = line != NULL;
    if (line)
        place->line = *line;
    place->other_id = other_id;
    place->line_end = line_end;
    place->start = line_end + (line ? line->length : 0);
    place->fed = place->start;
    place->trial = om_framer_new(&trial_handler, place);
    place->trial->plain = TRUE;
    framer->possible_end = place;
    framer->searched = place->start;
}

void
om_possible_end_free(struct om_possible_end *place)
{
    if (!place)
        return;
    om_framer_free(place->trial);
    g_free(place);
}

void
om_possible_end_drop(struct om_framer *framer)
{
    g_clear_pointer(&framer->possible_end, om_possible_end_free);
}

static void
feed(struct om_possible_end *place, struct om_slice held, gsize to)
{
    if (to <= place->fed || place->verdict != UNDECIDED)
        return;
    om_framer_push(place->trial, om_slice(held.p + place->fed, to - place->fed));
    place->fed = to;
}

/* The verdict where the trial and the own end-line gave none. */
static void
decide_by_length(struct om_possible_end *place, gboolean full, gboolean last)
{
    const struct om_framed *framed = place->framed;

    if (full && !place->announced &&
        (framed->bound_kind == OM_BOUND_NONE || place->offset + OM_POSSIBLE_END_LIMIT <= framed->bound))
        decide(place, BODY, OM_POSSIBLE_END_LIMIT - place->start);
    else if (full || last)
        decide(place, ENDED, 0);
}

static void
end_here(struct om_framer *framer, struct om_slice *rest, const struct om_possible_end *place)
{
    if (place->has_line)
        om_framer_take_end_line(framer, rest, place->line_end, &place->line, place->other_id);
    else
        om_framer_end_as_announced(framer, rest, 0);
}

gboolean
om_possible_end_step(struct om_framer *framer, struct om_slice *rest, gboolean last)
{
    struct om_possible_end *place = framer->possible_end;
    struct om_slice held = om_slice_head(*rest, MIN(place->fed + STEP, OM_POSSIBLE_END_LIMIT));
    gboolean full = held.l == OM_POSSIBLE_END_LIMIT;
    gboolean all = held.l == rest->l;
    gboolean no_more = all && (last || (framer->settling && place->announced));
    struct om_end_line line;
    gsize at;
    enum om_match own = om_framer_find_own(framer, held, last && all, &at, &line);

    /* In the order of the bytes: the own end-line counts when its last byte is there. */
    feed(place, held, own == OM_MATCH_YES ? at + line.length - 1 : held.l);
    if (place->verdict == UNDECIDED && own != OM_MATCH_YES)
        decide_by_length(place, full, no_more);
    if (place->verdict == UNDECIDED && own != OM_MATCH_YES)
        return !all;
    framer->possible_end = NULL;
    framer->foreign |= place->whole > 0;
    if (place->verdict == ENDED)
        end_here(framer, rest, place);
    else if (place->verdict == UNDECIDED)
        om_framer_take_end_line(framer, rest, at, &line, FALSE);
    else
        framer->searched = MIN(framer->searched, place->resume);
    om_possible_end_free(place);
    return TRUE;
}
