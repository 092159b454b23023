/* ws_frames.h
 * The WebSocket frames of a packet (RFC 6455 section 5.2), one by one.
 *
 * Stock puts fragments together, but not where the last frame is empty, and hands over nothing that follows a
 * fragment in the same packet.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_WS_FRAMES_H
#define OMAPUSH_WS_FRAMES_H

#include "core/msrp/ws_head.h"
#include "frame.h"

/** One frame. */
struct omapush_ws_frame {
    guint8 flags;  /**< its first octet: FIN, RSV1 to RSV3, opcode */
    tvbuff_t *tvb; /**< unmasked payload; NULL where it is empty or was not captured */
};

/**
 * The frames that the stock dissector found in this packet, in order.
 * @param frame the tvb that a postdissector is given
 * @return struct omapush_ws_frame, in pinfo's pool
 */
wmem_array_t *omapush_ws_frames(tvbuff_t *frame, packet_info *pinfo);

#endif
