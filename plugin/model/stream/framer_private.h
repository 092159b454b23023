/* framer_private.h
 * What the files of the framer share.
 *
 *   framer.c        the loop, start lines, heads, the end
 *   framer_body.c   bodies and their end-lines
 *   framer_seek.c   framing found again
 *   framer_gap.c    what a gap in the bytes means
 *   possible_end.c  a place in a body where the message may have ended without its own end-line
 *   framed.c        what is remembered of a message while its body comes
 *   held.c          body bytes that are held back
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_FRAMER_PRIVATE_H
#define OM_FRAMER_PRIVATE_H

#include "core/msrp/msrp_head_end.h"
#include "framer.h"
#include "held.h"

/** Bytes of one body that are held back behind a gap that may have held its end; such a body is held in memory
 * anyway. */
#define OM_HELD_LIMIT (64u << 20)
/** The same of bytes beyond the announced end. */
#define OM_BEYOND_LIMIT (256u << 10)

struct om_possible_end;

struct om_framer {
    const struct om_stream_handler *handler;
    void *user;
    enum om_framer_state state;
    gboolean plain;           /**< on trial for a possible end: has none of its own, holds nothing back */
    gboolean stopped;         /**< the handler wants no more */
    gboolean settling;        /**< om_framer_settle() */
    gboolean begun;           /**< a message, or the search for one, has been */
    enum om_junk why;         /**< SEEK: of what the bytes passed over are */
    gboolean behind_end_line; /**< SEEK: directly behind a line of end-line form */

    om_position position;     /**< of the first undecided byte */
    GByteArray *kept;         /**< the undecided bytes; NULL where there are none */
    gsize searched;           /**< of the undecided bytes: no candidate begins before this offset */
    struct om_head_scan head; /**< HEAD */

    /* Where a start line is one for certain, whatever stood before it. */
    om_position edge;     /**< the beginning of a segment */
    om_position gap_end;  /**< behind the last gap */
    om_position tail_end; /**< behind what the last gap left of an end-line */

    struct om_framed *framed; /**< BODY: the message; else the last one; NULL before the first */
    guint64 offset;           /**< BODY: of the first undecided byte */
    guint64 told;             /**< BODY: so far all is told: as body, or as lost */
    gboolean unsure;          /**< BODY: behind a gap that may have held the end-line: bytes are held back */
    gboolean overfull;        /**< BODY, unsure: too many: they are told as junk */
    gboolean foreign;         /**< BODY: a line with the form of another message's end-line is in it */
    gboolean beyond;          /**< BODY: too many beyond the announced end: they are the message's */
    guint64 gap_offset;       /**< BODY, unsure: what lies before it is the message's for certain */
    struct om_held held;      /**< BODY: from `told` on */
    struct om_possible_end *possible_end; /**< BODY: may have ended where the undecided bytes begin */
};

/** Passes over the first n bytes of the undecided ones. */
void om_framer_take(struct om_framer *framer, struct om_slice *rest, gsize n);
void om_framer_enter(struct om_framer *framer, enum om_framer_state state);
void om_framer_junk(struct om_framer *framer, enum om_junk why, struct om_slice *rest, gsize n);
/** Tells the end of the message, with what is missing of its body; the framer is then between messages. */
void om_framer_end(struct om_framer *framer, const struct om_message_end *info, om_position end);

/** Each state's step: eats of `rest`. @return FALSE where it needs more bytes */
gboolean om_framer_body_step(struct om_framer *framer, struct om_slice *rest, gboolean last);
gboolean om_framer_seek_step(struct om_framer *framer, struct om_slice *rest, gboolean last);

/** Is a start line at this place of the undecided bytes one for certain, if it has paths that are known? */
gboolean om_framer_sure_place(const struct om_framer *framer, gsize at);
/** Has this opening paths that the stream, or the handler, knows? */
gboolean om_framer_knows(const struct om_framer *framer, const struct om_msrp_opening *opening);
/** Directly behind a gap: notes where what it left of an end-line ends. @return FALSE where that needs more bytes */
gboolean om_framer_read_tail(struct om_framer *framer, struct om_slice rest, gboolean last);

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
/** The message is over where it was announced to be; what lies behind that, up to `at`, is garbage. */
void om_framer_end_as_announced(struct om_framer *framer, struct om_slice *rest, gsize at);
/** The end of the message was in the gap: what is held back was not of this message. */
void om_framer_end_in_gap(struct om_framer *framer);
/** What is held back is the message's, as far as its body goes. */
void om_framer_tell_held(struct om_framer *framer, guint64 length);
/** It is not. */
void om_framer_drop_held(struct om_framer *framer, enum om_junk why);

/** The bytes end in the body: so does the message. */
void om_framer_cut_body(struct om_framer *framer, struct om_slice *rest);

/** The first n of the undecided bytes are body. @return FALSE where they prove that the message was over before */
gboolean om_framer_body(struct om_framer *framer, struct om_slice *rest, gsize n);

#endif
