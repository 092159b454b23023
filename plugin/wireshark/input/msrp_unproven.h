/* msrp_unproven.h
 * The first segments of a connection that may be MSRP: part of a start line, or bytes that came before the segment with
 * the start line did. Nothing is taken from stock for them. What proves MSRP brings them along.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_MSRP_UNPROVEN_H
#define OMAPUSH_MSRP_UNPROVEN_H

#include "wireshark/glue/frame.h"

/**
 * The bytes of a segment, with those before them that were held: of the packet's pool, or the bytes themselves.
 * @param seq  of the segment, as TCP hands it to subdissectors
 */
struct om_slice omapush_unproven_join(packet_info *pinfo, guint32 seq, struct om_slice bytes);

/** Holds the segment where it may be one of those; a few for each connection, and of few connections. First visit only. */
void omapush_unproven_hold(packet_info *pinfo, guint32 seq, struct om_slice bytes);

/** What was held of this packet's conversation goes to its connection, in the order in which it came. */
void omapush_unproven_feed(packet_info *pinfo, struct om_connection *connection);

#endif
