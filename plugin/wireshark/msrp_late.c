/* msrp_late.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_late.h"

#include "announced.h"
#include "msrp_carrier.h"
#include "msrp_input.h"
#include "msrp_view.h"
#include "wanted.h"

/** FIN or RST, in TCP's conversation completeness (packet-tcp.c names the bits, its header does not). */
#define TCP_ENDED 0x30

/* In TCP's header (RFC 9293 section 3.1). */
#define SEQ_AT 4
#define FLAGS_AT 13
#define FLAG_FIN 0x01

static int hf_tcp_seq = -1;
static int hf_tcp_ack = -1;
static int hf_tcp_hdr_len = -1;
static int hf_tcp_len = -1;
static int hf_ws_fin = -1;
static int hf_ws_opcode = -1;
static int hf_ws_payload_length = -1;
static int hf_ws_payload = -1;

/* --- TCP segments --- */

static void
want(GArray *ids, int *id, const char *name)
{
    *id = proto_registrar_get_id_byname(name);
    g_array_append_val(ids, *id);
}

/* TCP's numbers only: tcp.payload would have every segment's bytes copied. */
void
omapush_msrp_wanted_fields(GArray *always, GArray *segments)
{
    want(segments, &hf_tcp_seq, "tcp.seq");
    want(segments, &hf_tcp_ack, "tcp.ack");
    want(segments, &hf_tcp_hdr_len, "tcp.hdr_len");
    want(segments, &hf_tcp_len, "tcp.len");
    want(always, &hf_ws_fin, "websocket.fin");
    want(always, &hf_ws_opcode, "websocket.opcode");
    want(always, &hf_ws_payload_length, "websocket.payload_length");
    want(always, &hf_ws_payload, "websocket.payload");
}

/* The one item of this field, or NULL (a frame with several TCP segments inside is left alone). */
static field_info *
only_item(proto_tree *tree, int id)
{
    GPtrArray *items = id > 0 ? proto_get_finfo_ptr_array(tree, id) : NULL;

    return items && items->len == 1 ? g_ptr_array_index(items, 0) : NULL;
}

/** A TCP payload in its frame. */
struct segment {
    tvbuff_t *frame;
    gint header;       /**< where TCP's header begins */
    gint begin;
    gint length;       /**< as far as it was captured */
    guint32 announced; /**< length as IP has it */
    guint32 seq;
};

static gboolean
find_segment(proto_tree *tree, struct segment *segment)
{
    field_info *number = only_item(tree, hf_tcp_seq);
    field_info *header = only_item(tree, hf_tcp_hdr_len);
    field_info *length = only_item(tree, hf_tcp_len);

    if (!number || !header || !length || !number->ds_tvb)
        return FALSE;
    segment->frame = number->ds_tvb;
    segment->seq = fvalue_get_uinteger(om_finfo_value(number));
    segment->announced = fvalue_get_uinteger(om_finfo_value(length));
    segment->header = number->start - SEQ_AT;
    segment->begin = segment->header + (gint) fvalue_get_uinteger(om_finfo_value(header));
    segment->length = (gint) MIN(fvalue_get_uinteger(om_finfo_value(length)), G_MAXUINT16);
    segment->length = MIN(segment->length, (gint) tvb_captured_length(segment->frame) - segment->begin);
    return segment->begin >= 0;
}

static gboolean
has_fin(const struct segment *segment)
{
    return segment->header >= 0 && tvb_bytes_exist(segment->frame, segment->header + FLAGS_AT, 1) &&
           (tvb_get_uint8(segment->frame, segment->header + FLAGS_AT) & FLAG_FIN);
}

/* How far each side has come: as a segment's own numbers tell, and as its receiver acknowledges. */
static void
note_reached(packet_info *pinfo, proto_tree *tree, struct om_connection *connection)
{
    field_info *number = only_item(tree, hf_tcp_seq);
    field_info *length = only_item(tree, hf_tcp_len);
    field_info *ack = only_item(tree, hf_tcp_ack);
    guint direction = omapush_direction(pinfo);

    if (!number || !length || om_connection_transport(connection) != OM_TRANSPORT_TCP)
        return;
    om_connection_reached(connection, direction, pinfo->num,
                          fvalue_get_uinteger(om_finfo_value(number)) + fvalue_get_uinteger(om_finfo_value(length)));
    if (ack)
        om_connection_reached(connection, 1 - direction, pinfo->num, fvalue_get_uinteger(om_finfo_value(ack)));
}

static void
note_close(packet_info *pinfo, proto_tree *tree, conversation_t *conversation, struct om_connection *connection)
{
    const struct tcp_analysis *analysis = om_tcp_analysis_of(conversation);
    struct segment segment;
    struct om_frame frame;

    if (!analysis || !(analysis->conversation_completeness & TCP_ENDED))
        return;
    omapush_frame(pinfo, &frame);
    om_connection_closed(connection, &frame);
    if (om_connection_transport(connection) == OM_TRANSPORT_TCP && find_segment(tree, &segment) && has_fin(&segment))
        om_connection_fin(connection, omapush_direction(pinfo), &frame, segment.seq + segment.announced);
}

/* --- kept for the frame --- */

static struct om_slice
bytes_of(tvbuff_t *tvb)
{
    guint length = tvb ? tvb_captured_length(tvb) : 0;

    return om_slice(length ? tvb_get_ptr(tvb, 0, (gint) length) : (const guint8 *) "", length);
}

static void
keep(packet_info *pinfo, struct om_call *call)
{
    struct om_frame_record *record = omapush_frame_record(pinfo, TRUE);

    if (!record->late)
        record->late = g_ptr_array_new();
    g_ptr_array_add(record->late, call);
}

/* The frame's late payload of this number: taken at the first visit, shown at every visit. */
static void
show(packet_info *pinfo, proto_tree *tree, tvbuff_t *tvb, guint number)
{
    const struct om_frame_record *record = omapush_frame_record(pinfo, FALSE);

    if (tvb && record && record->late && number < record->late->len)
        omapush_msrp_view(tvb, pinfo, tree, g_ptr_array_index(record->late, number));
}

/* --- WebSocket (RFC 6455 section 5) ---
 * Stock puts fragments together, but not where the last frame is empty, and hands over nothing that follows a
 * fragment in the same packet. So messages are read frame by frame from the items; compressed ones are as
 * stock hands them over. */

void
omapush_ws_handed(packet_info *pinfo, tvbuff_t *tvb)
{
    wmem_list_t *handed = p_get_proto_data(pinfo->pool, pinfo, proto_omapush, 5);

    if (!handed) {
        handed = wmem_list_new(pinfo->pool);
        p_add_proto_data(pinfo->pool, pinfo, proto_omapush, 5, handed);
    }
    wmem_list_append(handed, tvb);
}

/** One data frame, or a message that was handed over. */
struct ws_frame {
    gboolean fin;
    tvbuff_t *tvb;  /* unmasked payload; NULL where it is empty */
};

#define WS_FIN 0x80
#define WS_COMPRESSED 0x40 /* RSV1, RFC 7692 section 6 */
#define WS_CONTROL 0x08    /* in the opcode */

static guint
number_at(const GPtrArray *items, guint i)
{
    return fvalue_get_uinteger(om_finfo_value(g_ptr_array_index(items, i)));
}

static guint8
first_byte(const GPtrArray *items, guint i)
{
    const field_info *item = g_ptr_array_index(items, i);

    return item->start < (gint) tvb_captured_length(item->ds_tvb) ? tvb_get_uint8(item->ds_tvb, item->start) : 0;
}

static tvbuff_t *
payload_at(const GPtrArray *items, guint i)
{
    const field_info *item = items && i < items->len ? g_ptr_array_index(items, i) : NULL;

    if (!item || item->length <= 0 || !tvb_bytes_exist(item->ds_tvb, item->start, item->length))
        return NULL;
    return tvb_new_subset_length(item->ds_tvb, item->start, item->length);
}

static void
add_handed(packet_info *pinfo, GArray *found)
{
    wmem_list_t *handed = p_get_proto_data(pinfo->pool, pinfo, proto_omapush, 5);

    g_array_set_size(found, 0);
    for (wmem_list_frame_t *it = handed ? wmem_list_head(handed) : NULL; it; it = wmem_list_frame_next(it)) {
        struct ws_frame frame = {TRUE, wmem_list_frame_data(it)};

        g_array_append_val(found, frame);
    }
}

/* The data frames of this packet, in order; NULL where it has none. */
static GArray *
find_ws_frames(packet_info *pinfo, proto_tree *tree)
{
    GPtrArray *fins = proto_get_finfo_ptr_array(tree, hf_ws_fin);
    GPtrArray *opcodes, *lengths, *payloads;
    GArray *found;
    guint payload = 0;

    if (!fins || !fins->len)
        return NULL;
    opcodes = proto_get_finfo_ptr_array(tree, hf_ws_opcode);
    lengths = proto_get_finfo_ptr_array(tree, hf_ws_payload_length);
    payloads = proto_get_finfo_ptr_array(tree, hf_ws_payload);
    if (!opcodes || !lengths || fins->len != opcodes->len || fins->len != lengths->len)
        return NULL;
    found = g_array_new(FALSE, FALSE, sizeof(struct ws_frame));
    for (guint i = 0; i < fins->len; i++) {
        struct ws_frame frame = {(first_byte(fins, i) & WS_FIN) != 0, NULL};

        if (number_at(lengths, i))
            frame.tvb = payload_at(payloads, payload++);
        if (first_byte(fins, i) & WS_COMPRESSED) {
            add_handed(pinfo, found);
            break;
        }
        if (!(number_at(opcodes, i) & WS_CONTROL))
            g_array_append_val(found, frame);
    }
    return found;
}

/* Is this conversation MSRP over WebSocket? One that begins with a fragment tells by its first bytes, however few. */
static gboolean
is_msrp_ws(packet_info *pinfo, const struct ws_frame *first)
{
    const struct om_connection *known = omapush_known_connection(pinfo);

    if (known)
        return om_connection_transport(known) == OM_TRANSPORT_WS;
    return p_get_proto_data(pinfo->pool, pinfo, proto_omapush, 5) ||
           om_slice_starts_str(bytes_of(first->tvb), "MSRP ");
}

static void
late_ws(packet_info *pinfo, proto_tree *tree)
{
    GArray *found = find_ws_frames(pinfo, tree);
    struct om_frame frame;

    if (found && found->len && is_msrp_ws(pinfo, &g_array_index(found, struct ws_frame, 0))) {
        omapush_frame(pinfo, &frame);
        for (guint i = 0; i < found->len; i++) {
            const struct ws_frame *ws = &g_array_index(found, struct ws_frame, i);

            if (!PINFO_FD_VISITED(pinfo))
                keep(pinfo, om_connection_ws(omapush_connection(pinfo, OM_TRANSPORT_WS, NULL),
                                             omapush_direction(pinfo), &frame, bytes_of(ws->tvb), ws->fin));
            show(pinfo, tree, ws->tvb, i);
        }
    }
    if (found)
        g_array_unref(found);
}

/* --- TCP --- */

/* MSRP on a port that belongs to another dissector, or at a host of which SDP gave the name: from here on it is
 * ours. Seen only once the capture has another MSRP connection, or SDP for one (wanted.h). */
static struct om_connection *
take_over(packet_info *pinfo, const struct segment *segment)
{
    static const guint8 start[] = "MSRP ";
    gsize length = MIN((gsize) segment->length, sizeof start - 1);

    if (PINFO_FD_VISITED(pinfo) || tvb_memeql(segment->frame, segment->begin, start, length) != 0)
        return NULL;
    if (!omapush_port_announced(pinfo) &&
        !om_stream_probe_start(om_slice(tvb_get_ptr(segment->frame, segment->begin, segment->length),
                                        (gsize) segment->length)))
        return NULL;
    return omapush_msrp_take_over(pinfo, segment->seq);
}

/* connection: NULL where the conversation has none. Returns the one that it has then. */
static struct om_connection *
late_segment(packet_info *pinfo, proto_tree *tree, struct om_connection *connection)
{
    struct om_frame_record *record = omapush_frame_record(pinfo, FALSE);
    struct segment segment;
    struct om_frame frame;
    tvbuff_t *tvb;

    if ((record && record->calls) || (connection && om_connection_transport(connection) != OM_TRANSPORT_TCP) ||
        !find_segment(tree, &segment) || segment.length <= 0)
        return connection;
    if (!connection)
        connection = take_over(pinfo, &segment);
    if (!connection)
        return NULL;
    tvb = tvb_new_subset_length(segment.frame, segment.begin, segment.length);
    if (!PINFO_FD_VISITED(pinfo)) {
        omapush_frame(pinfo, &frame);
        keep(pinfo, om_connection_segment(connection, omapush_direction(pinfo), &frame, segment.seq, bytes_of(tvb)));
    }
    show(pinfo, tree, tvb, 0);
    return connection;
}

void
omapush_msrp_late(packet_info *pinfo, proto_tree *tree)
{
    struct om_connection *connection;
    conversation_t *conversation;

    if (pinfo->ptype != PT_TCP)
        return;
    late_ws(pinfo, tree);
    if (!omapush_segments_wanted())
        return;
    /* Looked up once a frame: it is what a frame costs most here. */
    conversation = find_conversation_pinfo(pinfo, 0);
    if (!conversation)
        return;
    connection = conversation_get_proto_data(conversation, proto_omapush);
    connection = late_segment(pinfo, tree, connection);
    if (connection && !PINFO_FD_VISITED(pinfo)) {
        note_reached(pinfo, tree, connection);
        note_close(pinfo, tree, conversation, connection);
    }
}
