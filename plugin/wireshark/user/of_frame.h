/* of_frame.h
 * Which session and which object a frame belongs to: what a user means who clicks on it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_OF_FRAME_H
#define OMAPUSH_OF_FRAME_H

#include "wireshark/glue/frame.h"

/** The first of each; NULL: of none. A session is one of pushes: it has an id. */
struct omapush_of_frame {
    const struct om_session *session;
    struct om_object *object;
};

/** @param record  of the frame, or NULL */
struct omapush_of_frame omapush_of_record(const struct om_frame_record *record);
/** Of its number. */
#define OMAPUSH_SESSION_FILTER "omapush.session.id == %u"

/* Display filters; g_free() them. NULL gives NULL. */
char *omapush_session_filter(const struct om_session *session);
char *omapush_object_filter(const struct om_object *object);

#endif
