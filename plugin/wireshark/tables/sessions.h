/* sessions.h
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_SESSIONS_H
#define OMAPUSH_SESSIONS_H

/** The table of sessions. */
void omapush_sessions_register(void);

#endif
