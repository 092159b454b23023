/* sip_via.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_via.h"

#include "sip_host.h"
#include "core/text/lex.h"

/* A token and the LWS around it; `at` goes behind them. */
static gboolean
take_token(struct om_slice s, gsize *at, struct om_slice *token)
{
    gsize start = om_lex_skip_lws(s, *at);
    gsize end = om_lex_skip_token(s, start);

    *token = om_lex_span(s, start, end);
    *at = om_lex_skip_lws(s, end);
    return end > start;
}

static gboolean
take_slash(struct om_slice s, gsize *at)
{
    if (*at >= s.l || s.p[*at] != '/')
        return FALSE;
    (*at)++;
    return TRUE;
}

gboolean
om_sip_via_parse(struct om_slice text, struct om_sip_via *via)
{
    struct om_sip_hostport hostport;
    gssize semicolon;
    gsize at = 0;

    memset(via, 0, sizeof *via);
    if (!take_token(text, &at, &via->protocol) || !take_slash(text, &at) || !take_token(text, &at, &via->version) ||
        !take_slash(text, &at) || !take_token(text, &at, &via->transport)) {
        memset(via, 0, sizeof *via);
        return FALSE;
    }
    semicolon = om_slice_chr(text, at, ';');
    via->sent_by = om_slice_trim(om_lex_span(text, at, semicolon < 0 ? text.l : (gsize) semicolon));
    via->params = om_slice_from(text, semicolon < 0 ? text.l : (gsize) semicolon);
    via->sent_by_ok = om_sip_hostport_parse(via->sent_by, &hostport);
    via->host = hostport.host;
    via->ipv6_literal = hostport.ipv6_literal;
    via->port = hostport.port;
    return TRUE;
}
