/* object_view.h
 * Object as a user asks for it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_OBJECT_VIEW_H
#define OMAPUSH_OBJECT_VIEW_H

#include "wireshark/glue/frame.h"

void omapush_object_view_register(void);

/* These return the item they made in `tree`. */

/** Object with its frames, state, verification and verdict as known now. */
/** @param ends  its last chunk ends in this frame, with what is viewed */
proto_item *omapush_object_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, struct om_object *object,
                                gboolean ends);
/** On frames before its last: number and name, and what became of it where that is known. */
proto_item *omapush_object_link(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, struct om_object *object);

#endif
