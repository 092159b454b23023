/* msrp_carrier.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_carrier.h"

#include "msrp_ports.h"
#include "wireshark/glue/tcp_segment.h"

/** In a TCP flow's static flags (packet-tcp.c names the bits, its header does not): what its sender opened with.
 * TCP's conversation completeness would not do: it misses the SYN of a connection that SDP announced. */
#define BASE_SEQ_SET 0x01
#define SAW_SYN      0x02
#define SAW_SYN_ACK  0x04
/** A number is of the count of a SYN that is no further behind it than this. */
#define NEAR_START (8u << 20)

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

/** Where the numbers of a connection begin, as TCP had it first: by the order of its flows. Of the capture's pool. */
struct carrier {
    guint32 base[2];
    gboolean known[2];
};

static guint32
base_of(struct carrier *carrier, const struct tcp_analysis *analysis, const tcp_flow_t *flow)
{
    guint place = flow == &analysis->flow1 ? 0 : 1;

    if (!carrier->known[place] && (flow->static_flags & BASE_SEQ_SET)) {
        carrier->known[place] = TRUE;
        carrier->base[place] = flow->base_seq;
    }
    return carrier->known[place] ? carrier->base[place] : flow->base_seq;
}

static struct carrier *
new_carrier(const struct tcp_analysis *analysis)
{
    struct carrier *carrier = wmem_new0(wmem_file_scope(), struct carrier);

    if (analysis) {
        base_of(carrier, analysis, &analysis->flow1);
        base_of(carrier, analysis, &analysis->flow2);
    }
    return carrier;
}

/* The one between the same ends that was there when this one began, or NULL. */
static conversation_t *
conversation_before(packet_info *pinfo, const conversation_t *conversation)
{
    conversation_t *before = NULL;

    if (conversation->setup_frame > 1)
        before = find_conversation(conversation->setup_frame - 1, &pinfo->src, &pinfo->dst, CONVERSATION_TCP,
                                   pinfo->srcport, pinfo->destport, 0);
    return before != conversation ? before : NULL;
}

/** What TCP knows of the beginning of a connection. */
struct opening {
    const struct tcp_analysis *analysis; /* NULL: nothing */
    const tcp_flow_t *forth;             /* the packet's own direction */
    const tcp_flow_t *back;
};

/* The same direction in another conversation between the same ends. */
static struct opening
opening_of(const struct tcp_analysis *analysis, gboolean first_flow)
{
    if (!analysis)
        return (struct opening){NULL, NULL, NULL};
    return (struct opening){analysis, first_flow ? &analysis->flow1 : &analysis->flow2,
                            first_flow ? &analysis->flow2 : &analysis->flow1};
}

static gboolean
counts_from(const tcp_flow_t *flow, guint32 seq)
{
    return (flow->static_flags & BASE_SEQ_SET) && seq - flow->base_seq < NEAR_START;
}

/* Both SYNs of two capture points may come before the first byte: the one that this segment counts from is meant. */
static struct opening
find_opening(packet_info *pinfo, conversation_t *conversation, const struct tcpinfo *tcpinfo)
{
    const struct tcp_analysis *now = om_tcp_analysis_of(conversation);
    conversation_t *before;
    struct opening opening, other;
    guint32 seq;

    if (!now || !now->fwd || !tcpinfo || omapush_capture()->tcp_absolute || conversation->setup_frame <= 1)
        return opening_of(now, now && now->fwd == &now->flow1);
    opening = opening_of(now, now->fwd == &now->flow1);
    before = conversation_before(pinfo, conversation);
    other = opening_of(before ? om_tcp_analysis_of(before) : NULL, now->fwd == &now->flow1);
    seq = tcpinfo->seq + now->fwd->base_seq;
    return other.analysis && !counts_from(opening.forth, seq) && counts_from(other.forth, seq) ? other : opening;
}

/* Who sent the SYN, and so where each direction starts. */
static void
note_opening(packet_info *pinfo, struct om_connection *connection, const struct opening *opening,
             const struct tcpinfo *tcpinfo)
{
    guint direction = omapush_direction(pinfo);
    gboolean relative;

    /* Equal ports do not tell who is who. */
    if (!opening->analysis || !opening->analysis->server_port || pinfo->srcport == pinfo->destport)
        return;
    om_connection_opened_by(connection, pinfo->srcport == opening->analysis->server_port ? 1 - direction : direction);
    if (!tcpinfo)
        return;
    relative = relative_numbers(pinfo, tcpinfo->seq, opening->forth->base_seq);
    if (opening_seen(opening->forth, opening->back))
        om_connection_starts(connection, direction, relative ? 1 : opening->forth->base_seq + 1);
    if (opening_seen(opening->back, opening->forth))
        om_connection_starts(connection, 1 - direction, relative ? 1 : opening->back->base_seq + 1);
}

/*
 * A SYN with another number makes a new conversation on the same ports. Where nothing has closed the connection before, it
 * is that one's, seen from another capture point (model/stream/copies.h).
 */
static struct om_connection *
goes_on(packet_info *pinfo, conversation_t *conversation)
{
    conversation_t *before = conversation_before(pinfo, conversation);
    struct om_connection *connection = before ? conversation_get_proto_data(before, proto_omapush) : NULL;

    if (!connection || om_connection_is_closed(connection) || om_connection_transport(connection) != OM_TRANSPORT_TCP)
        return NULL;
    conversation_add_proto_data(conversation, proto_omapush, connection);
    return connection;
}

/* Numbers count from what TCP took for their beginning when the connection was made: a SYN of another capture point gives
 * TCP another one, in a new conversation or in the old. */
guint32
omapush_sequence(const struct om_connection *connection, conversation_t *conversation, gboolean forth, guint32 seq)
{
    struct carrier *carrier = om_connection_carrier(connection);
    const struct tcp_analysis *analysis = carrier ? om_tcp_analysis_of(conversation) : NULL;
    const tcp_flow_t *flow = analysis ? (forth ? analysis->fwd : analysis->rev) : NULL;

    if (!flow || omapush_capture()->tcp_absolute)
        return seq;
    return seq + flow->base_seq - base_of(carrier, analysis, flow);
}

struct om_connection *
omapush_connection(packet_info *pinfo, enum om_transport transport, const struct tcpinfo *tcpinfo)
{
    conversation_t *conversation = find_or_create_conversation(pinfo);
    struct om_connection *connection = conversation_get_proto_data(conversation, proto_omapush);
    struct opening opening;

    if (!connection && transport == OM_TRANSPORT_TCP)
        connection = goes_on(pinfo, conversation);
    if (!connection) {
        connection = om_model_connection(omapush_model(), transport);
        conversation_add_proto_data(conversation, proto_omapush, connection);
        opening = find_opening(pinfo, conversation, tcpinfo);
        om_connection_set_carrier(connection, new_carrier(opening.analysis));
        note_opening(pinfo, connection, &opening, tcpinfo);
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
