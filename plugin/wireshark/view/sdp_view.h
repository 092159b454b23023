/* sdp_view.h
 * The MSRP m-lines of an SDP in the push tree.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_SDP_VIEW_H
#define OMAPUSH_SDP_VIEW_H

#include "wireshark/glue/frame.h"

void omapush_sdp_view_register(void);

/** @param start  where `text` begins in tvb */
void omapush_sdp_view(tvbuff_t *tvb, gint start, packet_info *pinfo, proto_tree *tree, struct om_slice text);

#endif
