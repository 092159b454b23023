/* ways.h
 * TCP connections to addresses that SDP negotiated, followed from the SYN: how far did it come where nothing was sent?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_WAYS_H
#define OM_WAYS_H

#include "model/base/context.h"
#include "session_ask.h"
#include "way_events.h"

/** What the payload begins like. */
enum om_way_bytes { OM_WAY_NOTHING, OM_WAY_MSRP, OM_WAY_TLS, OM_WAY_HTTP, OM_WAY_OTHER };

/** One connection, or the try to open it. Owned by its ways; frames are 0 where there is none. */
struct om_way {
    const char *hosts[2]; /**< interned */
    guint16 ports[2];
    gint opener; /**< which of the two sent the SYN; -1: not seen */
    guint32 syn_seq;
    guint syns;
    guint32 syn_frame, last_syn_frame;
    gint64 syn_time, last_syn_time;
    guint32 answered_frame;  /**< the SYN-ACK */
    guint32 connected_frame; /**< what its opener sent then */
    guint32 rst_frame;
    gint rst_by; /**< valid with rst_frame */
    guint32 fin_frame;
    guint32 first_frame, last_frame;
    gboolean seen[2]; /**< anything of this side */
    guint32 next[2];  /**< sequence number behind the last byte of it; valid where seen */
    enum om_way_bytes bytes;
    guint32 bytes_frame; /**< of the first payload */
    guint32
        lost_frame; /**< the first one behind bytes that are not in the capture, or come behind their acknowledgement */
    guint64 lost[2];   /**< bytes, of each side */
    guint32 cut_frame; /**< the first frame whose payload the capture cut */
};

/** Owned by the sessions. A few hundred bytes for each connection, and no more connections than OM_WAYS_MAX. */
struct om_ways;
#define OM_WAYS_MAX 16384

struct om_ways *om_ways_new(void);
void om_ways_free(struct om_ways *ways);

/** One segment, in order of frames. O(1). */
void om_ways_segment(struct om_ways *ways, struct om_context *context, const struct om_frame *frame,
                     const struct om_tcp_segment *segment);

/**
 * Connections from or to where this section's path begins, in order of first frame; those to its port where the path
 * has a host name.
 * @return const struct om_way *, borrowed; NULL: none
 */
const GPtrArray *om_ways_to(const struct om_ways *ways, const struct om_media *media);

/**
 * The first frame of this connection behind bytes that the capture lost; 0: it is not followed, or nothing was.
 * @param lost  so many by the frame's source, and by its destination
 */
guint32 om_ways_lost(const struct om_ways *ways, const struct om_frame *frame, guint64 lost[2]);

/** Refused before it was open? */
gboolean om_way_is_refused(const struct om_way *way);
gboolean om_way_is_open(const struct om_way *way);

#endif
