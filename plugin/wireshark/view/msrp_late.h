/* msrp_late.h
 * MSRP bytes that the stock dissectors keep from their subdissectors: TCP segments out of
 * order or retransmitted, and WebSocket messages in or behind fragments.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_MSRP_LATE_H
#define OMAPUSH_MSRP_LATE_H

#include "wireshark/glue/frame.h"

/**
 * Called once all other dissectors have seen the frame. Also notes the end of a connection.
 * @param tvb the frame
 */
void omapush_msrp_late(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree);

/** The stock dissector handed over a whole WebSocket message, decompressed where it was compressed. */
void omapush_ws_handed(packet_info *pinfo, tvbuff_t *tvb);

#endif
