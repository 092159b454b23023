/* sip_input.c
 * The stock SIP dissector finds SIP on every transport; our own parser reads
 * what it found again, so that what stock gives up on is still recognised.
 * This is a postdissector, and as the last to see a frame it also queues the tap.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_input.h"

#include "../core/media_type.h"
#include "announced.h"
#include "columns.h"
#include "msrp_late.h"
#include "outputs.h"
#include "sip_view.h"
#include "wanted.h"

/** Longest start line of a datagram that is looked at, shortest datagram, most bytes of line ends before it. */
#define START_LINE_LIMIT 1024
#define SHORTEST         20
#define BLANKS_LIMIT     16
/** Key of the datagrams that the heuristic kept of a packet, among this protocol's data of it. */
#define DATAGRAMS  6
#define UDP_HEADER 8

static int proto_sip = -1;
static guint32 handed_frame; /* the last frame of which the heuristic kept a datagram */
static dissector_handle_t handle;

/* One SIP message's bytes. Stock cuts a message short whose Content-Length it cannot read: the end is that of
 * the last `sip` item behind it in the same buffer, and at least that of the datagram or of a buffer that
 * holds nothing else (decrypted or reassembled). */
struct found {
    tvbuff_t *tvb;
    gint start;
    gint end;
};

static gint
end_of(const field_info *finfo)
{
    gint captured = (gint) tvb_captured_length(finfo->ds_tvb);

    return MIN(finfo->start + MAX(finfo->length, 0), captured);
}

/* End of the UDP payload that begins here, 0 where no UDP header of this packet stands before it. */
static gint
datagram_end(const packet_info *pinfo, tvbuff_t *tvb, gint start)
{
    gint header = start - UDP_HEADER;

    if (pinfo->ptype != PT_UDP || header < 0 || tvb_get_ntohs(tvb, header) != pinfo->srcport ||
        tvb_get_ntohs(tvb, header + 2) != pinfo->destport)
        return 0;
    /* The length stands at octet 4 of the header and counts it (RFC 768). */
    return MIN(header + tvb_get_ntohs(tvb, header + 4), (gint) tvb_captured_length(tvb));
}

static gboolean
next_found(tvbuff_t *frame, const packet_info *pinfo, const GPtrArray *items, guint at, gint consumed,
           struct found *found)
{
    const field_info *finfo = g_ptr_array_index(items, at);

    if (!finfo->ds_tvb || (at > 0 && finfo->start < consumed &&
                           finfo->ds_tvb == ((field_info *) g_ptr_array_index(items, at - 1))->ds_tvb))
        return FALSE;
    found->tvb = finfo->ds_tvb;
    found->start = finfo->start;
    found->end = found->tvb == frame ? MAX(end_of(finfo), datagram_end(pinfo, frame, found->start))
                                     : (gint) tvb_captured_length(found->tvb);
    for (guint i = at + 1; i < items->len; i++) {
        const field_info *next = g_ptr_array_index(items, i);

        if (next->ds_tvb == found->tvb)
            found->end = MAX(found->end, end_of(next));
    }
    return found->end > found->start;
}

/* Keeps a datagram for read_handed(): a packet has more than one where one is inside another's tunnel. */
static void
keep(packet_info *pinfo, tvbuff_t *tvb)
{
    wmem_list_t *handed = p_get_proto_data(pinfo->pool, pinfo, proto_omapush, DATAGRAMS);

    handed_frame = pinfo->num;
    if (!handed) {
        handed = wmem_list_new(pinfo->pool);
        p_add_proto_data(pinfo->pool, pinfo, proto_omapush, DATAGRAMS, handed);
    }
    wmem_list_append(handed, tvb);
}

/*
 * Datagrams that stock takes for no SIP, because of their start line, or of line ends before it: they go on as
 * before, but are read here.
 */
static om_bool
heuristic_udp(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree _U_, void *data _U_)
{
    gint length = (gint) tvb_captured_length(tvb);
    gint start = 0;
    struct om_slice bytes, line;
    struct om_sip_msg msg;

    while (start < MIN(length, BLANKS_LIMIT) &&
           (tvb_get_uint8(tvb, start) == '\r' || tvb_get_uint8(tvb, start) == '\n'))
        start++;
    if (length < start + SHORTEST || !g_ascii_isupper(tvb_get_uint8(tvb, start)))
        return FALSE;
    bytes = om_slice(tvb_get_ptr(tvb, start, length - start), (gsize) (length - start));
    line = om_slice_head(bytes, (gsize) MAX(om_slice_chr(om_slice_head(bytes, START_LINE_LIMIT), 0, '\n'), 0));
    if (om_slice_find(line, 0, OM_SLICE_LIT("SIP/2.0")) < 0 || !om_sip_msg_parse(bytes, &msg))
        return FALSE;
    if ((start > 0 || (msg.flaws & OM_SIP_START_LINE)) && om_slice_isset(msg.call_id))
        keep(pinfo, tvb);
    om_sip_msg_clear(&msg);
    return FALSE;
}

/* A SIP message inside an ICMP error was sent before: it is no event. */
static gboolean
quoted_by_icmp(packet_info *pinfo)
{
    return proto_is_frame_protocol(pinfo->layers, "icmp") || proto_is_frame_protocol(pinfo->layers, "icmpv6");
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
goes_on(const packet_info *pinfo, const struct om_sip_msg *msg)
{
    if (pinfo->ptype != PT_TCP || proto_is_frame_protocol(pinfo->layers, "websocket"))
        return FALSE;
    if (msg->flaws & (OM_SIP_BODY_SHORT | OM_SIP_NO_BLANK_LINE))
        return TRUE;
    return !msg->content_length_ok && om_media_type_is(msg->content_type, "application/sdp") && sdp_goes_on(msg->body);
}

/* The first visit: what the message means. Nothing is kept of a frame whose SIP is nothing to us. */
static void
take(packet_info *pinfo, const struct om_sip_msg *msg, guint ordinal)
{
    struct om_sip_record *sip;
    struct om_frame_record *record;
    struct om_sip_start start;
    struct om_frame frame;

    omapush_frame(pinfo, &frame);
    frame.cut |= goes_on(pinfo, msg);
    sip = om_sip_event(omapush_registry(), &frame, msg);
    omapush_announce(pinfo, msg);
    if (!sip)
        return;
    record = omapush_frame_record(pinfo, TRUE);
    if (!record->sip) {
        record->sip = g_ptr_array_new_with_free_func((GDestroyNotify) om_sip_record_free);
        record->sip_starts = g_array_new(FALSE, TRUE, sizeof(struct om_sip_start));
    }
    /* Nothing for the messages before it. */
    g_ptr_array_set_size(record->sip, (gint) ordinal);
    g_array_set_size(record->sip_starts, ordinal);
    g_ptr_array_add(record->sip, sip);
    omapush_sip_start(msg, &start);
    g_array_append_val(record->sip_starts, start);
}

static void
read_message(tvbuff_t *tvb, gint at, packet_info *pinfo, proto_tree *tree, const struct om_sip_msg *msg, guint ordinal)
{
    const struct om_frame_record *record;
    const struct om_sip_record *sip;
    struct om_sip_start start;

    if (!PINFO_FD_VISITED(pinfo))
        take(pinfo, msg, ordinal);
    record = omapush_frame_record(pinfo, FALSE);
    if (!record || !record->sip)
        return;
    sip = ordinal < record->sip->len ? g_ptr_array_index(record->sip, ordinal) : NULL;
    omapush_sip_start(msg, &start);
    omapush_column_sip(pinfo, &start, sip);
    if (sip && om_sip_record_is_push(sip))
        omapush_sip_view(tvb, at, pinfo, tree, msg, sip, &start);
}

/* Returns how many bytes the message takes, 0 where there is none. */
static gint
read_found(const struct found *found, packet_info *pinfo, proto_tree *tree, guint ordinal)
{
    gint length = found->end - found->start;
    struct om_slice bytes = om_slice(tvb_get_ptr(found->tvb, found->start, length), (gsize) length);
    struct om_sip_msg msg;
    gint blanks;
    gint taken;

    if (!om_sip_msg_parse(bytes, &msg))
        return 0;
    blanks = (gint) (msg.text.p - bytes.p);
    read_message(found->tvb, found->start + blanks, pinfo, tree, &msg, ordinal);
    taken = blanks + (gint) msg.text.l;
    om_sip_msg_clear(&msg);
    return taken;
}

static void
read_sip(tvbuff_t *frame, packet_info *pinfo, proto_tree *tree, const GPtrArray *items)
{
    guint ordinal = 0;
    gint consumed = 0;

    for (guint i = 0; i < items->len; i++) {
        struct found found;
        gint taken;

        if (!next_found(frame, pinfo, items, i, consumed, &found))
            continue;
        taken = read_found(&found, pinfo, tree, ordinal);
        if (!taken)
            continue;
        consumed = found.start + taken;
        ordinal++;
    }
}

/* Datagrams that the heuristic kept for us, with one message each. */
static void
read_handed(packet_info *pinfo, proto_tree *tree, wmem_list_t *handed)
{
    guint ordinal = 0;

    for (wmem_list_frame_t *at = wmem_list_head(handed); at; at = wmem_list_frame_next(at)) {
        struct found found = {wmem_list_frame_data(at), 0, 0};

        found.end = (gint) tvb_captured_length(found.tvb);
        if (read_found(&found, pinfo, tree, ordinal))
            ordinal++;
    }
}

static void
read_frame(tvbuff_t *frame, packet_info *pinfo, proto_tree *tree)
{
    GPtrArray *items = proto_get_finfo_ptr_array(tree, proto_sip);
    wmem_list_t *handed =
        handed_frame == pinfo->num ? p_get_proto_data(pinfo->pool, pinfo, proto_omapush, DATAGRAMS) : NULL;

    if (items && items->len && !quoted_by_icmp(pinfo))
        read_sip(frame, pinfo, tree, items);
    else if (handed && !quoted_by_icmp(pinfo))
        read_handed(pinfo, tree, handed);
}

/* --- tap --- */

static gboolean
any_push(const struct om_frame_record *record)
{
    for (guint i = 0; record->sip && i < record->sip->len; i++) {
        if (g_ptr_array_index(record->sip, i) && om_sip_record_is_push(g_ptr_array_index(record->sip, i)))
            return TRUE;
    }
    return (record->calls && record->calls->len) || (record->late && record->late->len);
}

static GPtrArray *
all_calls(const struct om_frame_record *record)
{
    return record->calls ? record->calls : record->late;
}

static void
tap(packet_info *pinfo)
{
    struct om_frame_record *record = omapush_frame_record(pinfo, FALSE);
    struct om_tap_record *told;

    if (!record || !any_push(record))
        return;
    told = wmem_new0(pinfo->pool, struct om_tap_record);
    told->registry = omapush_registry();
    told->sip = record->sip;
    told->calls = all_calls(record);
    told->frame = pinfo->num;
    omapush_tap_queue(pinfo, told);
}

/* Rows of the packet list and retaps are dissected without a tree: what the first visit found will do. */
static void
columns_of(packet_info *pinfo)
{
    const struct om_frame_record *record = omapush_frame_record(pinfo, FALSE);

    for (guint i = 0; record && record->sip && i < record->sip->len; i++)
        omapush_column_sip(pinfo, &g_array_index(record->sip_starts, struct om_sip_start, i),
                           g_ptr_array_index(record->sip, i));
}

static int
postdissect(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data _U_)
{
    if (!omapush_registry())
        return 0;
    /* A first visit has a tree, because fields are wanted. */
    if (tree) {
        read_frame(tvb, pinfo, tree);
        omapush_msrp_late(pinfo, tree);
    } else {
        columns_of(pinfo);
    }
    tap(pinfo);
    return 0;
}

void
omapush_sip_register(void)
{
    handle = create_dissector_handle(postdissect, proto_omapush);
    register_postdissector(handle);
}

void
omapush_sip_handoff(void)
{
    GArray *always, *segments;

    if (proto_sip > 0)
        return;
    proto_sip = proto_get_id_by_filter_name("sip");
    heur_dissector_add("udp", heuristic_udp, "SIP (OMA Push) with a malformed start line", "omapush_sip_udp",
                       proto_omapush, HEURISTIC_ENABLE);
    always = g_array_new(FALSE, FALSE, sizeof(int));
    segments = g_array_new(FALSE, FALSE, sizeof(int));
    g_array_append_val(always, proto_sip);
    omapush_msrp_wanted_fields(always, segments);
    omapush_wanted_fields(handle, always, segments);
}
