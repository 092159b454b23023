/* test_cpim.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/push/cpim.h"

#include <time.h>

/* RFC 3862 section 5.1 (without the outer header). */
#define RFC3862                                                 \
    "From: MR SANDERS <im:piglet@100akerwood.com>\r\n"          \
    "To: Depressed Donkey <im:eeyore@100akerwood.com>\r\n"      \
    "DateTime: 2000-12-13T13:40:00-08:00\r\n"                   \
    "Subject: the weather will be fine today\r\n"               \
    "Subject:;lang=fr beau temps prevu pour aujourd'hui\r\n"    \
    "NS: MyFeatures <mid:MessageFeatures@id.foo.com>\r\n"       \
    "Require: MyFeatures.VitalMessageOption\r\n"                \
    "MyFeatures.VitalMessageOption: Confirmation-requested\r\n" \
    "MyFeatures.WackyMessageOption: Use-silly-font\r\n"         \
    "\r\n"                                                      \
    "Content-type: text/xml; charset=utf-8\r\n"                 \
    "Content-ID: <1234567890@foo.com>\r\n"                      \
    "\r\n"                                                      \
    "<body>\r\nHere is the text of my message.\r\n</body>\r\n"

/* A push in CPIM, as RCS stacks send it (RFC 5438 headers). */
#define PUSH                                     \
    "From: <sip:psa@domain.com>\r\n"             \
    "To: <sip:user@domain.com>\r\n"              \
    "NS: imdn <urn:ietf:params:imdn>\r\n"        \
    "imdn.Message-ID: Mt4Xc3Wx\r\n"              \
    "\r\n"                                       \
    "CONTENT-TYPE: application/vnd.oma.push\r\n" \
    "Content-Length: 30\r\n"                     \
    "\r\n"                                       \
    "Content-Type: text/plain\r\n\r\nhello"

static const struct {
    const char *body;
    const char *headers; /* names, joined; NULL: no CPIM */
    const char *type;
    const char *content;
    guint flaws;
} rows[] = {
    {RFC3862,
     "From|To|DateTime|Subject|Subject|NS|Require|MyFeatures.VitalMessageOption|MyFeatures.WackyMessageOption|"
     "Content-type|Content-ID",
     "text/xml; charset=utf-8", "<body>\r\nHere is the text of my message.\r\n</body>\r\n", 0},
    {PUSH, "From|To|NS|imdn.Message-ID|CONTENT-TYPE|Content-Length", "application/vnd.oma.push",
     "Content-Type: text/plain\r\n\r\nhello", 0},
    {"\r\nContent-Type: text/plain\r\n\r\nhello", "Content-Type", "text/plain", "hello", 0},
    {"From: a\nTo: b\n\nContent-Type: text/plain;\n charset=utf-8\n\nhello", "From|To|Content-Type",
     "text/plain; charset=utf-8", "hello", 0},
    {"From: a\r\n\r\nContent-Type:text/plain\r\n\r\n", "From|Content-Type", "text/plain", "", 0},
    {"From:a\r\nTo: b\r\n\r\nContent-Type: text/plain\r\n\r\nx", "From|To|Content-Type", "text/plain", "x",
     OM_CPIM_MISSING_SPACE},
    {"From: a\r\nno header\r\nTo: b\r\n\r\nContent-Type: text/plain\r\n\r\nx", "From|To|Content-Type", "text/plain",
     "x", OM_CPIM_BAD_HEADER},
    {"From: a\r\n\r\nContent-Type: text/plain\r\nno header\r\n\r\nx", "From|Content-Type", "text/plain", "x",
     OM_CPIM_BAD_HEADER},
    /* Blank lines too few or too many. */
    {"From: a\r\nTo: b\r\nContent-Type: text/plain\r\n\r\nx", "From|To|Content-Type", "text/plain", "x",
     OM_CPIM_BLANK_LINE},
    {"From: a\r\n\r\nTo: b\r\n\r\nContent-Type: text/plain\r\n\r\nx", "From|To|Content-Type", "text/plain", "x",
     OM_CPIM_BLANK_LINE},
    {"From: a\r\n\r\n\r\nContent-Type: text/plain\r\n\r\nx", "From|Content-Type", "text/plain", "x",
     OM_CPIM_BLANK_LINE},
    {"\r\nFrom: a\r\n\r\nContent-Type: text/plain\r\n\r\nx", "From|Content-Type", "text/plain", "x",
     OM_CPIM_BLANK_LINE},
    {"From: a\r\n\r\nContent-ID: b\r\n\r\nContent-Type: text/plain\r\n\r\nx", "From|Content-ID|Content-Type",
     "text/plain", "x", OM_CPIM_BLANK_LINE},
    {"Content-Type: message/cpim\r\n\r\n" PUSH, "Content-Type", "message/cpim", PUSH, OM_CPIM_BLANK_LINE},
    {"From: a\r\nTo: b", "From|To", NULL, "", OM_CPIM_BLANK_LINE | OM_CPIM_NO_CONTENT_TYPE},
    /* No MIME headers: the content begins at once. */
    {"From: a\r\n\r\nhello\r\n\r\nContent-Type: x/y\r\n\r\n", "From", NULL, "hello\r\n\r\nContent-Type: x/y\r\n\r\n",
     OM_CPIM_NO_CONTENT_TYPE},
    {"From: a\r\n\r\n\r\nhello", "From", NULL, "hello", OM_CPIM_NO_CONTENT_TYPE},
    {"From: a\r\n\r\nContent-ID: b\r\n\r\nhello: x\r\n\r\n", "From|Content-ID", NULL, "hello: x\r\n\r\n",
     OM_CPIM_NO_CONTENT_TYPE},
    {"From: a\r\n\r\n", "From", NULL, "", OM_CPIM_NO_CONTENT_TYPE},
    /* None of these is one. */
    {"", NULL, NULL, NULL, 0},
    {"\r\n", NULL, NULL, NULL, 0},
    {"hello\r\n\r\nthere", NULL, NULL, NULL, 0},
    {"Note: this\r\n\r\nContent-Type: text/plain\r\n\r\n", NULL, NULL, NULL, 0},
    {"line one\r\nline two\r\nTo: b\r\n\r\nx", NULL, NULL, NULL, 0},
};

static char *
names_of(const struct om_push_headers *headers)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < headers->list->len; i++) {
        const struct om_push_header *header = g_ptr_array_index(headers->list, i);

        g_string_append_printf(text, "%s%s", i ? "|" : "", header->name);
    }
    return g_string_free(text, FALSE);
}

static void
test_rows(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_cpim cpim;
        char *names;
        char *content;

        g_test_message("row %u", (guint) i);
        g_assert_cmpint(om_cpim_parse(om_slice_str(rows[i].body), &cpim), ==, rows[i].headers != NULL);
        if (!rows[i].headers)
            continue;
        names = names_of(&cpim.headers);
        content = om_slice_dup(cpim.headers.content);
        g_assert_cmpstr(names, ==, rows[i].headers);
        g_assert_cmpstr(cpim.headers.content_type, ==, rows[i].type);
        g_assert_cmpstr(content, ==, rows[i].content);
        g_assert_cmphex(cpim.flaws, ==, rows[i].flaws);
        g_free(content);
        g_free(names);
        om_cpim_clear(&cpim);
    }
}

static void
test_values(void)
{
    struct om_cpim cpim;
    const struct om_push_header *header;

    g_assert_true(om_cpim_parse(om_slice_str(RFC3862), &cpim));
    header = g_ptr_array_index(cpim.headers.list, 4);
    g_assert_cmpstr(header->value, ==, ";lang=fr beau temps prevu pour aujourd'hui");
    g_assert_cmpmem(&RFC3862[header->offset], 8, "Subject:", 8);
    g_assert_cmpstr(om_push_headers_get(&cpim.headers, "from"), ==, "MR SANDERS <im:piglet@100akerwood.com>");
    om_cpim_clear(&cpim);
}

static void
test_prefixes(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        for (gsize n = 0; n <= strlen(rows[i].body); n++) {
            char *copy = g_memdup2(rows[i].body, n);
            struct om_cpim cpim;

            if (om_cpim_parse(om_slice(copy, n), &cpim)) {
                g_assert_true(cpim.headers.content.p + cpim.headers.content.l == copy + n);
                om_cpim_clear(&cpim);
            }
            g_free(copy);
        }
    }
}

static void
test_bulk(void)
{
    static const struct {
        const char *unit;
        gboolean alone; /* is a CPIM message without a From in front, too */
    } bulk[] = {
        {"\r\n", FALSE}, {"a:\n", FALSE}, {"To: b\n\n", TRUE}, {"Content-ID: x\n\n", TRUE},
        {"x\n", FALSE},  {" y\n", FALSE}, {":", FALSE},        {"Content-", FALSE},
    };
    static const char from[] = "From: a\n\n";

    for (gsize i = 0; i < G_N_ELEMENTS(bulk); i++) {
        GString *text = g_string_new(from);
        struct om_slice whole, tail;
        struct om_cpim cpim;
        gboolean alone;

        while (text->len < 4 * 1024 * 1024)
            g_string_append(text, bulk[i].unit);
        whole = om_slice(text->str, text->len);
        g_assert_true(om_cpim_parse(whole, &cpim));
        g_assert_cmpuint(cpim.headers.list->len, <=, OM_PUSH_HEADERS_MAX);
        om_cpim_clear(&cpim);
        tail = om_slice_from(whole, strlen(from));
        alone = om_cpim_parse(tail, &cpim);
        g_assert_cmpint(alone, ==, bulk[i].alone);
        if (alone)
            om_cpim_clear(&cpim);
        g_string_free(text, TRUE);
    }
    g_assert_cmpfloat((double) clock() / CLOCKS_PER_SEC, <, 20);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cpim/rows", test_rows);
    g_test_add_func("/cpim/values", test_values);
    g_test_add_func("/cpim/prefixes", test_prefixes);
    g_test_add_func("/cpim/bulk", test_bulk);
    return g_test_run();
}
