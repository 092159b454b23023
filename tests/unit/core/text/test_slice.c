/* test_slice.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/text/slice.h"

static void
test_u64(void)
{
    static const struct {
        const char *text;
        gboolean ok;
        guint64 value;
    } rows[] = {
        {"0", TRUE, 0},
        {"4385", TRUE, 4385},
        {"18446744073709551615", TRUE, G_MAXUINT64},
        {"18446744073709551616", FALSE, 0},
        {"99999999999999999999999", FALSE, 0},
        {"", FALSE, 0},
        {"-1", FALSE, 0},
        {"+1", FALSE, 0},
        {"1 ", FALSE, 0},
        {"..", FALSE, 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        guint64 value = 7;

        g_assert_cmpint(om_slice_u64(om_slice_str(rows[i].text), &value), ==, rows[i].ok);
        g_assert_cmpuint(value, ==, rows[i].ok ? rows[i].value : 7);
    }
}

static void
test_lines(void)
{
    struct om_slice rest = OM_SLICE_LIT("a\r\n\r\nb\nc");
    struct om_slice line;
    static const char *const want[] = {"a", "", "b", "c"};

    for (gsize i = 0; i < G_N_ELEMENTS(want); i++) {
        g_assert_true(om_slice_line(&rest, &line));
        g_assert_true(om_slice_eq(line, om_slice_str(want[i])));
    }
    g_assert_false(om_slice_line(&rest, &line));
}

static void
test_find(void)
{
    static const struct {
        const char *text;
        gsize from;
        const char *needle;
        gssize at;
    } rows[] = {
        {"abcabd", 0, "abd", 3}, {"abcabd", 0, "abc", 0}, {"abcabd", 1, "abc", -1}, {"aaab", 0, "aab", 1},
        {"abc", 0, "c", 2},      {"abc", 2, "c", 2},      {"abc", 3, "c", -1},      {"abc", 9, "c", -1},
        {"ab", 0, "abc", -1},    {"abc", 0, "", -1},      {"", 0, "a", -1},         {"-------", 1, "-------", -1},
        {"abab", 0, "bb", -1},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpint(om_slice_find(om_slice_str(rows[i].text), rows[i].from, om_slice_str(rows[i].needle)), ==,
                        rows[i].at);
    g_assert_cmpint(om_slice_find(OM_SLICE_LIT("a\0b\0\0c"), 0, OM_SLICE_LIT("\0\0")), ==, 3);
    g_assert_cmpint(om_slice_find(OM_SLICE_NULL, 0, OM_SLICE_LIT("a")), ==, -1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/slice/u64", test_u64);
    g_test_add_func("/slice/lines", test_lines);
    g_test_add_func("/slice/find", test_find);
    return g_test_run();
}
