/* inferred.h
 * Bytes of an object that rest on an inference: those behind a loss whose head was lost (orphan.h), and body
 * bytes behind a loss that may have held the end of their message (stream.h). They contradict nobody: they go
 * only where nothing is held, and give way to bytes that are known.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_INFERRED_H
#define OM_INFERRED_H

#include "model/object/object.h"

/**
 * Puts bytes where nothing is held.
 * @param own  where they went is added to it: the ranges of one inference, made when needed; NULL: not wanted
 * @return how many found room
 */
guint64 om_inferred_put(struct om_object *object, guint64 from, struct om_slice bytes, struct om_ranges **own);

/** Known bytes come for [from, to): what was inferred there gives way, whoever inferred it. */
void om_inferred_yield(struct om_object *object, guint64 from, guint64 to);

/** The inference that put bytes at `own` (may be NULL) proved wrong in [from, to). */
void om_inferred_retract(struct om_object *object, struct om_ranges *own, guint64 from, guint64 to);

/** The inference that put bytes at `own` (may be NULL) proved right in [from, to): they are known, and `held`. */
void om_inferred_settle(struct om_object *object, struct om_ranges *own, guint64 from, guint64 to,
                        struct om_ranges *held);

#endif
