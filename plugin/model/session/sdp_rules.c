/* sdp_rules.c
 * What any SDP with MSRP sections must obey: syntax, m-line, path, accept-types.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sdp_rules.h"

#include "core/text/ip6_literal.h"
#include "core/msrp/msrp_uri.h"

#define FIND(rule, ...) om_finding_queue_find(findings, OM_RULE_##rule, frame, __VA_ARGS__)

/* By bit number of enum om_sdp_flaw. */
static const char *const flaw_texts[OM_SDP_FLAW_COUNT] = {
    "blank line",
    "folded line: SDP has one line for each field",
    "white space after \"=\"",
    "white space after the attribute's \":\"",
    "no v= line at the beginning",
    "no o= line",
    "no s= line",
    "no t= line",
    "line is no \"x=...\"",
    "no c= line for the session or the section",
    "line does not have the fields of its kind",
};

static void
check_syntax(struct om_finding_queue *findings, guint32 frame, const struct om_sdp *sdp)
{
    for (guint bit = 0; bit < OM_SDP_FLAW_COUNT; bit++) {
        struct om_slice line = om_slice_trim(sdp->flaw_lines[bit]);

        if (!(sdp->flaws & (1u << bit)))
            continue;
        if (line.l)
            FIND(SDP_SYNTAX, "SDP: %s, seen in \"%.*s\"", flaw_texts[bit], OM_QUOTE(line));
        else
            FIND(SDP_SYNTAX, "SDP: %s", flaw_texts[bit]);
    }
}

static gboolean
proto_is_known(struct om_slice proto)
{
    static const char *const protos[] = {"TCP/MSRP", "TCP/TLS/MSRP", "TCP/WS/MSRP", "TCP/WSS/MSRP"};

    for (gsize i = 0; i < G_N_ELEMENTS(protos); i++) {
        if (om_slice_ieq_str(proto, protos[i]))
            return TRUE;
    }
    return FALSE;
}

static void
check_media_line(struct om_finding_queue *findings, guint32 frame, const struct om_sdp_media *section)
{
    if (om_slice_ieq_str(section->media, "message") && section->port_ok && proto_is_known(section->proto) &&
        om_slice_ieq_str(section->format, "*"))
        return;
    FIND(SDP_MEDIA,
         "expected \"m=message PORT TCP/MSRP *\" (or TCP/TLS/MSRP, TCP/WS/MSRP, TCP/WSS/MSRP), seen \"%.*s\"",
         OM_QUOTE(section->line));
}

static const char *
uri_flaw_text(guint flaws)
{
    if (flaws & OM_MSRP_URI_SCHEME)
        return "the scheme is msrp or msrps";
    if (flaws & OM_MSRP_URI_HOST)
        return "the host is a name, an IPv4 address or a bracketed IPv6 address";
    if (flaws & OM_MSRP_URI_NO_PORT)
        return "a port is expected behind the host";
    if (flaws & OM_MSRP_URI_BAD_PORT)
        return "the port is a number from 1 to 65535";
    if (flaws & OM_MSRP_URI_NO_SESSION)
        return "a session-id is expected behind the port";
    return "a transport is expected at the end (\";tcp\")";
}

/* A relay's URI can do without a port (DNS tells it, RFC 4976 section 5.2): only the endpoint's own cannot. */
static void
check_path(struct om_finding_queue *findings, guint32 frame, const struct om_sdp_media *section)
{
    struct om_slice rest = section->path;
    struct om_slice text;

    while (om_msrp_path_next(&rest, &text)) {
        struct om_slice peek = rest, another;
        struct om_msrp_uri uri;

        om_msrp_uri_parse(text, &uri);
        if (om_msrp_path_next(&peek, &another))
            uri.flaws &= ~(guint) OM_MSRP_URI_NO_PORT;
        if (uri.flaws) {
            FIND(SDP_PATH_SYNTAX, "a=path: %s, seen \"%.*s\"", uri_flaw_text(uri.flaws), OM_QUOTE(text));
            return;
        }
    }
}

static gboolean
is_ip4(struct om_slice host)
{
    guint dots = 0;

    for (gsize i = 0; i < host.l; i++) {
        if (host.p[i] == '.')
            dots++;
        else if (!g_ascii_isdigit(host.p[i]))
            return FALSE;
    }
    return dots == 3;
}

/* Surely another host? A name and an address can be the same one. */
static gboolean
hosts_differ(struct om_slice a, struct om_slice b)
{
    guint8 x[16], y[16];
    gboolean a6 = om_ip6_parse(a, x), b6 = om_ip6_parse(b, y);
    gboolean a_literal = a6 || is_ip4(a), b_literal = b6 || is_ip4(b);

    if (a_literal != b_literal)
        return FALSE;
    return a6 && b6 ? memcmp(x, y, sizeof x) != 0 : !om_slice_ieq(a, b);
}

/* c= and m= say what the path's first URI does: RFC 4975 section 8.1. Port 9 is nobody's (RFC 4145 section 4.1). */
static void
check_address(struct om_finding_queue *findings, guint32 frame, const struct om_sdp_media *section)
{
    struct om_msrp_uri uri;

    if (section->msrp_cema)
        return;
    om_msrp_uri_parse(om_msrp_path_first(section->path), &uri);
    if (uri.flaws & (OM_MSRP_URI_HOST | OM_MSRP_URI_SCHEME))
        return;
    if (uri.port && section->port_ok && section->port != uri.port && section->port != 9)
        FIND(SDP_PATH_ADDRESS, "m= has port %u, the first URI of a=path port %u, and there is no a=msrp-cema",
             section->port, uri.port);
    if (section->connection.l && hosts_differ(section->connection, uri.host))
        FIND(SDP_PATH_ADDRESS, "c= has the address %.*s, the first URI of a=path %.*s, and there is no a=msrp-cema",
             OM_QUOTE(section->connection), OM_QUOTE(uri.host));
}

static gboolean
proto_is_secure(struct om_slice proto)
{
    return om_slice_ieq_str(proto, "TCP/TLS/MSRP") || om_slice_ieq_str(proto, "TCP/WSS/MSRP");
}

/* The proto is that of the connection to the path's first URI. */
static void
check_secure(struct om_finding_queue *findings, guint32 frame, const struct om_sdp_media *section)
{
    struct om_msrp_uri uri;

    om_msrp_uri_parse(om_msrp_path_first(section->path), &uri);
    if ((uri.flaws & OM_MSRP_URI_SCHEME) || !proto_is_known(section->proto) ||
        uri.secure == proto_is_secure(section->proto))
        return;
    FIND(SDP_MSRPS_PROTO, "a=path begins with an %s URI, m= has the proto %.*s: expected %s",
         uri.secure ? "msrps" : "msrp", OM_QUOTE(section->proto), uri.secure ? "one with TLS" : "one without TLS");
}

static void
check_setup(struct om_finding_queue *findings, guint32 frame, const struct om_sdp_media *section)
{
    if (section->setup == OM_SDP_HOLDCONN || section->setup == OM_SDP_SETUP_OTHER)
        FIND(SDP_SETUP, "a=setup: expected active, passive or actpass, seen \"%.*s\"", OM_QUOTE(section->setup_text));
}

static void
check_lengths(struct om_finding_queue *findings, guint32 frame, const struct om_sdp_media *section)
{
    if (section->accept_types.l > OM_TYPES_KEPT || section->accept_wrapped_types.l > OM_TYPES_KEPT)
        FIND(SIP_TOO_LONG, "a=accept-types or a=accept-wrapped-types of over %d bytes is not looked at", OM_TYPES_KEPT);
    if (section->transfer_id.l > OM_TRANSFER_ID_KEPT)
        FIND(SIP_TOO_LONG, "a=file-transfer-id of %" G_GSIZE_FORMAT " bytes: the first %d count",
             section->transfer_id.l, OM_TRANSFER_ID_KEPT);
}

void
om_sdp_rules(struct om_finding_queue *findings, guint32 frame, const struct om_sdp *sdp)
{
    check_syntax(findings, frame, sdp);
    for (guint i = 0; i < sdp->media->len; i++) {
        const struct om_sdp_media *section = &g_array_index(sdp->media, struct om_sdp_media, i);

        if (!om_section_is_msrp(section))
            continue;
        check_media_line(findings, frame, section);
        if (section->port_ok && section->port == 0)
            continue; /* refused: its attributes mean nothing */
        if (!section->path.l)
            FIND(SDP_PATH_MISSING, "no a=path for \"%.*s\"", OM_QUOTE(section->line));
        else
            check_path(findings, frame, section);
        if (section->path.l) {
            check_address(findings, frame, section);
            check_secure(findings, frame, section);
        }
        if (!section->accept_types.l)
            FIND(SDP_ACCEPT_TYPES, "no a=accept-types for \"%.*s\"", OM_QUOTE(section->line));
        check_setup(findings, frame, section);
        check_lengths(findings, frame, section);
    }
    om_sdp_file_rules(findings, frame, sdp);
}
