/* follow.h
 * Follow, OMA Push: what was said in one push session, SIP and MSRP in their order.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_FOLLOW_H
#define OMAPUSH_FOLLOW_H

#include "wireshark/glue/frame.h"

void omapush_follow_register(void);

/**
 * Tells followers what the frame says; costs nothing where nobody follows.
 * @param messages  struct omapush_sip_message of the record's `sip`, or NULL
 * @param payloads  struct omapush_payload, or NULL
 */
void omapush_follow_tell(packet_info *pinfo, const struct om_frame_record *record, wmem_array_t *messages,
                         wmem_array_t *payloads);

#endif
