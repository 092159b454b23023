/* doubt.h
 * A place in a body where the message may have ended, though not with its own end-line.
 *
 * There stands a line of end-line form, and directly behind it a start line whose paths
 * name the message's own two ends. A damaged end-line looks like that, and so does a body
 * that quotes MSRP. The bytes from that place on are held back, framed on trial, and
 *
 * - the message's own end-line comes: all was body;
 * - a SEND begins that continues this very message, its Byte-Range exactly where the
 *   body had come to at that place: the message ended there;
 * - three whole messages of the same two ends follow each other directly, and what is announced
 *   for the body (a total) is exceeded, or nothing is: the message ended there;
 * - the bytes end (the connection closes): the message ended there;
 * - what follows is no such sequence of messages: it was body. Where a fixed range end says that
 *   the body goes on, the first message that begins must be the continuing SEND, or it was body;
 * - 256 KB have been held: the message ended there if that exceeds the total, else it was body.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_DOUBT_H
#define OM_DOUBT_H

#include "framer_private.h"

#define OM_DOUBT_LIMIT    (256u << 10)
#define OM_DOUBT_MESSAGES 3

/**
 * @param line       the line of end-line form; other_id: its id is another's
 * @param line_end   length of the line end before it, where the undecided bytes begin
 */
void om_doubt_begin(struct om_framer *framer, const struct om_end_line *line, gboolean other_id, gsize line_end);
void om_doubt_free(struct om_doubt *doubt);

gboolean om_doubt_step(struct om_framer *framer, struct om_slice *rest, gboolean last);

#endif
