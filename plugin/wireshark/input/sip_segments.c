/* sip_segments.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_segments.h"

#include "msrp_carrier.h"
#include "wireshark/glue/packet_buffers.h"
#include "wireshark/glue/tcp_segment.h"

static dissector_table_t tcp_ports;
static dissector_handle_t sip_handle;

/* Of a segment without a whole message it depends on the tree whether the frame has a SIP layer: a dissector that adds
 * nothing to a tree leaves none. */
static gboolean
is_sip_port(const packet_info *pinfo)
{
    return sip_handle && (dissector_get_uint_handle(tcp_ports, pinfo->srcport) == sip_handle ||
                          dissector_get_uint_handle(tcp_ports, pinfo->destport) == sip_handle);
}

static gpointer
direction_key(const conversation_t *conversation, guint direction)
{
    return GUINT_TO_POINTER(2 * conversation->conv_index + 1 + direction);
}

static struct om_slice
segment_bytes(const struct omapush_segment *segment)
{
    return om_slice(tvb_get_ptr(segment->source, segment->begin, segment->length), (gsize) segment->length);
}

/* Made where the frame has SIP, or the other direction had some. */
static struct om_sip_rest *
rest_of(packet_info *pinfo, const struct omapush_segment *segment, gboolean has_sip)
{
    GHashTable *rests = omapush_capture()->sip_rests;
    const conversation_t *conversation = find_conversation_pinfo(pinfo, 0);
    guint direction = omapush_direction(pinfo);
    struct om_sip_rest *rest;

    if (!conversation)
        return NULL;
    rest = g_hash_table_lookup(rests, direction_key(conversation, direction));
    if (!rest && (has_sip || g_hash_table_contains(rests, direction_key(conversation, 1 - direction)))) {
        rest = om_sip_rest_new(segment->sent_seq);
        g_hash_table_insert(rests, direction_key(conversation, direction), rest);
    }
    return rest;
}

static void
forget(packet_info *pinfo)
{
    const conversation_t *conversation = find_conversation_pinfo(pinfo, 0);

    g_hash_table_remove(omapush_capture()->sip_rests, direction_key(conversation, omapush_direction(pinfo)));
}

/** Fewer bytes may be those of anything. */
#define TELLING 20

/* Stock has more of the message than came here: the segments before, where TCP sorted them. */
static gboolean
stock_has_more(tvbuff_t *frame, const struct omapush_segment *segment, const struct om_sip_rest *rest)
{
    struct om_slice bytes = om_sip_rest_bytes(rest);

    return bytes.l >= TELLING && omapush_buffer_with(frame, segment->source, bytes, bytes.l + 1);
}

static enum omapush_sip_place
whole(const struct omapush_segment *segment, const struct om_sip_rest *rest, GBytes **bytes)
{
    struct om_slice all = om_sip_rest_bytes(rest);

    if (om_slice_eq(all, segment_bytes(segment)))
        return OMAPUSH_SIP_SEGMENT;
    *bytes = g_bytes_new(all.p, all.l);
    return OMAPUSH_SIP_REST;
}

enum omapush_sip_place
omapush_sip_follow(tvbuff_t *frame, packet_info *pinfo, gboolean found, struct om_sip_rest **followed, GBytes **bytes)
{
    enum om_sip_rest_state state = OM_SIP_REST_LOST;
    gboolean has_sip = found || (pinfo->ptype == PT_TCP && is_sip_port(pinfo));
    struct omapush_segment segment;
    struct om_sip_rest *rest;

    *followed = NULL;
    *bytes = NULL;
    if (pinfo->ptype != PT_TCP || (!has_sip && !g_hash_table_size(omapush_capture()->sip_rests)) ||
        !omapush_tcp_segment(frame, pinfo, &segment) || !segment.announced)
        return OMAPUSH_SIP_BUFFERS;
    rest = rest_of(pinfo, &segment, has_sip);
    if (!rest)
        return OMAPUSH_SIP_BUFFERS;
    /* Of a segment that the capture cut stock shows the beginning. Another copy of it may be whole. */
    if ((guint32) segment.length < segment.announced)
        return OMAPUSH_SIP_BUFFERS;
    if (segment.length > 0)
        state = om_sip_rest_add(rest, segment.sent_seq, segment_bytes(&segment));
    if (state == OM_SIP_REST_WHOLE) {
        *followed = rest;
        return whole(&segment, rest, bytes);
    }
    if (state == OM_SIP_REST_WAITS && !(found && stock_has_more(frame, &segment, rest)))
        return OMAPUSH_SIP_NOWHERE;
    if (state != OM_SIP_REST_NONE)
        forget(pinfo);
    return OMAPUSH_SIP_BUFFERS;
}

void
omapush_sip_segments_handoff(void)
{
    tcp_ports = find_dissector_table("tcp.port");
    sip_handle = find_dissector("sip.tcp");
}
