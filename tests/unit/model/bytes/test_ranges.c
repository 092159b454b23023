/* test_ranges.c
 * Sets of offsets, held against a bitmap.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/bytes/ranges.h"

#define SPACE 200 /* offsets in play: few, so that ranges touch, meet and swallow each other often */
#define SEEDS 40
#define STEPS 300

/* --- the naive twin --- */

static guint
count(const gboolean *map, guint from, guint to)
{
    guint n = 0;

    for (guint i = from; i < to; i++)
        n += map[i];
    return n;
}

static void
set(gboolean *map, guint from, guint to, gboolean value)
{
    for (guint i = from; i < to; i++)
        map[i] = value;
}

static guint
end_of(const gboolean *map)
{
    guint end = SPACE;

    while (end && !map[end - 1])
        end--;
    return end;
}

static guint
prefix_of(const gboolean *map)
{
    guint prefix = 0;

    while (prefix < SPACE && map[prefix])
        prefix++;
    return prefix;
}

/* Does this list hold exactly the offsets of [from, to) where the map is `value`, in as few ranges as can be? */
static void
check_list(GArray *list, const gboolean *map, guint from, guint to, gboolean value)
{
    guint at = from;

    for (guint i = 0; i < list->len; i++) {
        struct om_range range = g_array_index(list, struct om_range, i);

        g_assert_cmpuint(range.from, <, range.to);
        g_assert_cmpuint(range.to, <=, to);
        if (i)
            g_assert_cmpuint(range.from, >, at); /* touching ones would be one */
        g_assert_cmpuint(range.from, >=, at);
        g_assert_cmpuint(count(map, at, range.from), ==, value ? 0 : range.from - at);
        g_assert_cmpuint(count(map, range.from, range.to), ==, value ? range.to - range.from : 0);
        at = range.to;
    }
    g_assert_cmpuint(count(map, at, to), ==, value ? 0 : to - at);
    g_array_unref(list);
}

/* The first few gaps and the number of the others are what all of them are. */
static void
check_first(const struct om_ranges *ranges, guint64 from, guint64 to, guint most)
{
    GArray *all = om_ranges_missing(ranges, from, to);
    guint more;
    GArray *first = om_ranges_first_missing(ranges, from, to, most, &more);

    g_assert_cmpuint(first->len, ==, MIN(most, all->len));
    g_assert_cmpuint(first->len + more, ==, all->len);
    g_assert_true(!first->len || memcmp(first->data, all->data, first->len * sizeof(struct om_range)) == 0);
    g_array_unref(first);
    g_array_unref(all);
}

static void
check_all(const struct om_ranges *ranges, const gboolean *map, GRand *rand)
{
    guint from = (guint) g_rand_int_range(rand, 0, SPACE + 1);
    guint to = (guint) g_rand_int_range(rand, (gint) from, SPACE + 1);

    g_assert_cmpuint(om_ranges_size(ranges), ==, count(map, 0, SPACE));
    g_assert_cmpuint(om_ranges_end(ranges), ==, end_of(map));
    g_assert_cmpuint(om_ranges_prefix(ranges), ==, prefix_of(map));
    g_assert_cmpint(om_ranges_covers(ranges, from, to), ==, count(map, from, to) == to - from);
    check_list(om_ranges_missing(ranges, from, to), map, from, to, FALSE);
    check_first(ranges, from, to, (guint) g_rand_int_range(rand, 0, 4));
    check_list(om_ranges_list(ranges), map, 0, SPACE, TRUE);
}

/* Short ranges and long ones, now and then an empty one. */
static void
pick(GRand *rand, guint *from, guint *to)
{
    gint longest = g_rand_boolean(rand) ? 4 : SPACE;

    *from = (guint) g_rand_int_range(rand, 0, SPACE);
    longest = MIN(longest, SPACE - (gint) *from);
    *to = *from + (guint) g_rand_int_range(rand, 0, longest + 1);
}

static void
test_random(void)
{
    for (guint32 seed = 1; seed <= SEEDS; seed++) {
        GRand *rand = g_rand_new_with_seed(seed);
        struct om_ranges *ranges = om_ranges_new();
        gboolean map[SPACE] = {FALSE};

        g_test_message("seed %u", seed);
        for (guint step = 0; step < STEPS; step++) {
            guint from, to;

            pick(rand, &from, &to);
            if (g_rand_int_range(rand, 0, 3)) {
                g_assert_cmpuint(om_ranges_add(ranges, from, to), ==, to - from - count(map, from, to));
                set(map, from, to, TRUE);
            } else {
                om_ranges_remove(ranges, from, to);
                set(map, from, to, FALSE);
            }
            check_all(ranges, map, rand);
        }
        om_ranges_free(ranges);
        g_rand_free(rand);
    }
}

static void
test_empty(void)
{
    struct om_ranges *ranges = om_ranges_new();

    g_assert_cmpuint(om_ranges_add(ranges, 5, 5), ==, 0);
    g_assert_cmpuint(om_ranges_add(ranges, 6, 5), ==, 0);
    om_ranges_remove(ranges, 0, G_MAXUINT64);
    g_assert_cmpuint(om_ranges_size(ranges), ==, 0);
    g_assert_cmpuint(om_ranges_end(ranges), ==, 0);
    g_assert_cmpuint(om_ranges_prefix(ranges), ==, 0);
    g_assert_true(om_ranges_covers(ranges, 7, 7));
    g_assert_false(om_ranges_covers(ranges, 7, 8));
    om_ranges_free(ranges);
    om_ranges_free(NULL);
}

/* Offsets are what a peer claims: the last ones there are must do no harm. */
static void
test_limits(void)
{
    struct om_ranges *ranges = om_ranges_new();
    GArray *missing;

    g_assert_cmpuint(om_ranges_add(ranges, G_MAXUINT64 - 1, G_MAXUINT64), ==, 1);
    g_assert_cmpuint(om_ranges_add(ranges, 0, 1), ==, 1);
    missing = om_ranges_missing(ranges, 0, G_MAXUINT64);
    g_assert_cmpuint(missing->len, ==, 1);
    g_assert_cmpuint(g_array_index(missing, struct om_range, 0).from, ==, 1);
    g_assert_cmpuint(g_array_index(missing, struct om_range, 0).to, ==, G_MAXUINT64 - 1);
    g_array_unref(missing);
    g_assert_cmpuint(om_ranges_add(ranges, 0, G_MAXUINT64), ==, G_MAXUINT64 - 2);
    g_assert_cmpuint(om_ranges_size(ranges), ==, G_MAXUINT64);
    om_ranges_free(ranges);
}

/* Every second offset, backwards: a linear search would take minutes. */
static void
test_many(void)
{
    struct om_ranges *ranges = om_ranges_new();
    const guint n = 200000;

    for (guint i = n; i > 0; i--)
        om_ranges_add(ranges, 2 * i, 2 * i + 1);
    g_assert_cmpuint(om_ranges_size(ranges), ==, n);
    g_assert_cmpuint(om_ranges_prefix(ranges), ==, 0);
    for (guint i = n; i > 0; i--)
        om_ranges_add(ranges, 2 * i - 1, 2 * i);
    g_assert_true(om_ranges_covers(ranges, 1, 2 * n + 1));
    om_ranges_free(ranges);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ranges/random", test_random);
    g_test_add_func("/ranges/empty", test_empty);
    g_test_add_func("/ranges/limits", test_limits);
    g_test_add_func("/ranges/many", test_many);
    return g_test_run();
}
