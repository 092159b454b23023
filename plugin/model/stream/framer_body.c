/* framer_body.c
 * Bodies and their end-lines.
 *
 * A body ends at the end-line with its own transaction id. What else may end it:
 *
 * 1. A line of end-line form with another id (or, before the announced end, its own id with a bad flag)
 *    - exactly where the announced range ends: at once;
 *    - at or behind the announced end (or the total, for a range end of "*"), when a start line with the
 *      same two ends in its paths follows directly;
 *    - before that, or where nothing is announced, when such a start line follows and the message that
 *      begins there, or those behind it, prove it: see doubt.c.
 * 2. A start line with the same two ends, at the beginning of a line, at or behind the announced end. What
 *    lies between is garbage.
 * 3. Behind a gap that may have held the end-line ("guessed"): 1 and 2 without regard to what is announced;
 *    the bytes behind the gap were not of this message then. So too when they outgrow what is announced.
 *
 * Everything else is body, whatever it looks like: a body may quote MSRP.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "doubt.h"
#include "framer_private.h"

/** What damage leaves of an end-line, at most: so many bytes behind an exactly announced end are kept back. */
#define GARBAGE_LIMIT 512

enum verdict {
    GO_ON, /**< nothing: look behind it */
    WAIT,  /**< more bytes needed */
    DONE,  /**< something was told, the state may have changed */
};

gsize
om_line_end_before(struct om_slice bytes, gsize at)
{
    if (at == 0 || bytes.p[at - 1] != '\n')
        return 0;
    return at > 1 && bytes.p[at - 2] == '\r' ? 2 : 1;
}

static gboolean
is_bounded(const struct om_framer *framer)
{
    return framer->carried->bound_kind != OM_BOUND_NONE;
}

/* Is this body offset at or behind the announced end? */
static gboolean
at_bound(const struct om_framer *framer, guint64 offset)
{
    return is_bounded(framer) && offset >= framer->carried->bound;
}

static void
retract(struct om_framer *framer, guint64 offset)
{
    framer->sink->retract(framer->user, framer->carried->message, offset, framer->position - (framer->offset - offset));
}

/* The guess was wrong: what came behind the gap was of another message. */
static void
end_at_gap(struct om_framer *framer)
{
    const struct om_carried *carried = framer->carried;
    struct om_message_end info = {.lost = TRUE, .has_body = TRUE, .end_line = framer->position};

    info.body_length = framer->gap_offset;
    if (carried->bound_kind == OM_BOUND_EXACT)
        info.body_length = MAX(info.body_length, carried->bound);
    retract(framer, framer->gap_offset);
    om_framer_end(framer, &info, framer->position);
    framer->why = OM_JUNK_AFTER_LOSS;
    om_framer_enter(framer, OM_FRAMER_SEEK);
}

gboolean
om_framer_body(struct om_framer *framer, struct om_slice *rest, gsize n)
{
    if (!n)
        return TRUE;
    if (framer->guessed && is_bounded(framer) && framer->offset + n > framer->carried->bound) {
        end_at_gap(framer);
        return FALSE;
    }
    framer->sink->body(framer->user, framer->carried->message, framer->offset, om_slice_head(*rest, n), framer->guessed,
                       framer->position);
    framer->offset += n;
    om_framer_take(framer, rest, n);
    return TRUE;
}

/* May bytes up to this offset be the remains of an end-line at the announced end? */
static gboolean
may_be_garbage(const struct om_framer *framer, guint64 to)
{
    const struct om_carried *carried = framer->carried;

    return carried->bound_kind == OM_BOUND_EXACT && !framer->guessed && framer->offset <= carried->bound &&
           to > carried->bound && to - carried->bound <= GARBAGE_LIMIT;
}

/* As om_framer_body(), where it is not yet known how the body ends. */
static gboolean
body_so_far(struct om_framer *framer, struct om_slice *rest, gsize n)
{
    if (may_be_garbage(framer, framer->offset + n))
        n = (gsize) (framer->carried->bound - framer->offset);
    return om_framer_body(framer, rest, n);
}

void
om_framer_cut_body(struct om_framer *framer, struct om_slice *rest)
{
    struct om_message_end info = {.lost = TRUE, .has_body = TRUE};

    if (!body_so_far(framer, rest, rest->l))
        return; /* ended at the gap */
    info.body_length = framer->offset;
    info.end_line = framer->position;
    om_framer_end(framer, &info, framer->position);
}

/* --- end-lines --- */

/* Where the body ends that an end-line at `at` closes; info gets what it says about the bytes before. */
static gsize
body_end(const struct om_framer *framer, struct om_slice rest, gsize at, struct om_message_end *info)
{
    gsize crlf = om_line_end_before(rest, at);
    gboolean edge = framer->gap_edge && crlf == at;  /* the rest of the CRLF may be in the gap */
    gboolean empty = framer->offset == 0 && at == 0; /* the empty line's CRLF is the one before it */
    guint64 in_gap = edge ? 2 - crlf : 0;

    info->has_body = TRUE;
    info->no_crlf = crlf < 2 && !edge && !empty;
    info->body_length = framer->offset + at - crlf;
    if (in_gap && !(framer->carried->bound_kind == OM_BOUND_EXACT && framer->carried->bound == info->body_length))
        info->body_length = MAX(framer->gap_offset, info->body_length - MIN(in_gap, info->body_length));
    return at - crlf;
}

static void
describe(struct om_message_end *info, const struct om_end_line *line)
{
    info->flag = line->flag;
    info->spaced = line->spaced;
    info->bad_flag = line->bad_flag;
    info->bare_lf = line->bare_lf;
}

void
om_framer_take_end_line(struct om_framer *framer, struct om_slice *rest, gsize at, const struct om_end_line *line,
                        gboolean other_id)
{
    struct om_message_end info = {.other_id = other_id};
    gsize end = body_end(framer, *rest, at, &info);

    if (!om_framer_body(framer, rest, end))
        return;
    describe(&info, line);
    info.end_line = framer->position + (at - end);
    om_framer_take(framer, rest, at - end + line->length);
    om_framer_end(framer, &info, framer->position);
}

static enum verdict
take_end_line(struct om_framer *framer, struct om_slice *rest, gsize at, const struct om_end_line *line,
              gboolean other_id)
{
    om_framer_take_end_line(framer, rest, at, line, other_id);
    return DONE;
}

/* This message's own end-line? Without a line end before it only the strict form counts. */
static enum om_match
match_own(const struct om_framer *framer, struct om_slice rest, gsize at, gboolean last, struct om_end_line *line)
{
    struct om_message_end info = {0};
    enum om_match match = om_end_line_own(om_slice_from(rest, at), framer->carried->tid, last, line);

    if (match != OM_MATCH_YES || (!line->bad_flag && !line->spaced))
        return match;
    body_end(framer, rest, at, &info);
    if (info.no_crlf && om_line_end_before(rest, at) == 0)
        return OM_MATCH_NO;
    if (line->bad_flag && framer->carried->bound_kind == OM_BOUND_EXACT && info.body_length < framer->carried->bound)
        return OM_MATCH_NO;
    return match;
}

/* Where the seven dashes of an own end-line begin in a run; FALSE where the run is too short. */
static gboolean
own_begin(const struct om_framer *framer, gsize run, gsize run_end, gsize *at)
{
    gsize dashes = OM_END_LINE_DASHES + framer->carried->tid_dashes;

    *at = run_end - MIN(dashes, run_end - run);
    return run_end - run >= dashes;
}

enum om_match
om_framer_find_own(struct om_framer *framer, struct om_slice bytes, gboolean last, gsize *at, struct om_end_line *line)
{
    struct om_finder finder = {0};
    gsize run, run_end;

    while (om_finder_next(&finder, bytes, framer->searched, FALSE, &run, &run_end) == OM_FOUND_DASHES) {
        gboolean long_enough = own_begin(framer, run, run_end, at);
        enum om_match match = OM_MATCH_NO;

        if (run_end == bytes.l && !last)
            match = OM_MATCH_MORE;
        else if (long_enough)
            match = match_own(framer, bytes, *at, last, line);
        framer->searched = match == OM_MATCH_NO ? run_end : *at;
        if (match != OM_MATCH_NO)
            return match;
    }
    framer->searched = MAX(framer->searched, bytes.l - MIN(om_finder_tail(bytes, FALSE), bytes.l));
    return OM_MATCH_NO;
}

/* --- what may end a body besides --- */

static enum om_match
match_opening(const struct om_framer *framer, struct om_slice rest, gsize at, gboolean last)
{
    struct om_msrp_opening opening;
    enum om_match match = om_msrp_opening_match(om_slice_from(rest, at), &opening);

    if (match == OM_MATCH_MORE)
        return last ? OM_MATCH_NO : match;
    if (match == OM_MATCH_YES && !om_msrp_opening_same_ends(&opening, &framer->carried->paths))
        return OM_MATCH_NO;
    return match;
}

/* A line of end-line form, not this message's own. */
static enum verdict
other_end_line(struct om_framer *framer, struct om_slice *rest, gsize at, gboolean last)
{
    struct om_message_end info = {0};
    struct om_end_line line;
    enum om_match match = om_end_line_any(om_slice_from(*rest, at), last, &line);
    gboolean other_id;
    gsize end;

    /* With a flag missing or bad it can only be the own id's. */
    if (match == OM_MATCH_NO)
        match = om_end_line_own(om_slice_from(*rest, at), framer->carried->tid, last, &line);
    if (match != OM_MATCH_YES)
        return match == OM_MATCH_MORE ? WAIT : GO_ON;
    other_id = !om_slice_eq(line.id, framer->carried->tid);
    end = body_end(framer, *rest, at, &info);
    /* Exactly where the range ends, or where the total does, there can be no more body. */
    if (is_bounded(framer) && info.body_length == framer->carried->bound && !info.no_crlf && !framer->guessed &&
        !(framer->gap_edge && at < 2))
        return take_end_line(framer, rest, at, &line, other_id);

    match = match_opening(framer, *rest, at + line.length, last);
    if (match != OM_MATCH_YES)
        return match == OM_MATCH_MORE ? WAIT : GO_ON;
    if (framer->guessed) {
        if (om_framer_body(framer, rest, end))
            end_at_gap(framer);
        return DONE;
    }
    if (at_bound(framer, info.body_length))
        return take_end_line(framer, rest, at, &line, other_id);
    if (om_framer_body(framer, rest, end))
        om_doubt_begin(framer, &line, other_id, at - end);
    return DONE;
}

static enum verdict
run_of_dashes(struct om_framer *framer, struct om_slice *rest, gsize run, gsize run_end, gboolean last, gsize *hold)
{
    struct om_end_line line;
    gboolean long_enough = own_begin(framer, run, run_end, hold);
    enum om_match match = OM_MATCH_NO;

    if (run_end == rest->l && !last)
        return WAIT;
    if (long_enough)
        match = match_own(framer, *rest, *hold, last, &line);
    if (match == OM_MATCH_YES)
        return take_end_line(framer, rest, *hold, &line, FALSE);
    if (match == OM_MATCH_MORE)
        return WAIT;
    if (framer->plain)
        return GO_ON;
    *hold = run_end - OM_END_LINE_DASHES;
    return other_end_line(framer, rest, *hold, last);
}

/* The message is over at a start line: what lies behind the announced end was garbage. */
static enum verdict
end_at_start_line(struct om_framer *framer, struct om_slice *rest, gsize at)
{
    struct om_message_end info = {.lost = TRUE, .has_body = TRUE, .body_length = framer->carried->bound};

    if (framer->guessed) {
        if (om_framer_body(framer, rest, at))
            end_at_gap(framer);
        return DONE;
    }
    if (may_be_garbage(framer, framer->offset + at) || framer->offset + at == info.body_length) {
        gsize n = (gsize) (info.body_length - framer->offset);

        om_framer_body(framer, rest, n);
        at -= n;
    } else { /* much of it: it was told by and by */
        om_framer_body(framer, rest, at);
        retract(framer, info.body_length);
        at = 0;
    }
    info.end_line = framer->position - (framer->offset - info.body_length);
    om_framer_end(framer, &info, info.end_line);
    om_framer_junk(framer, OM_JUNK_DAMAGE, rest, at);
    return DONE;
}

static enum verdict
start_line(struct om_framer *framer, struct om_slice *rest, gsize at, gboolean last)
{
    gboolean line_start = at == 0 ? framer->offset == 0 || framer->gap_edge : rest->p[at - 1] == '\n';
    enum om_match match;

    if (!line_start || (!framer->guessed && !at_bound(framer, framer->offset + at)))
        return GO_ON;
    match = match_opening(framer, *rest, at, last);
    if (match != OM_MATCH_YES)
        return match == OM_MATCH_MORE ? WAIT : GO_ON;
    return end_at_start_line(framer, rest, at);
}

gboolean
om_framer_body_step(struct om_framer *framer, struct om_slice *rest, gboolean last)
{
    struct om_finder finder = {0};
    gboolean starts = !framer->plain && (framer->guessed || at_bound(framer, framer->offset + rest->l));
    gsize from = framer->searched;
    gsize at, end;
    enum om_found found;

    if (framer->doubt)
        return om_doubt_step(framer, rest, last);
    while ((found = om_finder_next(&finder, *rest, from, starts, &at, &end)) != OM_FOUND_NONE) {
        gsize hold = at;
        enum verdict verdict = found == OM_FOUND_DASHES ? run_of_dashes(framer, rest, at, end, last, &hold)
                                                        : start_line(framer, rest, at, last);

        if (verdict == DONE)
            return TRUE;
        if (verdict == WAIT) {
            framer->searched = hold;
            return !body_so_far(framer, rest, hold - om_line_end_before(*rest, hold));
        }
        from = end;
    }
    framer->searched = rest->l - (last ? 0 : om_finder_tail(*rest, starts));
    return !body_so_far(framer, rest, framer->searched);
}
