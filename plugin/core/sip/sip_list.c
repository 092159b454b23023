/* sip_list.c
 * Comma lists of SIP header values, RFC 3261 section 7.3.1.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/text/lex.h"
#include "sip_msg.h"

/* A quote behind other text (gr=urn:uuid:x") is a stray one: it opens nothing. */
static gboolean
quote_opens(struct om_slice s, gsize at, gsize start)
{
    return at == start || om_lex_is_lws(s.p[at - 1]) || s.p[at - 1] == '=' || s.p[at - 1] == ';';
}

/* Offset behind what stands at `at`: one byte, or a quoted string or <...> as a whole. */
static gsize
skip_item(struct om_slice s, gsize at, gsize start)
{
    if (s.p[at] == '"' && quote_opens(s, at, start))
        return om_lex_quoted_end(s, at, NULL);
    if (s.p[at] == '<') {
        gssize end = om_lex_bracket_end(s, at, NULL);

        return end < 0 ? at + 1 : (gsize) end;
    }
    if (at == start) {
        gsize end = om_lex_typographic_end(s, at);

        return end > at ? end : at + 1;
    }
    return at + 1;
}

gboolean
om_sip_list_next(struct om_slice *rest, struct om_slice *element)
{
    struct om_slice s = *rest;
    gsize start = 0;
    gsize end;

    while (start < s.l && (s.p[start] == ',' || om_lex_is_lws(s.p[start])))
        start++;
    for (end = start; end < s.l && s.p[end] != ',';)
        end = skip_item(s, end, start);
    *element = om_slice_trim(om_lex_span(s, start, end));
    *rest = om_slice_from(s, end);
    return start < s.l;
}
