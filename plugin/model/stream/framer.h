/* framer.h
 * The bytes of one direction, in order, into MSRP messages.
 *
 * A framer eats bytes cut anywhere and tells messages as they come. It is told of gaps: of one that lies within a body
 * for certain it takes no more notice than that the bytes are missing; behind one that is lost for good, and may have
 * held the end of a message, it starts again where that is certain (framer_gap.c). The rules of where a message ends,
 * when more than its own end-line could say so, stand in framer_body.c and possible_end.c.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_FRAMER_H
#define OM_FRAMER_H

#include "framed.h"

enum om_framer_state {
    OM_FRAMER_BETWEEN, /**< a start line is due */
    OM_FRAMER_HEAD,
    OM_FRAMER_BODY,
    OM_FRAMER_SEEK, /**< framing is lost: looking for a start line */
};

struct om_framer;

/** At the beginning of a stream. */
struct om_framer *om_framer_new(const struct om_stream_handler *handler, void *user);
void om_framer_free(struct om_framer *framer);

/** The next segment, or a part of it. Linear over all calls, however the bytes are cut. */
void om_framer_push(struct om_framer *framer, struct om_slice bytes);

/** No more bytes come: what is undecided is decided, what is open is ended. @return TRUE where something was cut off */
gboolean om_framer_finish(struct om_framer *framer);

/**
 * No bytes may come for long: decides what more bytes would hardly decide otherwise. What is open stays so.
 * @return TRUE where there was such a thing
 */
gboolean om_framer_settle(struct om_framer *framer);

/** Do the next `length` bytes, which are missing, belong to the body of the open message for certain? */
gboolean om_framer_gap_is_body(const struct om_framer *framer, guint64 length);
/** They do: goes on behind them. */
void om_framer_pass_gap(struct om_framer *framer, guint64 length);

/**
 * The next `length` bytes will not come: starts again behind them.
 * @param length  0: not known how many
 */
void om_framer_lose(struct om_framer *framer, guint64 length);

/** Late bytes of a gap in the body of this message. @param offset  in the body */
void om_framer_late(struct om_framer *framer, struct om_framed *framed, guint64 offset, struct om_slice bytes);

/** Between messages: what is known of the stream's two ends counts no more. */
void om_framer_forget(struct om_framer *framer);

enum om_framer_state om_framer_state(const struct om_framer *framer);
/** Position behind the last byte eaten. */
om_position om_framer_position(const struct om_framer *framer);
/** The message in whose body it stands, or NULL. */
struct om_framed *om_framer_open(const struct om_framer *framer);
/** Does it stand between two messages, or looking for one, with nothing undecided? */
gboolean om_framer_idle(const struct om_framer *framer);

#endif
