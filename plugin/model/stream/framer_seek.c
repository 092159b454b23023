/* framer_seek.c
 * Framing found again: behind garbage, behind a gap, in a capture that starts late.
 *
 * A message begins at a start line with both path headers behind it: directly behind a line of end-line form, or, once
 * the stream's two ends are known from an earlier message, with these or those of any session that is known in its
 * paths. What is passed over may be a body that quotes MSRP: behind a gap, which may have held the beginning of one, the
 * start line must stand at the beginning of a segment or behind what the gap left of an end-line, if not directly behind
 * one. Without a gap nothing depends on where segments begin.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "framer_private.h"

#define START "MSRP "

/** An end-line is no longer than this. */
#define TAIL_LIMIT 80

enum om_found
om_finder_next(struct om_finder *finder, struct om_slice bytes, gsize from, gboolean starts, gsize *at, gsize *end)
{
    /* Each is looked for again only when it has been passed: linear whatever the other does. */
    if (!finder->dashes_known || (finder->dashes >= 0 && (gsize) finder->dashes < from))
        finder->dashes = om_dashes_find(bytes, from, &finder->dashes_end);
    finder->dashes_known = TRUE;
    if (starts && (!finder->start_known || (finder->start >= 0 && (gsize) finder->start < from)))
        finder->start = om_slice_find(bytes, from, OM_SLICE_LIT(START));
    finder->start_known = TRUE;

    if (starts && finder->start >= 0 && (finder->dashes < 0 || finder->start < finder->dashes)) {
        *at = (gsize) finder->start;
        *end = *at + strlen(START);
        return OM_FOUND_START;
    }
    if (finder->dashes < 0)
        return OM_FOUND_NONE;
    *at = (gsize) finder->dashes;
    *end = finder->dashes_end;
    return OM_FOUND_DASHES;
}

gsize
om_finder_tail(struct om_slice bytes, gboolean starts)
{
    gsize n = 0;

    while (n < bytes.l && n < OM_END_LINE_DASHES && bytes.p[bytes.l - 1 - n] == '-')
        n++;
    for (gsize k = strlen(START) - 1; starts && !n && k > 0; k--)
        if (k <= bytes.l && memcmp(bytes.p + bytes.l - k, START, k) == 0)
            n = k;
    if (!n && bytes.l && bytes.p[bytes.l - 1] == '\r')
        return 1;
    return n + om_line_end_before(bytes, bytes.l - n);
}

/* --- where a start line is one for certain --- */

gboolean
om_framer_sure_place(const struct om_framer *framer, gsize at)
{
    om_position position = framer->position + at;

    return position == framer->edge || position == framer->gap_end || position == framer->tail_end;
}

/* What a gap may leave of an end-line: dashes, an id, a flag, in this order, and the line's end. */
static gboolean
is_tail(struct om_slice line)
{
    gsize i = 0;

    while (i < line.l && i < OM_END_LINE_DASHES && line.p[i] == '-')
        i++;
    while (i < line.l && line.p[i] > ' ' && line.p[i] < 0x7f && !strchr("$#", line.p[i]))
        i++; /* a flag of "+" may be in an id, too */
    while (i < line.l && strchr("$#\r", line.p[i]))
        i++;
    return i == line.l;
}

/* Line ends behind it count to it. */
static void
extend_tail(struct om_framer *framer, struct om_slice rest)
{
    while (framer->tail_end > framer->gap_end && framer->tail_end >= framer->position &&
           framer->tail_end - framer->position < rest.l &&
           (rest.p[framer->tail_end - framer->position] == '\r' || rest.p[framer->tail_end - framer->position] == '\n'))
        framer->tail_end++;
}

gboolean
om_framer_read_tail(struct om_framer *framer, struct om_slice rest, gboolean last)
{
    gssize line_end;

    if (framer->position == framer->gap_end && framer->tail_end == G_MAXUINT64) {
        line_end = om_slice_chr(om_slice_head(rest, TAIL_LIMIT), 0, '\n');
        if (line_end < 0 && rest.l < TAIL_LIMIT && !last)
            return FALSE;
        framer->tail_end = framer->gap_end;
        if (line_end >= 0 && is_tail(om_slice_head(rest, (gsize) line_end)))
            framer->tail_end += (guint64) line_end + 1;
    }
    if (framer->tail_end != G_MAXUINT64)
        extend_tail(framer, rest);
    return TRUE;
}

gboolean
om_framer_knows(const struct om_framer *framer, const struct om_msrp_opening *opening)
{
    const struct om_framed *known = framer->framed;

    if (known && om_msrp_opening_same_ends(opening, &known->paths))
        return TRUE;
    return framer->handler->knows && framer->handler->knows(framer->user, opening);
}

static gboolean
is_blank(struct om_slice bytes)
{
    gsize n = 0;

    while (n < bytes.l && (bytes.p[n] == '\r' || bytes.p[n] == '\n'))
        n++;
    return n == bytes.l;
}

/* Does a message of this stream begin here? directly: but for line ends nothing was passed over since the last thing
 * told. */
static gboolean
is_credible(const struct om_framer *framer, const struct om_msrp_opening *opening, gsize at, gboolean directly)
{
    const struct om_framed *known = framer->framed;

    if (!om_slice_isset(opening->to_path) || !om_slice_isset(opening->from_path))
        return FALSE;
    if (directly && framer->behind_end_line)
        return TRUE;
    if (framer->why == OM_JUNK_AFTER_LOSS && !om_framer_sure_place(framer, at))
        return FALSE;
    if (!known || !om_slice_isset(known->paths.to_path) || !om_slice_isset(known->paths.from_path))
        return TRUE;
    return om_framer_knows(framer, opening);
}

/*
 * Tells the bytes from *done to `to`. Nothing is taken off before the step is over: so nothing is
 * looked for twice.
 */
static void
pass_over(struct om_framer *framer, enum om_junk why, struct om_slice bytes, gsize *done, gsize to)
{
    if (to == *done)
        return;
    framer->handler->junk(framer->user, why, om_slice(bytes.p + *done, to - *done), framer->position + *done);
    framer->behind_end_line =
        why == OM_JUNK_ORPHAN_END_LINE || (framer->behind_end_line && is_blank(om_slice(bytes.p + *done, to - *done)));
    *done = to;
}

/* A run of dashes. *hold: behind what is told, or where more bytes are needed. */
static enum om_match
end_line(struct om_framer *framer, struct om_slice bytes, gsize run_end, gboolean last, gsize *done, gsize *hold)
{
    struct om_end_line line;
    enum om_match match = OM_MATCH_MORE;

    *hold = run_end - OM_END_LINE_DASHES;
    if (run_end < bytes.l || last)
        match = om_end_line_any(om_slice_from(bytes, *hold), last, &line);
    if (match != OM_MATCH_YES)
        return match;
    pass_over(framer, framer->why, bytes, done, *hold);
    *hold += line.length;
    pass_over(framer, OM_JUNK_ORPHAN_END_LINE, bytes, done, *hold);
    return OM_MATCH_YES;
}

static enum om_match
start_line(const struct om_framer *framer, struct om_slice bytes, gsize at, gboolean last, gsize done)
{
    struct om_msrp_opening opening;
    enum om_match match = om_msrp_opening_match(om_slice_from(bytes, at), &opening);

    if (match == OM_MATCH_MORE && last)
        return OM_MATCH_NO;
    if (match == OM_MATCH_YES && !is_credible(framer, &opening, at, is_blank(om_slice(bytes.p + done, at - done))))
        return OM_MATCH_NO;
    return match;
}

gboolean
om_framer_seek_step(struct om_framer *framer, struct om_slice *rest, gboolean last)
{
    struct om_finder finder = {0};
    gsize from = framer->searched, done = 0;
    gsize at, end, hold = 0;
    enum om_match match = OM_MATCH_NO;
    enum om_found found;

    if (!om_framer_read_tail(framer, *rest, last))
        return FALSE;
    while ((found = om_finder_next(&finder, *rest, from, TRUE, &at, &end)) != OM_FOUND_NONE) {
        hold = at;
        match = found == OM_FOUND_DASHES ? end_line(framer, *rest, end, last, &done, &hold)
                                         : start_line(framer, *rest, at, last, done);
        if (match == OM_MATCH_MORE || (match == OM_MATCH_YES && found == OM_FOUND_START))
            break;
        from = match == OM_MATCH_YES ? hold : end;
    }
    if (found == OM_FOUND_NONE)
        hold = rest->l - (last ? 0 : om_finder_tail(om_slice_from(*rest, done), TRUE));
    pass_over(framer, framer->why, *rest, &done, hold);
    framer->searched = done;
    om_framer_take(framer, rest, done);
    if (found == OM_FOUND_START && match == OM_MATCH_YES) {
        om_framer_enter(framer, OM_FRAMER_HEAD);
        return TRUE;
    }
    return FALSE;
}
