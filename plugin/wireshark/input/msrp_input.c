/* msrp_input.c
 * Hands MSRP payloads to the model at a frame's first visit and shows what they
 * were at every visit. TCP is not asked to desegment: the model's streams take
 * segments as they come (see model/stream.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_input.h"

#include "msrp_carrier.h"
#include "wireshark/view/msrp_late.h"
#include "wireshark/view/msrp_view.h"

static dissector_handle_t tcp_handle;
static dissector_handle_t tls_handle;
static dissector_handle_t ws_handle;
static dissector_handle_t stock_handle;
static range_t *ports_taken;

/* Counts the payloads of a frame in the order in which they come, at later visits. */
static guint
next_ordinal(packet_info *pinfo)
{
    guint *count = p_get_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_CALLS);

    if (!count) {
        count = wmem_new0(pinfo->pool, guint);
        p_add_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_CALLS, count);
    }
    return (*count)++;
}

static struct om_slice
captured(tvbuff_t *tvb)
{
    guint length = tvb_captured_length(tvb);

    return om_slice(length ? tvb_get_ptr(tvb, 0, (gint) length) : (const guint8 *) "", length);
}

static struct om_call *
take(tvbuff_t *tvb, packet_info *pinfo, enum om_transport transport, const struct tcpinfo *tcpinfo)
{
    struct om_connection *connection = omapush_connection(pinfo, transport, tcpinfo);
    guint direction = omapush_direction(pinfo);
    struct om_frame frame;

    omapush_frame(pinfo, &frame);
    if (tcpinfo)
        return om_connection_segment(connection, direction, &frame, tcpinfo->seq, captured(tvb));
    return om_connection_bytes(connection, direction, &frame, captured(tvb));
}

static struct om_call *
call_of(tvbuff_t *tvb, packet_info *pinfo, enum om_transport transport, const struct tcpinfo *tcpinfo)
{
    struct om_frame_record *record = omapush_frame_record(pinfo, !PINFO_FD_VISITED(pinfo));
    guint ordinal;

    if (!PINFO_FD_VISITED(pinfo)) {
        if (!record->calls)
            record->calls = g_ptr_array_new();
        g_ptr_array_add(record->calls, take(tvb, pinfo, transport, tcpinfo));
        return g_ptr_array_index(record->calls, record->calls->len - 1);
    }
    ordinal = next_ordinal(pinfo);
    if (!record || !record->calls || ordinal >= record->calls->len)
        return NULL;
    return g_ptr_array_index(record->calls, ordinal);
}

static int
dissect(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, enum om_transport transport, const struct tcpinfo *tcpinfo)
{
    struct om_call *call = call_of(tvb, pinfo, transport, tcpinfo);

    if (call)
        omapush_msrp_view(tvb, pinfo, tree, call);
    return (int) tvb_captured_length(tvb);
}

static int
dissect_tcp(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    return dissect(tvb, pinfo, tree, OM_TRANSPORT_TCP, data);
}

static int
dissect_tls(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data _U_)
{
    return dissect(tvb, pinfo, tree, OM_TRANSPORT_TLS, NULL);
}

/* The stock dissector loses frames behind a fragment: messages are read from the frame's items once all
 * are there (msrp_late.c). */
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
    struct om_slice bytes = captured(tvb);

    if (!om_stream_probe_start(bytes) && !om_stream_probe_inside(bytes))
        return FALSE;
    conversation_set_dissector(find_or_create_conversation(pinfo), tcp_handle);
    dissect_tcp(tvb, pinfo, tree, data);
    return TRUE;
}

static om_bool
heuristic_tls(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    if (!om_stream_probe_start(captured(tvb)))
        return FALSE;
    om_tls_claim(data, tls_handle);
    dissect_tls(tvb, pinfo, tree, NULL);
    return TRUE;
}

static om_bool
heuristic_ws(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    if (!om_stream_probe_start(captured(tvb)))
        return FALSE;
    /* A handshake that named "msrp" would have come by ws.protocol. */
    if (!PINFO_FD_VISITED(pinfo))
        om_connection_no_subprotocol(omapush_connection(pinfo, OM_TRANSPORT_WS, NULL));
    dissect_ws(tvb, pinfo, tree, data);
    return TRUE;
}

/* --- taking over --- */

static void
drop_port(guint32 port, gpointer data _U_)
{
    if (port) {
        dissector_delete_uint("tcp.port", port, tcp_handle);
        dissector_delete_uint("tls.port", port, tls_handle);
    }
}

static void
take_port(guint32 port, gpointer data _U_)
{
    if (port) {
        dissector_add_uint("tcp.port", port, tcp_handle);
        dissector_add_uint("tls.port", port, tls_handle);
    }
}

void
omapush_msrp_ports(const range_t *ports)
{
    if (!tcp_handle)
        return;
    if (ports_taken) {
        range_foreach(ports_taken, drop_port, NULL);
        wmem_free(wmem_epan_scope(), ports_taken);
    }
    ports_taken = range_copy(wmem_epan_scope(), ports);
    range_foreach(ports_taken, take_port, NULL);
}

/* Collects the ports at which the stock dissector stands. */
static void
note_stock_port(const gchar *table _U_, ftenum_t type _U_, gpointer key, gpointer value, gpointer ports)
{
    if (stock_handle && dtbl_entry_get_handle(value) == stock_handle)
        g_array_append_val((GArray *) ports, key);
}

static void
claim_ports(const char *table, dissector_handle_t handle)
{
    GArray *ports = g_array_new(FALSE, FALSE, sizeof(gpointer));

    dissector_table_foreach(table, note_stock_port, ports);
    for (guint i = 0; i < ports->len; i++)
        dissector_change_uint(table, GPOINTER_TO_UINT(g_array_index(ports, gpointer, i)), handle);
    g_array_unref(ports);
}

void
omapush_msrp_claim(void)
{
    claim_ports("tcp.port", tcp_handle);
}

void
omapush_msrp_announced(packet_info *pinfo, const address *host, guint16 port)
{
    address none = ADDRESS_INIT_NONE;
    conversation_t *conversation =
        find_conversation(pinfo->num, host, &none, CONVERSATION_TCP, port, 0, NO_ADDR_B | NO_PORT_B);

    /* The stock SDP dissector may have made one for this frame: its dissector is replaced. */
    if (!conversation || conversation->setup_frame != pinfo->num)
        conversation = conversation_new(pinfo->num, host, &none, CONVERSATION_TCP, port, 0, NO_ADDR2 | NO_PORT2);
    /* Each connection gets a conversation of its own. Else one between two announced addresses falls into two
     * conversations, one for each direction. */
    conversation->options |= CONVERSATION_TEMPLATE;
    conversation_set_dissector(conversation, tcp_handle);
}

struct om_connection *
omapush_msrp_take_over(packet_info *pinfo, guint32 seq)
{
    struct tcpinfo tcpinfo = {.seq = seq};

    conversation_set_dissector(find_or_create_conversation(pinfo), tcp_handle);
    return omapush_connection(pinfo, OM_TRANSPORT_TCP, &tcpinfo);
}

void
omapush_msrp_register(void)
{
    tcp_handle = register_dissector("omapush", dissect_tcp, proto_omapush);
    tls_handle = register_dissector("omapush.tls", dissect_tls, proto_omapush);
    ws_handle = register_dissector("omapush.ws", dissect_ws, proto_omapush);
}

void
omapush_msrp_handoff(void)
{
    stock_handle = find_dissector("msrp");
    heur_dissector_add("tcp", heuristic_tcp, "MSRP (OMA Push) over TCP", "omapush_tcp", proto_omapush,
                       HEURISTIC_ENABLE);
    heur_dissector_add("tls", heuristic_tls, "MSRP (OMA Push) over TLS", "omapush_tls", proto_omapush,
                       HEURISTIC_ENABLE);
    heur_dissector_add("ws", heuristic_ws, "MSRP (OMA Push) over WebSocket", "omapush_ws", proto_omapush,
                       HEURISTIC_ENABLE);
    dissector_add_string("ws.protocol", "msrp", ws_handle);
}
