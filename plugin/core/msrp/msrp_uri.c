/* msrp_uri.c
 *
 * MSRP-URI = scheme "://" [userinfo "@"] host [":" port] ["/" session-id] ";" transport *( ";" parameter )
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_uri.h"

#include "core/text/ip6_literal.h"
#include "core/text/visible.h"

/* Offset of the first byte that is one of `stops`, or the length. */
static gsize
span_until(struct om_slice text, const char *stops)
{
    gsize i = 0;

    while (i < text.l && (text.p[i] == '\0' || !strchr(stops, text.p[i])))
        i++;
    return i;
}

static gboolean
is_host(struct om_slice host)
{
    for (gsize i = 0; i < host.l; i++) {
        char c = host.p[i];

        if (!g_ascii_isalnum(c) && c != '.' && c != '-' && c != '_')
            return FALSE;
    }
    return host.l > 0;
}

static void
parse_port(struct om_slice text, struct om_msrp_uri *uri)
{
    guint64 port;

    if (om_slice_u64(text, &port) && port > 0 && port <= G_MAXUINT16)
        uri->port = (guint) port;
    else
        uri->flaws |= OM_MSRP_URI_BAD_PORT;
}

/* "[" IPv6 "]"; gives what follows the bracket. */
static struct om_slice
parse_ip6_host(struct om_slice text, struct om_msrp_uri *uri)
{
    gssize close = om_slice_chr(text, 0, ']');
    gsize end = close < 0 ? text.l : (gsize) close;
    guint8 address[16];

    uri->host = om_slice(text.p + 1, end - 1);
    uri->ipv6_literal = om_ip6_parse(uri->host, address);
    if (close < 0 || !uri->ipv6_literal)
        uri->flaws |= OM_MSRP_URI_HOST;
    return om_slice_from(text, end + (close >= 0));
}

/* [userinfo "@"] host [":" port] */
static void
parse_authority(struct om_slice text, struct om_msrp_uri *uri)
{
    gssize at = om_slice_chr(text, 0, '@');
    struct om_slice port;

    if (at >= 0) {
        uri->user = om_slice_head(text, (gsize) at);
        text = om_slice_from(text, (gsize) at + 1);
    }
    if (text.l && text.p[0] == '[') {
        port = parse_ip6_host(text, uri);
    } else {
        gsize end = text.l;

        /* The last colon: an IPv6 address without brackets keeps its own. */
        while (end > 0 && text.p[end - 1] != ':')
            end--;
        uri->host = om_slice_head(text, end ? end - 1 : text.l);
        port = om_slice_from(text, end ? end - 1 : text.l);
        if (!is_host(uri->host))
            uri->flaws |= OM_MSRP_URI_HOST;
    }
    if (port.l && port.p[0] == ':')
        parse_port(om_slice_from(port, 1), uri);
    else
        uri->flaws |= port.l ? OM_MSRP_URI_HOST : OM_MSRP_URI_NO_PORT;
}

static gboolean
is_alnum(struct om_slice text)
{
    for (gsize i = 0; i < text.l; i++) {
        if (!g_ascii_isalnum(text.p[i]))
            return FALSE;
    }
    return text.l > 0;
}

/* ["/" session-id] ";" transport *( ";" parameter ) */
static void
parse_session(struct om_slice text, struct om_msrp_uri *uri)
{
    gsize end = span_until(text, ";");

    if (end > 1)
        uri->session = om_slice(text.p + 1, end - 1);
    else
        uri->flaws |= OM_MSRP_URI_NO_SESSION;
    if (end < text.l) {
        text = om_slice_from(text, end + 1);
        uri->transport = om_slice_head(text, span_until(text, ";"));
    }
    if (!is_alnum(uri->transport))
        uri->flaws |= OM_MSRP_URI_NO_TRANSPORT;
}

void
om_msrp_uri_parse(struct om_slice text, struct om_msrp_uri *uri)
{
    gssize colon;
    gsize end;

    text = om_slice_trim(text);
    *uri = (struct om_msrp_uri){.text = text};
    colon = om_slice_find(text, 0, OM_SLICE_LIT("://"));
    if (colon < 0) {
        uri->flaws = OM_MSRP_URI_SCHEME | OM_MSRP_URI_HOST | OM_MSRP_URI_NO_PORT | OM_MSRP_URI_NO_SESSION |
                     OM_MSRP_URI_NO_TRANSPORT;
        return;
    }
    uri->secure = om_slice_ieq_str(om_slice_head(text, (gsize) colon), "msrps");
    if (!uri->secure && !om_slice_ieq_str(om_slice_head(text, (gsize) colon), "msrp"))
        uri->flaws |= OM_MSRP_URI_SCHEME;
    text = om_slice_from(text, (gsize) colon + 3);
    end = span_until(text, "/;");
    parse_authority(om_slice_head(text, end), uri);
    parse_session(om_slice_from(text, end), uri);
}

static gboolean
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

gboolean
om_msrp_path_next(struct om_slice *rest, struct om_slice *uri)
{
    gsize from = 0, to;

    while (from < rest->l && is_blank(rest->p[from]))
        from++;
    for (to = from; to < rest->l && !is_blank(rest->p[to]);)
        to++;
    if (from == to)
        return FALSE;
    *uri = om_slice(rest->p + from, to - from);
    *rest = om_slice_from(*rest, to);
    return TRUE;
}

struct om_slice
om_msrp_path_last(struct om_slice path)
{
    gsize from;

    path = om_slice_trim(path);
    for (from = path.l; from > 0 && !is_blank(path.p[from - 1]);)
        from--;
    return path.l ? om_slice_from(path, from) : OM_SLICE_NULL;
}

struct om_slice
om_msrp_path_first(struct om_slice path)
{
    struct om_slice uri;

    return om_msrp_path_next(&path, &uri) ? uri : OM_SLICE_NULL;
}

guint
om_msrp_path_count(struct om_slice path)
{
    struct om_slice uri;
    guint count = 0;

    while (om_msrp_path_next(&path, &uri))
        count++;
    return count;
}

static void
append_lower(GString *key, struct om_slice text)
{
    for (gsize i = 0; i < text.l; i++)
        g_string_append_c(key, g_ascii_tolower(text.p[i]));
}

static void
append_host(GString *key, const struct om_msrp_uri *uri)
{
    guint8 address[16];

    if (!uri->ipv6_literal || !om_ip6_parse(uri->host, address)) {
        append_lower(key, uri->host);
        return;
    }
    g_string_append_c(key, '[');
    for (gsize i = 0; i < sizeof(address); i += 2)
        g_string_append_printf(key, "%s%02x%02x", i ? ":" : "", address[i], address[i + 1]);
    g_string_append_c(key, ']');
}

char *
om_msrp_uri_key(struct om_slice text)
{
    struct om_msrp_uri uri;
    GString *key;
    char *valid;

    om_msrp_uri_parse(text, &uri);
    /* What could not be read stands for itself alone. */
    if (uri.flaws & (OM_MSRP_URI_SCHEME | OM_MSRP_URI_HOST | OM_MSRP_URI_BAD_PORT)) {
        valid = om_slice_dup_utf8(uri.text);
        return valid ? valid : g_strdup("");
    }
    key = g_string_new(uri.secure ? "msrps://" : "msrp://");
    append_host(key, &uri);
    if (uri.port)
        g_string_append_printf(key, ":%u", uri.port);
    if (uri.session.l) {
        g_string_append_c(key, '/');
        g_string_append_len(key, uri.session.p, (gssize) uri.session.l);
    }
    g_string_append_c(key, ';');
    append_lower(key, uri.transport);
    valid = om_slice_dup_utf8(om_slice(key->str, key->len));
    g_string_free(key, TRUE);
    return valid;
}
