/* wanted.h
 * Which items the postdissector finds in the tree of a first visit.
 *
 * Each one costs every frame of a capture, so TCP's numbers are asked for only from the
 * first MSRP connection on, or the first SDP that announces one.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_WANTED_H
#define OMAPUSH_WANTED_H

#include "plugin.h"

/**
 * Called once, at handoff. Takes the arrays.
 * @param always   field ids (int) that are wanted of every frame
 * @param segments those wanted besides, once there is a connection
 */
void omapush_wanted_fields(dissector_handle_t postdissector, GArray *always, GArray *segments);

/** A capture begins: there is no connection. */
void omapush_want_no_segments(void);

/** There is a connection, or there may be one soon. */
void omapush_want_segments(void);
gboolean omapush_segments_wanted(void);

#endif
