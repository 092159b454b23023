/* findings_view.h
 * Findings of a frame as items and expert infos.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_FINDINGS_VIEW_H
#define OMAPUSH_FINDINGS_VIEW_H

#include "wireshark/glue/frame.h"

void omapush_findings_view_register(void);

/**
 * All findings of this frame, with a tree or without one: once a dissection, when the frame is read.
 * @param tvb   the frame's
 * @param tree  the frame's, or NULL: then there are the expert infos alone
 */
void omapush_findings_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree);

#endif
