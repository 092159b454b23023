/* sip_segments.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_segments.h"

#include "../model/sip_rest.h"
#include "msrp_carrier.h"
#include "packet_buffers.h"
#include "tcp_segment.h"

/* NULL where the packet has no conversation. */
static gpointer
direction_key(packet_info *pinfo)
{
    conversation_t *conversation = find_conversation_pinfo(pinfo, 0);

    return conversation ? GUINT_TO_POINTER(2 * conversation->conv_index + 1 + omapush_direction(pinfo)) : NULL;
}

static struct om_slice
segment_bytes(const struct omapush_segment *segment)
{
    return om_slice(tvb_get_ptr(segment->source, segment->begin, segment->length), (gsize) segment->length);
}

/* Of a segment that was captured whole. */
static gboolean
whole_segment(tvbuff_t *frame, packet_info *pinfo, struct omapush_segment *segment)
{
    return pinfo->ptype == PT_TCP && omapush_tcp_segment(frame, pinfo, segment) && segment->length > 0 &&
           (guint32) segment->length == segment->announced;
}

void
omapush_sip_keep(tvbuff_t *frame, packet_info *pinfo, tvbuff_t *source, gint start)
{
    gint end = (gint) tvb_captured_length(source);
    struct omapush_segment segment;
    struct om_slice bytes;
    gpointer key;

    if (!whole_segment(frame, pinfo, &segment))
        return;
    bytes = segment_bytes(&segment);
    if (source == segment.source)
        end = segment.begin + segment.length;
    else if (end < segment.length || tvb_memeql(source, end - segment.length, (const guint8 *) bytes.p, bytes.l) != 0)
        return;
    key = direction_key(pinfo);
    if (!key || start >= end)
        return;
    bytes = om_slice(tvb_get_ptr(source, start, end - start), (gsize) (end - start));
    g_hash_table_insert(omapush_registry()->sip_rests, key, om_sip_rest_new(bytes, segment.seq + segment.announced));
}

/* Has stock put this message together? */
static gboolean
stock_has(tvbuff_t *frame, tvbuff_t *segment, struct om_slice message)
{
    return omapush_buffer_begins(frame, segment, message, message.l);
}

enum omapush_sip_place
omapush_sip_follow(tvbuff_t *frame, packet_info *pinfo, gboolean dissected, GBytes **rest)
{
    GHashTable *waiting = omapush_registry()->sip_rests;
    struct omapush_segment segment;
    enum om_sip_rest_state state;
    struct om_sip_rest *waits;
    struct om_slice bytes;
    gpointer key;

    *rest = NULL;
    if (!g_hash_table_size(waiting) || pinfo->ptype != PT_TCP)
        return OMAPUSH_SIP_BUFFERS;
    key = direction_key(pinfo);
    waits = key ? g_hash_table_lookup(waiting, key) : NULL;
    if (!waits || !omapush_tcp_segment(frame, pinfo, &segment) || !segment.announced)
        return OMAPUSH_SIP_BUFFERS;
    state = whole_segment(frame, pinfo, &segment) ? om_sip_rest_add(waits, segment.seq, segment_bytes(&segment))
                                                  : OM_SIP_REST_LOST;
    if (state == OM_SIP_REST_WAITS)
        return OMAPUSH_SIP_BUFFERS;
    bytes = om_sip_rest_bytes(waits);
    if (state == OM_SIP_REST_LOST || (dissected && stock_has(frame, segment.source, om_sip_rest_message(waits)))) {
        g_hash_table_remove(waiting, key);
        return OMAPUSH_SIP_BUFFERS;
    }
    if (bytes.l > (gsize) segment.length)
        *rest = g_bytes_new(bytes.p, bytes.l);
    g_hash_table_insert(waiting, key, om_sip_rest_new(OM_SLICE_NULL, segment.seq + segment.announced));
    return *rest ? OMAPUSH_SIP_REST : OMAPUSH_SIP_SEGMENT;
}
