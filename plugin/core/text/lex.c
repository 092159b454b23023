/* lex.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "lex.h"

gboolean
om_lex_is_token_char(char c)
{
    return g_ascii_isalnum(c) || om_lex_is_one_of(c, "-.!%*_+`'~");
}

gsize
om_lex_skip_lws(struct om_slice s, gsize at)
{
    while (at < s.l && om_lex_is_lws(s.p[at]))
        at++;
    return at;
}

gsize
om_lex_skip_token(struct om_slice s, gsize at)
{
    while (at < s.l && om_lex_is_token_char(s.p[at]))
        at++;
    return at;
}

enum om_quote
om_lex_quote_at(struct om_slice s, gsize at, gsize *width)
{
    *width = 1;
    if (at < s.l && s.p[at] == '"')
        return OM_QUOTE_STRAIGHT;
    if (at < s.l && s.p[at] == '\'')
        return OM_QUOTE_SINGLE;
    *width = 3;
    if (s.l >= 3 && at <= s.l - 3 && s.p[at] == '\xe2' && s.p[at + 1] == '\x80') {
        if (s.p[at + 2] >= '\x9c' && s.p[at + 2] <= '\x9f')
            return OM_QUOTE_TYPOGRAPHIC;
        if (s.p[at + 2] >= '\x98' && s.p[at + 2] <= '\x9b')
            return OM_QUOTE_SINGLE;
    }
    *width = 0;
    return OM_QUOTE_NONE;
}

gboolean
om_lex_ends_param(struct om_slice s, gsize at)
{
    at = om_lex_skip_lws(s, at);
    return at >= s.l || s.p[at] == ';' || s.p[at] == ',';
}

/* Is a quoted string over at `at`: behind it the parameter ends, or the address begins? */
static gboolean
ends_string(struct om_slice s, gsize at)
{
    at = om_lex_skip_lws(s, at);
    return om_lex_ends_param(s, at) || s.p[at] == '<';
}

gsize
om_lex_quoted_end(struct om_slice s, gsize at, gboolean *closed)
{
    gsize width;

    if (closed)
        *closed = TRUE;
    for (gsize i = at + 1; i < s.l; i++) {
        if (s.p[i] == '\\') {
            i++;
        } else if (s.p[i] == '"') {
            return i + 1;
        } else if (om_lex_quote_at(s, i, &width) == OM_QUOTE_TYPOGRAPHIC && ends_string(s, i + width)) {
            return i + width;
        }
    }
    if (closed)
        *closed = FALSE;
    return s.l;
}

gsize
om_lex_typographic_end(struct om_slice s, gsize at)
{
    gsize width;

    if (om_lex_quote_at(s, at, &width) != OM_QUOTE_TYPOGRAPHIC)
        return at;
    for (gsize i = at + width; i < s.l; i++) {
        enum om_quote quote = om_lex_quote_at(s, i, &width);

        if (quote == OM_QUOTE_TYPOGRAPHIC || quote == OM_QUOTE_STRAIGHT) {
            gsize next = om_lex_skip_lws(s, i + width);

            return next < s.l && s.p[next] == '<' ? i + width : at;
        }
    }
    return at;
}

struct om_slice
om_lex_unquote(struct om_slice s)
{
    gboolean closed;
    gsize end;

    if (s.l == 0 || s.p[0] != '"')
        return s;
    end = om_lex_quoted_end(s, 0, &closed);
    if (!closed)
        return om_slice_from(s, 1);
    return om_lex_span(s, 1, end - (s.p[end - 1] == '"' ? 1 : 3));
}

gssize
om_lex_bracket_end(struct om_slice s, gsize at, gsize *stop)
{
    gsize i = at + 1;

    while (i < s.l && s.p[i] != '<' && s.p[i] != '>') {
        if (s.p[i] == '"' && s.p[i - 1] == '=')
            i = om_lex_quoted_end(s, i, NULL);
        else
            i++;
    }
    if (stop)
        *stop = i;
    return i < s.l && s.p[i] == '>' ? (gssize) i + 1 : -1;
}
