/* sip_start_line.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_start_line.h"

#include "core/text/lex.h"

static gsize
skip_digits(struct om_slice s, gsize at)
{
    while (at < s.l && g_ascii_isdigit(s.p[at]))
        at++;
    return at;
}

/* Length of the SIP-Version ("SIP/" 1*DIGIT "." 1*DIGIT) at the beginning, 0 where there is none. */
static gsize
version_length(struct om_slice s)
{
    gsize dot;
    gsize end;

    if (!om_slice_istarts_str(s, "SIP/"))
        return 0;
    dot = skip_digits(s, 4);
    if (dot == 4 || dot >= s.l || s.p[dot] != '.')
        return 0;
    end = skip_digits(s, dot + 1);
    return end > dot + 1 ? end : 0;
}

static gboolean
parse_status(struct om_slice line, gsize version, struct om_sip_start *start)
{
    gsize at = om_lex_skip_lws(line, version);
    struct om_slice code = om_lex_span(line, at, at + 3);
    guint64 status;

    if (at == version || code.l != 3 || !om_slice_u64(code, &status) || status < 100)
        return FALSE;
    if (at + 3 < line.l && !om_lex_is_lws(line.p[at + 3]))
        return FALSE;
    start->status = (guint) status;
    start->reason = om_slice_trim(om_slice_from(line, at + 3));
    start->clean = at == version + 1 && at + 3 < line.l; /* the second SP stands there without a reason, too */
    return TRUE;
}

static gboolean
parse_request(struct om_slice line, struct om_sip_start *start)
{
    struct om_slice whole = om_slice_trim(line);
    gsize method = om_lex_skip_token(whole, 0);
    gsize version = whole.l;

    while (version > 0 && !om_lex_is_lws(whole.p[version - 1]))
        version--;
    if (method == 0 || method >= version || !om_lex_is_lws(whole.p[method]))
        return FALSE;
    if (version_length(om_slice_from(whole, version)) != whole.l - version)
        return FALSE;
    start->request = TRUE;
    start->method = om_slice_head(whole, method);
    start->request_uri = om_slice_trim(om_lex_span(whole, method, version));
    if (om_slice_chr(start->request_uri, 0, ':') < 0 && om_slice_chr(start->request_uri, 0, '@') < 0)
        return FALSE;
    start->clean = whole.l == line.l && method + start->request_uri.l + 2 == version &&
                   om_slice_chr(start->request_uri, 0, ' ') < 0 && om_slice_chr(start->request_uri, 0, '\t') < 0;
    return TRUE;
}

gboolean
om_sip_start_line_parse(struct om_slice line, struct om_sip_start *start)
{
    gsize version = version_length(line);

    memset(start, 0, sizeof *start);
    if (line.l == 0 || om_lex_is_lws(line.p[0]))
        return FALSE;
    return version > 0 ? parse_status(line, version, start) : parse_request(line, start);
}
