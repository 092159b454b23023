/* sip_view.h
 * The push tree of a SIP message. Changes nothing in the model.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_SIP_VIEW_H
#define OMAPUSH_SIP_VIEW_H

#include "wireshark/glue/frame.h"

#include "wireshark/input/sip_input.h"
#include "wireshark/summary/sip_summary.h"

void omapush_sip_view_register(void);

/** What is thrown while it is drawn ends here, and is shown. @param record  is a push */
void omapush_sip_view(const struct omapush_sip_message *message, packet_info *pinfo, proto_tree *tree,
                      const struct om_sip_record *record, const struct om_sip_start *start);

#endif
