/* msrp_end_line.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_end_line.h"

/** More spaces than anybody puts by mistake. */
#define SPACES_MAX 8
#define ID_MAX     64

gssize
om_dashes_find(struct om_slice bytes, gsize from, gsize *end)
{
    gsize seen = from; /* bytes before it belong to no run, or to one that was too short */

    /* A run of seven has a dash in every seventh place. */
    for (gsize i = from + OM_END_LINE_DASHES - 1; i < bytes.l; i += OM_END_LINE_DASHES) {
        gsize first = i, behind = i + 1;

        if (bytes.p[i] != '-')
            continue;
        while (first > seen && bytes.p[first - 1] == '-')
            first--;
        while (behind < bytes.l && bytes.p[behind] == '-')
            behind++;
        if (behind - first >= OM_END_LINE_DASHES) {
            *end = behind;
            return (gssize) first;
        }
        seen = behind;
        i = behind - 1; /* the next place to look at is seven further on */
    }
    return -1;
}

static gboolean
is_flag(char c)
{
    return c == '$' || c == '+' || c == '#';
}

static gboolean
is_ident_char(char c)
{
    return g_ascii_isalnum(c) || (c != '\0' && strchr(".-+%=", c));
}

/* Passes over spaces from *at on; FALSE where there are too many. */
static gboolean
pass_spaces(struct om_slice text, gsize *at, struct om_end_line *line)
{
    gsize from = *at;

    while (*at < text.l && text.p[*at] == ' ')
        ++*at;
    if (*at > from)
        line->spaced = TRUE;
    return *at - from <= SPACES_MAX;
}

/* CRLF or LF at `at` completes the line. */
static enum om_match
match_line_end(struct om_slice text, gsize at, gboolean last, struct om_end_line *line)
{
    gboolean cr = at < text.l && text.p[at] == '\r';

    if (at + cr == text.l) {
        line->length = text.l;
        return last ? OM_MATCH_YES : OM_MATCH_MORE;
    }
    if (text.p[at + cr] != '\n')
        return OM_MATCH_NO;
    line->bare_lf = !cr;
    line->length = at + cr + 1;
    return OM_MATCH_YES;
}

static enum om_match
match_dashes(struct om_slice text)
{
    gsize n = MIN(text.l, OM_END_LINE_DASHES);

    if (memcmp(text.p, "-------", n) != 0)
        return OM_MATCH_NO;
    return n < OM_END_LINE_DASHES ? OM_MATCH_MORE : OM_MATCH_YES;
}

/* [SP] flag [SP] line end, behind the id. */
static enum om_match
match_own_flag(struct om_slice text, gsize at, gboolean last, struct om_end_line *line)
{
    gsize behind_id = at;
    char c;

    if (!pass_spaces(text, &at, line))
        return OM_MATCH_NO;
    if (at == text.l)
        return last ? OM_MATCH_NO : OM_MATCH_MORE;
    c = text.p[at];
    line->flag = is_flag(c) ? c : '$';
    line->bad_flag = !is_flag(c);
    if (c == '\r' || c == '\n') {
        enum om_match match = match_line_end(text, at, FALSE, line);

        return match == OM_MATCH_MORE && last ? OM_MATCH_NO : match;
    }
    if (!is_flag(c) && (!g_ascii_isgraph(c) || is_ident_char(c)))
        return OM_MATCH_NO;
    if (at > behind_id && line->bad_flag)
        return OM_MATCH_NO; /* another word, not a flag */
    at++;
    if (!pass_spaces(text, &at, line))
        return OM_MATCH_NO;
    return match_line_end(text, at, last, line);
}

enum om_match
om_end_line_own(struct om_slice text, struct om_slice tid, gboolean last, struct om_end_line *line)
{
    enum om_match dashes = match_dashes(text);
    gsize at = OM_END_LINE_DASHES;
    gsize n;

    *line = (struct om_end_line){0};
    if (dashes != OM_MATCH_YES)
        return last ? OM_MATCH_NO : dashes;
    if (!pass_spaces(text, &at, line))
        return OM_MATCH_NO;
    n = MIN(text.l - at, tid.l);
    if (memcmp(text.p + at, tid.p, n) != 0)
        return OM_MATCH_NO;
    if (n < tid.l)
        return last ? OM_MATCH_NO : OM_MATCH_MORE;
    line->id = om_slice(text.p + at, n);
    return match_own_flag(text, at + n, last, line);
}

enum om_match
om_end_line_any(struct om_slice text, gboolean last, struct om_end_line *line)
{
    enum om_match dashes = match_dashes(text);
    gsize at = OM_END_LINE_DASHES;
    gsize id;

    *line = (struct om_end_line){0};
    if (dashes != OM_MATCH_YES)
        return last ? OM_MATCH_NO : dashes;
    if (!pass_spaces(text, &at, line))
        return OM_MATCH_NO;
    id = at;
    while (at < text.l && at - id <= ID_MAX && g_ascii_isgraph(text.p[at]))
        at++;
    if (at - id > ID_MAX + 1)
        return OM_MATCH_NO;
    if (at == text.l && !last)
        return OM_MATCH_MORE;
    if (at - id < 2 || !is_flag(text.p[at - 1]))
        return OM_MATCH_NO;
    line->id = om_slice(text.p + id, at - 1 - id);
    line->flag = text.p[at - 1];
    if (!pass_spaces(text, &at, line))
        return OM_MATCH_NO;
    return match_line_end(text, at, last, line);
}
