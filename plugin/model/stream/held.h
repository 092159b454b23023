/* held.h
 * Bytes of a body that are held back: seen, but not yet known to be the message's.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_HELD_H
#define OM_HELD_H

#include "core/text/slice.h"

/** Contiguous bytes at a body offset. */
struct om_held_run {
    guint64 offset;
    GByteArray *bytes;
};

/** Runs by offset, which do not overlap. Embedded in its owner; all zero is empty. */
struct om_held {
    GPtrArray *runs; /**< struct om_held_run *; NULL: none */
    gsize size;      /**< bytes in all */
};

/** Bytes that are not held yet. At the end it costs no more than the copy. */
void om_held_add(struct om_held *held, guint64 offset, struct om_slice bytes);
void om_held_clear(struct om_held *held);

#endif
