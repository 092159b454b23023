/* msrp_input.c
 * Hands MSRP payloads to the model at a frame's first visit and shows what they
 * were at every visit. TCP is not asked to desegment: the model's streams take
 * segments as they come (see model/stream.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_input.h"

#include "msrp_view.h"

/** FIN or RST, in TCP's conversation completeness (packet-tcp.c names the bits, its header does not). */
#define TCP_ENDED 0x30
#define TCP_SYN 0x01
#define TCP_SYN_ACK 0x02

/** What a conversation keeps. */
struct carrier {
    struct om_connection *connection;
};

static dissector_handle_t tcp_handle;
static dissector_handle_t tls_handle;
static dissector_handle_t ws_handle;
static range_t *ports_taken;

static int hf_tcp_seq = -1;
static int hf_tcp_hdr_len = -1;
static int hf_tcp_len = -1;

/* 0 or 1, the same for a side throughout. */
static guint
direction_of(const packet_info *pinfo)
{
    int order = cmp_address(&pinfo->src, &pinfo->dst);

    if (order == 0)
        return pinfo->srcport > pinfo->destport;
    return order > 0;
}

/* TCP hands out sequence numbers as they are or counted from the SYN, by a preference: the nearer start is meant. */
static gboolean
relative_numbers(guint32 seq, guint32 syn)
{
    return seq - 1 <= seq - (syn + 1);
}

/* What TCP knows of the beginning: who sent the SYN, and so where each direction starts. */
static void
note_opening(packet_info *pinfo, struct om_connection *connection, const struct tcpinfo *tcpinfo)
{
    const struct tcp_analysis *analysis = om_tcp_analysis(pinfo);
    guint direction = direction_of(pinfo);
    gboolean from_server, relative;
    guint seen;

    /* Equal ports do not tell who is who. */
    if (!analysis || !analysis->server_port || pinfo->srcport == pinfo->destport)
        return;
    from_server = pinfo->srcport == analysis->server_port;
    om_connection_opened_by(connection, from_server ? 1 - direction : direction);
    if (!tcpinfo || !analysis->fwd || !analysis->rev)
        return;
    seen = analysis->conversation_completeness;
    relative = relative_numbers(tcpinfo->seq, analysis->fwd->base_seq);
    if (seen & (from_server ? TCP_SYN_ACK : TCP_SYN))
        om_connection_starts(connection, direction, relative ? 1 : analysis->fwd->base_seq + 1);
    if (seen & (from_server ? TCP_SYN : TCP_SYN_ACK))
        om_connection_starts(connection, 1 - direction, relative ? 1 : analysis->rev->base_seq + 1);
}

static struct om_connection *
connection_of(packet_info *pinfo, enum om_transport transport, const struct tcpinfo *tcpinfo)
{
    conversation_t *conversation = find_or_create_conversation(pinfo);
    struct carrier *carrier = conversation_get_proto_data(conversation, proto_omapush);

    if (!carrier) {
        carrier = wmem_new0(wmem_file_scope(), struct carrier);
        carrier->connection = om_connection_new(omapush_registry(), transport);
        conversation_add_proto_data(conversation, proto_omapush, carrier);
        note_opening(pinfo, carrier->connection, tcpinfo);
    }
    return carrier->connection;
}

/* Counts the payloads of a frame in the order in which they come, at every visit alike. */
static guint
next_ordinal(packet_info *pinfo)
{
    guint *count = p_get_proto_data(pinfo->pool, pinfo, proto_omapush, 1);

    if (!count) {
        count = wmem_new0(pinfo->pool, guint);
        p_add_proto_data(pinfo->pool, pinfo, proto_omapush, 1, count);
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
    struct om_connection *connection = connection_of(pinfo, transport, tcpinfo);
    guint direction = direction_of(pinfo);
    struct om_frame frame;

    omapush_frame(pinfo, &frame);
    if (transport == OM_TRANSPORT_WS)
        return om_connection_ws_message(connection, direction, &frame, captured(tvb));
    if (tcpinfo)
        return om_connection_segment(connection, direction, &frame, tcpinfo->seq, captured(tvb));
    return om_connection_bytes(connection, direction, &frame, captured(tvb));
}

static struct om_call *
call_of(tvbuff_t *tvb, packet_info *pinfo, enum om_transport transport, const struct tcpinfo *tcpinfo)
{
    guint ordinal = next_ordinal(pinfo);
    struct om_frame_record *record = omapush_frame_record(pinfo, !PINFO_FD_VISITED(pinfo));

    if (!PINFO_FD_VISITED(pinfo)) {
        if (!record->calls)
            record->calls = g_ptr_array_new();
        g_ptr_array_add(record->calls, take(tvb, pinfo, transport, tcpinfo));
    }
    if (!record || !record->calls || ordinal >= record->calls->len)
        return NULL;
    return g_ptr_array_index(record->calls, ordinal);
}

static int
dissect(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, enum om_transport transport,
        const struct tcpinfo *tcpinfo)
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

static int
dissect_ws(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data _U_)
{
    return dissect(tvb, pinfo, tree, OM_TRANSPORT_WS, NULL);
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
        om_connection_no_subprotocol(connection_of(pinfo, OM_TRANSPORT_WS, NULL));
    dissect_ws(tvb, pinfo, tree, data);
    return TRUE;
}

/* --- what TCP keeps back --- */

/* Numbers only: tcp.payload would have every segment's bytes copied. */
void
omapush_msrp_wanted_fields(GArray *ids)
{
    hf_tcp_seq = proto_registrar_get_id_byname("tcp.seq");
    hf_tcp_hdr_len = proto_registrar_get_id_byname("tcp.hdr_len");
    hf_tcp_len = proto_registrar_get_id_byname("tcp.len");
    g_array_append_val(ids, hf_tcp_seq);
    g_array_append_val(ids, hf_tcp_hdr_len);
    g_array_append_val(ids, hf_tcp_len);
}

/* The one item of this field, or NULL (a frame with several TCP segments inside is left alone). */
static field_info *
only_item(proto_tree *tree, int id)
{
    GPtrArray *items = id > 0 ? proto_get_finfo_ptr_array(tree, id) : NULL;

    return items && items->len == 1 ? g_ptr_array_index(items, 0) : NULL;
}

static tvbuff_t *
payload_tvb(proto_tree *tree, guint32 *seq)
{
    field_info *number = only_item(tree, hf_tcp_seq);
    field_info *header = only_item(tree, hf_tcp_hdr_len);
    field_info *length = only_item(tree, hf_tcp_len);
    gint begin, bytes;

    if (!number || !header || !length || !number->ds_tvb)
        return NULL;
    *seq = fvalue_get_uinteger(om_finfo_value(number));
    /* The sequence number stands at octet 4 of the header (RFC 9293 section 3.1). */
    begin = number->start - 4 + (gint) fvalue_get_uinteger(om_finfo_value(header));
    bytes = (gint) MIN(fvalue_get_uinteger(om_finfo_value(length)), G_MAXUINT16);
    if (bytes <= 0 || begin < 0 || begin >= (gint) tvb_captured_length(number->ds_tvb))
        return NULL;
    bytes = MIN(bytes, (gint) tvb_captured_length(number->ds_tvb) - begin);
    return tvb_new_subset_length(number->ds_tvb, begin, bytes);
}

static struct carrier *
carrier_of(packet_info *pinfo)
{
    conversation_t *conversation;

    if (pinfo->ptype != PT_TCP)
        return NULL;
    conversation = find_conversation_pinfo(pinfo, 0);
    return conversation ? conversation_get_proto_data(conversation, proto_omapush) : NULL;
}

static void
note_close(packet_info *pinfo, const struct carrier *carrier)
{
    const struct tcp_analysis *analysis = om_tcp_analysis(pinfo);
    struct om_frame frame;

    if (!analysis || !(analysis->conversation_completeness & TCP_ENDED))
        return;
    omapush_frame(pinfo, &frame);
    om_connection_closed(carrier->connection, &frame);
}

void
omapush_msrp_after_tcp(packet_info *pinfo, proto_tree *tree)
{
    struct om_frame_record *record = omapush_frame_record(pinfo, FALSE);
    struct carrier *carrier;
    struct om_frame frame;
    tvbuff_t *tvb;
    guint32 seq = 0;

    if (PINFO_FD_VISITED(pinfo)) {
        if (record && record->late && (tvb = payload_tvb(tree, &seq)))
            omapush_msrp_view(tvb, pinfo, tree, g_ptr_array_index(record->late, 0));
        return;
    }
    carrier = carrier_of(pinfo);
    if (!carrier)
        return;
    if ((!record || !record->calls) && om_connection_transport(carrier->connection) == OM_TRANSPORT_TCP &&
        (tvb = payload_tvb(tree, &seq))) {
        record = omapush_frame_record(pinfo, TRUE);
        record->late = g_ptr_array_new();
        omapush_frame(pinfo, &frame);
        g_ptr_array_add(record->late, om_connection_segment(carrier->connection, direction_of(pinfo), &frame, seq,
                                                            captured(tvb)));
        omapush_msrp_view(tvb, pinfo, tree, g_ptr_array_index(record->late, 0));
    }
    note_close(pinfo, carrier);
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

void
omapush_msrp_announced(packet_info *pinfo, const address *host, guint16 port)
{
    address none = ADDRESS_INIT_NONE;
    conversation_t *conversation =
        find_conversation(pinfo->num, host, &none, CONVERSATION_TCP, port, 0, NO_ADDR_B | NO_PORT_B);

    /* The stock SDP dissector may have made one for this frame: its dissector is replaced. */
    if (!conversation || conversation->setup_frame != pinfo->num)
        conversation = conversation_new(pinfo->num, host, &none, CONVERSATION_TCP, port, 0, NO_ADDR2 | NO_PORT2);
    conversation_set_dissector(conversation, tcp_handle);
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
    static gboolean done;

    if (done)
        return;
    done = TRUE;
    heur_dissector_add("tcp", heuristic_tcp, "MSRP (OMA Push) over TCP", "omapush_tcp", proto_omapush,
                       HEURISTIC_ENABLE);
    heur_dissector_add("tls", heuristic_tls, "MSRP (OMA Push) over TLS", "omapush_tls", proto_omapush,
                       HEURISTIC_ENABLE);
    heur_dissector_add("ws", heuristic_ws, "MSRP (OMA Push) over WebSocket", "omapush_ws", proto_omapush,
                       HEURISTIC_ENABLE);
    dissector_add_string("ws.protocol", "msrp", ws_handle);
}
