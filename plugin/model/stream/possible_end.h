/* possible_end.h
 * A place in a body where the message may have ended, though not with its own end-line.
 *
 * There stands a line of end-line form, and directly behind it a start line; or, at or behind the announced end of
 * the body, a start line alone. The paths of that start line name the message's own two ends. A damaged end-line looks
 * like that; so does a body that quotes MSRP, and one that another thread of the sender wrote its messages into.
 * The bytes from that place on are held back, framed on trial, and
 *
 * - the message's own end-line comes: all was body;
 * - a SEND begins that continues this very message, its Byte-Range exactly where the body had come to at that place:
 *   the message ended there;
 * - the bytes end (the connection closes), or 256 KB have been held: the message ended there if the place is at or
 * behind   the announced end; elsewhere if the connection closed, or what is held exceeds the total;
 * - before the announced end: three whole messages of the same two ends follow each other directly, and what is
 *   announced (a total) is exceeded, or nothing is: the message ended there. Where a fixed range end says that the
 *   body goes on, the first message that begins must be the continuing SEND, or it was body;
 * - what follows is no such sequence of messages: it was body.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_POSSIBLE_END_H
#define OM_POSSIBLE_END_H

#include "framer_private.h"

#define OM_POSSIBLE_END_LIMIT    (256u << 10)
#define OM_POSSIBLE_END_MESSAGES 3

/**
 * @param line      the line of end-line form; NULL: a start line alone. other_id: its id is another's
 * @param line_end  length of the line end before it, where the undecided bytes begin
 */
void om_possible_end_begin(struct om_framer *framer, const struct om_end_line *line, gboolean other_id, gsize line_end);
void om_possible_end_free(struct om_possible_end *end);

gboolean om_possible_end_step(struct om_framer *framer, struct om_slice *rest, gboolean last);

/** Missing bytes follow: it decides nothing any more. */
void om_possible_end_drop(struct om_framer *framer);

#endif
