/* position.h
 * A place in one direction of a connection.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_POSITION_H
#define OM_POSITION_H

#include <glib.h>

/** A position in the stream: bytes since the first byte seen (which is 0), gaps counted. */
typedef guint64 om_position;

#endif
