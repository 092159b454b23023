/* msrp_stock.h
 * One MSRP message shown by the stock dissector, so that all msrp.* fields work.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_MSRP_STOCK_H
#define OMAPUSH_MSRP_STOCK_H

#include "wireshark/glue/frame.h"

void omapush_msrp_stock_register(void);

/**
 * The stock dissector sees head and end-line; the body is shown here, since stock takes the first
 * line of dashes for its end. A message over several payloads gets a data source of its own. Where nobody looks at
 * msrp.* fields there is the protocol's item alone.
 */
void omapush_msrp_stock(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call,
                        const struct om_piece *piece);

/** Has stock's own dissector been called for this frame? */
gboolean omapush_msrp_stock_shown(packet_info *pinfo);

/** The message's body in this payload, or a copy where it spans (at most 64 KB of it); NULL where there is none. */
tvbuff_t *omapush_message_body(tvbuff_t *tvb, packet_info *pinfo, const struct om_payload *call,
                               const struct om_piece *piece);

#endif
