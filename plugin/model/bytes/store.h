/* store.h
 * The bytes of one object, placed by offset. Memory grows with bytes received,
 * never with what a peer claims.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_STORE_H
#define OM_STORE_H

#include "core/text/slice.h"
#include "ranges.h"

/** What came of adding bytes. */
struct om_store_added {
    guint64 fresh;     /**< bytes that were not there */
    guint64 equal;     /**< bytes that were there, the same */
    guint64 different; /**< bytes that were there, others: the first ones stay */
    guint64 conflict;  /**< offset of the first different byte */
};

/** Opaque. Extents of contiguous bytes, in a balanced tree. */
struct om_store;

/** @param limit  most bytes held; beyond it only ranges are kept and om_store_given_up() says so */
struct om_store *om_store_new(guint64 limit);
void om_store_free(struct om_store *store);

void om_store_add(struct om_store *store, guint64 offset, struct om_slice bytes, struct om_store_added *added);
/** Takes bytes back (they were not the object's after all). */
void om_store_remove(struct om_store *store, guint64 from, guint64 to);

const struct om_ranges *om_store_ranges(const struct om_store *store);
gboolean om_store_given_up(const struct om_store *store);

/**
 * The bytes [0, prefix) where prefix is the run without a gap from 0, in one piece (joined
 * once where they are in several). Borrowed until the next add. Empty where given up.
 */
struct om_slice om_store_prefix(struct om_store *store);

/**
 * The same, to keep: they stay where they are, and as they are, as long as somebody holds a reference, whatever
 * becomes of the store. No copy is made now; one is when bytes come for which there is no room behind them.
 * @return never NULL; g_bytes_unref() it
 */
GBytes *om_store_bytes(struct om_store *store);

/** Copies out [from, from + length), zero where nothing is held. @return bytes that were held */
guint64 om_store_copy(const struct om_store *store, guint64 from, gsize length, guint8 *to);

#endif
