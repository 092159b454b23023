/* sip_addr.c
 * name-addr / addr-spec header values (declared in sip_uri.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/text/lex.h"
#include "sip_uri.h"

static gboolean
is_tag_name(struct om_slice name)
{
    return om_slice_starts_str(name, "+") || om_slice_istarts_str(name, "g.") || om_slice_istarts_str(name, "sip.");
}

/* Is the parameter at `at` one that belongs to the header, wherever it stands? */
static gboolean
is_header_param(struct om_slice s, gsize at)
{
    static const char *const known[] = {"tag", "expires", "q", "pub-gruu", "temp-gruu", "reg-id", "methods"};
    gsize start = om_lex_skip_lws(s, at);
    struct om_slice name = om_lex_span(s, start, om_lex_skip_token(s, start));

    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        if (om_slice_ieq_str(name, known[i]))
            return TRUE;
    }
    return is_tag_name(name);
}

/* Where the header's parameters begin in a run that has no ">" to tell them from the URI's. */
static gsize
header_params_offset(struct om_slice s)
{
    for (gsize i = 0; i < s.l;) {
        if (s.p[i] == ';' && is_header_param(s, i + 1))
            return i;
        if (s.p[i] == '"' && i > 0 && s.p[i - 1] == '=')
            i = om_lex_quoted_end(s, i, NULL);
        else
            i++;
    }
    return s.l;
}

/* What is wrong with text that may hold neither quotes nor, between its words, white space. */
static guint
text_flaws(struct om_slice text)
{
    guint flaws = om_slice_chr(text, 0, '"') >= 0 ? OM_SIP_ADDR_STRAY_QUOTE : 0;

    text = om_slice_trim(text);
    for (gsize i = 0; i < text.l; i++) {
        if (om_lex_is_lws(text.p[i]))
            return flaws | OM_SIP_ADDR_NO_SEMICOLON;
    }
    return flaws;
}

static guint
value_flaws(const struct om_param *param)
{
    /* A feature tag's quotes are its own flaw, see feature_tag.h. */
    guint own = is_tag_name(param->name) ? OM_SIP_ADDR_STRAY_QUOTE : 0;
    gboolean closed;
    gsize end;
    struct om_slice after;

    if (param->value.l == 0 || param->value.p[0] != '"')
        return text_flaws(param->value) & ~own;
    end = om_lex_quoted_end(param->value, 0, &closed);
    if (!closed)
        return OM_SIP_ADDR_STRAY_QUOTE & ~own;
    after = om_slice_from(param->value, end);
    if (after.l == 0)
        return 0;
    return (text_flaws(after) & ~own) | (own && !om_lex_is_lws(after.p[0]) ? 0 : OM_SIP_ADDR_NO_SEMICOLON);
}

/* Flaws of a run of parameters, from behind a URI on. */
static guint
params_flaws(struct om_slice params)
{
    struct om_param param;
    guint flaws = 0;

    params = om_slice_trim(params);
    if (params.l > 0 && !om_lex_is_one_of(params.p[0], ";?\""))
        flaws |= OM_SIP_ADDR_NO_SEMICOLON;
    while (om_param_next(&params, &param))
        flaws |= text_flaws(param.name) | value_flaws(&param);
    return flaws;
}

/* Takes quotes off both ends, pairs and strays, and tells what they were. */
static struct om_slice
strip_quotes(struct om_slice text, guint *flaws)
{
    for (;;) {
        gsize width;
        enum om_quote first = om_lex_quote_at(text, 0, &width);
        gboolean at_start = width > 0;

        if (!at_start && text.l > 0)
            first = om_lex_quote_at(text, text.l - 1, &width);
        if (first == OM_QUOTE_NONE && text.l >= 3)
            first = om_lex_quote_at(text, text.l - 3, &width);
        if (first != OM_QUOTE_STRAIGHT && first != OM_QUOTE_TYPOGRAPHIC)
            return text;
        *flaws |= first == OM_QUOTE_STRAIGHT ? OM_SIP_ADDR_STRAY_QUOTE : OM_SIP_ADDR_TYPOGRAPHIC;
        text = om_slice_trim(at_start ? om_slice_from(text, width) : om_slice_head(text, text.l - width));
    }
}

/*
 * The display name.
 * @return the offset of the "<" behind it; s.l where there is none, and it is an addr-spec
 */
static gsize
take_display(struct om_slice s, struct om_sip_addr *addr)
{
    gboolean closed;
    gsize quoted = s.p[0] == '"' ? om_lex_quoted_end(s, 0, &closed) : om_lex_typographic_end(s, 0);
    gsize next = om_lex_skip_lws(s, quoted);
    gssize laquot = om_slice_chr(s, 0, '<');
    gssize semicolon = om_slice_chr(s, 0, ';');
    struct om_slice before;

    if (quoted > 0 && next < s.l && s.p[next] == '<') {
        guint flaws = 0;

        addr->display =
            s.p[0] == '"' ? om_lex_unquote(om_slice_head(s, quoted)) : strip_quotes(om_slice_head(s, quoted), &flaws);
        if (s.p[0] != '"' || s.p[quoted - 1] != '"')
            addr->flaws |= OM_SIP_ADDR_TYPOGRAPHIC;
        return next;
    }
    if (laquot < 0)
        return s.l;
    before = om_slice_head(s, (gsize) (semicolon >= 0 && semicolon < laquot ? semicolon : 0));
    if (om_slice_chr(before, 0, ':') >= 0 || om_slice_chr(before, 0, '@') >= 0)
        return s.l;
    before = strip_quotes(om_slice_trim(om_slice_head(s, (gsize) laquot)), &addr->flaws);
    if (before.l > 0)
        addr->display = before;
    return (gsize) laquot;
}

/* The offset of the ">" that closes the "<" at `laquot`, or -1. */
static gssize
find_raquot(struct om_slice s, gsize laquot)
{
    gssize end = om_lex_bracket_end(s, laquot, NULL);

    if (end >= 0)
        return end - 1;
    /* Perhaps a quote inside never closes. */
    for (gsize i = laquot + 1; i < s.l && s.p[i] != '<'; i++) {
        if (s.p[i] == '>')
            return (gssize) i;
    }
    return -1;
}

static void
split_at_header_params(struct om_slice s, struct om_sip_addr *addr)
{
    gsize split = header_params_offset(s);

    addr->uri = om_slice_head(s, split);
    addr->params = om_slice_from(s, split);
}

static void
take_name_addr(struct om_slice s, gsize laquot, struct om_sip_addr *addr)
{
    gssize raquot = find_raquot(s, laquot);

    if (raquot < 0) {
        addr->flaws |= OM_SIP_ADDR_NO_RAQUOT;
        split_at_header_params(om_slice_from(s, laquot + 1), addr);
        return;
    }
    addr->uri = om_lex_span(s, laquot + 1, (gsize) raquot);
    addr->params = om_slice_trim(om_slice_from(s, (gsize) raquot + 1));
    while (om_slice_starts_str(addr->params, ">")) {
        addr->flaws |= OM_SIP_ADDR_STRAY_RAQUOT;
        addr->params = om_slice_trim(om_slice_from(addr->params, 1));
    }
}

/* A ">" at the end of a part that holds no "<". */
static struct om_slice
strip_raquot(struct om_slice text, struct om_sip_addr *addr)
{
    text = om_slice_trim(text);
    if (text.l > 0 && text.p[text.l - 1] == '>' && om_slice_chr(text, 0, '<') < 0) {
        addr->flaws |= OM_SIP_ADDR_STRAY_RAQUOT;
        text.l--;
    }
    return om_slice_trim(text);
}

/* Quotes around the URI, and a lone one at its end, are no part of it. */
static struct om_slice
strip_uri_quotes(struct om_slice uri, struct om_sip_addr *addr)
{
    gboolean odd = FALSE;

    if (uri.l > 0 && uri.p[0] == '"') {
        addr->flaws |= OM_SIP_ADDR_STRAY_QUOTE;
        uri = om_slice_from(uri, 1);
    }
    for (gsize i = 0; i < uri.l; i++)
        odd ^= uri.p[i] == '"';
    if (odd && uri.p[uri.l - 1] == '"') {
        addr->flaws |= OM_SIP_ADDR_STRAY_QUOTE;
        uri.l--;
    }
    return om_slice_trim(uri);
}

/* A parameter all by itself: what a wrong "," before it makes of it. */
static gboolean
is_mere_param(struct om_slice s)
{
    gsize end = om_lex_skip_token(s, 0);
    gsize next = om_lex_skip_lws(s, end);

    return end > 0 && next < s.l && s.p[next] == '=';
}

void
om_sip_addr_parse(struct om_slice text, struct om_sip_addr *addr)
{
    struct om_slice s = om_slice_trim(text);
    gsize laquot;

    memset(addr, 0, sizeof *addr);
    if (s.l == 0)
        return;
    if (is_mere_param(s)) {
        addr->params = s;
        return;
    }
    laquot = take_display(s, addr);
    if (laquot < s.l)
        take_name_addr(s, laquot, addr);
    else
        split_at_header_params(s, addr);
    addr->uri = strip_uri_quotes(strip_raquot(addr->uri, addr), addr);
    addr->params = strip_raquot(addr->params, addr);
    addr->bare_uri = om_sip_uri_bare(addr->uri);
    addr->flaws |= params_flaws(om_slice_from(addr->uri, addr->bare_uri.l)) | params_flaws(addr->params);
    if (!om_slice_isset(om_sip_uri_scheme(addr->uri)) && !om_slice_ieq_str(addr->uri, "*"))
        addr->flaws |= OM_SIP_ADDR_NO_SCHEME;
}
