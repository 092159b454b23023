/* foreign.h
 * Calls of dissectors that are not ours, amid work of ours: what they throw ends with them and is shown as they would
 * have it shown, and columns stay ours.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_FOREIGN_H
#define OMAPUSH_FOREIGN_H

#include "frame.h"

void omapush_foreign_handoff(void);

void omapush_call_foreign(dissector_handle_t handle, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree);

/** The dissector of a media type, given its parameters. @return FALSE where there is none or it wants nothing of it */
gboolean omapush_call_media(struct om_slice content_type, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree);

/** Did the dissector of this media type see the frame? */
gboolean omapush_media_seen(struct om_slice content_type, packet_info *pinfo);

/** "type/subtype" in the letters that the media type's table has. Of the frame's pool. */
const char *omapush_media_key(struct om_slice content_type, packet_info *pinfo);

#endif
