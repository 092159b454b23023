/* doubt.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "doubt.h"

/** Bytes that are looked at at a time: a doubt that is soon gone costs no more. */
#define STEP 2048

enum doubt_verdict { UNDECIDED, ENDED, BODY };

struct om_doubt {
    const struct om_carried *carried; /**< the framer's */
    guint64 offset;                   /**< body bytes up to the place */
    struct om_end_line line;          /**< its id is not kept */
    gboolean other_id;
    gsize line_end;
    gsize start; /**< the start line, as an offset into the undecided bytes */
    gsize fed;   /**< of the undecided bytes, seen by the trial */
    struct om_framer *trial;
    guint begun, whole; /**< messages of the trial */
    enum doubt_verdict verdict;
    gsize resume; /**< BODY: offset behind which the search goes on */
};

/* --- what the trial tells: positions count from the start line --- */

/* The first verdict counts. at: where it was reached. */
static void
decide(struct om_doubt *doubt, enum doubt_verdict verdict, om_position at)
{
    if (doubt->verdict != UNDECIDED)
        return;
    doubt->verdict = verdict;
    doubt->resume = doubt->start + (gsize) at;
    doubt->trial->stopped = TRUE;
}

static void *
trial_begin(void *user, const struct om_msrp_head *head, struct om_slice raw, om_position begin)
{
    struct om_doubt *doubt = user;
    struct om_msrp_opening paths = {head->to_path, head->from_path};

    (void) raw;
    if (om_carried_continues(doubt->carried, doubt->offset, head))
        decide(doubt, ENDED, begin);
    else if (doubt->carried->bound_kind == OM_BOUND_EXACT || !om_msrp_opening_same_ends(&paths, &doubt->carried->paths))
        decide(doubt, BODY, begin);
    doubt->begun++;
    return doubt;
}

static void
trial_body(void *user, void *message, guint64 offset, struct om_slice bytes, gboolean guessed, om_position at)
{
    (void) user, (void) message, (void) offset, (void) bytes, (void) guessed, (void) at;
}

static void
trial_end(void *user, void *message, const struct om_message_end *info, om_position end)
{
    struct om_doubt *doubt = user;
    const struct om_carried *carried = doubt->carried;

    (void) message;
    if (info->lost)
        decide(doubt, BODY, end);
    if (++doubt->whole >= OM_DOUBT_MESSAGES &&
        (carried->bound_kind == OM_BOUND_NONE || doubt->offset + doubt->start + end > carried->bound))
        decide(doubt, ENDED, end);
}

static void
trial_junk(void *user, enum om_junk why, struct om_slice bytes, om_position at)
{
    (void) bytes;
    if (why != OM_JUNK_BLANK)
        decide(user, BODY, at);
}

/* lost() and retract() are told behind gaps only, which a trial does not see. */
static const struct om_framer_sink trial_sink = {trial_begin, trial_body, NULL, NULL, trial_end, trial_junk};

/* --- */

void
om_doubt_begin(struct om_framer *framer, const struct om_end_line *line, gboolean other_id, gsize line_end)
{
    struct om_doubt *doubt = g_new0(struct om_doubt, 1);

    doubt->carried = framer->carried;
    doubt->offset = framer->offset;
    doubt->line = *line;
    doubt->other_id = other_id;
    doubt->line_end = line_end;
    doubt->start = line_end + line->length;
    doubt->fed = doubt->start;
    doubt->trial = om_framer_new(&trial_sink, doubt);
    doubt->trial->plain = TRUE;
    framer->doubt = doubt;
    framer->searched = doubt->start;
}

void
om_doubt_free(struct om_doubt *doubt)
{
    if (!doubt)
        return;
    om_framer_free(doubt->trial);
    g_free(doubt);
}

static void
feed(struct om_doubt *doubt, struct om_slice held, gsize to)
{
    if (to <= doubt->fed || doubt->verdict != UNDECIDED)
        return;
    om_framer_push(doubt->trial, om_slice(held.p + doubt->fed, to - doubt->fed));
    doubt->fed = to;
}

/* The verdict where the trial and the own end-line gave none. */
static void
decide_by_length(struct om_doubt *doubt, gboolean full, gboolean last)
{
    const struct om_carried *carried = doubt->carried;

    if (full && (carried->bound_kind == OM_BOUND_NONE || doubt->offset + OM_DOUBT_LIMIT <= carried->bound))
        decide(doubt, BODY, OM_DOUBT_LIMIT - doubt->start);
    else if (full || last)
        decide(doubt, ENDED, 0);
}

gboolean
om_doubt_step(struct om_framer *framer, struct om_slice *rest, gboolean last)
{
    struct om_doubt *doubt = framer->doubt;
    struct om_slice held = om_slice_head(*rest, MIN(doubt->fed + STEP, OM_DOUBT_LIMIT));
    gboolean full = held.l == OM_DOUBT_LIMIT;
    gboolean all = held.l == rest->l;
    struct om_end_line line;
    gsize at;
    enum om_match own = om_framer_find_own(framer, held, last && all, &at, &line);

    /* In the order of the bytes: the own end-line counts when its last byte is there. */
    feed(doubt, held, own == OM_MATCH_YES ? at + line.length - 1 : held.l);
    if (doubt->verdict == UNDECIDED && own != OM_MATCH_YES)
        decide_by_length(doubt, full, last && all);
    if (doubt->verdict == UNDECIDED && own != OM_MATCH_YES)
        return !all;
    framer->doubt = NULL;
    if (doubt->verdict == ENDED)
        om_framer_take_end_line(framer, rest, doubt->line_end, &doubt->line, doubt->other_id);
    else if (doubt->verdict == UNDECIDED)
        om_framer_take_end_line(framer, rest, at, &line, FALSE);
    else
        framer->searched = MIN(framer->searched, doubt->resume);
    om_doubt_free(doubt);
    return TRUE;
}
