/* framer_body.c
 * Bodies and their end-lines.
 *
 * A body ends at the end-line with its own transaction id. What else may end it:
 *
 * 1. A line of end-line form with another id (or, before the announced end, its own id with a bad flag), when a start
 *    line with the same two ends in its paths follows directly, or nothing at all does and the range ends exactly
 * there. 2. A start line with the same two ends, at the beginning of a line, at or behind the announced end. What lies
 *    between is garbage.
 * 3. Behind a gap that may have held the end-line ("unsure"): a sure start line, without regard to what is announced.
 *    The bytes behind the gap were not of this message then. So too when they outgrow what is announced.
 *
 * What 1 and 2 find is a possible end: what follows proves it (possible_end.c). Everything else is body, whatever it
 * looks like: a body may quote MSRP. Bytes that may or may not be the message's, those beyond the announced end and
 * those behind a gap that may have held its end, are held back until one of these shows whose they are.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "possible_end.h"

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
    return framer->framed->bound_kind != OM_BOUND_NONE;
}

/* Is this body offset at or behind the announced end? */
static gboolean
at_bound(const struct om_framer *framer, guint64 offset)
{
    return is_bounded(framer) && offset >= framer->framed->bound;
}

static gboolean
at_gap_edge(const struct om_framer *framer)
{
    return framer->position == framer->gap_end;
}

/* --- what is held back --- */

static om_position
position_of(const struct om_framer *framer, guint64 offset)
{
    return framer->framed->body + offset;
}

void
om_framer_tell_held(struct om_framer *framer, guint64 length)
{
    GPtrArray *runs = framer->held.runs;

    for (guint i = 0; runs && i < runs->len; i++) {
        const struct om_held_run *run = g_ptr_array_index(runs, i);
        gsize n = (gsize) MIN(run->bytes->len, length - MIN(length, run->offset));

        if (!n)
            break;
        if (run->offset > framer->told)
            framer->handler->lost(framer->user, framer->framed->message, framer->told, run->offset - framer->told);
        framer->handler->body(framer->user, framer->framed->message, run->offset, om_slice(run->bytes->data, n));
        framer->told = run->offset + n;
    }
    om_held_clear(&framer->held);
}

void
om_framer_drop_held(struct om_framer *framer, enum om_junk why)
{
    GPtrArray *runs = framer->held.runs;

    for (guint i = 0; runs && i < runs->len; i++) {
        const struct om_held_run *run = g_ptr_array_index(runs, i);

        framer->handler->junk(framer->user, why, om_slice(run->bytes->data, run->bytes->len),
                              position_of(framer, run->offset));
    }
    om_held_clear(&framer->held);
}

static void
hold(struct om_framer *framer, guint64 offset, struct om_slice bytes)
{
    if (framer->overfull) {
        framer->handler->junk(framer->user, OM_JUNK_AFTER_LOSS, bytes, position_of(framer, offset));
        return;
    }
    om_held_add(&framer->held, offset, bytes);
    if (framer->unsure && framer->held.size > OM_HELD_LIMIT) {
        framer->overfull = TRUE;
        om_framer_drop_held(framer, OM_JUNK_AFTER_LOSS);
    } else if (!framer->unsure && framer->held.size > OM_BEYOND_LIMIT) {
        framer->beyond = TRUE;
        om_framer_tell_held(framer, G_MAXUINT64);
    }
}

/* How many of the next n bytes are the message's for certain. */
static gsize
certain(const struct om_framer *framer, gsize n)
{
    guint64 bound = framer->framed->bound;

    if (framer->unsure)
        return 0;
    if (framer->plain || framer->beyond || !is_bounded(framer))
        return n;
    return (gsize) MIN(n, bound - MIN(bound, framer->offset));
}

void
om_framer_end_in_gap(struct om_framer *framer)
{
    const struct om_framed *framed = framer->framed;
    om_position end = position_of(framer, framer->told);
    struct om_message_end info = {.lost = TRUE, .has_body = TRUE, .end_line = end};

    info.body_length = framer->gap_offset;
    if (framed->bound_kind == OM_BOUND_EXACT)
        info.body_length = MAX(info.body_length, framed->bound);
    om_framer_end(framer, &info, end);
    om_framer_drop_held(framer, OM_JUNK_AFTER_LOSS);
    framer->why = OM_JUNK_AFTER_LOSS;
    om_framer_enter(framer, OM_FRAMER_SEEK);
}

gboolean
om_framer_body(struct om_framer *framer, struct om_slice *rest, gsize n)
{
    gsize sure = certain(framer, n);

    if (!n)
        return TRUE;
    if (framer->unsure && at_bound(framer, framer->offset + n - 1)) {
        om_framer_end_in_gap(framer);
        return FALSE;
    }
    if (sure) {
        framer->handler->body(framer->user, framer->framed->message, framer->offset, om_slice_head(*rest, sure));
        framer->told = framer->offset + sure;
    }
    if (sure < n)
        hold(framer, framer->offset + sure, om_slice(rest->p + sure, n - sure));
    framer->offset += n;
    om_framer_take(framer, rest, n);
    return TRUE;
}

/* How many of the last bytes may be the beginning of the message's own end-line, with the line end before it. Before a
 * fixed range end they are body. */
static gsize
begun_end_line(const struct om_framer *framer, struct om_slice rest)
{
    const struct om_slice tid = framer->framed->tid;
    gsize longest = 2 + OM_END_LINE_DASHES + tid.l;
    char *line = g_strdup_printf("\r\n-------%.*s", (int) tid.l, tid.p);
    gsize n = framer->framed->bound_kind == OM_BOUND_EXACT ? 0 : MIN(longest, rest.l);

    while (n && memcmp(rest.p + rest.l - n, line, n) != 0)
        n--;
    g_free(line);
    return n;
}

void
om_framer_cut_body(struct om_framer *framer, struct om_slice *rest)
{
    struct om_message_end info = {.lost = TRUE, .has_body = TRUE};
    om_position end;

    if (!om_framer_body(framer, rest, rest->l - begun_end_line(framer, *rest)))
        return; /* ended at the gap */
    if (framer->unsure) {
        om_framer_end_in_gap(framer);
        return;
    }
    end = position_of(framer, framer->told);
    info.body_length = framer->told;
    info.end_line = end;
    om_framer_end(framer, &info, end);
    om_framer_drop_held(framer, OM_JUNK_DAMAGE);
}

/* --- end-lines --- */

/* Where the body ends that an end-line at `at` closes; info gets what it says about the bytes before. */
static gsize
body_end(const struct om_framer *framer, struct om_slice rest, gsize at, struct om_message_end *info)
{
    gsize crlf = om_line_end_before(rest, at);
    gboolean edge = at_gap_edge(framer) && crlf == at; /* the rest of the CRLF may be in the gap */
    gboolean empty = framer->offset == 0 && at == 0;   /* the empty line's CRLF is the one before it */
    guint64 in_gap = edge ? 2 - crlf : 0;

    info->has_body = TRUE;
    info->no_crlf = crlf < 2 && !edge && !empty;
    info->body_length = framer->offset + at - crlf;
    if (in_gap && !(framer->framed->bound_kind == OM_BOUND_EXACT && framer->framed->bound == info->body_length))
        info->body_length = MAX(framer->gap_offset, info->body_length - MIN(in_gap, info->body_length));
    return at - crlf;
}

void
om_framer_take_end_line(struct om_framer *framer, struct om_slice *rest, gsize at, const struct om_end_line *line,
                        gboolean other_id)
{
    struct om_message_end info = {.other_id = other_id};
    gsize end = body_end(framer, *rest, at, &info);

    if (!om_framer_body(framer, rest, end))
        return;
    om_framer_tell_held(framer, info.body_length);
    info.flag = line->flag;
    info.spaced = line->spaced;
    info.bad_flag = line->bad_flag;
    info.bare_lf = line->bare_lf;
    info.foreign = framer->foreign && !other_id && is_bounded(framer) && info.body_length > framer->framed->bound;
    info.end_line = framer->position + (at - end);
    om_framer_take(framer, rest, at - end + line->length);
    om_framer_end(framer, &info, framer->position);
}

void
om_framer_end_as_announced(struct om_framer *framer, struct om_slice *rest, gsize at)
{
    struct om_message_end info = {.lost = TRUE, .has_body = TRUE};

    om_framer_body(framer, rest, at);
    info.body_length = framer->told;
    info.end_line = position_of(framer, framer->told);
    om_framer_end(framer, &info, info.end_line);
    om_framer_drop_held(framer, OM_JUNK_DAMAGE);
}

/* This message's own end-line? Without a line end before it only the strict form counts. */
static enum om_match
match_own(const struct om_framer *framer, struct om_slice rest, gsize at, gboolean last, struct om_end_line *line)
{
    struct om_message_end info = {0};
    enum om_match match = om_end_line_own(om_slice_from(rest, at), framer->framed->tid, last, line);

    if (match != OM_MATCH_YES || (!line->bad_flag && !line->spaced))
        return match;
    body_end(framer, rest, at, &info);
    if (info.no_crlf && om_line_end_before(rest, at) == 0)
        return OM_MATCH_NO;
    if (line->bad_flag && framer->framed->bound_kind == OM_BOUND_EXACT && info.body_length < framer->framed->bound)
        return OM_MATCH_NO;
    return match;
}

/* Where the seven dashes of an own end-line begin in a run; FALSE where the run is too short. */
static gboolean
own_begin(const struct om_framer *framer, gsize run, gsize run_end, gsize *at)
{
    gsize dashes = OM_END_LINE_DASHES + framer->framed->tid_dashes;

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

/* shared: other messages of the connection count, whatever their two ends. */
static enum om_match
match_opening(const struct om_framer *framer, struct om_slice rest, gsize at, gboolean shared, gboolean last)
{
    struct om_msrp_opening opening;
    enum om_match match = om_msrp_opening_match(om_slice_from(rest, at), &opening);

    if (match == OM_MATCH_MORE)
        return last ? OM_MATCH_NO : match;
    if (match == OM_MATCH_YES && !om_msrp_opening_same_ends(&opening, &framer->framed->paths) &&
        !(shared && om_framer_knows(framer, &opening)))
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
    gboolean other_id, exact, sure;
    gsize end;

    /* With a flag missing or bad it can only be the own id's. */
    if (match == OM_MATCH_NO)
        match = om_end_line_own(om_slice_from(*rest, at), framer->framed->tid, last, &line);
    if (match != OM_MATCH_YES)
        return match == OM_MATCH_MORE ? WAIT : GO_ON;
    other_id = !om_slice_eq(line.id, framer->framed->tid);
    framer->foreign |= other_id;
    end = body_end(framer, *rest, at, &info);
    exact = is_bounded(framer) && info.body_length == framer->framed->bound && !info.no_crlf && !framer->unsure &&
            !(at_gap_edge(framer) && at < 2);
    /* Exactly where the range ends, or where the total does, with nothing behind it. */
    if (exact && at + line.length == rest->l && (last || framer->settling)) {
        om_framer_take_end_line(framer, rest, at, &line, other_id);
        return DONE;
    }
    sure = framer->unsure || at_bound(framer, info.body_length);
    match = match_opening(framer, *rest, at + line.length, sure, last);
    if (match != OM_MATCH_YES)
        return match == OM_MATCH_MORE ? WAIT : GO_ON;
    if (!om_framer_body(framer, rest, end))
        return DONE;
    if (framer->unsure)
        om_framer_end_in_gap(framer);
    else
        om_possible_end_begin(framer, &line, other_id, at - end);
    return DONE;
}

static enum verdict
run_of_dashes(struct om_framer *framer, struct om_slice *rest, gsize run, gsize run_end, gboolean last, gsize *wait)
{
    struct om_end_line line;
    gboolean long_enough = own_begin(framer, run, run_end, wait);
    enum om_match match = OM_MATCH_NO;

    if (run_end == rest->l && !last)
        return WAIT;
    if (long_enough)
        match = match_own(framer, *rest, *wait, last, &line);
    if (match == OM_MATCH_YES) {
        om_framer_take_end_line(framer, rest, *wait, &line, FALSE);
        return DONE;
    }
    if (match == OM_MATCH_MORE)
        return WAIT;
    if (framer->plain)
        return GO_ON;
    *wait = run_end - OM_END_LINE_DASHES;
    return other_end_line(framer, rest, *wait, last);
}

static enum verdict
start_line(struct om_framer *framer, struct om_slice *rest, gsize at, gboolean last)
{
    gboolean line_start = at == 0 ? framer->offset == 0 : rest->p[at - 1] == '\n';
    enum om_match match;

    if (framer->unsure ? !om_framer_sure_place(framer, at) : !line_start || !at_bound(framer, framer->offset + at))
        return GO_ON;
    match = match_opening(framer, *rest, at, framer->unsure, last);
    if (match != OM_MATCH_YES)
        return match == OM_MATCH_MORE ? WAIT : GO_ON;
    if (!om_framer_body(framer, rest, at))
        return DONE;
    if (framer->unsure)
        om_framer_end_in_gap(framer);
    else
        om_possible_end_begin(framer, NULL, FALSE, 0);
    return DONE;
}

gboolean
om_framer_body_step(struct om_framer *framer, struct om_slice *rest, gboolean last)
{
    struct om_finder finder = {0};
    gboolean starts = !framer->plain && (framer->unsure || at_bound(framer, framer->offset + rest->l));
    gsize from = framer->searched;
    gsize at, end;
    enum om_found found;

    if (framer->possible_end)
        return om_possible_end_step(framer, rest, last);
    if (framer->unsure && !om_framer_read_tail(framer, *rest, last))
        return FALSE;
    while ((found = om_finder_next(&finder, *rest, from, starts, &at, &end)) != OM_FOUND_NONE) {
        gsize wait = at;
        enum verdict verdict = found == OM_FOUND_DASHES ? run_of_dashes(framer, rest, at, end, last, &wait)
                                                        : start_line(framer, rest, at, last);

        if (verdict == DONE)
            return TRUE;
        if (verdict == WAIT) {
            framer->searched = wait;
            return !om_framer_body(framer, rest, wait - om_line_end_before(*rest, wait));
        }
        from = end;
    }
    framer->searched = rest->l - (last ? begun_end_line(framer, *rest) : om_finder_tail(*rest, starts));
    return !om_framer_body(framer, rest, framer->searched);
}
