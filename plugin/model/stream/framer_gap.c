/* framer_gap.c
 * What a gap in the bytes means.
 *
 * In a body whose range end is fixed and lies behind the gap, the body goes on for certain, and the framer with it at
 * once. Of any other gap it is told only when that is lost for good. Where the announced end (or the total) lies in the
 * gap, the message is over: the gap took its end. Otherwise the bytes behind it are held back, until something shows
 * whether the message's end was in the gap (framer_body.c, rule 3). A head that is cut by a gap is lost. Between
 * messages, framing has to be found again.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "possible_end.h"

/** A gap that takes no more than the CRLF behind the announced end leaves the end-line to be seen. */
#define CRLF_LENGTH 2

static gsize
kept_length(const struct om_framer *framer)
{
    return framer->kept ? framer->kept->len : 0;
}

/* Do the undecided bytes hold the message's own end-line, up to its flag? */
static gboolean
holds_end_line(const struct om_framer *framer, gsize *at, struct om_end_line *line)
{
    struct om_slice kept = om_slice(framer->kept ? framer->kept->data : NULL, kept_length(framer));
    gsize dashes = OM_END_LINE_DASHES + framer->framed->tid_dashes;
    gsize run_end = 0;
    gssize run = framer->possible_end || !kept.l ? -1 : om_dashes_find(kept, 0, &run_end);

    if (run < 0 || run_end - (gsize) run < dashes || run_end == kept.l)
        return FALSE;
    *at = run_end - dashes;
    return om_end_line_own(om_slice_from(kept, *at), framer->framed->tid, TRUE, line) == OM_MATCH_YES;
}

gboolean
om_framer_gap_is_body(const struct om_framer *framer, guint64 length)
{
    const struct om_framed *framed = framer->framed;
    struct om_end_line line;
    gsize at;

    return framer->state == OM_FRAMER_BODY && !framer->unsure && !framer->possible_end &&
           framed->bound_kind == OM_BOUND_EXACT && framer->offset + kept_length(framer) <= framed->bound &&
           framed->bound - framer->offset - kept_length(framer) >= length && !holds_end_line(framer, &at, &line);
}

static void
leap(struct om_framer *framer, guint64 length)
{
    framer->position += length;
    framer->gap_end = framer->position;
    framer->tail_end = G_MAXUINT64;
    framer->edge = framer->position;
    framer->searched = 0;
}

void
om_framer_pass_gap(struct om_framer *framer, guint64 length)
{
    GByteArray *kept = g_steal_pointer(&framer->kept);
    struct om_slice rest = om_slice(kept ? kept->data : NULL, kept ? kept->len : 0);

    om_framer_body(framer, &rest, rest.l);
    if (kept)
        g_byte_array_unref(kept);
    framer->handler->lost(framer->user, framer->framed->message, framer->offset, length);
    framer->gap_offset = framer->offset;
    framer->offset += length;
    framer->told = framer->offset;
    leap(framer, length);
}

/* The undecided bytes are the end-line, but for its own end. */
static void
end_line_cut(struct om_framer *framer, struct om_slice *rest, gsize at, const struct om_end_line *line)
{
    struct om_message_end info = {.lost = TRUE, .has_body = TRUE, .flag = line->flag};
    gsize crlf = om_line_end_before(*rest, at);

    if (!om_framer_body(framer, rest, at - crlf))
        return;
    om_framer_tell_held(framer, framer->offset);
    info.body_length = framer->offset;
    info.end_line = framer->position + crlf;
    om_framer_take(framer, rest, rest->l);
    om_framer_end(framer, &info, framer->position);
}

/* What stands before the gap: the message's as far as that is certain, else held back. */
static void
body_before_gap(struct om_framer *framer, struct om_slice *rest)
{
    const struct om_framed *framed = framer->framed;

    if (!framer->unsure && framed->bound_kind == OM_BOUND_EXACT && framer->offset < framed->bound)
        om_framer_body(framer, rest, (gsize) MIN(rest->l, framed->bound - framer->offset));
    if (!framer->unsure)
        framer->gap_offset = framer->told;
    framer->unsure = TRUE;
    om_framer_body(framer, rest, rest->l);
}

static void
lose_in_body(struct om_framer *framer, struct om_slice *rest, guint64 length)
{
    const struct om_framed *framed = framer->framed;
    guint64 behind = framer->offset + rest->l + length; /* body offset behind the gap */
    struct om_end_line line = {0};
    gsize at;

    if (holds_end_line(framer, &at, &line)) {
        end_line_cut(framer, rest, at, &line);
        return;
    }
    om_possible_end_drop(framer);
    body_before_gap(framer, rest);
    if (framer->state != OM_FRAMER_BODY)
        return;
    if (length == 0 || (framed->bound_kind != OM_BOUND_NONE && behind > framed->bound + CRLF_LENGTH)) {
        om_framer_end_in_gap(framer);
        return;
    }
    framer->offset = behind;
}

void
om_framer_lose(struct om_framer *framer, guint64 length)
{
    GByteArray *kept;
    struct om_slice rest;

    om_framer_settle(framer);
    kept = framer->kept;
    rest = om_slice(kept ? kept->data : NULL, kept ? kept->len : 0);
    if (framer->state == OM_FRAMER_BODY)
        lose_in_body(framer, &rest, length);
    framer->kept = NULL;
    om_framer_junk(framer, framer->state == OM_FRAMER_SEEK ? framer->why : OM_JUNK_AFTER_LOSS, &rest, rest.l);
    if (kept)
        g_byte_array_unref(kept);
    if (framer->state != OM_FRAMER_BODY) {
        framer->why = OM_JUNK_AFTER_LOSS;
        om_framer_enter(framer, OM_FRAMER_SEEK);
    }
    leap(framer, length);
}

void
om_framer_late(struct om_framer *framer, struct om_framed *framed, guint64 offset, struct om_slice bytes)
{
    if (!framed->ended && framer->unsure && offset >= framer->told) {
        if (!framer->overfull)
            om_held_add(&framer->held, offset, bytes);
        return;
    }
    if (framed->ended)
        bytes = om_slice_head(bytes, (gsize) MIN(bytes.l, framed->length - MIN(framed->length, offset)));
    if (bytes.l)
        framer->handler->body(framer->user, framed->message, offset, bytes);
}
