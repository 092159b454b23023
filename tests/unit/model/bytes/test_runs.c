/* test_runs.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/bytes/runs.h"

#define SPACE 200

/* A model of the same: what is known, byte by byte. Byte i is (char) i. */
struct plain {
    gboolean known[SPACE];
};

static void
compare(const struct om_runs *runs, const struct plain *plain)
{
    gsize size = 0;

    for (gsize at = 0; at < SPACE; at++) {
        struct om_slice bytes = om_runs_at(runs, at);
        gsize next = at;
        gsize end = at;

        while (end < SPACE && plain->known[end])
            end++;
        while (next < SPACE && !plain->known[next])
            next++;
        g_assert_cmpuint(bytes.l, ==, end - at);
        for (gsize i = 0; i < bytes.l; i++)
            g_assert_cmpint((guchar) bytes.p[i], ==, (guchar) (at + i));
        g_assert_cmpuint(om_runs_next(runs, at), ==, next < SPACE ? next : G_MAXUINT64);
        size += plain->known[at];
    }
    /* A run whose beginning was dropped keeps its bytes until all of it is. */
    g_assert_cmpuint(runs->size, >=, size);
}

static void
add(struct om_runs *runs, struct plain *plain)
{
    gsize at = (gsize) g_test_rand_int_range(0, SPACE), l = (gsize) g_test_rand_int_range(0, 30);
    gsize first, want;
    char bytes[30];

    l = MIN(l, SPACE - at);
    want = l;
    for (gsize i = 0; i < l; i++) {
        bytes[i] = (char) (at + i);
        if (!plain->known[at + i] && want == l)
            want = i;
        plain->known[at + i] = TRUE;
    }
    first = om_runs_add(runs, at, om_slice(bytes, l));
    g_assert_cmpuint(first, ==, want);
}

static void
test_random(void)
{
    for (guint round = 0; round < 200; round++) {
        struct om_runs runs;
        struct plain plain = {{0}};

        om_runs_init(&runs);
        for (guint i = 0; i < 12; i++) {
            add(&runs, &plain);
            compare(&runs, &plain);
        }
        if (g_test_rand_bit()) {
            gsize from = (gsize) g_test_rand_int_range(0, SPACE);

            om_runs_drop_from(&runs, from);
            for (gsize i = from; i < SPACE; i++)
                plain.known[i] = FALSE;
            compare(&runs, &plain);
        }
        om_runs_clear(&runs);
    }
}

static void
test_drop_before(void)
{
    struct om_runs runs;

    om_runs_init(&runs);
    g_assert_cmpuint(om_runs_add(&runs, 10, OM_SLICE_LIT("abc")), ==, 0);
    g_assert_cmpuint(om_runs_add(&runs, 20, OM_SLICE_LIT("def")), ==, 0);
    om_runs_drop_before(&runs, 12);
    g_assert_cmpuint(om_runs_at(&runs, 12).l, ==, 1);
    om_runs_drop_before(&runs, 13);
    g_assert_cmpuint(runs.size, ==, 3);
    g_assert_cmpuint(om_runs_next(&runs, 0), ==, 20);
    om_runs_drop_before(&runs, 23);
    g_assert_cmpuint(runs.size, ==, 0);
    g_assert_cmpuint(runs.list->len, ==, 0);
    om_runs_clear(&runs);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/runs/random", test_random);
    g_test_add_func("/runs/drop_before", test_drop_before);
    return g_test_run();
}
