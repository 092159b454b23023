/* msrp_late.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_late.h"

#include "msrp_carrier.h"
#include "msrp_view.h"

/** FIN or RST, in TCP's conversation completeness (packet-tcp.c names the bits, its header does not). */
#define TCP_ENDED 0x30

/** Buffers that a dissection of a frame has handed to the WebSocket input. */
struct buffers {
    guint count;
    tvbuff_t *tvb[16];
};

static int hf_tcp_seq = -1;
static int hf_tcp_hdr_len = -1;
static int hf_tcp_len = -1;
static int hf_ws_fragments = -1;

/* --- TCP segments --- */

/* Numbers only: tcp.payload would have every segment's bytes copied. */
void
omapush_msrp_wanted_fields(GArray *ids)
{
    hf_tcp_seq = proto_registrar_get_id_byname("tcp.seq");
    hf_tcp_hdr_len = proto_registrar_get_id_byname("tcp.hdr_len");
    hf_tcp_len = proto_registrar_get_id_byname("tcp.len");
    hf_ws_fragments = proto_registrar_get_id_byname("websocket.fragments");
    g_array_append_val(ids, hf_tcp_seq);
    g_array_append_val(ids, hf_tcp_hdr_len);
    g_array_append_val(ids, hf_tcp_len);
    g_array_append_val(ids, hf_ws_fragments);
}

/* The one item of this field, or NULL (a frame with several TCP segments inside is left alone). */
static field_info *
only_item(proto_tree *tree, int id)
{
    GPtrArray *items = id > 0 ? proto_get_finfo_ptr_array(tree, id) : NULL;

    return items && items->len == 1 ? g_ptr_array_index(items, 0) : NULL;
}

static tvbuff_t *
segment_tvb(proto_tree *tree, guint32 *seq)
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

static void
note_close(packet_info *pinfo, struct om_connection *connection)
{
    const struct tcp_analysis *analysis = om_tcp_analysis(pinfo);
    struct om_frame frame;

    if (!analysis || !(analysis->conversation_completeness & TCP_ENDED))
        return;
    omapush_frame(pinfo, &frame);
    om_connection_closed(connection, &frame);
}

/* --- WebSocket messages put together from fragments: 4.0 shows them and hands them to nobody --- */

void
omapush_buffer_came(packet_info *pinfo, tvbuff_t *tvb)
{
    struct buffers *buffers = p_get_proto_data(pinfo->pool, pinfo, proto_omapush, 5);

    if (!buffers) {
        buffers = wmem_new0(pinfo->pool, struct buffers);
        p_add_proto_data(pinfo->pool, pinfo, proto_omapush, 5, buffers);
    }
    if (buffers->count < G_N_ELEMENTS(buffers->tvb))
        buffers->tvb[buffers->count++] = tvb_get_ds_tvb(tvb);
}

static gboolean
has_come(packet_info *pinfo, const tvbuff_t *tvb)
{
    const struct buffers *buffers = p_get_proto_data(pinfo->pool, pinfo, proto_omapush, 5);

    for (guint i = 0; buffers && i < buffers->count; i++) {
        if (buffers->tvb[i] == tvb)
            return TRUE;
    }
    return FALSE;
}

/* The message that this item of the tree says was put together, or NULL. */
static tvbuff_t *
fragments_tvb(packet_info *pinfo, proto_tree *tree)
{
    field_info *item = only_item(tree, hf_ws_fragments);

    return item && item->ds_tvb && !has_come(pinfo, item->ds_tvb) ? item->ds_tvb : NULL;
}

/* --- both --- */

static struct om_slice
bytes_of(tvbuff_t *tvb)
{
    guint length = tvb_captured_length(tvb);

    return om_slice(tvb_get_ptr(tvb, 0, (gint) length), length);
}

static void
keep(packet_info *pinfo, struct om_call *call)
{
    struct om_frame_record *record = omapush_frame_record(pinfo, TRUE);

    if (!record->late)
        record->late = g_ptr_array_new();
    g_ptr_array_add(record->late, call);
}

static void
take_fragments(packet_info *pinfo, tvbuff_t *tvb)
{
    struct om_connection *connection = omapush_known_connection(pinfo);
    struct om_frame frame;

    if (!connection && !om_stream_probe_start(bytes_of(tvb)))
        return;
    connection = omapush_connection(pinfo, OM_TRANSPORT_WS, NULL);
    omapush_frame(pinfo, &frame);
    keep(pinfo, om_connection_ws_message(connection, omapush_direction(pinfo), &frame, bytes_of(tvb)));
}

static void
take_segment(packet_info *pinfo, struct om_connection *connection, tvbuff_t *tvb, guint32 seq)
{
    struct om_frame frame;

    omapush_frame(pinfo, &frame);
    keep(pinfo, om_connection_segment(connection, omapush_direction(pinfo), &frame, seq, bytes_of(tvb)));
}

/* At the first visit: what came late goes to the model. */
static void
take(packet_info *pinfo, tvbuff_t *fragments, tvbuff_t *segment, guint32 seq)
{
    struct om_frame_record *record = omapush_frame_record(pinfo, FALSE);
    struct om_connection *connection;

    if (fragments && tvb_captured_length(fragments))
        take_fragments(pinfo, fragments);
    connection = omapush_known_connection(pinfo);
    if (!connection)
        return;
    if (segment && om_connection_transport(connection) == OM_TRANSPORT_TCP && (!record || !record->calls))
        take_segment(pinfo, connection, segment, seq);
    note_close(pinfo, connection);
}

void
omapush_msrp_late(packet_info *pinfo, proto_tree *tree)
{
    struct om_frame_record *record;
    guint32 seq = 0;
    tvbuff_t *fragments, *segment;
    struct om_call *call;

    if (PINFO_FD_VISITED(pinfo) && !((record = omapush_frame_record(pinfo, FALSE)) && record->late))
        return;
    fragments = fragments_tvb(pinfo, tree);
    if (!fragments && !PINFO_FD_VISITED(pinfo) && !omapush_known_connection(pinfo))
        return;
    segment = fragments ? NULL : segment_tvb(tree, &seq);
    if (!PINFO_FD_VISITED(pinfo))
        take(pinfo, fragments, segment, seq);
    record = omapush_frame_record(pinfo, FALSE);
    if (!record || !record->late || !(fragments || segment))
        return;
    call = g_ptr_array_index(record->late, 0);
    omapush_msrp_view(fragments ? fragments : segment, pinfo, tree, call);
}
