/* announced.h
 * Addresses that SDP announces for MSRP: their connections are handed over.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_ANNOUNCED_H
#define OMAPUSH_ANNOUNCED_H

#include "plugin.h"

#include "../core/sip_msg.h"

/** At the first visit of a frame with SIP: for every MSRP m-line whose path or c= line is an address. */
void omapush_announce(packet_info *pinfo, const struct om_sip_msg *msg);

#endif
