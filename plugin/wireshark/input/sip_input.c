/* sip_input.c
 * The stock SIP dissector finds SIP on every transport; our own parser reads
 * what it found again, so that what stock gives up on is still recognised.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_input.h"

#include "core/text/media_type.h"
#include "announced.h"
#include "wireshark/glue/exported_pdu.h"
#include "wireshark/glue/packet_buffers.h"
#include "sip_nothing.h"
#include "sip_segments.h"
#include "sip_start.h"
#include "wireshark/glue/tcp_segment.h"

static int proto_sip = -1;
static int proto_tcp = -1;
static int proto_tls = -1;
static int proto_icmp = -1;
static int proto_icmpv6 = -1;

/** Bytes of a data source that may hold SIP messages. */
struct found {
    tvbuff_t *tvb;
    gint start;
    gint end;
};

/** What stock found SIP in. */
enum carrier {
    NO_SIP,
    DATAGRAM, /**< also whatever else hands over whole messages: WebSocket, a body, SigComp */
    TLS,      /**< several messages, and stock waits for the rest of one */
    TCP,      /**< the same; put together here where that can be (sip_segments.h) */
};

static gboolean
is_stream(enum carrier carrier)
{
    return carrier == TLS || carrier == TCP;
}

/* A SIP message inside an ICMP error was sent before: it is no event. */
static enum carrier
sip_carrier(packet_info *pinfo)
{
    enum carrier carrier = NO_SIP;
    int below = 0;

    if (omapush_capture()->sip_handed && p_get_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_SIP_HANDED))
        carrier = pinfo->ptype == PT_TCP ? TCP : DATAGRAM;
    for (wmem_list_frame_t *at = wmem_list_head(pinfo->layers); at; at = wmem_list_frame_next(at)) {
        int proto = GPOINTER_TO_INT(wmem_list_frame_data(at));

        if (proto == proto_icmp || proto == proto_icmpv6)
            return NO_SIP;
        /* Behind the first message and its body stands the second one's layer. */
        if (proto == proto_sip && !is_stream(carrier))
            carrier = below == proto_tcp ? TCP : below == proto_tls ? TLS : DATAGRAM;
        below = proto;
    }
    /* Stock leaves no layer of what it finds by a table there. */
    if (carrier == NO_SIP && omapush_is_exported(pinfo))
        return pinfo->ptype == PT_TCP ? TLS : DATAGRAM;
    return carrier;
}

/* An SDP is over only behind a whole line, a push's not before its m= line. */
static gboolean
sdp_goes_on(struct om_slice text)
{
    return text.l > 0 && (text.p[text.l - 1] != '\n' || om_slice_find(text, 0, OM_SLICE_LIT("\nm=")) < 0);
}

/*
 * A message on a stream that stock did not put together, for it could not read its head or its length: is it sure to
 * go on in the next segment? (Without a length it may always; mostly it does not.)
 */
static gboolean
goes_on(const struct om_sip_msg *msg)
{
    if (msg->flaws & (OM_SIP_BODY_SHORT | OM_SIP_NO_BLANK_LINE))
        return TRUE;
    return !msg->content_length_ok && om_media_type_is(msg->content_type, "application/sdp") && sdp_goes_on(msg->body);
}

/** A frame's SIP messages, in the same order at every visit. */
struct reading {
    tvbuff_t *frame;
    packet_info *pinfo;
    enum carrier carrier;
    gboolean wanted;              /* by who looks at the tree */
    wmem_array_t *messages;       /* struct omapush_sip_message, those read so far */
    struct om_sip_rest *followed; /* at the first visit: what the segments' bytes are from (sip_segments.h) */
};

/* The first visit: what the message means. Nothing is kept of a frame whose SIP is nothing to us. */
static void
feed(const struct reading *reading, const struct om_sip_msg *msg)
{
    packet_info *pinfo = reading->pinfo;
    struct om_sip_record *sip;
    struct om_frame_record *record;
    struct om_frame frame;

    omapush_frame(pinfo, &frame);
    frame.cut |= is_stream(reading->carrier) && goes_on(msg);
    frame.peer_heard = is_stream(reading->carrier) && omapush_tcp_was_taken(pinfo, find_conversation_pinfo(pinfo, 0));
    sip = om_model_sip(omapush_model(), &frame, msg);
    omapush_announce(pinfo, msg);
    if (!sip)
        return;
    record = omapush_frame_record(pinfo, TRUE);
    if (!record->sip)
        record->sip = g_ptr_array_new_with_free_func((GDestroyNotify) om_sip_record_free);
    /* Nothing for the messages before it. */
    g_ptr_array_set_size(record->sip, (gint) wmem_array_get_count(reading->messages));
    g_ptr_array_add(record->sip, sip);
}

/* Takes the parsed message. */
static void
take(const struct reading *reading, tvbuff_t *tvb, gint at, struct om_sip_msg msg)
{
    struct omapush_sip_message message = {tvb, at, msg};

    if (!PINFO_FD_VISITED(reading->pinfo))
        feed(reading, &msg);
    wmem_array_append_one(reading->messages, message);
}

/* Rows of the packet list and retaps have no tree to read the messages for. */
static void
keep_starts(wmem_array_t *messages, struct om_frame_record *record)
{
    guint count = wmem_array_get_count(messages);

    g_ptr_array_set_size(record->sip, (gint) count);
    record->sip_starts = g_array_sized_new(FALSE, TRUE, sizeof(struct om_sip_start), count);
    g_array_set_size(record->sip_starts, count);
    for (guint i = 0; i < count; i++) {
        const struct omapush_sip_message *message = wmem_array_index(messages, i);

        omapush_sip_start(&message->msg, &g_array_index(record->sip_starts, struct om_sip_start, i));
    }
}

static void
clear_messages(gpointer messages)
{
    guint count = wmem_array_get_count(messages);

    for (guint i = 0; i < count; i++)
        om_sip_msg_clear(&((struct omapush_sip_message *) wmem_array_index(messages, i))->msg);
}

/* The messages are drawn, which may throw: they are freed with the frame. */
static wmem_array_t *
new_messages(packet_info *pinfo)
{
    wmem_array_t *messages = wmem_array_new(pinfo->pool, sizeof(struct omapush_sip_message));

    omapush_free_later(pinfo, clear_messages, messages);
    return messages;
}

/* A blank line among the headers ends them for stock. */
static gboolean
is_part(const struct om_sip_msg *msg)
{
    return !(msg->flaws & OM_SIP_BLANK_LINE) && (msg->flaws & (OM_SIP_NO_BLANK_LINE | OM_SIP_BODY_SHORT));
}

/* Does the whole of this part of a message stand in another buffer, of this packet or of a later one? TCP does not put
 * together what the capture cut; of datagrams another buffer has more than this first fragment. */
static gboolean
stands_elsewhere(const struct reading *reading, tvbuff_t *source, struct om_slice part)
{
    if (is_stream(reading->carrier))
        return reading->pinfo->fd->cap_len >= reading->pinfo->fd->pkt_len;
    return omapush_buffer_with(reading->frame, source, part, part.l + 1) != NULL;
}

/* Returns how many bytes the message takes, 0 where there is none. */
static gint
read_found(struct reading *reading, const struct found *found)
{
    gint length = found->end - found->start;
    struct om_slice bytes;
    struct om_sip_msg msg;
    gint blanks, taken = 0;

    if (length <= 0)
        return 0;
    bytes = om_slice(tvb_get_ptr(found->tvb, found->start, length), (gsize) length);
    if (!om_sip_msg_parse(bytes, &msg))
        return 0;
    if (reading->pinfo->fd->cap_len < reading->pinfo->fd->pkt_len)
        om_sip_msg_drop_half(&msg);
    blanks = (gint) (msg.text.p - bytes.p);
    if (!is_part(&msg) || !stands_elsewhere(reading, found->tvb, om_slice_from(bytes, (gsize) blanks))) {
        taken = blanks + (gint) msg.text.l;
        take(reading, found->tvb, found->start + blanks, msg);
    } else {
        om_sip_msg_clear(&msg);
    }
    return taken;
}

/* Messages one behind the other. */
static void
read_run(struct reading *reading, struct found *found)
{
    gint taken;

    do {
        taken = read_found(reading, found);
        found->start += taken;
    } while (taken && is_stream(reading->carrier));
}

/* What stock was given begins with a message. A buffer inside of what was read is a body. */
static void
read_buffers(struct reading *reading)
{
    wmem_array_t *buffers = omapush_buffers(reading->frame, reading->pinfo);
    struct found found = {NULL, 0, 0};

    for (guint i = 0; i < wmem_array_get_count(buffers); i++) {
        const struct omapush_buffer *buffer = wmem_array_index(buffers, i);

        if (buffer->source == found.tvb && buffer->start < found.start)
            continue;
        found = (struct found){buffer->source, buffer->start, buffer->end};
        read_run(reading, &found);
    }
}

/* Of the segments' bytes what is no whole message goes on later. */
static void
read_put_together(struct reading *reading, struct found found)
{
    gint start = found.start;

    read_run(reading, &found);
    if (reading->followed)
        om_sip_rest_take(reading->followed, (gsize) (found.start - start));
}

static void
read_segment(struct reading *reading)
{
    struct omapush_segment segment;

    if (omapush_tcp_segment(reading->frame, reading->pinfo, &segment))
        read_put_together(reading, (struct found){segment.source, segment.begin, segment.begin + segment.length});
}

/* Where stock put the same together, its buffer is what the user sees. */
static void
read_rest(struct reading *reading, GBytes *rest)
{
    gsize length;
    const guint8 *bytes = g_bytes_get_data(rest, &length);
    packet_info *pinfo = reading->pinfo;
    tvbuff_t *tvb = omapush_buffer_with(reading->frame, NULL, om_slice(bytes, length), length);
    gboolean own = !tvb || tvb_captured_length(tvb) != length;

    if (own)
        tvb = tvb_new_child_real_data(reading->frame, wmem_memdup(pinfo->pool, bytes, length), (guint) length,
                                      (gint) length);
    read_put_together(reading, (struct found){tvb, 0, (gint) length});
    if (own && reading->wanted && omapush_frame_record(pinfo, FALSE))
        add_new_data_source(pinfo, tvb, "SIP of several segments");
}

static void
read_place(struct reading *reading, enum omapush_sip_place place, GBytes *rest)
{
    if (place == OMAPUSH_SIP_REST)
        read_rest(reading, rest);
    else if (place == OMAPUSH_SIP_SEGMENT)
        read_segment(reading);
    else if (place == OMAPUSH_SIP_BUFFERS)
        read_buffers(reading);
}

static wmem_array_t *
read_first(tvbuff_t *frame, packet_info *pinfo, gboolean wanted)
{
    enum carrier carrier = sip_carrier(pinfo);
    struct om_sip_rest *followed;
    GBytes *rest;
    enum omapush_sip_place place = omapush_sip_follow(frame, pinfo, carrier == TCP, &followed, &rest);
    struct om_frame_record *record;
    wmem_array_t *messages;

    if (place != OMAPUSH_SIP_BUFFERS)
        carrier = TCP;
    if (carrier == NO_SIP || (carrier == DATAGRAM && omapush_sip_is_nothing(frame, pinfo)))
        return NULL;
    messages = new_messages(pinfo);
    read_place(&(struct reading){frame, pinfo, carrier, wanted, messages, followed}, place, rest);
    record = omapush_frame_record(pinfo, FALSE);
    if (!record || !record->sip) {
        if (rest)
            g_bytes_unref(rest);
        return NULL;
    }
    record->sip_place = place;
    record->sip_stream = is_stream(carrier);
    record->sip_rest = rest;
    keep_starts(messages, record);
    return messages;
}

wmem_array_t *
omapush_sip_read(tvbuff_t *frame, packet_info *pinfo, gboolean wanted)
{
    const struct om_frame_record *record;
    wmem_array_t *messages;

    if (!PINFO_FD_VISITED(pinfo))
        return read_first(frame, pinfo, wanted);
    record = omapush_frame_record(pinfo, FALSE);
    if (!record || !record->sip || !wanted)
        return NULL;
    messages = new_messages(pinfo);
    read_place(&(struct reading){frame, pinfo, record->sip_stream ? TCP : DATAGRAM, wanted, messages, NULL},
               record->sip_place, record->sip_rest);
    return messages;
}

void
omapush_sip_handoff(void)
{
    omapush_sip_segments_handoff();
    proto_sip = proto_get_id_by_filter_name("sip");
    proto_tcp = proto_get_id_by_filter_name("tcp");
    proto_tls = proto_get_id_by_filter_name("tls");
    proto_icmp = proto_get_id_by_filter_name("icmp");
    proto_icmpv6 = proto_get_id_by_filter_name("icmpv6");
}
