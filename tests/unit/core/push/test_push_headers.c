/* test_push_headers.c
 * The text form; the WSP form is in test_push_wsp.c.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/push/push_headers.h"

/* An MMS notification as text headers with the headers OMA Push_Message lists. */
#define MMS                                                            \
    "Date: Mon, 15 May 2006 15:01:31 GMT\r\n"                          \
    "Content-Language: en\r\n"                                         \
    "Content-Type: application/vnd.wap.mms-message; charset=utf-8\r\n" \
    "Content-Length: 4\r\n"                                            \
    "X-Wap-Application-Id: x-wap-application:mms.ua\r\n"               \
    "X-Wap-Initiator-URI: http://mmsc.example.com/\r\n"                \
    "\r\n"                                                             \
    "\x8c\x82\x98"                                                     \
    "1\0\x8d\x90"
#define FOLDED                           \
    "content-type: text/vnd.wap.si;\r\n" \
    "\tcharset=\"utf-8\"\n"              \
    "X-Oma-3gpp-Thing:\r\n"              \
    "   one\r\n"                         \
    "   two\r\n"                         \
    "\n"                                 \
    "<si/>\r\n"

static const struct {
    const char *body;
    gssize length;       /* -1: of the string */
    const char *headers; /* "name=value|..." ; NULL: no text envelope */
    const char *type;
    const char *content;
} rows[] = {
    {MMS, sizeof(MMS) - 1,
     "Date=Mon, 15 May 2006 15:01:31 GMT|Content-Language=en|"
     "Content-Type=application/vnd.wap.mms-message; charset=utf-8|Content-Length=4|"
     "X-Wap-Application-Id=x-wap-application:mms.ua|X-Wap-Initiator-URI=http://mmsc.example.com/",
     "application/vnd.wap.mms-message; charset=utf-8",
     "\x8c\x82\x98"
     "1"},
    {FOLDED, -1, "content-type=text/vnd.wap.si; charset=\"utf-8\"|X-Oma-3gpp-Thing=one two",
     "text/vnd.wap.si; charset=\"utf-8\"", "<si/>\r\n"},
    {"X-Wap-Application-Id:4\r\n\r\n", -1, "X-Wap-Application-Id=4", NULL, ""},
    {"Subject: hi\r\nPush-Flag:\r\n\r\nSubject: no\r\n\r\n", -1, "Subject=hi|Push-Flag=", NULL, "Subject: no\r\n\r\n"},
    {"Content-Type: a/b\r\nContent-Type: c/d\r\n\r\n\r\nx", -1, "Content-Type=a/b|Content-Type=c/d", "a/b", "\r\nx"},
    {"Content-Location: \xff\xfe\r\n\r\n", -1, "Content-Location=\xef\xbf\xbd\xef\xbf\xbd", NULL, ""},
    {"Content-Type \t: text/plain\r\n\r\nhello", -1, "Content-Type=text/plain", "text/plain",
     "hello"}, /* implied LWS */
    /* None of these is one. */
    {"", -1, NULL, NULL, NULL},
    {"\r\n\r\nContent-Type: a/b\r\n\r\n", -1, NULL, NULL, NULL},
    {"Subject: hi\r\nNote: this\r\n\r\ntext", -1, NULL, NULL, NULL},
    {"Content-Type: text/plain\r\n", -1, NULL, NULL, NULL},
    {"Content-Type: text/plain\r\nhello there\r\n\r\n", -1, NULL, NULL, NULL},
    {"Content-Type: text\001/plain\r\n\r\nhello", -1, NULL, NULL, NULL},
    {"Content-Type text/plain\r\n\r\nhello", -1, NULL, NULL, NULL},
    {": text/plain\r\n\r\nhello", -1, NULL, NULL, NULL},
    {"<?xml version=\"1.0\"?>\r\n\r\n", -1, NULL, NULL, NULL},
    {" Content-Type: text/plain\r\n\r\nhello", -1, NULL, NULL, NULL},
};

static struct om_slice
body_of(gsize i)
{
    return om_slice(rows[i].body, rows[i].length < 0 ? strlen(rows[i].body) : (gsize) rows[i].length);
}

static char *
joined(const struct om_push_headers *headers)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < headers->list->len; i++) {
        const struct om_push_header *header = g_ptr_array_index(headers->list, i);

        g_string_append_printf(text, "%s%s=%s", i ? "|" : "", header->name, header->value);
    }
    return g_string_free(text, FALSE);
}

static void
test_rows(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_push_headers headers;
        char *seen;

        g_test_message("row %u", (guint) i);
        g_assert_cmpint(om_push_headers_parse_text(body_of(i), &headers), ==, rows[i].headers != NULL);
        if (!rows[i].headers)
            continue;
        seen = joined(&headers);
        g_assert_cmpstr(seen, ==, rows[i].headers);
        g_assert_cmpstr(headers.content_type, ==, rows[i].type);
        g_assert_true(headers.content.p + headers.content.l == rows[i].body + body_of(i).l);
        g_assert_true(om_slice_starts_str(headers.content, rows[i].content));
        g_free(seen);
        om_push_headers_clear(&headers);
        om_push_headers_clear(&headers);
    }
}

static void
test_places(void)
{
    struct om_push_headers headers;
    const struct om_push_header *header;

    g_assert_true(om_push_headers_parse_text(om_slice_str(FOLDED), &headers));
    header = g_ptr_array_index(headers.list, 1);
    g_assert_cmpmem(&FOLDED[header->offset], header->length, "X-Oma-3gpp-Thing:\r\n   one\r\n   two", 33);
    g_assert_cmpstr(om_push_headers_get(&headers, "CONTENT-TYPE"), ==, "text/vnd.wap.si; charset=\"utf-8\"");
    g_assert_null(om_push_headers_get(&headers, "Content"));
    om_push_headers_clear(&headers);
    g_assert_null(om_push_headers_get(&headers, "Content-Type"));
}

/* A prefix is an envelope from the blank line on, and never before. */
static void
test_prefixes(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_slice body = body_of(i);

        for (gsize n = 0; n <= body.l; n++) {
            char *copy = g_memdup2(body.p, n);
            struct om_push_headers headers;
            gboolean blank = om_slice_find(om_slice(copy, n), 0, OM_SLICE_LIT("\n\r\n")) >= 0 ||
                             om_slice_find(om_slice(copy, n), 0, OM_SLICE_LIT("\n\n")) >= 0;

            if (om_push_headers_parse_text(om_slice(copy, n), &headers)) {
                g_assert_true(blank);
                om_push_headers_clear(&headers);
            } else {
                g_assert_false(blank && rows[i].headers);
            }
            g_free(copy);
        }
    }
}

/* Neither many nor long headers make more memory than the bounds say. */
static void
test_bounds(void)
{
    static const struct {
        guint fields;
        gsize filler;
        gboolean ok;
    } bounds[] = {
        {OM_PUSH_HEADERS_MAX, 0, TRUE},
        {OM_PUSH_HEADERS_MAX + 1, 0, FALSE},
        {1, OM_PUSH_HEAD_MAX - 20, TRUE},
        {1, OM_PUSH_HEAD_MAX, FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(bounds); i++) {
        GString *body = g_string_new(NULL);
        struct om_push_headers headers;
        gboolean ok;

        for (guint n = 0; n < bounds[i].fields; n++)
            g_string_append(body, n ? "x:\n" : "Push-Flag:");
        for (gsize n = 0; n < bounds[i].filler; n++)
            g_string_append_c(body, 'y');
        if (bounds[i].fields > 1)
            g_string_insert(body, 10, "\n");
        else
            g_string_append_c(body, '\n');
        g_string_append(body, "\ncontent");
        ok = om_push_headers_parse_text(om_slice(body->str, body->len), &headers);
        g_assert_cmpint(ok, ==, bounds[i].ok);
        if (ok) {
            g_assert_cmpuint(headers.list->len, ==, bounds[i].fields);
            om_push_headers_clear(&headers);
        }
        g_string_free(body, TRUE);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/push-headers/rows", test_rows);
    g_test_add_func("/push-headers/places", test_places);
    g_test_add_func("/push-headers/prefixes", test_prefixes);
    g_test_add_func("/push-headers/bounds", test_bounds);
    return g_test_run();
}
