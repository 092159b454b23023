/* headless.h
 * Body bytes behind a loss that took a head or an end-line: placed where the two messages around them leave room for
 * exactly one message, and for its bytes exactly this place.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_HEADLESS_H
#define OM_HEADLESS_H

#include "msrp_private.h"

/** Bytes that are looked at between two SENDs. */
#define OM_HEADLESS_LIMIT (256u << 10)

/** Contiguous ones. */
struct om_headless_run {
    om_position at;
    guint from; /**< offset in the bytes */
};

/** Bytes behind a loss, since the last SEND. Owned by its direction. */
struct om_headless {
    struct om_message *before; /**< the last SEND seen before */
    GArray *runs;              /**< struct om_headless_run, in order */
    GByteArray *bytes;         /**< of all runs */
    om_position end;           /**< position behind the last run, and behind the end-line once that is there */
    gboolean too_many;
    gboolean ended; /**< an end-line with "+" followed */
    gsize end_line; /**< its length */
    gsize tid;      /**< the length of its transaction id */
};

/** Junk behind a loss, and the orphan end-line that may follow it. */
void om_headless_junk(struct om_direction *dir, enum om_junk why, struct om_slice bytes, om_position at);

/**
 * A SEND with its chunk follows, of the same object as the SEND before the loss. From the beginning of the one before
 * to that of this one there are as many bytes as the range between takes with its own end-line: all of them were its
 * body. Or there are as many as one SEND between the two would take: the bytes before its end-line end where this one
 * begins. Forgets them.
 */
void om_headless_place(struct om_direction *dir, const struct om_message *message);

void om_headless_clear(struct om_direction *dir);

#endif
