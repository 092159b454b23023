/* msrp_input.h
 * MSRP payloads from TCP, TLS and WebSocket into the model, and their view.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_MSRP_INPUT_H
#define OMAPUSH_MSRP_INPUT_H

#include "wireshark/glue/frame.h"

#include <epan/range.h>

void omapush_msrp_register(void);
void omapush_msrp_handoff(void);

/** Takes over these TCP and TLS ports, gives those before back. */
void omapush_msrp_ports(const range_t *ports);

/** A capture begins: ports that Decode As gives to the stock MSRP dissector are ours. */
void omapush_msrp_claim(void);

/** Hands the connections to and from this address over from this frame on (SDP announced it). */
void omapush_msrp_announced(packet_info *pinfo, const address *host, guint16 port);

/** Makes this packet's conversation MSRP from here on. @param seq  of this segment */
struct om_connection *omapush_msrp_take_over(packet_info *pinfo, guint32 seq);

#endif
