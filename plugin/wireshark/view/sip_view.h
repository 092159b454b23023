/* sip_view.h
 * The push tree of a SIP message. Changes nothing in the model.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_SIP_VIEW_H
#define OMAPUSH_SIP_VIEW_H

#include "wireshark/glue/frame.h"

#include "sip_summary.h"

void omapush_sip_view_register(void);

/**
 * @param tvb  the buffer that the message stands in
 * @param at   where it begins there: slices of msg are highlighted by their offset
 */
void omapush_sip_view(tvbuff_t *tvb, gint at, packet_info *pinfo, proto_tree *tree, const struct om_sip_msg *msg,
                      const struct om_sip_record *record, const struct om_sip_start *start);

#endif
