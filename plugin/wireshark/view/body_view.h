/* body_view.h
 * Envelopes and their contents in the tree; the media type application/vnd.oma.push.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_BODY_VIEW_H
#define OMAPUSH_BODY_VIEW_H

#include "wireshark/glue/frame.h"

void omapush_body_view_register(void);
void omapush_body_handoff(void);

/**
 * The whole object at its last frame, as a data source of its own: envelope, then
 * the content by the stock dissector of its media type, below `whole`.
 */
void omapush_object_body_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, proto_tree *whole,
                              struct om_object *object);

/**
 * The bytes of a body that came in one piece (MESSAGE, HTTP): `type` is its Content-Type.
 * @param dissected  what is not in an envelope was shown by its own dissector already
 */
void omapush_body_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, proto_tree *whole, struct om_slice type,
                       gboolean dissected);

/** Did a media_type dissector show a push body in this dissection of the frame already? */
gboolean omapush_body_shown(packet_info *pinfo);

#endif
