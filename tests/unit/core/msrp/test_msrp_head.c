/* test_msrp_head.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/msrp/msrp_head.h"

#define PATHS                                               \
    "To-Path: msrp://userpc.domain.com:8888/9di4ea;tcp\r\n" \
    "From-Path: msrp://psa.domain.com:7654/a3cd20b8ae7f;tcp\r\n"

static const struct {
    const char *line;
    gboolean ok;
    enum om_msrp_method method;
    const char *tid;
    guint status;
    const char *phrase;
    guint flaws;
} starts[] = {
    {"MSRP d93kswow SEND", TRUE, OM_MSRP_SEND, "d93kswow", 0, NULL, 0},
    {"MSRP d93kswow 200 OK", TRUE, OM_MSRP_RESPONSE, "d93kswow", 200, "OK", 0},
    {"MSRP d93kswow 200", TRUE, OM_MSRP_RESPONSE, "d93kswow", 200, NULL, 0},
    {"MSRP d93kswow 200 ", TRUE, OM_MSRP_RESPONSE, "d93kswow", 200, "", 0},
    {"MSRP x3.-+%=9 481 Session does not exist", TRUE, OM_MSRP_RESPONSE, "x3.-+%=9", 481, "Session does not exist", 0},
    {"MSRP dkei38sd REPORT", TRUE, OM_MSRP_REPORT, "dkei38sd", 0, NULL, 0},
    {"MSRP 49fh AUTH", TRUE, OM_MSRP_AUTH, "49fh", 0, NULL, 0},
    {"MSRP d93kswow NICKNAME", TRUE, OM_MSRP_NICKNAME, "d93kswow", 0, NULL, 0},
    {"MSRP d93kswow WOBBLE", TRUE, OM_MSRP_OTHER, "d93kswow", 0, NULL, 0},
    /* forgiven */
    {"MSRP  d93kswow SEND", TRUE, OM_MSRP_SEND, "d93kswow", 0, NULL, OM_MSRP_HEAD_START_LINE},
    {"MSRP d93kswow   200 OK", TRUE, OM_MSRP_RESPONSE, "d93kswow", 200, "OK", OM_MSRP_HEAD_START_LINE},
    {"MSRP d93kswow SEND ", TRUE, OM_MSRP_SEND, "d93kswow", 0, NULL, OM_MSRP_HEAD_START_LINE},
    {"MSRP d93kswow send", TRUE, OM_MSRP_SEND, "d93kswow", 0, NULL, OM_MSRP_HEAD_START_LINE},
    {"MSRP abc SEND", TRUE, OM_MSRP_SEND, "abc", 0, NULL, OM_MSRP_HEAD_TID},
    {"MSRP -abcd SEND", TRUE, OM_MSRP_SEND, "-abcd", 0, NULL, OM_MSRP_HEAD_TID},
    {"MSRP abc_def SEND", TRUE, OM_MSRP_SEND, "abc_def", 0, NULL, OM_MSRP_HEAD_TID},
    {"MSRP abcdefghijklmnopqrstuvwxyz012345 SEND", TRUE, OM_MSRP_SEND, "abcdefghijklmnopqrstuvwxyz012345", 0, NULL, 0},
    {"MSRP abcdefghijklmnopqrstuvwxyz0123456 SEND", TRUE, OM_MSRP_SEND, "abcdefghijklmnopqrstuvwxyz0123456", 0, NULL,
     OM_MSRP_HEAD_TID},
    /* no start lines */
    {"MSRP is a protocol", FALSE, 0, NULL, 0, NULL, 0},
    {"MSRP is great", FALSE, 0, NULL, 0, NULL, 0},
    {"MSRP d93kswow SEND now", FALSE, 0, NULL, 0, NULL, 0},
    {"MSRP d93kswow 20 OK", FALSE, 0, NULL, 0, NULL, 0},
    {"MSRP d93kswow 2000 OK", FALSE, 0, NULL, 0, NULL, 0},
    {"MSRP d93kswow 200\tOK", FALSE, 0, NULL, 0, NULL, 0},
    {"MSRP d93kswow SEND1", FALSE, 0, NULL, 0, NULL, 0},
    {"MSRP d93kswow", FALSE, 0, NULL, 0, NULL, 0},
    {"MSRP d93kswow ", FALSE, 0, NULL, 0, NULL, 0},
    {"MSRP ", FALSE, 0, NULL, 0, NULL, 0},
    {"MSRPd93kswow SEND", FALSE, 0, NULL, 0, NULL, 0},
    {"msrp d93kswow SEND", FALSE, 0, NULL, 0, NULL, 0},
    {" MSRP d93kswow SEND", FALSE, 0, NULL, 0, NULL, 0},
    {"MSRP d93\xc3\xa4kswow SEND", FALSE, 0, NULL, 0, NULL, 0},
    {"MSRP d93kswow LONGERTHANANYMETHODTHATANYBODYEVERWROTE", FALSE, 0, NULL, 0, NULL, 0},
    {"MSRP abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm SEND", FALSE, 0, NULL, 0, NULL, 0},
    {"", FALSE, 0, NULL, 0, NULL, 0},
};

static void
check(struct om_slice got, const char *want)
{
    char *text = om_slice_dup(got);

    g_assert_cmpstr(text, ==, want);
    g_free(text);
}

static void
test_start_lines(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(starts); i++) {
        struct om_slice line = om_slice_str(starts[i].line);
        struct om_msrp_head head;

        g_test_message("%s", starts[i].line);
        g_assert_cmpint(om_msrp_is_start_line(line), ==, starts[i].ok);
        g_assert_cmpint(om_msrp_head_parse(line, &head), ==, starts[i].ok);
        if (!starts[i].ok)
            continue;
        g_assert_cmpint(head.method, ==, starts[i].method);
        check(head.tid, starts[i].tid);
        g_assert_cmpuint(head.status, ==, starts[i].status);
        check(head.phrase, starts[i].phrase);
        g_assert_cmphex(head.flaws, ==, starts[i].flaws | OM_MSRP_HEAD_NO_PATHS);
    }
}

static void
test_send(void)
{
    struct om_msrp_head head;

    g_assert_true(om_msrp_head_parse(OM_SLICE_LIT("MSRP d93kswow SEND\r\n" PATHS "Message-ID: 12339sdqwer\r\n"
                                                  "Byte-Range: 1-2048/4385\r\nSuccess-Report: yes\r\n"
                                                  "Failure-Report: partial\r\nContent-Disposition: attachment\r\n"
                                                  "Content-Type: application/vnd.oma.push\r\n"),
                                     &head));
    g_assert_cmphex(head.flaws, ==, 0);
    check(head.to_path, "msrp://userpc.domain.com:8888/9di4ea;tcp");
    check(head.from_path, "msrp://psa.domain.com:7654/a3cd20b8ae7f;tcp");
    check(head.message_id, "12339sdqwer");
    check(head.byte_range_text, "1-2048/4385");
    g_assert_true(head.byte_range_ok);
    g_assert_cmpuint(head.byte_range.end, ==, 2048);
    g_assert_true(head.success_report);
    g_assert_cmpint(head.failure_report, ==, OM_MSRP_FAILURE_PARTIAL);
    check(head.failure_report_text, "partial");
    check(head.content_type, "application/vnd.oma.push");
    check(head.content_disposition, "attachment");
    g_assert_true(head.mime_headers);
    g_assert_cmpuint(head.report_namespace, ==, G_MAXUINT);
}

static void
test_report(void)
{
    static const struct {
        const char *status;
        guint space, code;
    } rows[] = {
        {"000 200 OK", 0, 200},   {"000 413", 0, 413},     {"001 200 x", 1, 200},   {"200 OK", G_MAXUINT, 200},
        {"OK", G_MAXUINT, 0},     {"", G_MAXUINT, 0},      {"000  200 OK", 0, 200}, {"0000 200", G_MAXUINT, 0},
        {"000 20", G_MAXUINT, 0}, {"408", G_MAXUINT, 408},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        char *text = g_strdup_printf("MSRP dkei38sd REPORT\r\n" PATHS "Message-ID: 12339sdqwer\r\n"
                                     "Byte-Range: 1-4385/4385\r\nStatus: %s\r\n",
                                     rows[i].status);
        struct om_msrp_head head;

        g_test_message("%s", rows[i].status);
        g_assert_true(om_msrp_head_parse(om_slice_str(text), &head));
        check(head.report_status_text, rows[i].status);
        g_assert_cmpuint(head.report_status, ==, rows[i].code);
        g_assert_cmpuint(head.report_namespace, ==, rows[i].space);
        g_assert_cmphex(head.flaws, ==, 0);
        g_free(text);
    }
}

static void
test_flaws(void)
{
    static const struct {
        const char *text;
        guint flaws;
    } rows[] = {
        {"MSRP a786hjs2 200 OK\r\n" PATHS, 0},
        {"MSRP a786hjs2 SEND\r\n" PATHS "\r\n", 0},
        {"MSRP a786hjs2 SEND\r\nFrom-Path: a\r\nTo-Path: b\r\n", OM_MSRP_HEAD_ORDER_PATHS},
        {"MSRP a786hjs2 SEND\r\nTo-Path: b\r\nMessage-ID: x\r\nFrom-Path: a\r\n", OM_MSRP_HEAD_ORDER_PATHS},
        {"MSRP a786hjs2 SEND\r\nMessage-ID: x\r\nTo-Path: b\r\n", OM_MSRP_HEAD_NO_PATHS},
        {"MSRP a786hjs2 SEND\r\n" PATHS "Content-Type: text/plain\r\nMessage-ID: x\r\n", OM_MSRP_HEAD_ORDER_TYPE},
        {"MSRP a786hjs2 SEND\r\n\r\n" PATHS, OM_MSRP_HEAD_BLANK_LINE},
        {"MSRP a786hjs2 SEND\r\nTo-Path: b\r\n\r\nFrom-Path: a\r\n\r\n", OM_MSRP_HEAD_BLANK_LINE},
        {"MSRP a786hjs2 SEND\r\n" PATHS "what is this\r\n", OM_MSRP_HEAD_NO_COLON},
        {"MSRP a786hjs2 SEND\r\n" PATHS ": empty\r\n", OM_MSRP_HEAD_NO_COLON},
        {"MSRP a786hjs2 SEND\r\n" PATHS "two words: x\r\n", OM_MSRP_HEAD_NO_COLON},
        {"MSRP a786hjs2 SEND\nTo-Path: b\nFrom-Path: a\n", OM_MSRP_HEAD_BARE_LF},
        {"MSRP a786hjs2 SEND\r\nTo-Path: b\nFrom-Path: a", OM_MSRP_HEAD_BARE_LF},
        {"MSRP a786hjs2 SEND\r\nTo-Path: b\r\nFrom-Path: a", 0},
        {"MSRP a786hjs2 SEND\r\nTO-PATH:b\r\nfrom-path:  a\r\n", 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_msrp_head head;

        g_test_message("%s", rows[i].text);
        g_assert_true(om_msrp_head_parse(om_slice_str(rows[i].text), &head));
        g_assert_cmphex(head.flaws, ==, rows[i].flaws);
    }
}

static void
test_first_counts(void)
{
    struct om_msrp_head head;

    g_assert_true(om_msrp_head_parse(OM_SLICE_LIT("MSRP a786hjs2 SEND\r\nTo-Path: b\r\nFrom-Path: a\r\nTo-Path: c\r\n"
                                                  "Byte-Range: 1-x/9\r\nFailure-Report: no\r\nSuccess-Report: YES\r\n"
                                                  "Use-Path: msrps://r:1/s;tcp\r\n"),
                                     &head));
    check(head.to_path, "b");
    check(head.byte_range_text, "1-x/9");
    g_assert_false(head.byte_range_ok);
    g_assert_cmpint(head.failure_report, ==, OM_MSRP_FAILURE_NO);
    g_assert_true(head.success_report);
    g_assert_false(head.mime_headers);
    check(head.use_path, "msrps://r:1/s;tcp");
}

/* Every prefix in a block of exactly its size: reading beyond it is seen by AddressSanitizer. */
static void
test_prefixes(void)
{
    static const char text[] = "MSRP dkei38sd REPORT\r\n" PATHS "Message-ID: 12339sdqwer\r\nByte-Range: 1-4385/4385\r\n"
                               "Status: 000 200 OK\nContent-ID: <x>\r\n\r\nContent-Type: text/plain\r\n\r\n";
    struct om_msrp_head head;

    for (gsize l = 0; l < sizeof(text); l++) {
        char *block = g_memdup2(text, l);
        gboolean ok = om_msrp_head_parse(om_slice(block, l), &head);

        g_assert_cmpint(ok, ==, l >= strlen("MSRP dkei38sd R"));
        if (ok)
            g_assert_true(head.tid.p + head.tid.l <= block + l);
        g_free(block);
    }
}

/* A megabyte of one header, and of header lines: time grows with it, and no faster. */
static void
test_large(void)
{
    GString *text = g_string_new("MSRP a786hjs2 SEND\r\n" PATHS "X: ");
    struct om_msrp_head head;
    gint64 begin = g_get_monotonic_time();

    for (gsize i = 0; i < 1 << 20; i++)
        g_string_append_c(text, i % 2 ? ',' : ':');
    for (gsize i = 0; i < 200000; i++)
        g_string_append(text, "\r\na:b");
    g_assert_true(om_msrp_head_parse(om_slice(text->str, text->len), &head));
    g_assert_cmphex(head.flaws, ==, 0);
    g_assert_cmpint(g_get_monotonic_time() - begin, <, 5 * G_USEC_PER_SEC);
    g_string_free(text, TRUE);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/msrp_head/start_lines", test_start_lines);
    g_test_add_func("/msrp_head/send", test_send);
    g_test_add_func("/msrp_head/report", test_report);
    g_test_add_func("/msrp_head/flaws", test_flaws);
    g_test_add_func("/msrp_head/first_counts", test_first_counts);
    g_test_add_func("/msrp_head/prefixes", test_prefixes);
    g_test_add_func("/msrp_head/large", test_large);
    return g_test_run();
}
