/* frame_time.h
 * Times as the model counts them: nanoseconds since the epoch. A public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_FRAME_TIME_H
#define OM_FRAME_TIME_H

#include <glib.h>

/** First and last time that the model knows (1897 and 2189): no difference of two of them overflows. */
#define OM_TIME_MIN (-(G_MAXINT64 / 4))
#define OM_TIME_MAX (G_MAXINT64 - G_MAXINT64 / 4)

/** Nanoseconds for what a capture says, whatever that is: times before the first or behind the last one are those. */
gint64 om_frame_time(gint64 seconds, gint64 nanoseconds);

#endif
