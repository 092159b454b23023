/* tcp_watch.h
 * Every TCP segment from or to an address that SDP announced for MSRP goes to the model, from the SYN on: where nothing is
 * sent it tells how far the peers came.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_TCP_WATCH_H
#define OMAPUSH_TCP_WATCH_H

#include "wireshark/glue/frame.h"

/** @param port  of an m-line or its path; one that stands for none is passed over */
void omapush_tcp_watch_port(guint port);

/** At the first visit of a frame. @param frame  the tvb that a postdissector is given */
void omapush_tcp_watch(tvbuff_t *frame, packet_info *pinfo);

/** Is this one of the ports that SDP announces for MSRP, over whatever? */
gboolean omapush_tcp_is_watched(const packet_info *pinfo);

#endif
