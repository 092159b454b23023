/* stats.h
 * -z omapush,tree[,FILTER] and its window: counters of what push there is.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_STATS_H
#define OMAPUSH_STATS_H

void omapush_register_stats(void);

#endif
