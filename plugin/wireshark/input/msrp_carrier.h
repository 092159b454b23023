/* msrp_carrier.h
 * The model's connection that a conversation carries.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_MSRP_CARRIER_H
#define OMAPUSH_MSRP_CARRIER_H

#include "wireshark/glue/frame.h"

/** Direction of this packet: 0 or 1, the same for a side throughout. */
guint omapush_direction(const packet_info *pinfo);

/**
 * The connection of this packet's conversation, made where there is none.
 * @param tcpinfo  what TCP hands its subdissectors, NULL on other carriers
 */
struct om_connection *omapush_connection(packet_info *pinfo, enum om_transport transport,
                                         const struct tcpinfo *tcpinfo);

/**
 * A sequence number as the first conversation of this connection counts it: TCP counts from the SYN of each.
 * @param forth  of the packet's own direction; else of the other one (an acknowledgement)
 */
guint32 omapush_sequence(const struct om_connection *connection, conversation_t *conversation, gboolean forth,
                         guint32 seq);

/** The connection where there is one, else NULL. */
struct om_connection *omapush_known_connection(packet_info *pinfo);

/** Makes this packet's conversation MSRP from here on. @param seq  of this segment */
struct om_connection *omapush_take_over(packet_info *pinfo, guint32 seq);

/** The stock dissector handed over a whole WebSocket message, decompressed where it was compressed. */
void omapush_ws_handed(packet_info *pinfo, tvbuff_t *tvb);
/** tvbuff_t * of those of this packet, NULL where there are none. */
wmem_list_t *omapush_ws_messages(packet_info *pinfo);

#endif
