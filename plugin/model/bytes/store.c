/* store.c
 * Extents of contiguous bytes in a balanced tree. An extent is a buffer that
 * grows while bytes come in order; bytes elsewhere begin another.
 * Extents never overlap; touching ones are joined only when somebody wants the
 * bytes in one piece, so that chunks in any order cost O(log n) each.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "store.h"

struct extent {
    guint64 from;
    gsize length;
    gsize room;
    guint8 *bytes;
    GBytes *lent; /* owns `bytes` once they were handed out; NULL: they are the extent's */
};

struct om_store {
    GSequence *extents;
    struct om_ranges *ranges;
    guint64 limit;
    guint64 held; /* bytes in extents */
    gboolean given_up;
};

static void
extent_free(gpointer data)
{
    struct extent *extent = data;

    if (extent->lent)
        g_bytes_unref(extent->lent);
    else
        g_free(extent->bytes);
    g_free(extent);
}

static struct extent *
extent_at(GSequenceIter *it)
{
    return g_sequence_iter_is_end(it) ? NULL : g_sequence_get(it);
}

static gint
compare_from(gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
    const struct extent *x = a, *y = b;

    return x->from < y->from ? -1 : x->from > y->from;
}

struct om_store *
om_store_new(guint64 limit)
{
    struct om_store *store = g_new0(struct om_store, 1);

    store->extents = g_sequence_new(extent_free);
    store->ranges = om_ranges_new();
    store->limit = limit;
    return store;
}

void
om_store_free(struct om_store *store)
{
    if (!store)
        return;
    g_sequence_free(store->extents);
    om_ranges_free(store->ranges);
    g_free(store);
}

/* The last extent that begins at or before `offset`, else the first one behind, else the end. */
static GSequenceIter *
extent_near(const struct om_store *store, guint64 offset)
{
    struct extent key = {.from = offset};
    GSequenceIter *it = g_sequence_get_end_iter(store->extents);

    if (g_sequence_iter_is_begin(it))
        return it;
    if (extent_at(g_sequence_iter_prev(it))->from <= offset)
        return g_sequence_iter_prev(it);
    it = g_sequence_search(store->extents, &key, compare_from, NULL);
    return g_sequence_iter_is_begin(it) ? it : g_sequence_iter_prev(it);
}

/* Bytes that were handed out stay where they are: the extent goes on with a copy. */
static void
extent_set_room(struct extent *extent, gsize room)
{
    if (extent->lent) {
        guint8 *copy = g_malloc(room);

        memcpy(copy, extent->bytes, extent->length);
        g_clear_pointer(&extent->lent, g_bytes_unref);
        extent->bytes = copy;
    } else {
        extent->bytes = g_realloc(extent->bytes, room);
    }
    extent->room = room;
}

static void
extent_append(struct extent *extent, const char *bytes, gsize length)
{
    /* In steps of a quarter: realloc moves pages of large blocks, it does not copy them. */
    if (extent->room - extent->length < length)
        extent_set_room(extent, MAX(extent->length + length, extent->room + extent->room / 4));
    memcpy(extent->bytes + extent->length, bytes, length);
    extent->length += length;
}

/* Places bytes that are known not to be held. */
static void
place(struct om_store *store, guint64 offset, const char *bytes, gsize length)
{
    GSequenceIter *it = extent_near(store, offset);
    struct extent *extent = extent_at(it);

    if (!extent || extent->from + extent->length != offset) {
        GSequenceIter *before = it;

        if (extent && extent->from < offset)
            before = g_sequence_iter_next(it);
        extent = g_new0(struct extent, 1);
        extent->from = offset;
        g_sequence_insert_before(before, extent);
    }
    extent_append(extent, bytes, length);
    store->held += length;
}

/* Compares bytes with what is held of [offset, offset + length). */
static void
compare(const struct om_store *store, guint64 offset, const char *bytes, gsize length, struct om_store_added *added)
{
    while (length) {
        struct extent *extent = extent_at(extent_near(store, offset));
        guint64 at;
        gsize n;

        if (!extent || offset < extent->from || offset >= extent->from + extent->length)
            return;
        at = offset - extent->from;
        n = MIN(length, extent->length - at);
        if (memcmp(extent->bytes + at, bytes, n) == 0) {
            added->equal += n;
        } else {
            for (gsize i = 0; i < n; i++) {
                if (extent->bytes[at + i] == (guint8) bytes[i]) {
                    added->equal++;
                } else {
                    if (!added->different)
                        added->conflict = offset + i;
                    added->different++;
                }
            }
        }
        offset += n;
        bytes += n;
        length -= n;
    }
}

static void
give_up(struct om_store *store)
{
    store->given_up = TRUE;
    g_sequence_remove_range(g_sequence_get_begin_iter(store->extents), g_sequence_get_end_iter(store->extents));
    store->held = 0;
}

static void
add_gap(struct om_store *store, guint64 offset, const char *bytes, gsize length)
{
    if (!store->given_up && length > store->limit - MIN(store->held, store->limit))
        give_up(store);
    if (!store->given_up)
        place(store, offset, bytes, length);
    om_ranges_add(store->ranges, offset, offset + length);
}

void
om_store_add(struct om_store *store, guint64 offset, struct om_slice bytes, struct om_store_added *added)
{
    guint64 end = offset + bytes.l;
    GArray *missing;
    guint64 at = offset;

    memset(added, 0, sizeof *added);
    if (end < offset || bytes.l == 0) /* a claimed offset at the end of the numbers */
        return;
    if (offset >= om_ranges_end(store->ranges)) {
        add_gap(store, offset, bytes.p, bytes.l);
        added->fresh = bytes.l;
        return;
    }
    missing = om_ranges_missing(store->ranges, offset, end);
    for (guint i = 0; i < missing->len; i++) {
        struct om_range gap = g_array_index(missing, struct om_range, i);

        compare(store, at, bytes.p + (at - offset), gap.from - at, added);
        add_gap(store, gap.from, bytes.p + (gap.from - offset), gap.to - gap.from);
        added->fresh += gap.to - gap.from;
        at = gap.to;
    }
    compare(store, at, bytes.p + (at - offset), end - at, added);
    g_array_unref(missing);
}

void
om_store_remove(struct om_store *store, guint64 from, guint64 to)
{
    GSequenceIter *it = extent_near(store, from);
    struct extent *extent;

    om_ranges_remove(store->ranges, from, to);
    while ((extent = extent_at(it)) && extent->from < to) {
        GSequenceIter *next = g_sequence_iter_next(it);
        guint64 end = extent->from + extent->length;

        if (end > from) {
            if (end > to) {
                struct extent *tail = g_new0(struct extent, 1);

                tail->from = to;
                extent_append(tail, (char *) extent->bytes + (to - extent->from), end - to);
                g_sequence_insert_before(next, tail);
            }
            store->held -= MIN(end, to) - MAX(extent->from, from);
            if (extent->from < from)
                extent->length = extent->room = from - extent->from; /* what is behind may have been handed out */
            else
                g_sequence_remove(it);
        }
        it = next;
    }
}

const struct om_ranges *
om_store_ranges(const struct om_store *store)
{
    return store->ranges;
}

gboolean
om_store_given_up(const struct om_store *store)
{
    return store->given_up;
}

/* Joins all extents of the run from 0 into the first one. */
static void
join_prefix(struct om_store *store)
{
    struct extent *first = extent_at(g_sequence_get_begin_iter(store->extents));
    GSequenceIter *it = g_sequence_iter_next(g_sequence_get_begin_iter(store->extents));
    gsize whole = om_ranges_prefix(store->ranges);

    if (first->room < whole)
        extent_set_room(first, whole);
    while (extent_at(it) && extent_at(it)->from == first->length) {
        GSequenceIter *next = g_sequence_iter_next(it);

        extent_append(first, (char *) extent_at(it)->bytes, extent_at(it)->length);
        g_sequence_remove(it);
        it = next;
    }
}

struct om_slice
om_store_prefix(struct om_store *store)
{
    struct extent *first = extent_at(g_sequence_get_begin_iter(store->extents));

    if (!first || first->from != 0)
        return om_slice("", 0);
    if (first->length < om_ranges_prefix(store->ranges))
        join_prefix(store);
    return om_slice(first->bytes, first->length);
}

GBytes *
om_store_bytes(struct om_store *store)
{
    struct om_slice prefix = om_store_prefix(store);
    struct extent *first = extent_at(g_sequence_get_begin_iter(store->extents));

    if (!prefix.l)
        return g_bytes_new_static("", 0);
    if (!first->lent)
        first->lent = g_bytes_new_take(first->bytes, first->length);
    if (g_bytes_get_size(first->lent) == prefix.l)
        return g_bytes_ref(first->lent);
    return g_bytes_new_with_free_func(prefix.p, prefix.l, (GDestroyNotify) g_bytes_unref, g_bytes_ref(first->lent));
}

guint64
om_store_copy(const struct om_store *store, guint64 from, gsize length, guint8 *to)
{
    GSequenceIter *it = extent_near(store, from);
    guint64 end = from + length;
    guint64 held = 0;
    struct extent *extent;

    memset(to, 0, length);
    for (; (extent = extent_at(it)) && extent->from < end; it = g_sequence_iter_next(it)) {
        guint64 begin = MAX(extent->from, from);
        guint64 stop = MIN(extent->from + extent->length, end);

        if (begin < stop) {
            memcpy(to + (begin - from), extent->bytes + (begin - extent->from), stop - begin);
            held += stop - begin;
        }
    }
    return held;
}
