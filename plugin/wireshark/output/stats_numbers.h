/* stats_numbers.h
 * Statistics, OMA Push: what objects have in numbers, with least, greatest and mean.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_STATS_NUMBERS_H
#define OMAPUSH_STATS_NUMBERS_H

#include "model/model.h"

#include <epan/stats_tree.h>

/** One tree's: how many objects have each number. */
struct omapush_numbers {
    stats_tree *stats;
    int node;      /**< what they stand below */
    guint seen[6]; /**< private */
};

/** Makes the nodes, all 0. */
void omapush_numbers_begin(struct omapush_numbers *numbers, stats_tree *stats);
/** Counts an object, once. */
void omapush_numbers_add(struct omapush_numbers *numbers, const struct om_object *object);

#endif
