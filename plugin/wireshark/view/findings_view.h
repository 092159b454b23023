/* findings_view.h
 * Findings of a frame as items and expert infos.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_FINDINGS_VIEW_H
#define OMAPUSH_FINDINGS_VIEW_H

#include "wireshark/glue/frame.h"

void omapush_findings_view_register(void);

/** All findings of this frame, once a dissection, into its first push tree (into `tree` where there is none). */
void omapush_findings_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree);

/** The tree that findings go into: the frame's first push tree. */
void omapush_findings_into(packet_info *pinfo, proto_tree *push_tree);
/** Where in it: behind this item of the push tree, so that what is wrong stands before the details. */
void omapush_findings_behind(packet_info *pinfo, const proto_tree *push_tree, proto_item *item);

#endif
