/* sip_uri.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_uri.h"

#include "sip_host.h"
#include "core/text/lex.h"
#include "core/text/visible.h"

static gboolean
is_unreserved(char c)
{
    return g_ascii_isalnum(c) || om_lex_is_one_of(c, "-_.!~*'()");
}

/* Offset behind the scheme's ":", 0 where the text does not begin with a scheme. */
static gsize
scheme_length(struct om_slice uri)
{
    gsize end = 0;

    while (end < uri.l && (g_ascii_isalnum(uri.p[end]) || om_lex_is_one_of(uri.p[end], "+-.")))
        end++;
    if (end == 0 || !g_ascii_isalpha(uri.p[0]) || end >= uri.l || uri.p[end] != ':')
        return 0;
    return end + 1;
}

struct om_slice
om_sip_uri_scheme(struct om_slice uri)
{
    gsize length = scheme_length(uri);

    return length > 0 ? om_slice_head(uri, length - 1) : OM_SLICE_NULL;
}

/* Where the host begins: behind the "@", which a user part with ";" or "?" in it comes before. */
static gsize
host_offset(struct om_slice uri)
{
    gsize scheme = scheme_length(uri);
    gssize at;

    if (om_slice_istarts_str(uri, "tel:"))
        return scheme;
    at = om_slice_chr(uri, scheme, '@');
    return at < 0 ? scheme : (gsize) at + 1;
}

static gsize
bare_length(struct om_slice uri)
{
    gsize end = host_offset(uri);

    while (end < uri.l && !om_lex_is_lws(uri.p[end]) && !om_lex_is_one_of(uri.p[end], ";?\"<>"))
        end++;
    return end;
}

struct om_slice
om_sip_uri_bare(struct om_slice uri)
{
    uri = om_slice_trim(uri);
    return om_slice_head(uri, bare_length(uri));
}

/* All characters unreserved, escaped, or one of `others`. */
static gboolean
consists_of(struct om_slice text, const char *others)
{
    for (gsize i = 0; i < text.l; i++) {
        char c = text.p[i];

        if (c == '%') {
            if (text.l - i < 3 || !g_ascii_isxdigit(text.p[i + 1]) || !g_ascii_isxdigit(text.p[i + 2]))
                return FALSE;
            i += 2;
        } else if (!is_unreserved(c) && !om_lex_is_one_of(c, others)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean
userinfo_is_strict(struct om_slice userinfo)
{
    gssize colon = om_slice_chr(userinfo, 0, ':');
    struct om_slice user = om_slice_head(userinfo, colon < 0 ? userinfo.l : (gsize) colon);

    if (colon >= 0 && !consists_of(om_slice_from(userinfo, (gsize) colon + 1), "&=+$,"))
        return FALSE;
    return user.l > 0 && consists_of(user, "&=+$,;?/");
}

/* *( ";" pname [ "=" pvalue ] ), from the first ";". */
static gboolean
params_are_strict(struct om_slice params)
{
    while (params.l > 0) {
        gssize next = om_slice_chr(params, 1, ';');
        struct om_slice param = om_lex_span(params, 1, next < 0 ? params.l : (gsize) next);
        gssize equals = om_slice_chr(param, 0, '=');
        struct om_slice name = om_slice_head(param, equals < 0 ? param.l : (gsize) equals);

        if (params.p[0] != ';' || name.l == 0 || !consists_of(name, "[]/:&+$"))
            return FALSE;
        if (equals >= 0 &&
            ((gsize) equals + 1 == param.l || !consists_of(om_slice_from(param, (gsize) equals + 1), "[]/:&+$")))
            return FALSE;
        params = om_slice_from(params, next < 0 ? params.l : (gsize) next);
    }
    return TRUE;
}

/* "?" hname "=" hvalue *( "&" ... ), from the "?". */
static gboolean
headers_are_strict(struct om_slice headers)
{
    while (headers.l > 0) {
        gssize next = om_slice_chr(headers, 1, '&');
        struct om_slice header = om_lex_span(headers, 1, next < 0 ? headers.l : (gsize) next);
        gssize equals = om_slice_chr(header, 0, '=');

        if (equals <= 0 || !consists_of(om_slice_head(header, (gsize) equals), "[]/?:+$") ||
            !consists_of(om_slice_from(header, (gsize) equals + 1), "[]/?:+$"))
            return FALSE;
        headers = om_slice_from(headers, next < 0 ? headers.l : (gsize) next);
    }
    return TRUE;
}

gboolean
om_sip_uri_is_strict(struct om_slice uri)
{
    gsize scheme = scheme_length(uri);
    gsize host = host_offset(uri);
    gsize end = bare_length(uri);
    struct om_slice hostport = om_lex_span(uri, host, end);
    struct om_sip_hostport parts;
    gssize question = om_slice_chr(uri, end, '?');
    gsize params_end = question < 0 ? uri.l : (gsize) question;

    if (!om_slice_istarts_str(uri, "sip:") && !om_slice_istarts_str(uri, "sips:"))
        return FALSE;
    if (host > scheme && !userinfo_is_strict(om_lex_span(uri, scheme, host - 1)))
        return FALSE;
    return om_sip_hostport_parse(hostport, &parts) && params_are_strict(om_lex_span(uri, end, params_end)) &&
           headers_are_strict(om_slice_from(uri, params_end));
}

/* RFC 3261 section 19.1.1: a parameter name stands once in a URI. */
static gboolean
is_once(struct om_slice params, const char *name)
{
    struct om_param param;
    guint count = 0;

    while (om_param_next(&params, &param))
        count += om_slice_ieq_str(param.name, name);
    return count == 1;
}

gboolean
om_sip_uri_gruu(struct om_slice uri, struct om_slice *value, gboolean *well_formed)
{
    gsize end;
    gssize question;
    struct om_slice params, gr;

    uri = om_slice_trim(uri);
    end = bare_length(uri);
    question = om_slice_chr(uri, end, '?');
    params = om_lex_span(uri, end, question < 0 ? uri.l : (gsize) question);
    gr = om_param_get(params, "gr");
    if (!om_slice_isset(gr))
        return FALSE;
    while (gr.l > 0 && gr.p[gr.l - 1] == '"')
        gr.l--;
    *value = gr;
    *well_formed = om_sip_uri_is_strict(uri) && is_once(params, "gr");
    return TRUE;
}

gboolean
om_sip_gruu_is_strict(struct om_slice text, gboolean temporary)
{
    struct om_slice value;
    gboolean well_formed;

    if (!om_sip_uri_gruu(text, &value, &well_formed) || !well_formed)
        return FALSE;
    return temporary ? value.l == 0 : value.l > 0;
}

/* A number without what RFC 3966 lets people put between its digits. */
static void
append_number(GString *key, struct om_slice number)
{
    for (gsize i = 0; i < number.l; i++) {
        if (!om_lex_is_one_of(number.p[i], "-.()"))
            g_string_append_c(key, number.p[i]);
    }
}

/* Escapes of unreserved characters make no other URI, RFC 3261 section 19.1.4. */
static void
append_user(GString *key, struct om_slice user)
{
    for (gsize i = 0; i < user.l; i++) {
        char c = user.p[i];

        if (c == '%' && user.l - i >= 3 && g_ascii_isxdigit(user.p[i + 1]) && g_ascii_isxdigit(user.p[i + 2])) {
            char plain = (char) (g_ascii_xdigit_value(user.p[i + 1]) * 16 + g_ascii_xdigit_value(user.p[i + 2]));

            if (is_unreserved(plain)) {
                g_string_append_c(key, plain);
                i += 2;
                continue;
            }
        }
        g_string_append_c(key, c);
    }
}

static void
append_lower(GString *key, struct om_slice text)
{
    for (gsize i = 0; i < text.l; i++)
        g_string_append_c(key, g_ascii_tolower(text.p[i]));
}

char *
om_sip_uri_key(struct om_slice uri)
{
    struct om_slice bare = om_sip_uri_bare(uri);
    gsize scheme = scheme_length(bare);
    gsize host = host_offset(bare);
    GString *key;
    char *valid;

    if (!om_slice_isset(uri))
        return NULL;
    key = g_string_new(NULL);
    if (scheme > 0)
        append_lower(key, om_slice_head(bare, scheme));
    else
        g_string_append(key, "sip:");
    if (om_slice_istarts_str(bare, "tel:")) {
        append_number(key, om_slice_from(bare, scheme));
    } else {
        append_user(key, om_lex_span(bare, scheme, host));
        append_lower(key, om_slice_from(bare, host));
    }
    valid = om_slice_dup_utf8(om_slice(key->str, key->len));
    g_string_free(key, TRUE);
    return valid;
}
