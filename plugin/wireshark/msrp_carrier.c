/* msrp_carrier.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_carrier.h"

#include "wanted.h"

/** In a TCP flow's static flags (packet-tcp.c names the bits, its header does not): base_seq is that of a SYN, of a
    SYN-ACK. Its conversation completeness would not do: before 4.4 it misses the SYN where SDP has announced the
    connection. */
#define TCP_SAW_SYN     0x02
#define TCP_SAW_SYN_ACK 0x04

/* 0 or 1, the same for a side throughout. */
guint
omapush_direction(const packet_info *pinfo)
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

static void
note_start(struct om_connection *connection, guint direction, const tcp_flow_t *flow, gboolean relative)
{
    if (flow->static_flags & (TCP_SAW_SYN | TCP_SAW_SYN_ACK))
        om_connection_starts(connection, direction, relative ? 1 : flow->base_seq + 1);
}

/* What TCP knows of the beginning: who sent the SYN, and where each direction starts. */
static void
note_opening(packet_info *pinfo, struct om_connection *connection, const struct tcpinfo *tcpinfo)
{
    const struct tcp_analysis *analysis = om_tcp_analysis(pinfo);
    guint direction = omapush_direction(pinfo);
    gboolean relative;

    /* Equal ports do not tell who is who. */
    if (!analysis || !analysis->server_port || pinfo->srcport == pinfo->destport)
        return;
    om_connection_opened_by(connection, pinfo->srcport == analysis->server_port ? 1 - direction : direction);
    if (!tcpinfo || !analysis->fwd || !analysis->rev)
        return;
    relative = relative_numbers(tcpinfo->seq, analysis->fwd->base_seq);
    note_start(connection, direction, analysis->fwd, relative);
    note_start(connection, 1 - direction, analysis->rev, relative);
}

struct om_connection *
omapush_connection(packet_info *pinfo, enum om_transport transport, const struct tcpinfo *tcpinfo)
{
    conversation_t *conversation = find_or_create_conversation(pinfo);
    struct om_connection *connection = conversation_get_proto_data(conversation, proto_omapush);

    if (!connection) {
        connection = om_connection_new(omapush_registry(), transport);
        conversation_add_proto_data(conversation, proto_omapush, connection);
        note_opening(pinfo, connection, tcpinfo);
        omapush_want_segments();
    }
    return connection;
}

struct om_connection *
omapush_known_connection(packet_info *pinfo)
{
    conversation_t *conversation;

    if (pinfo->ptype != PT_TCP || !om_registry_has_connections(omapush_registry()))
        return NULL;
    conversation = find_conversation_pinfo(pinfo, 0);
    return conversation ? conversation_get_proto_data(conversation, proto_omapush) : NULL;
}
