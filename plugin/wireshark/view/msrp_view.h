/* msrp_view.h
 * What one MSRP payload holds, in tree and columns. Changes nothing in the model.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_MSRP_VIEW_H
#define OMAPUSH_MSRP_VIEW_H

#include "wireshark/glue/frame.h"

#include "wireshark/input/msrp_late.h"

void omapush_msrp_view_register(void);

/**
 * As stock shows it, and in the columns; what it is for a push waits for the end of the frame. What is thrown while it
 * is drawn ends here, and is shown: the payloads behind it are still to come.
 */
void omapush_msrp_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call);
/** The same for what is read once the frame is dissected: stock may have shown it, such as a PDU of an exported capture. */
void omapush_msrp_late_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call);
/** What all of them were for pushes, once the frame is read: its item stands behind all of MSRP's. */
void omapush_msrp_pushes_view(packet_info *pinfo, proto_tree *tree);
/** struct omapush_payload, those of the frame that were drawn so far with a tree, in order; NULL: none. */
wmem_array_t *omapush_msrp_shown(packet_info *pinfo);

#endif
