/* stream_private.h
 * What the files of the stream share.
 *
 *   stream.c        sequence numbers and positions
 *   stream_gaps.c   what waits behind a gap, gaps that are passed or lost, late bytes
 *   waiting.c       bytes that wait for missing ones before them
 *   framer*.c       bytes in order into messages
 *   stream_probe.c  for heuristics
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_STREAM_PRIVATE_H
#define OM_STREAM_PRIVATE_H

#include "framer.h"
#include "model/bytes/ranges.h"
#include "waiting.h"

/** Bytes and segments that wait; beyond it the gap before them is lost. */
#define OM_WAITING_SIZE_MAX     (512u << 10)
#define OM_WAITING_SEGMENTS_MAX 1024
/** Segments of the connection that may come until bytes are there that were acknowledged. */
#define OM_PATIENCE 16
/** Messages with gaps in their bodies that late bytes may fill; the oldest ones are forgotten beyond it. */
#define OM_LATE_MAX 256

/** A message with gaps in its body. */
struct om_late {
    om_position from; /**< its first gap */
    struct om_framed *framed;
};

struct om_stream {
    struct om_framer *framer;
    gboolean placed; /**< `next` is known */
    guint32 next;    /**< sequence number that follows on */
    om_position end; /**< its position: behind the last byte seen */
    struct om_waiting waiting;
    om_position acknowledged;
    gboolean closing;
    guint segments;            /**< of the connection, so far, and one */
    struct om_ranges *missing; /**< positions that late bytes may fill; NULL: none ever */
    GArray *late;              /**< struct om_late, by position: whose they are */
};

void om_stream_gaps_clear(struct om_stream *stream);

/** Bytes behind all that is framed. @return offset of the first new one, or bytes.l */
gsize om_stream_append(struct om_stream *stream, om_position at, struct om_slice bytes);
/** Bytes before what is framed next. @return offset of the first one that was missing, or bytes.l */
gsize om_stream_fill(struct om_stream *stream, om_position at, struct om_slice bytes);
/** All gaps before what waits are lost. */
void om_stream_lose_gaps(struct om_stream *stream);

#endif
