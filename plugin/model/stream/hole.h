/* hole.h
 * A hole in a stream: a gap, and the bytes behind it up to where framing is sure again.
 *
 * At a gap two framers part. The one that came to it ("lag") stays there, with its true state. A new one
 * goes on behind the gap by guess: in the open message's body, or looking for the next message. As long as
 * the guess may be wrong, the bytes behind the gap are kept too. When late segments fill the gap, the lag
 * framer eats them, and then
 *
 * - it arrives behind the gap in the body that the other one guessed: nothing else is to be done;
 * - it arrives there with another idea: what was told by guess is taken back, it eats the kept bytes and tells
 *   what they were, up to the place where the guessing framer found a message's beginning (or, where it has
 *   found none yet, to the end: then it takes its place);
 * - it comes to a second gap: the guess behind that is made again from what is known by now.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_HOLE_H
#define OM_HOLE_H

#include "framer.h"
#include "model/bytes/runs.h"

/** Bytes kept behind a gap; beyond it the guess is taken for right. */
#define OM_HOLE_BEHIND_LIMIT (64u << 10)
/** Bytes kept in all, with those that wait for others within the gap; beyond it the hole is given up. */
#define OM_HOLE_LIMIT (512u << 10)

#define OM_POSITION_OPEN G_MAXUINT64

/** Bytes that were missing when the framer went on behind them. */
struct om_gap {
    om_position begin, end; /**< begin: behind the last byte that was told as body */
};

/** Owned by its stream. */
struct om_hole {
    struct om_stream *stream;
    struct om_framer *lag; /**< all before it is told as it truly is */
    struct om_runs runs;   /**< known bytes behind the lag framer */
    GArray *gaps;          /**< struct om_gap, in order */
    guint current;         /**< of the gaps: the first one that is not settled */
    om_position until;     /**< the hole ends here; OM_POSITION_OPEN: not known yet */

    /* The guess: the bytes of [told_from, told_to) but for the gaps were told as this message's body. */
    void *message; /**< NULL: none */
    om_position told_from, told_to;
    om_position last_told; /**< behind the last body byte told */
    gboolean retracted;    /**< the guessing framer itself has just found it wrong */
    gboolean ended;        /**< the message was told to be over, its end lost, at `ended_at` */
    om_position ended_at;
    gboolean diverged; /**< the lag framer has seen the message's end */
};

/** Takes the lag framer, which comes to a gap. What is guessed behind it is the hole's as long as that is open. */
struct om_hole *om_hole_new(struct om_stream *stream, struct om_framer *lag);
void om_hole_free(struct om_hole *hole);

gboolean om_hole_is_open(const struct om_hole *hole);
const struct om_gap *om_hole_current_gap(const struct om_hole *hole);
/** Up to where what was told is true: the current gap, as far as it has been filled by now. */
om_position om_hole_truth(const struct om_hole *hole);
void om_hole_add_gap(struct om_hole *hole, om_position begin, om_position end);

/** Bytes behind the gap, as they come: kept as long as they may be needed. @return FALSE where they are too many */
gboolean om_hole_append(struct om_hole *hole, om_position at, struct om_slice bytes);

/**
 * Late bytes: keeps those that are missing.
 * @return offset of the first of them, or bytes.l
 */
gsize om_hole_fill(struct om_hole *hole, om_position at, struct om_slice bytes);

enum om_hole_outcome {
    OM_HOLE_WAITS,         /**< for more bytes */
    OM_HOLE_DONE,          /**< to be freed */
    OM_HOLE_REPLACES_LIVE, /**< the lag framer has come to the stream's end, the live one was wrong */
    OM_HOLE_GUESS_AGAIN,   /**< the lag framer waits for bytes, what was told behind them was a wrong guess */
    OM_HOLE_GIVE_UP,       /**< the guess was wrong, but the bytes that came behind are not there any more */
};

/** Lets the lag framer eat what it can. */
enum om_hole_outcome om_hole_advance(struct om_hole *hole);

/** As new, at the lag framer's place, without gaps: the guess begins anew. The known bytes are the caller's affair. */
void om_hole_reset(struct om_hole *hole);

#endif
