/* announced.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "announced.h"

#include <wsutil/inet_addr.h>

#include "core/text/media_type.h"
#include "core/msrp/msrp_uri.h"
#include "core/text/multipart.h"
#include "core/sdp/sdp.h"
#include "msrp_ports.h"
#include "tcp_watch.h"
#include "wireshark/glue/tcp_segment.h"

/** Where an active side listens at nothing (RFC 6135 section 4.2.1, after RFC 4145). */
#define PORT_DISCARD 9

gboolean
omapush_port_announced(const packet_info *pinfo)
{
    const guint8 *ports = omapush_capture()->msrp_ports;
    guint16 src = (guint16) pinfo->srcport, dst = (guint16) pinfo->destport;

    return (ports[src / 8] >> (src % 8) & 1) || (ports[dst / 8] >> (dst % 8) & 1);
}

/* A name cannot be mapped to an address: then the port alone says where to look. */
static void
announce_host(packet_info *pinfo, struct om_slice host, guint port)
{
    char *text = g_strndup(host.p, MIN(host.l, 64));
    address where;
    ws_in4_addr v4;
    ws_in6_addr v6;

    if (ws_inet_pton4(text, &v4)) {
        alloc_address_wmem(pinfo->pool, &where, AT_IPv4, sizeof v4, &v4);
        omapush_msrp_announced(pinfo, &where, (guint16) port);
    } else if (ws_inet_pton6(text, &v6)) {
        alloc_address_wmem(pinfo->pool, &where, AT_IPv6, sizeof v6, &v6);
        omapush_msrp_announced(pinfo, &where, (guint16) port);
    }
    g_free(text);
}

static void
announce(packet_info *pinfo, struct om_slice host, guint port)
{
    if (port == 0 || port > G_MAXUINT16 || port == PORT_DISCARD)
        return;
    omapush_capture()->msrp_ports[port / 8] |= (guint8) (1 << port % 8);
    if (om_slice_isset(host))
        announce_host(pinfo, host, port);
}

static void
announce_media(packet_info *pinfo, const struct om_sdp_media *media)
{
    struct om_msrp_uri uri;

    if (!om_sdp_media_is_msrp(media) || !om_slice_isset(media->path))
        return;
    om_msrp_uri_parse(om_msrp_path_first(media->path), &uri);
    omapush_tcp_watch_port(media->port);
    omapush_tcp_watch_port(uri.port);
    /* TLS and WebSocket are found on their own layers. */
    if (om_slice_find(media->proto, 0, OM_SLICE_LIT("TLS")) >= 0 ||
        om_slice_find(media->proto, 0, OM_SLICE_LIT("WS")) >= 0)
        return;
    if (uri.secure)
        return;
    omapush_capture()->tcp_watched = TRUE;
    /* With CEMA (RFC 6714 section 4) it is c= and m= that say where to connect. */
    announce(pinfo, media->connection, media->port);
    announce(pinfo, uri.host, uri.port ? uri.port : media->port);
}

void
omapush_announce(packet_info *pinfo, const struct om_sip_msg *msg)
{
    struct om_slice text = msg->body;
    struct om_part part;
    struct om_sdp sdp;

    if (!om_media_type_is(msg->content_type, "application/sdp")) {
        if (!om_multipart_find(msg->content_type, msg->body, "application/sdp", &part))
            return;
        text = part.body;
    }
    om_sdp_parse(text, &sdp);
    for (guint i = 0; i < sdp.media->len; i++)
        announce_media(pinfo, &g_array_index(sdp.media, struct om_sdp_media, i));
    om_sdp_clear(&sdp);
}
