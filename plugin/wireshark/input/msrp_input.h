/* msrp_input.h
 * MSRP payloads that TCP and TLS hand over, into the model.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_MSRP_INPUT_H
#define OMAPUSH_MSRP_INPUT_H

#include "wireshark/glue/frame.h"

/**
 * The first visit tells the model; later ones look up what that was, by the order of the frame's payloads.
 * @param tcpinfo  what TCP hands its subdissectors, NULL on other carriers
 * @return what the payload holds, owned by the model; NULL where the first visit did not see it
 */
struct om_payload *omapush_msrp_feed(tvbuff_t *tvb, packet_info *pinfo, enum om_transport transport,
                                     const struct tcpinfo *tcpinfo);

#endif
