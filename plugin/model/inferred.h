/* inferred.h
 * Bytes of an object that rest on an inference: those behind a loss whose head was lost (orphan.h), and body
 * bytes behind a loss that may have held the end of their message (stream.h). They contradict nobody: they go
 * only where nothing is held, and give way to bytes that are known.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_INFERRED_H
#define OM_INFERRED_H

#include "object.h"

/** Puts bytes where nothing is held. @return how many found room */
guint64 om_inferred_put(struct om_object *object, guint64 from, struct om_slice bytes);

/** Known bytes come for [from, to), or the inference proved wrong there. */
void om_inferred_remove(struct om_object *object, guint64 from, guint64 to);

/** The inference proved right in [from, to). Adds the bytes to `held` as well. */
void om_inferred_settle(struct om_object *object, guint64 from, guint64 to, struct om_ranges *held);

#endif
