/* selector.h
 * Which file-selector an object belongs to: by evidence, then by order (RFC 5547 section 8.3.1; OMA SIP Push, Appendix
 * B, note after step 11).
 *
 * The selectors of all m-lines with one path are one pool. While the capture goes on an object has the selector that
 * fits it as then known; om_selectors_conclude() looks at all objects of the pool.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SELECTOR_H
#define OM_SELECTOR_H

#include "model/base/conclusion.h"
#include "model/object/object.h"

/** Set of struct om_line: what each side offers on each path of each exchange to each receiver. Owned by the MSRP side. */
GHashTable *om_lines_new(void);

/** Puts an object that has just got its session among those of its line. */
void om_line_add(GHashTable *lines, struct om_object *object);

/** To be called when the object's state changes: a selector is used up by the object that completes, not by an aborted
 * or refused try. */
void om_line_update(struct om_object *object);

/** The object is complete: the selector that fits it among those that no earlier object has. */
void om_line_claim(struct om_object *object);

/** Is it the only selector, and the only object so far: is there nothing that could change places with it? */
gboolean om_line_is_alone(const struct om_object *object);

/**
 * As then known, or as the last om_selectors_conclude() found.
 * @param extra  set where the line has selectors and other objects have them all
 * @return NULL where there is none
 */
const struct om_file *om_object_selector(const struct om_object *object, gboolean *extra);

/** How many selectors its line has. */
guint om_object_selectors(const struct om_object *object);

/** Does it use a selector up: is it no refused or aborted try? */
gboolean om_object_uses_selector(const struct om_object *object);

/** The best selector for each object of the capture, of all that were seen; says where the order is another one. */
void om_selectors_conclude(const struct om_objects *objects, struct om_conclusion *conclusion);

#endif
