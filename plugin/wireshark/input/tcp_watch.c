/* tcp_watch.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "tcp_watch.h"

#include "wireshark/glue/tcp_segment.h"

/** Where an active side listens at nothing (RFC 6135 section 4.2.1, after RFC 4145). */
#define PORT_DISCARD 9

void
omapush_tcp_watch_port(guint port)
{
    if (port == 0 || port > G_MAXUINT16 || port == PORT_DISCARD)
        return;
    omapush_capture()->way_ports[port / 8] |= (guint8) (1 << port % 8);
    omapush_capture()->ways_watched = TRUE;
}

static gboolean
is_watched(guint32 port)
{
    return port <= G_MAXUINT16 && (omapush_capture()->way_ports[port / 8] >> (port % 8) & 1);
}

gboolean
omapush_tcp_is_watched(const packet_info *pinfo)
{
    return omapush_capture()->ways_watched && (is_watched(pinfo->srcport) || is_watched(pinfo->destport));
}

void
omapush_tcp_watch(tvbuff_t *frame, packet_info *pinfo)
{
    struct omapush_segment segment;
    struct om_tcp_segment told;
    struct om_frame where;

    if (pinfo->ptype != PT_TCP || PINFO_FD_VISITED(pinfo) || !omapush_tcp_is_watched(pinfo) ||
        !omapush_tcp_segment(frame, pinfo, &segment))
        return;
    omapush_frame(pinfo, &where);
    told = (struct om_tcp_segment){
        .flags = segment.flags, .seq = segment.sent_seq, .ack = segment.sent_ack, .length = segment.announced};
    if (segment.length > 0)
        told.bytes = om_slice(tvb_get_ptr(segment.source, segment.begin, segment.length), (gsize) segment.length);
    om_model_segment(omapush_model(), &where, &told);
}
