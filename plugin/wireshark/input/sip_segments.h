/* sip_segments.h
 * SIP on plain TCP, put together here from the segments (model/stream/sip_rest.h): stock does not always.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_SIP_SEGMENTS_H
#define OMAPUSH_SIP_SEGMENTS_H

#include "wireshark/glue/frame.h"

struct om_sip_rest;

/**
 * The frame's segment, behind what waits for it. A connection is followed from the first segment on in which stock found
 * SIP, or that has its port. At the first visit only.
 * @param frame     the tvb that a postdissector is given
 * @param found     stock found SIP on TCP in the frame, not inside TLS
 * @param followed  unless the place is OMAPUSH_SIP_BUFFERS or _NOWHERE: is to be told what of the bytes were messages
 * @param bytes     with OMAPUSH_SIP_REST: they begin with a whole message. g_bytes_unref() them.
 * @return where the messages of this frame stand; OMAPUSH_SIP_BUFFERS where that is left to stock
 */
enum omapush_sip_place omapush_sip_follow(tvbuff_t *frame, packet_info *pinfo, gboolean found,
                                          struct om_sip_rest **followed, GBytes **bytes);

void omapush_sip_segments_handoff(void);

#endif
