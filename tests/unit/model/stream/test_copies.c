/* test_copies.c
 * Segments of two capture points with sequence numbers of their own, in whatever order they come.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/stream/copies.h"

/** One segment: its number, its text, and the number that it stands for. */
struct row {
    guint32 seq;
    const char *text;
    guint32 expected;
    gboolean first;
};

#define FAR 0x90000000u

static void
play(const struct row *rows, gsize count)
{
    struct om_copies *copies = NULL;

    for (gsize i = 0; i < count; i++) {
        gboolean first;

        g_assert_cmpuint(om_copies_segment(&copies, rows[i].seq, om_slice_str(rows[i].text), &first), ==,
                         rows[i].expected);
        g_assert_cmpint(first, ==, rows[i].first);
    }
    om_copies_free(copies);
}

static void
test_both_sides(void)
{
    static const struct row rows[] = {
        {1, "MSRP t1 SEND first half..", 1, TRUE},           {26, "second half, then end-line", 26, FALSE},
        {FAR + 1, "MSRP t1 SEND first half..", 1, FALSE},    {FAR + 26, "second half, then end-line", 26, FALSE},
        {FAR + 52, "MSRP t2 comes there before", 52, FALSE}, {52, "MSRP t2 comes there before", 52, FALSE},
    };

    play(rows, G_N_ELEMENTS(rows));
}

static void
test_no_copy(void)
{
    static const struct row rows[] = {
        {1, "MSRP t1 SEND first half..", 1, TRUE},
        {FAR, "MSRP t9 on ports used anew", FAR, TRUE},
        {FAR + 26, "goes on", FAR + 26, FALSE},
        {7, "short", 7, TRUE}, /* too short to be told from others */
    };

    play(rows, G_N_ELEMENTS(rows));
}

static void
test_mentioned(void)
{
    struct om_copies *copies = NULL;
    gboolean first;
    guint32 seq = FAR + 26;

    om_copies_segment(&copies, 1, om_slice_str("MSRP t1 SEND first half.."), &first);
    g_assert_false(om_copies_mentioned(copies, &seq));
    om_copies_segment(&copies, FAR + 1, om_slice_str("MSRP t1 SEND first half.."), &first);
    g_assert_true(om_copies_mentioned(copies, &seq));
    g_assert_cmpuint(seq, ==, 26);
    om_copies_free(copies);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/copies/both_sides", test_both_sides);
    g_test_add_func("/copies/no_copy", test_no_copy);
    g_test_add_func("/copies/mentioned", test_mentioned);
    return g_test_run();
}
