/* verdict.h
 * Is the object right, all in all: a public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_VERDICT_H
#define OM_VERDICT_H

#include "model/base/base_ask.h"
#include "model/object/object_ask.h"

/**
 * @param conclusion  NULL: as known by now, by events alone; else with what the end of the capture proves
 */
enum om_verdict om_object_verdict(struct om_object *object, const struct om_conclusion *conclusion);

#endif
