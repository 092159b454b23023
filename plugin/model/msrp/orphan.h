/* orphan.h
 * Body bytes behind a loss whose head was lost: placed where the chunks around them leave just this room.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_ORPHAN_H
#define OM_ORPHAN_H

#include "msrp_private.h"

/** Bytes behind a loss up to the end-line of a message whose head was not seen. Owned by its side. */
struct om_orphan {
    GByteArray *bytes;       /**< what stood before the end-line; at most 64 KB */
    om_position end;         /**< position behind them */
    gboolean ended;          /**< an end-line with "+" followed */
    struct om_chunk *before; /**< the last chunk seen before */
};

/** Junk behind a loss, and the orphan end-line that may follow it. */
void om_orphan_junk(struct om_side *side, enum om_junk why, struct om_slice bytes, om_position at);

/**
 * A SEND with its chunk follows: when it is of the same object as the chunk before the loss and
 * its range leaves room, the orphan's bytes end where it begins. Forgets the orphan.
 */
void om_orphan_place(struct om_side *side, const struct om_message *message);

void om_orphan_clear(struct om_side *side);

#endif
