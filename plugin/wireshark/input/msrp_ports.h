/* msrp_ports.h
 * Which connections are handed to the MSRP dissectors, which stand above this room and are known by name here.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_MSRP_PORTS_H
#define OMAPUSH_MSRP_PORTS_H

#include "wireshark/glue/frame.h"

#include <epan/range.h>

#define OMAPUSH_TCP_DISSECTOR "omapush"
#define OMAPUSH_TLS_DISSECTOR "omapush.tls"

/** The dissectors are registered: nothing is handed over before. */
void omapush_msrp_ports_handoff(void);

/** Takes over these TCP and TLS ports, gives those before back. */
void omapush_msrp_ports(const range_t *ports);

/** A capture begins: ports that Decode As gives to the stock MSRP dissector are ours. */
void omapush_msrp_claim(void);

/** Hands the connections to and from this address over from this frame on (SDP announced it). */
void omapush_msrp_announced(packet_info *pinfo, const address *host, guint16 port);

/** Hands this packet's connection over from here on. */
void omapush_msrp_hand_over(packet_info *pinfo);

/** Do these bytes begin as HTTP does, or are they the beginning of that? */
gboolean omapush_is_http(struct om_slice bytes);

/** Gives this packet's connection to stock's HTTP dissector, from here on. Returns what that returns. */
int omapush_http_hand_over(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *tcpinfo);

#endif
