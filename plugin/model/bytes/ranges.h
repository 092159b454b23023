/* ranges.h
 * A set of byte offsets as disjoint, sorted, half-open ranges. A public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_RANGES_H
#define OM_RANGES_H

#include <glib.h>

/** [from, to), offsets from 0. */
struct om_range {
    guint64 from, to;
};

/** Opaque; neighbours are merged. Adding is O(log n), in order O(1). */
struct om_ranges;

struct om_ranges *om_ranges_new(void);
void om_ranges_free(struct om_ranges *ranges);

/** @return how many offsets were not in it before */
guint64 om_ranges_add(struct om_ranges *ranges, guint64 from, guint64 to);
void om_ranges_remove(struct om_ranges *ranges, guint64 from, guint64 to);

/** How many offsets are in it. O(1). */
guint64 om_ranges_size(const struct om_ranges *ranges);
/** One past the highest offset, 0 where it is empty. */
guint64 om_ranges_end(const struct om_ranges *ranges);
/** How many offsets from 0 on are in it without a gap. */
guint64 om_ranges_prefix(const struct om_ranges *ranges);
gboolean om_ranges_covers(const struct om_ranges *ranges, guint64 from, guint64 to);

/** What is missing between `from` and `to`: array of struct om_range, g_array_unref() it. */
GArray *om_ranges_missing(const struct om_ranges *ranges, guint64 from, guint64 to);
/** The same, but the first `most` of them only. @param more  out: how many others there are */
GArray *om_ranges_first_missing(const struct om_ranges *ranges, guint64 from, guint64 to, guint most, guint *more);
/** What of [from, to) is there: array of struct om_range, g_array_unref() it. */
GArray *om_ranges_present(const struct om_ranges *ranges, guint64 from, guint64 to);
/** What is there, in order: array of struct om_range, g_array_unref() it. */
GArray *om_ranges_list(const struct om_ranges *ranges);

#endif
