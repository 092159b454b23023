/* framer.h
 * Contiguous bytes into MSRP messages.
 *
 * A framer eats the bytes of one direction without gaps, cut anywhere, and tells
 * messages as they come. The rules of where a message ends, when more than its own
 * end-line could say so, stand in framer_body.c and doubt.c.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_FRAMER_H
#define OM_FRAMER_H

#include "stream.h"

/** What a framer tells, and to whom: as struct om_stream_handler, with the place of body bytes. */
struct om_framer_sink {
    void *(*begin)(void *user, const struct om_msrp_head *head, struct om_slice raw, om_position begin);
    void (*body)(void *user, void *message, guint64 offset, struct om_slice bytes, gboolean guessed, om_position at);
    void (*lost)(void *user, void *message, guint64 offset, guint64 length);
    void (*retract)(void *user, void *message, guint64 offset, om_position at);
    void (*end)(void *user, void *message, const struct om_message_end *info, om_position end);
    void (*junk)(void *user, enum om_junk why, struct om_slice bytes, om_position at);
};

enum om_framer_state {
    OM_FRAMER_BETWEEN, /**< a start line is due */
    OM_FRAMER_HEAD,
    OM_FRAMER_BODY,
    OM_FRAMER_SEEK, /**< framing is lost: looking for a start line */
};

struct om_framer;

/** At the beginning of a stream. */
struct om_framer *om_framer_new(const struct om_framer_sink *sink, void *user);
void om_framer_free(struct om_framer *framer);

/** From now on tells another. */
void om_framer_redirect(struct om_framer *framer, const struct om_framer_sink *sink, void *user);

/** The next bytes. Linear over all calls, however they are cut. */
void om_framer_push(struct om_framer *framer, struct om_slice bytes);

/** No more bytes come: what is undecided is decided, what is open is ended. @return TRUE where something was cut off */
gboolean om_framer_finish(struct om_framer *framer);

/**
 * A framer that goes on behind a gap as well as can be guessed; `framer` itself stays as it is, to be fed
 * when the gap is filled. What the gap means for an open message is told at once, by the new framer to its sink.
 * @param length   bytes that the gap took; 0: unknown
 * @param told     out: bytes at the end of what `framer` keeps undecided that were told as body
 */
struct om_framer *om_framer_behind_gap(const struct om_framer *framer, guint64 length,
                                       const struct om_framer_sink *sink, void *user, gsize *told);

/** Between messages: what is known of the stream's two ends counts no more. */
void om_framer_forget(struct om_framer *framer);

/**
 * The guess that the message goes on behind a gap has proved right, up to this position (a gap behind it
 * keeps it a guess), or altogether: a start line no longer ends the message.
 */
void om_framer_confirm_until(struct om_framer *framer, om_position position);
void om_framer_confirm(struct om_framer *framer);

enum om_framer_state om_framer_state(const struct om_framer *framer);
/** Position of the first byte that is not decided; and behind the last byte eaten. */
om_position om_framer_decided(const struct om_framer *framer);
om_position om_framer_position(const struct om_framer *framer);
/** The message in whose body it stands, or NULL. begin: where that began. */
void *om_framer_message(const struct om_framer *framer, om_position *begin);
/** Body offset of the first undecided byte; 0 outside a body. */
guint64 om_framer_offset(const struct om_framer *framer);
/** In a body: its length if its end is lost from here on: what has come, or what a fixed range announces. */
guint64 om_framer_least_length(const struct om_framer *framer);
/** Does it stand between two messages, or looking for one, with nothing undecided? */
gboolean om_framer_idle(const struct om_framer *framer);

#endif
