/* msrp_late.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_late.h"

#include "announced.h"
#include "msrp_carrier.h"
#include "msrp_unproven.h"
#include "wireshark/glue/exported_pdu.h"
#include "wireshark/glue/ws_frames.h"

/** FIN or RST, in TCP's conversation completeness (packet-tcp.c names the bits, its header does not). */
#define TCP_ENDED 0x30

/* How far each side has come: as a segment's own numbers tell, and as its receiver acknowledges. */
static void
note_reached(packet_info *pinfo, const struct omapush_segment *segment, struct om_connection *connection)
{
    guint direction = omapush_direction(pinfo);

    om_connection_reached(connection, direction, pinfo->num, segment->seq + segment->announced);
    if (segment->flags & OM_TCP_ACK)
        om_connection_acknowledged(connection, 1 - direction, pinfo->num, segment->ack);
}

/* The SYN-ACK was before there was a connection of ours. */
static void
note_heard(packet_info *pinfo, conversation_t *conversation, struct om_connection *connection)
{
    guint direction = omapush_direction(pinfo);

    om_connection_heard(connection, direction);
    if (omapush_tcp_was_taken(pinfo, conversation))
        om_connection_taken(connection, 1 - direction);
}

/* TLS and WebSocket: the same numbers tell what they did not get. */
static void
note_carried(packet_info *pinfo, const struct omapush_segment *segment, struct om_connection *connection)
{
    guint direction = omapush_direction(pinfo);
    guint32 next = segment->sent_seq + segment->announced + ((segment->flags & OM_TCP_FIN) != 0);
    struct om_frame frame;

    if (segment->flags & OM_TCP_RST)
        return;
    omapush_frame(pinfo, &frame);
    om_connection_carried(connection, direction, &frame, segment->sent_seq, next);
    if (segment->flags & OM_TCP_ACK)
        om_connection_carrier_acknowledged(connection, 1 - direction, pinfo->num, segment->sent_ack);
}

static void
note_close(packet_info *pinfo, const struct omapush_segment *segment, conversation_t *conversation,
           struct om_connection *connection, gboolean plain)
{
    const struct tcp_analysis *analysis = om_tcp_analysis_of(conversation);
    guint flags = segment ? segment->flags : 0;
    struct om_frame frame;

    if (!analysis || !(analysis->conversation_completeness & TCP_ENDED))
        return;
    omapush_frame(pinfo, &frame);
    om_connection_closed(connection, omapush_direction(pinfo), &frame, flags & OM_TCP_RST);
    if (plain && (flags & OM_TCP_FIN))
        om_connection_fin(connection, omapush_direction(pinfo), &frame, segment->seq + segment->announced);
}

/* --- kept for the frame --- */

static void
keep(packet_info *pinfo, struct om_payload *call)
{
    struct om_frame_record *record = omapush_frame_record(pinfo, TRUE);

    if (!record->late)
        record->late = g_ptr_array_new();
    g_ptr_array_add(record->late, call);
}

/* The frame's late payload of this number: taken at the first visit, to be shown at every visit. */
static void
add(packet_info *pinfo, wmem_array_t **payloads, tvbuff_t *tvb, guint number)
{
    const struct om_frame_record *record = omapush_frame_record(pinfo, FALSE);
    struct omapush_payload payload = {tvb, NULL};

    if (!tvb || !record || !record->late || number >= record->late->len)
        return;
    payload.call = g_ptr_array_index(record->late, number);
    if (!*payloads)
        *payloads = wmem_array_new(pinfo->pool, sizeof payload);
    wmem_array_append_one(*payloads, payload);
}

/* --- WebSocket ---
 * Messages are read frame by frame; compressed ones are as stock hands them over. */

static void
add_handed(packet_info *pinfo, wmem_array_t *found)
{
    wmem_list_t *handed = omapush_ws_messages(pinfo);

    for (wmem_list_frame_t *it = handed ? wmem_list_head(handed) : NULL; it; it = wmem_list_frame_next(it)) {
        struct omapush_ws_frame frame = {OM_WS_FIN, wmem_list_frame_data(it)};

        wmem_array_append_one(found, frame);
    }
}

/* The data frames of this packet, in order, or the messages that were handed over; NULL where it has none. */
static wmem_array_t *
find_ws_frames(tvbuff_t *tvb, packet_info *pinfo)
{
    static int proto_websocket;
    wmem_array_t *frames, *found;

    if (!proto_websocket)
        proto_websocket = proto_get_id_by_filter_name("websocket");
    if (!omapush_has_layer(pinfo, proto_websocket))
        return NULL;
    frames = omapush_ws_frames(tvb, pinfo);
    found = wmem_array_new(pinfo->pool, sizeof(struct omapush_ws_frame));
    for (guint i = 0; i < wmem_array_get_count(frames); i++) {
        const struct omapush_ws_frame *frame = wmem_array_index(frames, i);

        if (frame->flags & OM_WS_COMPRESSED) {
            found = wmem_array_new(pinfo->pool, sizeof(struct omapush_ws_frame));
            add_handed(pinfo, found);
            break;
        }
        if (!(frame->flags & OM_WS_CONTROL))
            wmem_array_append(found, frame, 1);
    }
    return found;
}

/* Is this conversation MSRP over WebSocket? One that begins with a fragment tells by its first bytes, however few. */
static gboolean
is_msrp_ws(packet_info *pinfo, const struct omapush_ws_frame *first)
{
    const struct om_connection *known = omapush_known_connection(pinfo);

    if (known)
        return om_connection_transport(known) == OM_TRANSPORT_WS;
    if (omapush_ws_messages(pinfo))
        return TRUE;
    return first->flags & OM_WS_FIN ? om_slice_starts_str(omapush_bytes(first->tvb), "MSRP ")
                                    : om_stream_probe_maybe(omapush_bytes(first->tvb));
}

static void
late_ws(tvbuff_t *tvb, packet_info *pinfo, wmem_array_t **payloads)
{
    wmem_array_t *found = find_ws_frames(tvb, pinfo);
    struct om_frame frame;

    if (!found || !wmem_array_get_count(found) || !is_msrp_ws(pinfo, wmem_array_index(found, 0)))
        return;
    omapush_frame(pinfo, &frame);
    for (guint i = 0; i < wmem_array_get_count(found); i++) {
        const struct omapush_ws_frame *ws = wmem_array_index(found, i);

        if (!PINFO_FD_VISITED(pinfo))
            keep(pinfo, om_connection_ws(omapush_connection(pinfo, OM_TRANSPORT_WS, NULL), omapush_direction(pinfo),
                                         &frame, omapush_bytes(ws->tvb), (ws->flags & OM_WS_FIN) != 0));
        add(pinfo, payloads, ws->tvb, i);
    }
}

/* --- TCP --- */

/** A payload begins within this much of a frame, whatever tunnels it is in. */
#define HEADERS_LIMIT 256

/* Is it worth looking for the frame's segment? It costs every frame more than this does. */
static gboolean
may_start(tvbuff_t *frame)
{
    static const char start[] = "MSRP ";
    gint length = (gint) MIN(tvb_captured_length(frame), HEADERS_LIMIT);
    struct om_slice head = length ? om_slice(tvb_get_ptr(frame, 0, length), (gsize) length) : OM_SLICE_NULL;

    return om_slice_find(head, 0, om_slice_str(start)) >= 0;
}

/* MSRP on a port that belongs to another dissector, or at a host of which SDP gave the name: from here on it is
 * ours. */
static struct om_connection *
take_over(packet_info *pinfo, const struct omapush_segment *segment)
{
    struct om_connection *connection;
    struct om_slice bytes;

    if (PINFO_FD_VISITED(pinfo))
        return NULL;
    bytes = om_slice(tvb_get_ptr(segment->source, segment->begin, segment->length), (gsize) segment->length);
    if (!(omapush_port_announced(pinfo) && om_slice_starts_str(bytes, "MSRP ")) &&
        !om_stream_probe_start(omapush_unproven_join(pinfo, segment->seq, bytes))) {
        omapush_unproven_hold(pinfo, segment->seq, bytes);
        return NULL;
    }
    connection = omapush_take_over(pinfo, segment->seq);
    omapush_unproven_feed(pinfo, connection);
    return connection;
}

static void
count_as_first(struct omapush_segment *segment, const struct om_connection *connection, conversation_t *conversation)
{
    segment->seq = omapush_sequence(connection, conversation, TRUE, segment->seq);
    segment->ack = omapush_sequence(connection, conversation, FALSE, segment->ack);
}

/* connection: NULL where the conversation has none. Returns the one that it has then. */
static struct om_connection *
late_segment(packet_info *pinfo, wmem_array_t **payloads, struct omapush_segment *segment, conversation_t *conversation,
             struct om_connection *connection)
{
    struct om_frame_record *record = omapush_frame_record(pinfo, FALSE);
    struct om_frame frame;
    tvbuff_t *tvb;

    if ((record && record->calls) || segment->length <= 0)
        return connection;
    if (!connection) {
        connection = take_over(pinfo, segment);
        if (!connection)
            return NULL;
        /* It may be one that goes on from another conversation. */
        count_as_first(segment, connection, conversation);
    }
    tvb = tvb_new_subset_length(segment->source, segment->begin, segment->length);
    if (!PINFO_FD_VISITED(pinfo)) {
        omapush_frame(pinfo, &frame);
        keep(pinfo,
             om_connection_segment(connection, omapush_direction(pinfo), &frame, segment->seq, omapush_bytes(tvb)));
    }
    add(pinfo, payloads, tvb, 0);
    return connection;
}

static void
read_segment(packet_info *pinfo, wmem_array_t **payloads, struct omapush_segment *segment, conversation_t *conversation)
{
    struct om_connection *connection = conversation_get_proto_data(conversation, proto_omapush);
    gboolean plain = !connection || om_connection_transport(connection) == OM_TRANSPORT_TCP;

    if (plain && segment && connection)
        count_as_first(segment, connection, conversation);
    if (plain && segment)
        connection = late_segment(pinfo, payloads, segment, conversation, connection);
    if (!connection || PINFO_FD_VISITED(pinfo))
        return;
    if (plain && segment)
        note_reached(pinfo, segment, connection);
    else if (segment)
        note_carried(pinfo, segment, connection);
    note_heard(pinfo, conversation, connection);
    note_close(pinfo, segment, conversation, connection, plain);
}

wmem_array_t *
omapush_msrp_late(tvbuff_t *tvb, packet_info *pinfo)
{
    struct omapush_segment segment;
    conversation_t *conversation;
    wmem_array_t *payloads = NULL;

    if (pinfo->ptype != PT_TCP)
        return NULL;
    late_ws(tvb, pinfo, &payloads);
    if (!omapush_capture()->tcp_watched && (PINFO_FD_VISITED(pinfo) || !may_start(tvb)))
        return payloads;
    /* Looked up once a frame: it is what a frame costs most here. */
    conversation = find_conversation_pinfo(pinfo, 0);
    if (!conversation && omapush_is_exported(pinfo) && may_start(tvb))
        conversation = find_or_create_conversation(pinfo); /* which TCP would have made */
    if (conversation)
        read_segment(pinfo, &payloads, omapush_tcp_segment(tvb, pinfo, &segment) ? &segment : NULL, conversation);
    return payloads;
}
