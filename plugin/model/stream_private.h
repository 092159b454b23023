/* stream_private.h
 * What the files of the stream share.
 *
 *   stream.c        sequence numbers and positions
 *   stream_sink.c   what the live framer tells, seen by the hole that it guesses for
 *   hole.c          gaps that may yet be filled
 *   runs.c          known bytes with missing ones between them
 *   framer*.c       contiguous bytes into messages
 *   stream_probe.c  for heuristics
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_STREAM_PRIVATE_H
#define OM_STREAM_PRIVATE_H

#include "hole.h"

/** Remembered gaps of a stream, over all its holes; the oldest hole is given up beyond it. */
#define OM_GAPS_MAX 64

struct om_stream {
    const struct om_stream_handler *handler;
    void *user;
    struct om_framer *live;    /**< stands behind the last byte seen */
    GPtrArray *holes;          /**< struct om_hole *, oldest first; NULL before the first gap */
    struct om_hole *guessing;  /**< a hole whose guess is made again, while it is */
    gboolean placed;           /**< `next` is known */
    guint32 next;              /**< sequence number that follows on */
};

/** The newest hole, NULL where there is none. */
struct om_hole *om_stream_newest_hole(const struct om_stream *stream);

/** For the live framer, and one that guesses. User: the stream. */
extern const struct om_framer_sink om_stream_sink;

/** Tells the known bytes of a hole in [from, to) as junk behind a loss. */
void om_hole_tell_junk(const struct om_hole *hole, om_position from, om_position to);

#endif
