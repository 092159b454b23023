/* framer_gap.c
 * What a gap in the bytes means for the message that is open.
 *
 * In a body whose range end is fixed and lies behind the gap, the body goes on for certain. Where the
 * announced end (or the total) lies in the gap, the message is over: the gap took its end. Otherwise
 * it goes on by guess, until something shows that its end was in the gap (framer_body.c, rule 3).
 * A head that is cut by a gap is lost. Between messages, framing has to be found again.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "framer_private.h"

/** A gap that takes no more than the CRLF behind the announced end leaves the end-line to be seen. */
#define CRLF_LENGTH 2

static struct om_slice
undecided(const struct om_framer *framer)
{
    return framer->kept ? om_slice(framer->kept->data, framer->kept->len) : OM_SLICE_NULL;
}

/* Do the undecided bytes hold the message's own end-line, or the beginning of it (its id has begun)? */
static gboolean
holds_end_line(const struct om_framer *framer, struct om_slice held, gsize *at, struct om_end_line *line)
{
    gsize dashes = OM_END_LINE_DASHES + framer->carried->tid_dashes;
    gsize run_end;
    gssize run = framer->doubt ? -1 : om_dashes_find(held, 0, &run_end);

    if (run < 0 || run_end - (gsize) run < dashes || run_end == held.l)
        return FALSE;
    *at = run_end - dashes;
    held = om_slice_from(held, *at);
    if (om_end_line_own(held, framer->carried->tid, TRUE, line) == OM_MATCH_YES)
        return TRUE;
    if (framer->carried->bound_kind == OM_BOUND_EXACT && framer->offset + *at < framer->carried->bound)
        return FALSE;
    return held.p[held.l - 1] != ' ' && om_end_line_own(held, framer->carried->tid, FALSE, line) == OM_MATCH_MORE;
}

static void
tell_end(struct om_framer *behind, const struct om_message_end *info, om_position end)
{
    behind->sink->end(behind->user, behind->carried->message, info, end);
}

/* The undecided bytes are the end-line, up to the gap: its flag may be there. */
static void
end_line_cut(const struct om_framer *framer, struct om_framer *behind, struct om_slice held, gsize at,
             const struct om_end_line *line)
{
    struct om_message_end info = {.lost = TRUE, .has_body = TRUE, .flag = line->flag};
    gsize crlf = om_line_end_before(held, at);

    info.body_length = framer->offset + at - crlf;
    info.end_line = framer->position + at;
    tell_end(behind, &info, framer->position + held.l);
}

/* CRLF and dashes, up to the gap: the beginning of the end-line if that is in the gap. @return how many bytes */
static gsize
dashes_held(const struct om_framer *framer, struct om_slice held)
{
    gsize dashes = OM_END_LINE_DASHES + framer->carried->tid_dashes;

    if (framer->doubt || held.l < 3 || held.l > 2 + dashes || memcmp(held.p, "\r\n", 2) != 0)
        return 0;
    for (gsize i = 2; i < held.l; i++)
        if (held.p[i] != '-')
            return 0;
    return held.l;
}

/* Body up to the gap, and what the gap took of it. @return bytes of the undecided ones that were told */
static gsize
body_before_gap(const struct om_framer *framer, struct om_framer *behind, struct om_slice held, guint64 at)
{
    const struct om_carried *carried = framer->carried;
    guint64 bound = carried->bound_kind == OM_BOUND_NONE ? G_MAXUINT64 : carried->bound;
    gsize told = (gsize) MIN(held.l, bound - MIN(bound, framer->offset));
    guint64 from = framer->offset + told;

    if (told)
        behind->sink->body(behind->user, carried->message, framer->offset, om_slice_head(held, told),
                           carried->bound_kind != OM_BOUND_EXACT, framer->position);
    if (MIN(at, bound) > from)
        behind->sink->lost(behind->user, carried->message, from, MIN(at, bound) - from);
    return told;
}

static gsize
body_behind_gap(const struct om_framer *framer, struct om_framer *behind, guint64 length)
{
    const struct om_carried *carried = framer->carried;
    struct om_slice held = undecided(framer);
    guint64 at = framer->offset + held.l + length; /* body offset behind the gap */
    struct om_end_line line = {0};
    gsize told, end;
    guint64 from;

    if (holds_end_line(framer, held, &end, &line)) {
        end_line_cut(framer, behind, held, end, &line);
        return 0;
    }
    told = body_before_gap(framer, behind, held, at);
    from = framer->offset + told;
    if (length == 0 || (carried->bound_kind != OM_BOUND_NONE && at > carried->bound + CRLF_LENGTH)) {
        struct om_message_end info = {
            .lost = TRUE, .has_body = TRUE, .body_length = from, .end_line = framer->position + told};

        if (length && carried->bound_kind == OM_BOUND_EXACT)
            info.body_length = MAX(from, carried->bound);
        tell_end(behind, &info, info.end_line);
        return told;
    }
    om_framer_enter(behind, OM_FRAMER_BODY);
    behind->offset = at;
    behind->gap_edge = TRUE;
    behind->guessed = carried->bound_kind != OM_BOUND_EXACT || at > carried->bound;
    behind->gap_offset = framer->guessed ? framer->gap_offset : from - MIN(told, dashes_held(framer, held));
    return told;
}

struct om_framer *
om_framer_behind_gap(const struct om_framer *framer, guint64 length, const struct om_framer_sink *sink, void *user,
                     gsize *told)
{
    struct om_framer *behind = om_framer_new(sink, user);
    struct om_slice held = undecided(framer);

    *told = 0;
    behind->position = framer->position + held.l + length;
    behind->carried = om_carried_ref(framer->carried);
    behind->why = OM_JUNK_AFTER_LOSS;
    om_framer_enter(behind, OM_FRAMER_SEEK);
    if (framer->state == OM_FRAMER_BODY)
        *told = body_behind_gap(framer, behind, length);
    else if (held.l)
        sink->junk(user, framer->state == OM_FRAMER_SEEK ? framer->why : OM_JUNK_AFTER_LOSS, held, framer->position);
    return behind;
}
