/* assess.h
 * Looking at an object's bytes: a public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_ASSESS_H
#define OM_ASSESS_H

#include "model/object/object_ask.h"

/** Opens the body, computes digests and verifies, where that was not done since the last change. */
void om_object_assess(struct om_object *object);

#endif
