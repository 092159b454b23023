/* msrp_dissectors.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_dissectors.h"

#include "wireshark/input/msrp_carrier.h"
#include "wireshark/input/msrp_input.h"
#include "wireshark/input/msrp_ports.h"
#include "wireshark/input/msrp_unproven.h"
#include "wireshark/input/tcp_watch.h"
#include "wireshark/view/msrp_view.h"

static dissector_handle_t tls_handle;
static dissector_handle_t ws_handle;

/* First the model has all of the payload, then it is drawn. */
static int
dissect(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, enum om_transport transport, const struct tcpinfo *tcpinfo)
{
    const struct om_payload *call = omapush_msrp_feed(tvb, pinfo, transport, tcpinfo);

    if (call)
        omapush_msrp_view(tvb, pinfo, tree, call);
    return (int) tvb_captured_length(tvb);
}

/* A connection that begins with HTTP is HTTP, whatever port it is on: a WebSocket is opened so (RFC 7977). */
static int
dissect_tcp(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    if (!omapush_known_connection(pinfo) && omapush_is_http(omapush_bytes(tvb)))
        return omapush_http_hand_over(tvb, pinfo, tree, data);
    return dissect(tvb, pinfo, tree, OM_TRANSPORT_TCP, data);
}

static int
dissect_tls(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data _U_)
{
    return dissect(tvb, pinfo, tree, OM_TRANSPORT_TLS, NULL);
}

/* The stock dissector loses frames behind a fragment: messages are read from the frame's items once all are there
 * (input/msrp_late.c). */
static int
dissect_ws(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree _U_, void *data _U_)
{
    omapush_ws_handed(pinfo, tvb);
    return (int) tvb_captured_length(tvb);
}

/* --- heuristics --- */

static om_bool
heuristic_tcp(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    const struct tcpinfo *tcpinfo = data;
    struct om_slice bytes = omapush_bytes(tvb);

    if (PINFO_FD_VISITED(pinfo) || !tcpinfo)
        return FALSE;
    /* A WebSocket's handshake where SDP announces one: stock knows HTTP by a whole line only. */
    if (omapush_tcp_is_watched(pinfo) && omapush_is_http(bytes))
        return omapush_http_hand_over(tvb, pinfo, tree, data) > 0;
    if (!om_stream_probe_begun(omapush_unproven_join(pinfo, tcpinfo->seq, bytes)) && !om_stream_probe_inside(bytes)) {
        omapush_unproven_hold(pinfo, tcpinfo->seq, bytes);
        return FALSE;
    }
    omapush_msrp_hand_over(pinfo);
    omapush_unproven_feed(pinfo, omapush_connection(pinfo, OM_TRANSPORT_TCP, tcpinfo));
    dissect_tcp(tvb, pinfo, tree, data);
    return TRUE;
}

static om_bool
heuristic_tls(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    if (!om_stream_probe_start(omapush_bytes(tvb)))
        return FALSE;
    om_tls_claim(data, tls_handle);
    dissect_tls(tvb, pinfo, tree, NULL);
    return TRUE;
}

static om_bool
heuristic_ws(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    if (!om_stream_probe_start(omapush_bytes(tvb)))
        return FALSE;
    /* A handshake that named "msrp" would have come by ws.protocol. */
    if (!PINFO_FD_VISITED(pinfo))
        om_connection_no_subprotocol(omapush_connection(pinfo, OM_TRANSPORT_WS, NULL));
    dissect_ws(tvb, pinfo, tree, data);
    return TRUE;
}

void
omapush_msrp_dissectors_register(void)
{
    register_dissector(OMAPUSH_TCP_DISSECTOR, dissect_tcp, proto_omapush);
    tls_handle = register_dissector(OMAPUSH_TLS_DISSECTOR, dissect_tls, proto_omapush);
    ws_handle = register_dissector("omapush.ws", dissect_ws, proto_omapush);
}

void
omapush_msrp_dissectors_handoff(void)
{
    heur_dissector_add("tcp", heuristic_tcp, "MSRP (OMA Push) over TCP", "omapush_tcp", proto_omapush,
                       HEURISTIC_ENABLE);
    heur_dissector_add("tls", heuristic_tls, "MSRP (OMA Push) over TLS", "omapush_tls", proto_omapush,
                       HEURISTIC_ENABLE);
    heur_dissector_add("ws", heuristic_ws, "MSRP (OMA Push) over WebSocket", "omapush_ws", proto_omapush,
                       HEURISTIC_ENABLE);
    dissector_add_string("ws.protocol", "msrp", ws_handle);
}
