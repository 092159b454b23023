/* ranges.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ranges.h"

struct om_ranges {
    GSequence *list; /* struct om_range *, sorted, disjoint, not touching */
    guint64 size;
};

struct om_ranges *
om_ranges_new(void)
{
    struct om_ranges *ranges = g_new0(struct om_ranges, 1);

    ranges->list = g_sequence_new(g_free);
    return ranges;
}

void
om_ranges_free(struct om_ranges *ranges)
{
    if (!ranges)
        return;
    g_sequence_free(ranges->list);
    g_free(ranges);
}

static struct om_range *
range_at(GSequenceIter *it)
{
    return g_sequence_iter_is_end(it) ? NULL : g_sequence_get(it);
}

static gint
compare_from(gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
    const struct om_range *x = a, *y = b;

    return x->from < y->from ? -1 : x->from > y->from;
}

/* First range that ends at or behind `from` (touching counts), or the end. */
static GSequenceIter *
first_reaching(const struct om_ranges *ranges, guint64 from)
{
    struct om_range key = {from, from};
    GSequenceIter *it, *before;

    /* Bytes come in order nearly always: look at the last range first. */
    it = g_sequence_get_end_iter(ranges->list);
    if (g_sequence_iter_is_begin(it))
        return it;
    before = g_sequence_iter_prev(it);
    if (range_at(before)->to < from)
        return it;
    if (range_at(before)->from <= from)
        return before;

    it = g_sequence_search(ranges->list, &key, compare_from, NULL);
    if (!g_sequence_iter_is_begin(it)) {
        before = g_sequence_iter_prev(it);
        if (range_at(before)->to >= from)
            return before;
    }
    return it;
}

guint64
om_ranges_add(struct om_ranges *ranges, guint64 from, guint64 to)
{
    GSequenceIter *it;
    struct om_range *range;
    guint64 had = 0;
    guint64 fresh;

    if (from >= to)
        return 0;
    fresh = to - from;
    it = first_reaching(ranges, from);
    range = range_at(it);
    if (!range || range->from > to) {
        range = g_new(struct om_range, 1);
        *range = (struct om_range){from, to};
        g_sequence_insert_before(it, range);
        ranges->size += fresh;
        return fresh;
    }
    /* Grow this one and swallow those it now reaches. */
    had = range->to - range->from;
    from = MIN(from, range->from);
    to = MAX(to, range->to);
    it = g_sequence_iter_next(it);
    while (range_at(it) && range_at(it)->from <= to) {
        GSequenceIter *next = g_sequence_iter_next(it);

        had += range_at(it)->to - range_at(it)->from;
        to = MAX(to, range_at(it)->to);
        g_sequence_remove(it);
        it = next;
    }
    *range = (struct om_range){from, to};
    fresh = to - from - had;
    ranges->size += fresh;
    return fresh;
}

void
om_ranges_remove(struct om_ranges *ranges, guint64 from, guint64 to)
{
    GSequenceIter *it;

    if (from >= to)
        return;
    it = first_reaching(ranges, from);
    while (range_at(it) && range_at(it)->from < to) {
        GSequenceIter *next = g_sequence_iter_next(it);
        struct om_range *range = range_at(it);
        struct om_range old = *range;

        if (old.to > from) {
            ranges->size -= MIN(old.to, to) - MAX(old.from, from);
            if (old.from < from)
                range->to = from;
            else
                g_sequence_remove(it);
            if (old.to > to) {
                range = g_new(struct om_range, 1);
                *range = (struct om_range){to, old.to};
                g_sequence_insert_before(next, range);
            }
        }
        it = next;
    }
}

guint64
om_ranges_size(const struct om_ranges *ranges)
{
    return ranges->size;
}

guint64
om_ranges_end(const struct om_ranges *ranges)
{
    GSequenceIter *it = g_sequence_get_end_iter(ranges->list);

    return g_sequence_iter_is_begin(it) ? 0 : range_at(g_sequence_iter_prev(it))->to;
}

guint64
om_ranges_prefix(const struct om_ranges *ranges)
{
    struct om_range *first = range_at(g_sequence_get_begin_iter(ranges->list));

    return first && first->from == 0 ? first->to : 0;
}

gboolean
om_ranges_covers(const struct om_ranges *ranges, guint64 from, guint64 to)
{
    GSequenceIter *it;

    if (from >= to)
        return TRUE;
    it = first_reaching(ranges, from);
    /* The one found may only touch `from`. */
    if (range_at(it) && range_at(it)->to == from)
        it = g_sequence_iter_next(it);
    return range_at(it) && range_at(it)->from <= from && range_at(it)->to >= to;
}

/* Gaps from `from` to `to`, `from` being within a gap that ends where the range at `it` begins. */
static guint
count_gaps(GSequenceIter *it, guint64 from, guint64 to)
{
    struct om_range key = {to - 1, to - 1};
    GSequenceIter *behind;

    if (from >= to)
        return 0;
    behind = g_sequence_search(g_sequence_iter_get_sequence(it), &key, compare_from, NULL);
    /* One before each range that begins before `to`, and one behind them all. */
    return (guint) (g_sequence_iter_get_position(behind) - g_sequence_iter_get_position(it)) +
           (g_sequence_iter_is_begin(behind) || range_at(g_sequence_iter_prev(behind))->to < to);
}

GArray *
om_ranges_first_missing(const struct om_ranges *ranges, guint64 from, guint64 to, guint most, guint *more)
{
    GArray *missing = g_array_new(FALSE, FALSE, sizeof(struct om_range));
    GSequenceIter *it = first_reaching(ranges, from);

    while (from < to) {
        const struct om_range *range = range_at(it);
        struct om_range gap = {from, range ? MIN(range->from, to) : to};

        if (gap.from < gap.to) {
            if (missing->len == most)
                break;
            g_array_append_val(missing, gap);
        }
        from = range ? MAX(from, range->to) : to;
        if (range)
            it = g_sequence_iter_next(it);
    }
    *more = count_gaps(it, from, to);
    return missing;
}

GArray *
om_ranges_missing(const struct om_ranges *ranges, guint64 from, guint64 to)
{
    guint more;

    return om_ranges_first_missing(ranges, from, to, G_MAXUINT, &more);
}

GArray *
om_ranges_present(const struct om_ranges *ranges, guint64 from, guint64 to)
{
    GArray *present = g_array_new(FALSE, FALSE, sizeof(struct om_range));

    if (from >= to)
        return present;
    for (GSequenceIter *it = first_reaching(ranges, from); range_at(it) && range_at(it)->from < to;
         it = g_sequence_iter_next(it)) {
        struct om_range part = {MAX(range_at(it)->from, from), MIN(range_at(it)->to, to)};

        if (part.from < part.to) /* the first one may only touch `from` */
            g_array_append_val(present, part);
    }
    return present;
}

GArray *
om_ranges_list(const struct om_ranges *ranges)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(struct om_range));

    for (GSequenceIter *it = g_sequence_get_begin_iter(ranges->list); range_at(it); it = g_sequence_iter_next(it))
        g_array_append_val(list, *range_at(it));
    return list;
}
