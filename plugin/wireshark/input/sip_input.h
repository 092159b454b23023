/* sip_input.h
 * SIP messages into the model, from the bytes that stock took for SIP.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_SIP_INPUT_H
#define OMAPUSH_SIP_INPUT_H

#include "wireshark/glue/frame.h"

/** A frame that stock is done with. @param frame  the tvb that a postdissector is given */
void omapush_sip_read(tvbuff_t *frame, packet_info *pinfo, proto_tree *tree);

void omapush_sip_handoff(void);

#endif
