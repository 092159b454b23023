/* msrp_carrier.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_carrier.h"

#include "msrp_ports.h"
#include "wireshark/glue/tcp_segment.h"

/** In a TCP flow's static flags (packet-tcp.c names the bits, its header does not): what its sender opened with.
 * TCP's conversation completeness would not do: it misses the SYN of a connection that SDP announced. */
#define SAW_SYN     0x02
#define SAW_SYN_ACK 0x04

/* 0 or 1, the same for a side throughout. */
guint
omapush_direction(const packet_info *pinfo)
{
    int order = cmp_address(&pinfo->src, &pinfo->dst);

    if (order == 0)
        return pinfo->srcport > pinfo->destport;
    return order > 0;
}

/* TCP hands out sequence numbers as they are or counted from the SYN, by a preference. Where the header does not tell, the
 * nearer start is meant. */
static gboolean
relative_numbers(packet_info *pinfo, guint32 seq, guint32 syn)
{
    if (omapush_tcp_numbers(pinfo, seq))
        return !omapush_capture()->tcp_absolute;
    return seq - 1 <= seq - (syn + 1);
}

/* Is the flow's base the number of its SYN? It opened with one, or its peer's SYN-ACK told the number. */
static gboolean
opening_seen(const tcp_flow_t *flow, const tcp_flow_t *peer)
{
    return (flow->static_flags & (SAW_SYN | SAW_SYN_ACK)) || (peer->static_flags & SAW_SYN_ACK);
}

/* What TCP knows of the beginning: who sent the SYN, and so where each direction starts. */
static void
note_opening(packet_info *pinfo, struct om_connection *connection, const struct tcpinfo *tcpinfo)
{
    const struct tcp_analysis *analysis = om_tcp_analysis(pinfo);
    guint direction = omapush_direction(pinfo);
    gboolean relative =
        analysis && analysis->fwd && tcpinfo && relative_numbers(pinfo, tcpinfo->seq, analysis->fwd->base_seq);

    /* Equal ports do not tell who is who. */
    if (!analysis || !analysis->server_port || pinfo->srcport == pinfo->destport)
        return;
    om_connection_opened_by(connection, pinfo->srcport == analysis->server_port ? 1 - direction : direction);
    if (!tcpinfo || !analysis->fwd || !analysis->rev)
        return;
    if (opening_seen(analysis->fwd, analysis->rev))
        om_connection_starts(connection, direction, relative ? 1 : analysis->fwd->base_seq + 1);
    if (opening_seen(analysis->rev, analysis->fwd))
        om_connection_starts(connection, 1 - direction, relative ? 1 : analysis->rev->base_seq + 1);
}

/*
 * A SYN with another number makes a new conversation on the same ports. Where nothing has closed the connection before, it
 * is that one's, seen from another capture point (model/stream/copies.h).
 */
static struct om_connection *
goes_on(packet_info *pinfo, conversation_t *conversation)
{
    conversation_t *before = NULL;
    struct om_connection *connection;

    if (conversation->setup_frame > 1)
        before = find_conversation(conversation->setup_frame - 1, &pinfo->src, &pinfo->dst, CONVERSATION_TCP,
                                   pinfo->srcport, pinfo->destport, 0);
    connection = before && before != conversation ? conversation_get_proto_data(before, proto_omapush) : NULL;
    if (!connection || om_connection_is_closed(connection) || om_connection_transport(connection) != OM_TRANSPORT_TCP)
        return NULL;
    conversation_add_proto_data(conversation, proto_omapush, connection);
    return connection;
}

guint32
omapush_sequence(const struct om_connection *connection, conversation_t *conversation, gboolean forth, guint32 seq)
{
    conversation_t *first = om_connection_carrier(connection);
    const struct tcp_analysis *then = first && first != conversation ? om_tcp_analysis_of(first) : NULL;
    const struct tcp_analysis *now = then ? om_tcp_analysis_of(conversation) : NULL;
    const tcp_flow_t *flow = now ? (forth ? now->fwd : now->rev) : NULL;

    if (!flow || omapush_capture()->tcp_absolute)
        return seq;
    return seq + flow->base_seq - (flow == &now->flow1 ? then->flow1.base_seq : then->flow2.base_seq);
}

struct om_connection *
omapush_connection(packet_info *pinfo, enum om_transport transport, const struct tcpinfo *tcpinfo)
{
    conversation_t *conversation = find_or_create_conversation(pinfo);
    struct om_connection *connection = conversation_get_proto_data(conversation, proto_omapush);

    if (!connection && transport == OM_TRANSPORT_TCP)
        connection = goes_on(pinfo, conversation);
    if (!connection) {
        connection = om_model_connection(omapush_model(), transport);
        conversation_add_proto_data(conversation, proto_omapush, connection);
        om_connection_set_carrier(connection, conversation);
        note_opening(pinfo, connection, tcpinfo);
        omapush_capture()->tcp_watched = TRUE;
    }
    return connection;
}

struct om_connection *
omapush_known_connection(packet_info *pinfo)
{
    conversation_t *conversation;

    if (pinfo->ptype != PT_TCP || !om_model_has_connections(omapush_model()))
        return NULL;
    conversation = find_conversation_pinfo(pinfo, 0);
    return conversation ? conversation_get_proto_data(conversation, proto_omapush) : NULL;
}

struct om_connection *
omapush_take_over(packet_info *pinfo, guint32 seq)
{
    struct tcpinfo tcpinfo = {.seq = seq};

    omapush_msrp_hand_over(pinfo);
    return omapush_connection(pinfo, OM_TRANSPORT_TCP, &tcpinfo);
}

void
omapush_ws_handed(packet_info *pinfo, tvbuff_t *tvb)
{
    wmem_list_t *handed = omapush_ws_messages(pinfo);

    if (!handed) {
        handed = wmem_list_new(pinfo->pool);
        p_add_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_WS_HANDED, handed);
    }
    wmem_list_append(handed, tvb);
}

wmem_list_t *
omapush_ws_messages(packet_info *pinfo)
{
    return p_get_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_WS_HANDED);
}
