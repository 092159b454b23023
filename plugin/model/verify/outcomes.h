/* outcomes.h
 * What becomes of offered files, sessions and the capture, from what is known of objects: the last part of a conclusion.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_OUTCOMES_H
#define OM_OUTCOMES_H

#include "model/base/conclusion.h"

/**
 * Verdicts of sessions and the capture, and deliveries where nobody has told of them (om_conclusion_deliver()).
 * @param sessions  struct om_session *: pushes
 * @param objects   struct om_object *
 */
void om_outcomes_conclude(const GPtrArray *sessions, const GPtrArray *objects, struct om_conclusion *conclusion);

#endif
