/* tcp_segment.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "tcp_segment.h"

#include "exported_pdu.h"
#include "packet_buffers.h"

/** SYN-ACK, in TCP's conversation completeness (packet-tcp.c names the bits, its header does not). */
#define TCP_TAKEN 0x02

/* The header (RFC 9293 section 3.1). */
#define HEADER_MIN     20
#define SEQ_AT         4
#define ACK_AT         8
#define DATA_OFFSET_AT 12
#define FLAGS_AT       13

static gboolean
is_header(tvbuff_t *tvb, const packet_info *pinfo)
{
    return tvb_captured_length(tvb) >= HEADER_MIN && tvb_get_ntohs(tvb, 0) == pinfo->srcport &&
           tvb_get_ntohs(tvb, 2) == pinfo->destport;
}

static gboolean
same_place(tvbuff_t *a, tvbuff_t *b)
{
    return tvb_get_ds_tvb(a) == tvb_get_ds_tvb(b) && tvb_raw_offset(a) == tvb_raw_offset(b);
}

/* The one buffer that TCP was given, or NULL. */
static tvbuff_t *
only_header(tvbuff_t *frame, const packet_info *pinfo)
{
    tvbuff_t *found = NULL;

    for (tvbuff_t *tvb = frame; tvb; tvb = omapush_buffer_next(tvb)) {
        if (!is_header(tvb, pinfo))
            continue;
        if (found && !same_place(found, tvb))
            return NULL;
        found = tvb;
    }
    return found;
}

static void
read_numbers(tvbuff_t *tvb, packet_info *pinfo, struct omapush_segment *segment)
{
    const struct tcp_analysis *analysis = omapush_capture()->tcp_absolute ? NULL : om_tcp_analysis(pinfo);

    segment->seq = tvb_get_ntohl(tvb, SEQ_AT);
    segment->ack = tvb_get_ntohl(tvb, ACK_AT);
    if (!analysis || !analysis->fwd || !analysis->rev)
        return;
    segment->seq -= analysis->fwd->base_seq;
    segment->ack -= analysis->rev->base_seq;
}

gboolean
omapush_tcp_segment(tvbuff_t *frame, packet_info *pinfo, struct omapush_segment *segment)
{
    tvbuff_t *tvb;
    guint header_length, length;

    if (omapush_is_exported(pinfo))
        return omapush_exported_segment(frame, segment);
    tvb = only_header(frame, pinfo);
    if (!tvb)
        return FALSE;
    header_length = (guint) (tvb_get_uint8(tvb, DATA_OFFSET_AT) >> 4) * 4;
    length = tvb_reported_length(tvb);
    if (header_length < HEADER_MIN || header_length > length)
        return FALSE;
    segment->source = tvb_get_ds_tvb(tvb);
    segment->header = tvb_raw_offset(tvb);
    segment->begin = segment->header + (gint) header_length;
    segment->announced = length - header_length;
    segment->length = MAX(0, (gint) tvb_captured_length(tvb) - (gint) header_length);
    segment->flags = tvb_get_uint8(tvb, FLAGS_AT);
    segment->sent_seq = tvb_get_ntohl(tvb, SEQ_AT);
    segment->sent_ack = tvb_get_ntohl(tvb, ACK_AT);
    segment->seq = segment->ack = 0;
    if (!PINFO_FD_VISITED(pinfo))
        read_numbers(tvb, pinfo, segment);
    return TRUE;
}

gboolean
omapush_tcp_numbers(packet_info *pinfo, guint32 seq)
{
    const struct tcp_analysis *analysis = om_tcp_analysis(pinfo);
    tvbuff_t *frame = pinfo->data_src ? get_data_source_tvb(pinfo->data_src->data) : NULL;
    tvbuff_t *tvb = frame ? only_header(frame, pinfo) : NULL;

    /* What begins at 0 looks the same either way. */
    if (!tvb || !analysis || !analysis->fwd || !analysis->fwd->base_seq)
        return FALSE;
    omapush_capture()->tcp_absolute = tvb_get_ntohl(tvb, SEQ_AT) == seq;
    return TRUE;
}

gboolean
omapush_tcp_was_taken(packet_info *pinfo, conversation_t *conversation)
{
    const struct tcp_analysis *analysis = conversation ? om_tcp_analysis_of(conversation) : NULL;

    return analysis && (analysis->conversation_completeness & TCP_TAKEN) && analysis->server_port == pinfo->destport &&
           pinfo->srcport != pinfo->destport;
}
