/* way_events.h
 * A TCP segment to or from an address that SDP announced: a public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_WAY_EVENTS_H
#define OM_WAY_EVENTS_H

#include "core/text/slice.h"

enum om_tcp_flag { OM_SEGMENT_FIN = 0x01, OM_SEGMENT_SYN = 0x02, OM_SEGMENT_RST = 0x04, OM_SEGMENT_ACK = 0x10 };

/** As it stands in its header (RFC 9293 section 3.1): a plain record. */
struct om_tcp_segment {
    guint8 flags; /**< enum om_tcp_flag */
    guint32 seq;
    guint32 ack;
    guint32 length;        /**< payload bytes, also those that the capture cut off */
    struct om_slice bytes; /**< the payload as far as it was captured */
};

#endif
