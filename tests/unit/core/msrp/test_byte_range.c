/* test_byte_range.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/msrp/byte_range.h"

static const struct {
    const char *text;
    gboolean ok;
    struct om_byte_range range;
} rows[] = {
    /* RFC 4975 and the sample flows of OMA SIP Push */
    {"1-25/25", TRUE, {1, 25, 25, FALSE, FALSE}},
    {"1-*/*", TRUE, {1, 0, 0, TRUE, TRUE}},
    {"1-2048/4385", TRUE, {1, 2048, 4385, FALSE, FALSE}},
    {"2049-4385/4385", TRUE, {2049, 4385, 4385, FALSE, FALSE}},
    {"1-*/8", TRUE, {1, 0, 8, TRUE, FALSE}},
    {"5-8/*", TRUE, {5, 8, 0, FALSE, TRUE}},
    {"1-0/0", TRUE, {1, 0, 0, FALSE, FALSE}},
    /* spaces are forgiven */
    {" 1 - 39 / 39 ", TRUE, {1, 39, 39, FALSE, FALSE}},
    {"1-\t*/ *", TRUE, {1, 0, 0, TRUE, TRUE}},
    /* senseless, returned as sent */
    {"0-99/100", TRUE, {0, 99, 100, FALSE, FALSE}},
    {"10-5/20", TRUE, {10, 5, 20, FALSE, FALSE}},
    {"1-30/20", TRUE, {1, 30, 20, FALSE, FALSE}},
    {"18446744073709551615-18446744073709551615/18446744073709551615",
     TRUE,
     {G_MAXUINT64, G_MAXUINT64, G_MAXUINT64, FALSE, FALSE}},
    /* not of the form */
    {"", FALSE, {0}},
    {"1", FALSE, {0}},
    {"1-25", FALSE, {0}},
    {"1/25", FALSE, {0}},
    {"/1-2", FALSE, {0}},
    {"-25/25", FALSE, {0}},
    {"1-/25", FALSE, {0}},
    {"1-25/", FALSE, {0}},
    {"*-25/25", FALSE, {0}},
    {"1--25/25", FALSE, {0}},
    {"1-25/25/25", FALSE, {0}},
    {"1-**/25", FALSE, {0}},
    {"1-25/-1", FALSE, {0}},
    {"+1-25/25", FALSE, {0}},
    {"1-2x/25", FALSE, {0}},
    {"1 0-25/25", FALSE, {0}},
    {"1-18446744073709551616/*", FALSE, {0}},
};

static void
test_rows(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_byte_range range = {77, 77, 77, TRUE, TRUE};
        gboolean ok = om_byte_range_parse(om_slice_str(rows[i].text), &range);

        g_test_message("%s", rows[i].text);
        g_assert_cmpint(ok, ==, rows[i].ok);
        if (!ok) {
            g_assert_cmpuint(range.start, ==, 77); /* untouched */
            continue;
        }
        g_assert_cmpuint(range.start, ==, rows[i].range.start);
        g_assert_cmpuint(range.end, ==, rows[i].range.end);
        g_assert_cmpuint(range.total, ==, rows[i].range.total);
        g_assert_cmpint(range.end_open, ==, rows[i].range.end_open);
        g_assert_cmpint(range.total_open, ==, rows[i].range.total_open);
    }
}

/* Every prefix in a block of exactly its size: reading beyond it is seen by AddressSanitizer. */
static void
test_prefixes(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        for (gsize l = 0; l <= strlen(rows[i].text); l++) {
            char *block = g_memdup2(rows[i].text, l);
            struct om_byte_range range;
            gboolean ok = om_byte_range_parse(om_slice(block, l), &range);

            if (l == strlen(rows[i].text))
                g_assert_cmpint(ok, ==, rows[i].ok);
            g_free(block);
        }
    }
    g_assert_false(om_byte_range_parse(OM_SLICE_NULL, &(struct om_byte_range){0}));
}

static void
test_file_range(void)
{
    static const struct {
        const char *text;
        gboolean ok;
        guint64 start, end;
        gboolean open;
    } texts[] = {
        {"1-32349", TRUE, 1, 32349, FALSE}, {"201-*", TRUE, 201, 0, TRUE}, {"9-5", TRUE, 9, 5, FALSE},
        {"*-5", FALSE, 0, 0, FALSE},        {"5", FALSE, 0, 0, FALSE},     {"1-5/5", FALSE, 0, 0, FALSE},
        {"", FALSE, 0, 0, FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        struct om_byte_range range = {0};

        g_test_message("%s", texts[i].text);
        g_assert_cmpint(om_file_range_parse(om_slice_str(texts[i].text), &range), ==, texts[i].ok);
        g_assert_cmpuint(range.start, ==, texts[i].start);
        g_assert_cmpuint(range.end, ==, texts[i].end);
        g_assert_cmpint(range.end_open, ==, texts[i].open);
    }
    g_assert_false(om_file_range_parse(OM_SLICE_NULL, &(struct om_byte_range){0}));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/byte_range/rows", test_rows);
    g_test_add_func("/byte_range/prefixes", test_prefixes);
    g_test_add_func("/byte_range/file-range", test_file_range);
    return g_test_run();
}
