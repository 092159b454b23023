/* sip_nothing.h
 * Frames whose SIP is nothing to us, told by a glance: of an operator's capture nearly all.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_SIP_NOTHING_H
#define OMAPUSH_SIP_NOTHING_H

#include "wireshark/glue/frame.h"

/**
 * Is every SIP message of this frame of datagrams nothing to us? Then the model has been told that they pass. At the
 * first visit only.
 * @param frame  the tvb that a postdissector is given
 */
gboolean omapush_sip_is_nothing(tvbuff_t *frame, packet_info *pinfo);

#endif
