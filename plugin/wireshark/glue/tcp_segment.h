/* tcp_segment.h
 * The TCP segment of a frame, also where TCP kept it from its subdissectors. To look for it costs every frame:
 * capture.h has `tcp_watched`, on from the first MSRP connection or the first SDP that announces one.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_TCP_SEGMENT_H
#define OMAPUSH_TCP_SEGMENT_H

#include "frame.h"

/** The payload in its data source. */
struct omapush_segment {
    tvbuff_t *source;
    gint header; /**< where TCP's header begins */
    gint begin;
    gint length;       /**< as far as it was captured */
    guint32 announced; /**< length as IP has it */
    guint8 flags;
    guint32 sent_seq; /**< sequence number as it stands in the header */
    guint32 sent_ack; /**< the same; counts with the flag only */
    guint32 seq;      /**< as TCP hands it to its subdissectors; at the first visit only */
    guint32 ack;      /**< the same way; counts with the flag only */
};

#define OM_TCP_FIN 0x01
#define OM_TCP_RST 0x04
#define OM_TCP_ACK 0x10

/**
 * @param frame the tvb that a postdissector is given
 * @return FALSE where the frame has none, or several inside each other
 */
gboolean omapush_tcp_segment(tvbuff_t *frame, packet_info *pinfo, struct omapush_segment *segment);

/** A segment was handed over with this sequence number: does TCP count from the SYN, a preference of it? Notes it where
 * the segment's header tells.
 * @return FALSE where it does not tell */
gboolean omapush_tcp_numbers(packet_info *pinfo, guint32 seq);

/** Did this packet's destination take the connection with a SYN-ACK, which the capture has? conversation: may be NULL. */
gboolean omapush_tcp_was_taken(packet_info *pinfo, conversation_t *conversation);

#endif
