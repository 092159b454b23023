/* msrp_late.h
 * MSRP bytes that the stock dissectors keep from their subdissectors: TCP segments out of
 * order or retransmitted, and WebSocket messages in or behind fragments.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_MSRP_LATE_H
#define OMAPUSH_MSRP_LATE_H

#include "wireshark/glue/frame.h"

/** A payload of the frame and what the model says of it. */
struct omapush_payload {
    tvbuff_t *tvb;
    const struct om_payload *call;
};

/**
 * Called once all other dissectors have seen the frame. The first visit tells the model; also how far a connection has
 * come and that it ended.
 * @param tvb  the frame
 * @return struct omapush_payload, in pinfo's pool; NULL where there are none
 */
wmem_array_t *omapush_msrp_late(tvbuff_t *tvb, packet_info *pinfo);

#endif
