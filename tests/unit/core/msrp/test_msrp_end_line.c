/* test_msrp_end_line.c
 * End-lines in every form, runs of dashes, and where a message begins.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/msrp/msrp_end_line.h"
#include "core/msrp/msrp_opening.h"

/* As flags of struct om_end_line: b bad_flag, s spaced, l bare_lf. */
static const struct {
    const char *text;
    enum om_match own; /* of the message with the id op2nc9a */
    const char *flaws;
    char flag;
    enum om_match any;
} rows[] = {
    {"-------op2nc9a$\r\n", OM_MATCH_YES, "", '$', OM_MATCH_YES},
    {"-------op2nc9a+\r\nMSRP", OM_MATCH_YES, "", '+', OM_MATCH_YES},
    {"-------op2nc9a#\r\n", OM_MATCH_YES, "", '#', OM_MATCH_YES},
    {"------- op2nc9a$\r\n", OM_MATCH_YES, "s", '$', OM_MATCH_YES},
    {"-------op2nc9a $\r\n", OM_MATCH_YES, "s", '$', OM_MATCH_NO},
    {"-------op2nc9a$ \r\n", OM_MATCH_YES, "s", '$', OM_MATCH_YES},
    {"-------op2nc9a$\n", OM_MATCH_YES, "l", '$', OM_MATCH_YES},
    {"-------op2nc9a\r\n", OM_MATCH_YES, "b", '$', OM_MATCH_NO},
    {"-------op2nc9a\n", OM_MATCH_YES, "bl", '$', OM_MATCH_NO},
    {"-------op2nc9a!\r\n", OM_MATCH_YES, "b", '$', OM_MATCH_NO},
    {"-------op2nc9a  \r\n", OM_MATCH_YES, "bs", '$', OM_MATCH_NO},
    /* not this message's */
    {"-------op2nc9b$\r\n", OM_MATCH_NO, "", 0, OM_MATCH_YES},
    {"-------op2nc9a.$\r\n", OM_MATCH_NO, "", 0, OM_MATCH_YES},
    {"-------op2nc9aa\r\n", OM_MATCH_NO, "", 0, OM_MATCH_NO},
    {"-------op2nc9a+$\r\n", OM_MATCH_NO, "", 0, OM_MATCH_YES},
    {"-------op2nc9a$$\r\n", OM_MATCH_NO, "", 0, OM_MATCH_YES},
    {"-------op2nc9a !\r\n", OM_MATCH_NO, "", 0, OM_MATCH_NO},
    {"-------op2nc9a$ more\r\n", OM_MATCH_NO, "", 0, OM_MATCH_NO},
    {"-------op2nc9a$\rx", OM_MATCH_NO, "", 0, OM_MATCH_NO},
    {"-------         op2nc9a$\r\n", OM_MATCH_NO, "", 0, OM_MATCH_NO},
    {"-------$\r\n", OM_MATCH_NO, "", 0, OM_MATCH_NO},
    {"-------x$\r\n", OM_MATCH_NO, "", 0, OM_MATCH_YES},
    {"------op2nc9a$\r\n", OM_MATCH_NO, "", 0, OM_MATCH_NO},
    /* more bytes are needed */
    {"", OM_MATCH_MORE, "", 0, OM_MATCH_MORE},
    {"----", OM_MATCH_MORE, "", 0, OM_MATCH_MORE},
    {"-------", OM_MATCH_MORE, "", 0, OM_MATCH_MORE},
    {"------- ", OM_MATCH_MORE, "", 0, OM_MATCH_MORE},
    {"-------op2n", OM_MATCH_MORE, "", 0, OM_MATCH_MORE},
    {"-------op2nc9a", OM_MATCH_MORE, "", 0, OM_MATCH_MORE},
    {"-------op2nc9a$", OM_MATCH_MORE, "", 0, OM_MATCH_MORE},
    {"-------op2nc9a$\r", OM_MATCH_MORE, "", 0, OM_MATCH_MORE},
};

static void
check_flaws(const struct om_end_line *line, const char *want)
{
    g_assert_cmpint(line->bad_flag, ==, strchr(want, 'b') != NULL);
    g_assert_cmpint(line->spaced, ==, strchr(want, 's') != NULL);
    g_assert_cmpint(line->bare_lf, ==, strchr(want, 'l') != NULL);
}

static void
test_rows(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        gsize l = strlen(rows[i].text);
        char *block = g_memdup2(rows[i].text, l);
        struct om_slice text = om_slice(block, l);
        struct om_end_line line;

        g_test_message("%s", rows[i].text);
        if (l == 0)
            text = OM_SLICE_LIT("");
        g_assert_cmpint(om_end_line_own(text, OM_SLICE_LIT("op2nc9a"), FALSE, &line), ==, rows[i].own);
        if (rows[i].own == OM_MATCH_YES) {
            check_flaws(&line, rows[i].flaws);
            g_assert_cmpint(line.flag, ==, rows[i].flag);
            g_assert_cmpuint(line.length, ==, strchr(rows[i].text, '\n') + 1 - rows[i].text);
            g_assert_true(om_slice_eq(line.id, OM_SLICE_LIT("op2nc9a")));
        }
        g_assert_cmpint(om_end_line_any(text, FALSE, &line), ==, rows[i].any);
        if (rows[i].any == OM_MATCH_YES)
            g_assert_cmpuint(line.length, ==, strchr(rows[i].text, '\n') + 1 - rows[i].text);
        g_free(block);
    }
}

/* No more bytes will come: the flag must be there, the line's end need not. */
static void
test_last(void)
{
    static const struct {
        const char *text;
        enum om_match match;
    } ends[] = {
        {"-------op2nc9a$", OM_MATCH_YES},
        {"-------op2nc9a$\r", OM_MATCH_YES},
        {"-------op2nc9a", OM_MATCH_NO},
        {"-------op2n", OM_MATCH_NO},
        {"---", OM_MATCH_NO},
        {"-------op2nc9a\r", OM_MATCH_NO},
    };
    struct om_end_line line;

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        struct om_slice text = om_slice_str(ends[i].text);

        g_test_message("%s", ends[i].text);
        g_assert_cmpint(om_end_line_own(text, OM_SLICE_LIT("op2nc9a"), TRUE, &line), ==, ends[i].match);
        g_assert_cmpint(om_end_line_any(text, TRUE, &line), ==, ends[i].match);
    }
}

/* Every run, against a look at every byte. */
static void
test_dashes(void)
{
    for (guint round = 0; round < 2000; round++) {
        char text[64];
        gsize l = (gsize) g_test_rand_int_range(0, sizeof(text));
        gsize from = (gsize) g_test_rand_int_range(0, 20);
        gssize want = -1;
        gsize want_end = 0, end = 0;

        for (gsize i = 0; i < l; i++)
            text[i] = g_test_rand_int_range(0, 12) ? '-' : 'x';
        for (gsize i = from; i < l && want < 0; i++) {
            gsize run = i;

            while (run < l && text[run] == '-')
                run++;
            if (run - i >= OM_END_LINE_DASHES) {
                want = (gssize) i;
                want_end = run;
            }
            i = run;
        }
        g_assert_cmpint(om_dashes_find(om_slice(text, l), from, &end), ==, want);
        if (want >= 0)
            g_assert_cmpuint(end, ==, want_end);
    }
}

static void
test_openings(void)
{
    static const struct {
        const char *text;
        enum om_match match;
        const char *to, *from;
    } openings[] = {
        {"MSRP aaaa SEND\r\nTo-Path: a\r\nFrom-Path: b c\r\nX", OM_MATCH_YES, "a", "b c"},
        {"MSRP aaaa SEND\r\nfrom-path:b\r\nTO-PATH : a\r\n", OM_MATCH_YES, "a", "b"},
        {"MSRP aaaa 200\r\n\r\n\nTo-Path: a\nMessage-ID: x\n", OM_MATCH_YES, "a", NULL},
        {"MSRP aaaa SEND\r\nMessage-ID: x\r\n", OM_MATCH_NO, NULL, NULL},
        {"MSRP aaaa SEND\r\n\r\n\r\n\r\n\r\n\r\nTo-Path: a\r\n", OM_MATCH_NO, NULL, NULL},
        {"MSRP is a protocol\r\nTo-Path: a\r\nFrom-Path: b\r\n", OM_MATCH_NO, NULL, NULL},
        {"MSRp", OM_MATCH_NO, NULL, NULL},
        {"MSR", OM_MATCH_MORE, NULL, NULL},
        {"MSRP aaaa SEND\r", OM_MATCH_MORE, NULL, NULL},
        {"MSRP aaaa SEND\r\n", OM_MATCH_MORE, NULL, NULL},
        {"MSRP aaaa SEND\r\nTo-Path: a\r\nFrom-Path: b\r", OM_MATCH_MORE, NULL, NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(openings); i++) {
        struct om_msrp_opening opening;

        g_test_message("%s", openings[i].text);
        g_assert_cmpint(om_msrp_opening_match(om_slice_str(openings[i].text), &opening), ==, openings[i].match);
        if (openings[i].match != OM_MATCH_YES)
            continue;
        g_assert_cmpint(om_slice_isset(opening.to_path), ==, openings[i].to != NULL);
        g_assert_cmpint(om_slice_isset(opening.from_path), ==, openings[i].from != NULL);
        g_assert_true(!openings[i].to || om_slice_eq(opening.to_path, om_slice_str(openings[i].to)));
        g_assert_true(!openings[i].from || om_slice_eq(opening.from_path, om_slice_str(openings[i].from)));
    }
}

static void
test_same_ends(void)
{
    static const struct {
        const char *to, *from;
        gboolean same; /* as "a r" and "b" */
    } ends[] = {
        {"a", "b", TRUE},  {"a x y", "b z", TRUE}, {"b", "a r", TRUE}, {"b", "b", FALSE},
        {"r", "b", FALSE}, {"a", NULL, FALSE},     {NULL, "b", FALSE}, {"", "", FALSE},
    };
    const struct om_msrp_opening known = {OM_SLICE_LIT("a r"), OM_SLICE_LIT("b")};

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        struct om_msrp_opening other = {om_slice_str(ends[i].to), om_slice_str(ends[i].from)};

        g_assert_cmpint(om_msrp_opening_same_ends(&known, &other), ==, ends[i].same);
        g_assert_cmpint(om_msrp_opening_same_ends(&other, &known), ==, ends[i].same);
    }
}

/* A line that never ends is given up at its limit, not before. */
static void
test_limits(void)
{
    GString *text = g_string_new("MSRP aaaa 200 ");
    struct om_msrp_opening opening;

    while (text->len < OM_START_LINE_LIMIT - 1)
        g_string_append_c(text, 'x');
    g_assert_cmpint(om_msrp_opening_match(om_slice(text->str, text->len), &opening), ==, OM_MATCH_MORE);
    g_string_append_c(text, 'x');
    g_assert_cmpint(om_msrp_opening_match(om_slice(text->str, text->len), &opening), ==, OM_MATCH_NO);
    g_string_assign(text, "MSRP aaaa 200\r\nTo-Path: ");
    while (text->len < OM_OPENING_LIMIT - 1)
        g_string_append_c(text, 'x');
    g_assert_cmpint(om_msrp_opening_match(om_slice(text->str, text->len), &opening), ==, OM_MATCH_MORE);
    g_string_append_c(text, 'x');
    g_assert_cmpint(om_msrp_opening_match(om_slice(text->str, text->len), &opening), ==, OM_MATCH_NO);
    g_string_free(text, TRUE);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/msrp_end_line/rows", test_rows);
    g_test_add_func("/msrp_end_line/last", test_last);
    g_test_add_func("/msrp_end_line/dashes", test_dashes);
    g_test_add_func("/msrp_end_line/openings", test_openings);
    g_test_add_func("/msrp_end_line/same_ends", test_same_ends);
    g_test_add_func("/msrp_end_line/limits", test_limits);
    return g_test_run();
}
