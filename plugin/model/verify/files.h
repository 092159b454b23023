/* files.h
 * What became of each offered file: the object that carried it, or why there is none.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_FILES_H
#define OM_FILES_H

#include "model/base/conclusion.h"
#include "model/session/session.h"

/** After the deliveries of all objects, and of sessions that were not accepted: of every file in an offer of a push
 * session. Adds SDP-REFUSED, FILE-NOT-SENT, FILE-NOT-SEEN. */
void om_files_conclude(const struct om_sessions *sessions, struct om_conclusion *conclusion);

#endif
