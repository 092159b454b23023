/* selector.h
 * Which file-selector an object belongs to.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SELECTOR_H
#define OM_SELECTOR_H

#include "object.h"

/**
 * The selector of the m-line that the object's path belongs to, in order: one is
 * used up by the object that completes (or by the end of the session), not by an
 * aborted or refused try.
 * @param extra  set where the m-line has selectors and all were used by earlier objects
 * @return NULL where there is none
 */
const struct om_file *om_object_selector(const struct om_object *object, gboolean *extra);

#endif
