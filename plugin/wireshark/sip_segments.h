/* sip_segments.h
 * SIP messages on TCP that stock does not put together: each waits for its next segment (model/sip_rest.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_SIP_SEGMENTS_H
#define OMAPUSH_SIP_SEGMENTS_H

#include "plugin.h"

/**
 * The message that begins at `start` and ends a segment goes on in the next one. At the first visit only.
 * @param frame   the tvb that a postdissector is given
 * @param source  where it was found; nothing is kept unless the frame's segment ends it
 */
void omapush_sip_keep(tvbuff_t *frame, packet_info *pinfo, tvbuff_t *source, gint start);

/**
 * The frame's segment, behind what waits for it. Behind a message that was put together here nothing does, but stock has
 * lost its place: the direction is followed on until stock puts one together again. At the first visit only.
 * @param dissected  stock found SIP in the frame
 * @param rest       with OMAPUSH_SIP_REST: bytes that begin with a whole message, to the segment's end. g_bytes_unref() it.
 * @return where the messages of this frame stand; OMAPUSH_SIP_BUFFERS unless one begins with the segment or with `rest`
 */
enum omapush_sip_place omapush_sip_follow(tvbuff_t *frame, packet_info *pinfo, gboolean dissected, GBytes **rest);

#endif
