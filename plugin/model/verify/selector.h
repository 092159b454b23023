/* selector.h
 * Which file-selector an object belongs to.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SELECTOR_H
#define OM_SELECTOR_H

#include "model/object/object.h"

/** Set of struct om_line: what each side sends on each m-line of each exchange to each receiver. Owned by the MSRP side. */
GHashTable *om_lines_new(void);

/** Puts an object that has just got its session among those of its m-line. */
void om_line_add(GHashTable *lines, struct om_object *object);

/** To be called when the object's state changes: one is used up by the object that completes, not by an aborted or
 * refused try. */
void om_line_update(struct om_object *object);

/**
 * The selector of the m-line that the object's path belongs to, in order. O(log n) of the m-line's objects.
 * @param extra  set where the m-line has selectors and all were used by earlier objects
 * @return NULL where there is none
 */
const struct om_file *om_object_selector(const struct om_object *object, gboolean *extra);

#endif
