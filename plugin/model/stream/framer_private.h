/* framer_private.h
 * What the files of the framer share.
 *
 *   framer.c       the loop, start lines, heads, the end
 *   framer_body.c  bodies and their end-lines
 *   framer_seek.c  framing found again
 *   framer_gap.c   what a gap in the bytes means
 *   doubt.c        a place in a body where the message may have ended without its own end-line
 *   carried.c      what is remembered of a message while its body comes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_FRAMER_PRIVATE_H
#define OM_FRAMER_PRIVATE_H

#include "core/msrp/msrp_head_end.h"
#include "core/msrp/msrp_opening.h"
#include "carried.h"
#include "framer.h"

struct om_doubt;

struct om_framer {
    const struct om_framer_sink *sink;
    void *user;
    enum om_framer_state state;
    gboolean plain;           /**< inside a doubt: no doubts of its own */
    gboolean stopped;         /**< the sink wants no more */
    gboolean begun;           /**< a message, or the search for one, has been */
    enum om_junk why;         /**< SEEK: of what the bytes passed over are */
    gboolean behind_end_line; /**< SEEK: directly behind a line of end-line form */

    om_position position;     /**< of the first undecided byte */
    GByteArray *kept;         /**< the undecided bytes; NULL where there are none */
    gsize searched;           /**< of the undecided bytes: no candidate begins before this offset */
    struct om_head_scan head; /**< HEAD */

    struct om_carried *carried; /**< BODY: the message; else the last one; NULL before the first */
    guint64 offset;             /**< BODY: of the first undecided byte */
    gboolean guessed;           /**< BODY: behind a gap that may have held the end-line */
    gboolean gap_edge;          /**< BODY: the first undecided byte follows a gap directly */
    guint64 gap_offset;         /**< BODY, guessed: where the (first) gap begins */
    struct om_doubt *doubt;     /**< BODY: may have ended where the undecided bytes begin */
};

/** Passes over the first n bytes of the undecided ones. */
void om_framer_take(struct om_framer *framer, struct om_slice *rest, gsize n);
void om_framer_enter(struct om_framer *framer, enum om_framer_state state);
void om_framer_junk(struct om_framer *framer, enum om_junk why, struct om_slice *rest, gsize n);
/** Tells the end of the carried message; the framer is then between messages. */
void om_framer_end(struct om_framer *framer, const struct om_message_end *info, om_position end);

/** Each state's step: eats of `rest`. @return FALSE where it needs more bytes */
gboolean om_framer_body_step(struct om_framer *framer, struct om_slice *rest, gboolean last);
gboolean om_framer_seek_step(struct om_framer *framer, struct om_slice *rest, gboolean last);

/** The next place that is worth a look. Begin with all zero. */
struct om_finder {
    gboolean dashes_known, start_known;
    gssize dashes, start;
    gsize dashes_end;
};
enum om_found { OM_FOUND_NONE, OM_FOUND_DASHES, OM_FOUND_START };
/**
 * @param starts  look for "MSRP " too
 * @param at      out: the run of dashes, or the "MSRP "
 * @param end     out: behind the run of dashes
 */
enum om_found om_finder_next(struct om_finder *finder, struct om_slice bytes, gsize from, gboolean starts, gsize *at,
                             gsize *end);
/** Length of the bytes at the end that may become a run of dashes or "MSRP ", and of the line end before them. */
gsize om_finder_tail(struct om_slice bytes, gboolean starts);

/** The line end before `at`: its length, 0 where there is none. */
gsize om_line_end_before(struct om_slice bytes, gsize at);

/** Looks for the message's own end-line from framer->searched on; moves that. at: where it begins, also for MORE. */
enum om_match om_framer_find_own(struct om_framer *framer, struct om_slice bytes, gboolean last, gsize *at,
                                 struct om_end_line *line);
/** Body before `at`, then the end-line there: the message is over. */
void om_framer_take_end_line(struct om_framer *framer, struct om_slice *rest, gsize at, const struct om_end_line *line,
                             gboolean other_id);

/** The bytes end in the body: so does the message. */
void om_framer_cut_body(struct om_framer *framer, struct om_slice *rest);

/** Tells the first n of the undecided bytes as body. @return FALSE where they prove that the message was over before */
gboolean om_framer_body(struct om_framer *framer, struct om_slice *rest, gsize n);

#endif
