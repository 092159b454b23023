/* session_view.h
 * Session as a user asks for it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_SESSION_VIEW_H
#define OMAPUSH_SESSION_VIEW_H

#include "wireshark/glue/frame.h"

void omapush_session_view_register(void);

/** Session with its ends and its links. Returns the item it made in `tree`. */
proto_item *omapush_session_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_session *session);

#endif
