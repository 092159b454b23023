/* announced.h
 * Addresses that SDP announces for MSRP: their connections are handed over. Those of host names cannot be
 * known: there a connection from or to an announced port is handed over once it begins like MSRP.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_ANNOUNCED_H
#define OMAPUSH_ANNOUNCED_H

#include "wireshark/glue/frame.h"

#include "core/sip/sip_msg.h"

/** At the first visit of a frame with SIP: for every MSRP m-line, the path's first URI and the c= and m= lines. */
void omapush_announce(packet_info *pinfo, const struct om_sip_msg *msg);

/** Is this packet from or to a port that was announced, be it at another host? */
gboolean omapush_port_announced(const packet_info *pinfo);

#endif
