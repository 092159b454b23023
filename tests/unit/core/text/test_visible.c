/* test_visible.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/text/visible.h"

#define BAD "\xef\xbf\xbd" /* U+FFFD */

struct row {
    struct om_slice sent;
    const char *text;
};

static void
check_rows(char *(*made)(struct om_slice), const struct row *rows, gsize count)
{
    for (gsize i = 0; i < count; i++) {
        char *text = made(rows[i].sent), *again = om_slice_dup_utf8(om_slice_str(text));

        g_assert_cmpstr(text, ==, rows[i].text);
        g_assert_cmpstr(again, ==, rows[i].text);
        g_free(again);
        g_free(text);
    }
    g_assert_null(made(OM_SLICE_NULL));
}

static void
test_utf8(void)
{
    static const struct row rows[] = {
        {OM_SLICE_LIT("plain\ttext ~"), "plain\ttext ~"},
        {OM_SLICE_LIT(""), ""},
        {OM_SLICE_LIT("a%20b\\x01"), "a%20b\\x01"},
        {OM_SLICE_LIT("a\0b\n\r\x1b[2J\x7f"), "a\\x00b\\x0a\\x0d\\x1b[2J\\x7f"},
        {OM_SLICE_LIT("a\xc2\x80\xc2\x9b"
                      "b\xc2\x9f\xc2\xa0"),
         "a\\u0080\\u009bb\\u009f\xc2\xa0"},
        {OM_SLICE_LIT("\xe2\x80\xaa\xe2\x80\xae\xe2\x81\xa6\xe2\x81\xa9\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c"),
         "\\u202a\\u202e\\u2066\\u2069\\u200e\\u200f\\u061c"},
        {OM_SLICE_LIT("\xe2\x80\xa8\xe2\x80\xa9\xef\xbb\xbf\xee\x80\x80"), "\\u2028\\u2029\\ufeff\\ue000"},
        {OM_SLICE_LIT("\xf3\xa0\x81\x81\xf0\x9f\x93\xb7"), "\\U000e0041\xf0\x9f\x93\xb7"},
        {OM_SLICE_LIT("\xff\x01" BAD), BAD "\\x01" BAD},
        {OM_SLICE_LIT("\xed\xa0\x80\xf4\x90\x80\x80\xc0\x80"), BAD BAD BAD BAD BAD BAD BAD BAD BAD},
        {OM_SLICE_LIT("\xc3\xa9\xe2\x82"), "\xc3\xa9" BAD BAD},
    };

    check_rows(om_slice_dup_utf8, rows, G_N_ELEMENTS(rows));
}

static void
test_unescaped(void)
{
    static const struct row rows[] = {
        {OM_SLICE_LIT("a%20b%2Fc"), "a b/c"}, {OM_SLICE_LIT("50%"), "50%"},
        {OM_SLICE_LIT("x%00y"), "x%00y"},     {OM_SLICE_LIT("%0Aevil"), "\\x0aevil"},
        {OM_SLICE_LIT("%C3%A9"), "\xc3\xa9"}, {OM_SLICE_LIT("%C2%9B%E2%80%AE%FF"), "\\u009b\\u202e" BAD},
    };

    check_rows(om_slice_dup_unescaped, rows, G_N_ELEMENTS(rows));
}

/* Wherever it is cut, the text is the beginning of the whole's. */
static void
test_head(void)
{
    const struct om_slice text = OM_SLICE_LIT("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x93\xb7"
                                              "b");
    const struct om_slice bytes = OM_SLICE_LIT("\x80\x80\x80\x80\x80\x80");
    char *whole = om_slice_dup_utf8(text);

    for (gsize n = 0; n <= text.l + 1; n++) {
        struct om_slice head = om_slice_head_utf8(text, n);
        char *cut = om_slice_dup_utf8(head);

        g_assert_true(head.l <= n && (n >= text.l || head.l + 4 > n));
        g_assert_true(g_str_has_prefix(whole, cut));
        g_free(cut);
    }
    g_assert_cmpuint(om_slice_head_utf8(bytes, 5).l, ==, 5);
    g_assert_null(om_slice_head_utf8(OM_SLICE_NULL, 5).p);
    g_free(whole);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/visible/utf8", test_utf8);
    g_test_add_func("/visible/unescaped", test_unescaped);
    g_test_add_func("/visible/head", test_head);
    return g_test_run();
}
