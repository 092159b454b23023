/* sides.h
 * Caller and callee of a push session: either may send.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_SIDES_H
#define OMAPUSH_SIDES_H

#include "model/model.h"

/** Of a session: who sent its INVITE, and who took it. */
enum omapush_side { OMAPUSH_SIDE_UNKNOWN, OMAPUSH_SIDE_CALLER, OMAPUSH_SIDE_CALLEE };

/** Whose path it is, by the SDP that announced it. @param session  or NULL. @param path  as sent, or NULL */
enum omapush_side omapush_side_of_path(const struct om_session *session, const char *path);

/** Address of the side that sends it, g_free() it: its URI in SIP, else the host of its MSRP path. NULL: not known. */
char *omapush_sender(const struct om_object *object);
/** The same of the side that it goes to. */
char *omapush_receiver(const struct om_object *object);
/** The host alone, as a name or an address; g_free() it. NULL: not known. */
char *omapush_sender_host(const struct om_object *object);

#endif
