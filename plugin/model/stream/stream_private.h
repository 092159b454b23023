/* stream_private.h
 * What the files of the stream share.
 *
 *   stream.c        sequence numbers and positions
 *   stream_holes.c  which holes there are; guesses made again
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
    struct om_framer *live; /**< stands behind the last byte seen */
    GPtrArray *holes;       /**< struct om_hole *, oldest first; NULL before the first gap */
    guint64 replayed;       /**< bytes that were framed again because a guess was wrong */
    gboolean placed;        /**< `next` is known */
    guint32 next;           /**< sequence number that follows on */
};

/** The newest hole, NULL where there is none. */
struct om_hole *om_stream_newest_hole(const struct om_stream *stream);
void om_stream_drop_holes(struct om_stream *stream);

/** `length` bytes are missing where the live framer stands: it goes on behind them. */
void om_stream_gap(struct om_stream *stream, guint64 length);
/** Bytes that follow on. */
void om_stream_feed(struct om_stream *stream, struct om_slice bytes);
/** Old bytes: those that were missing are taken. @return offset of the first of them, or bytes.l */
gsize om_stream_fill(struct om_stream *stream, om_position at, struct om_slice bytes);
/** Gives up the oldest holes where there are too many gaps. */
void om_stream_limit_holes(struct om_stream *stream);
/** The live framer's bytes end here: so does the newest hole. @return TRUE where a message was cut off */
gboolean om_stream_finish_live(struct om_stream *stream);

/** For the live framer, and one that guesses. User: the stream. */
extern const struct om_framer_sink om_stream_sink;

/** Tells what was told of the known bytes in [from, to) as junk behind a loss. */
void om_hole_tell_junk(const struct om_hole *hole, om_position from, om_position to);

#endif
