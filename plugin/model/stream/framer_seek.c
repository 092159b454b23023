/* framer_seek.c
 * Framing found again: behind garbage, behind a gap, in a capture that starts late.
 *
 * A message begins at a start line with both path headers behind it. Once the stream's two ends are known
 * (from an earlier message) a start line with other ends in its paths must follow a line of end-line
 * form directly: what is passed over may be a body that quotes MSRP.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "framer_private.h"

#define START "MSRP "

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

/* Does a message of this stream begin here? directly: nothing was passed over since the last thing told. */
static gboolean
is_credible(const struct om_framer *framer, const struct om_msrp_opening *opening, gboolean directly)
{
    const struct om_carried *known = framer->carried;

    if (!om_slice_isset(opening->to_path) || !om_slice_isset(opening->from_path))
        return FALSE;
    if (directly && framer->behind_end_line)
        return TRUE;
    return !known || !om_slice_isset(known->paths.to_path) || !om_slice_isset(known->paths.from_path) ||
           om_msrp_opening_same_ends(opening, &known->paths);
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
    framer->sink->junk(framer->user, why, om_slice(bytes.p + *done, to - *done), framer->position + *done);
    framer->behind_end_line = why == OM_JUNK_ORPHAN_END_LINE;
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
    if (match == OM_MATCH_YES && !is_credible(framer, &opening, at == done))
        return OM_MATCH_NO;
    return match;
}

gboolean
om_framer_seek_step(struct om_framer *framer, struct om_slice *rest, gboolean last)
{
    struct om_finder finder = {0};
    gsize from = framer->searched, done = 0;
    gsize at, end, hold;
    enum om_match match = OM_MATCH_NO;
    enum om_found found;

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
