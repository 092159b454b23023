/* test_push_wsp.c
 * The WSP form of push message headers; the text form is in test_push_headers.c.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/push/push_headers.h"
#include "core/push/wsp_numbers.h"

/* Hex digits; text in quotes stands for its octets and a NUL, "#" for the number of octets behind it. */
static struct om_slice
octets_of(const char *notation)
{
    GString *out = g_string_new(NULL);
    gsize place = G_MAXSIZE;
    gsize length;

    for (const char *c = notation; *c;) {
        if (*c == ' ') {
            c++;
        } else if (*c == '#') {
            place = out->len;
            g_string_append_c(out, *c++);
        } else if (*c == '\'') {
            const char *end = strchr(c + 1, '\'');

            g_string_append_len(out, c + 1, end - c - 1);
            g_string_append_c(out, '\0');
            c = end + 1;
        } else {
            g_string_append_c(out, (char) (g_ascii_xdigit_value(c[0]) << 4 | g_ascii_xdigit_value(c[1])));
            c += 2;
        }
    }
    length = out->len;
    if (place < length)
        out->str[place] = (char) (length - place - 1);
    return om_slice(g_string_free(out, FALSE), length);
}

#define MMS_TYPE "'application/vnd.wap.mms-message'"
#define MAC      "3537413332453730383936333846423135363741"

static const struct {
    const char *head;
    const char *content;
    const char *headers; /* "name=value|..." */
} good[] = {
    /* SI by SMS: TID, type, length, media type by number. */
    {"DC 06 # AE", "02056A0045C60C037465737400", "Content-Type=application/vnd.wap.sic"},
    {"25 06 # 03AE81EA AF82 8DD9 B484", "02056A00",
     "Content-Type=application/vnd.wap.sic; charset=utf-8|X-Wap-Application-Id=x-wap-application:wml.ua|"
     "Content-Length=89|Push-Flag=last push message"},
    /* MMS notification: media type in words. */
    {"00 06 # " MMS_TYPE " AF84", "8C8298 'T1' 8D90",
     "Content-Type=application/vnd.wap.mms-message|X-Wap-Application-Id=x-wap-application:mms.ua"},
    /* Without TID; without TID and type. */
    {"06 # BE AF84", "8C82",
     "Content-Type=application/vnd.wap.mms-message|X-Wap-Application-Id=x-wap-application:mms.ua"},
    {"03 BE AF84", "8C82",
     "Content-Type=application/vnd.wap.mms-message|X-Wap-Application-Id=x-wap-application:mms.ua"},
    {"20 " MMS_TYPE, "8C82", "Content-Type=application/vnd.wap.mms-message"},
    /* Neither TID, type nor length: Content-Length says where the data begins. */
    {MMS_TYPE " AF84 8D82", "8C82",
     "Content-Type=application/vnd.wap.mms-message|"
     "X-Wap-Application-Id=x-wap-application:mms.ua|Content-Length=2"},
    /* SUPL INIT: the media type is a long-integer. */
    {"06 # 03020312 AF90", "0012",
     "Content-Type=application/vnd.omaloc-supl-init|X-Wap-Application-Id=x-oma-application:ulp.ua"},
    /* OMA client provisioning: SEC and MAC, value-length 45. */
    {"01 06 # 1F2D B6 9181 92 '" MAC "'", "030B6A",
     "Content-Type=application/vnd.wap.connectivity-wbxml; SEC=USERPIN; MAC=" MAC},
    {"01 06 # AE", "", "Content-Type=application/vnd.wap.sic"},
    /* HeadersLen of two octets. */
    {"01 06 8022 " MMS_TYPE " AF84", "00",
     "Content-Type=application/vnd.wap.mms-message|X-Wap-Application-Id=x-wap-application:mms.ua"},
    /* Application ids: text, long, not assigned. */
    {"01 06 # AE AF 'x-oma-application:ulp.ua'", "",
     "Content-Type=application/vnd.wap.sic|"
     "X-Wap-Application-Id=x-oma-application:ulp.ua"},
    {"01 06 # AE AF 027FFE", "", "Content-Type=application/vnd.wap.sic|X-Wap-Application-Id=0x7FFE"},
    {"01 06 # AE AF 09010203040506070809", "",
     "Content-Type=application/vnd.wap.sic|X-Wap-Application-Id=010203040506070809"},
    /* Push-Flag, dates. */
    {"01 06 # AE B487 B480 B488 B4C9", "",
     "Content-Type=application/vnd.wap.sic|"
     "Push-Flag=initiator authenticated, content trusted, last push message|Push-Flag=none|Push-Flag=reserved 0x08|"
     "Push-Flag=initiator authenticated, reserved 0x08, reserved 0x40"},
    {"01 06 # AE BF 0444686F4B BF80 92 044468 6F4B", "",
     "Content-Type=application/vnd.wap.sic|"
     "X-Wap-Tod=2006-05-15T12:08:43Z|X-Wap-Tod=0|Date=2006-05-15T12:08:43Z"},
    {"01 06 # AE BF 0100 94 08FFFFFFFFFFFFFFFF", "",
     "Content-Type=application/vnd.wap.sic|X-Wap-Tod=0|"
     "Expires=18446744073709551615"},
    /* URIs, lengths, encodings, languages, directives. */
    {"01 06 # AE 8E 'http:' B0 'a/b' B1 'x%00' 8D 021081", "",
     "Content-Type=application/vnd.wap.sic|"
     "Content-Location=http:|X-Wap-Content-URI=a/b|X-Wap-Initiator-URI=x%00|Content-Length=4225"},
    {"01 06 # AE 8B80 8B83 8C99 8C018A 81 EA 8B 'zstd'", "",
     "Content-Type=application/vnd.wap.sic|"
     "Content-Encoding=gzip|Content-Encoding=3|Content-Language=en|Content-Language=kl|Accept-Charset=utf-8|"
     "Content-Encoding=zstd"},
    {"01 06 # AE 8880 BD 0382 013C", "",
     "Content-Type=application/vnd.wap.sic|Cache-Control=no-cache|Cache-Control=max-age=60"},
    {"01 06 # AE C5 09 81 86 '\"a b.c'", "",
     "Content-Type=application/vnd.wap.sic|"
     "Content-Disposition=attachment; filename=\"a b.c\""},
    {"01 06 # AE C0 '\"<a@b>'", "", "Content-Type=application/vnd.wap.sic|Content-ID=<a@b>"},
    {"01 06 # AE 80BE C393 91 '?'", "",
     "Content-Type=application/vnd.wap.sic|Accept=application/vnd.wap.mms-message|"
     "Encoding-Version=1.3|Content-Type=?"},
    /* Not assigned, other code pages, headers in words. */
    {"01 06 # AE DB82 DC0105", "", "Content-Type=application/vnd.wap.sic|0x5B=82|0x5C=0105"},
    {"01 06 # AE AF82 7F02 AF82 10 AF82 01 AF82", "",
     "Content-Type=application/vnd.wap.sic|"
     "X-Wap-Application-Id=x-wap-application:wml.ua|Page 2 0x2F=82|Page 16 0x2F=82|"
     "X-Wap-Application-Id=x-wap-application:wml.ua"},
    {"01 06 # AE 'X-Oma-It' 7F 'ye'", "", "Content-Type=application/vnd.wap.sic|X-Oma-It=ye"},
    /* Parameters. */
    {"01 06 # 0D 83 8183 80 0B 90 00 'a' 'b c'", "",
     "Content-Type=text/plain; charset=us-ascii; q=0.10; secure; a=\"b c\""},
    {"01 06 # 08 83 8292 80 8563 89AE", "",
     "Content-Type=text/plain; level=1.2; q=0.639; type=\"application/vnd.wap.sic\""},
    {"01 06 # 07 83 81021000 829F", "", "Content-Type=text/plain; charset=4096; level=1"},
    {"01 06 # 0E 'text/x; y=z' 81EA", "", "Content-Type=text/x; y=z; charset=utf-8"},
};

static const char *const bad[] = {
    "",
    "06",
    "01 06",
    "01 06 00",
    "01 06 00 AE",
    "01 06 02 AE",
    "01 06 FFFFFFFF7F AE",
    "01 06 8FFFFFFFFF AE",
    "01 05 01 AE", /* another PDU type */
    "01 06 01 D9",
    "01 06 01 FF", /* media types not assigned */
    "01 06 03 02 01 AE",
    "01 06 04 'abc'",
    "01 06 03 '/b'",
    "01 06 03 'a/'",
    "01 06 05 '\x01/b'",
    "01 06 02 02 AE 81EA AF84", /* the length ends inside a value */
    "01 06 02 AE AF 84",
    "01 06 03 AE AF 41",
    "01 06 04 AE AF 0301",
    "01 06 04 AE AF 1F05",
    "01 06 03 AE 00 84",
    "01 06 02 AE 7F",
    "01 06 05 AE 'a b' 'c'",
    "01 06 04 AE 'a' 84",
    "01 06 05 AE AF 'a\x02'",
    "01 06 04 03 AE 81",
    "01 06 03 03 AE 81 EA",
    "01 06 05 04 AE 9E 81 EA",
    "01 06 04 03 AE 8000",
    "01 06 07 06 AE 81 020101 82",
    "01 AE",
    "01 AE 02056A",           /* nothing but a length that fits */
    "AE 81EA AF82 8D83 0102", /* Content-Length unlike what follows */
    MMS_TYPE " AF84 8C8298",  /* no way to see where the data begins */
    "8C 82 98 'T1' 8D90",     /* bare MMS */
    "02 05 6A 00 45 C6",      /* bare WBXML */
    "'<si/>'",
    "'text/plain'",
};

static char *
joined(const struct om_push_headers *headers)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < headers->list->len; i++) {
        const struct om_push_header *header = g_ptr_array_index(headers->list, i);

        g_assert_true(g_utf8_validate(header->value, -1, NULL));
        g_string_append_printf(text, "%s%s=%s", i ? "|" : "", header->name, header->value);
    }
    return g_string_free(text, FALSE);
}

static struct om_slice
concat(struct om_slice a, struct om_slice b)
{
    char *both = g_malloc(a.l + b.l + 1);

    memcpy(both, a.p, a.l);
    memcpy(both + a.l, b.p, b.l);
    return om_slice(both, a.l + b.l);
}

static void
test_good(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        struct om_slice head = octets_of(good[i].head);
        struct om_slice content = octets_of(good[i].content ? good[i].content : "");
        struct om_slice body = concat(head, content);
        struct om_push_headers headers;
        char *seen;

        g_test_message("%s", good[i].head);
        g_assert_cmpint(om_push_headers_parse_wsp(body, &headers), ==, good[i].headers != NULL);
        if (good[i].headers) {
            seen = joined(&headers);
            g_assert_cmpstr(seen, ==, good[i].headers);
            g_assert_cmpstr(headers.content_type, ==, om_push_headers_get(&headers, "Content-Type"));
            g_assert_cmpmem(headers.content.p, headers.content.l, content.p, content.l);
            g_free(seen);
            om_push_headers_clear(&headers);
        }
        g_free((char *) body.p);
        g_free((char *) content.p);
        g_free((char *) head.p);
    }
}

static void
test_bad(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        struct om_slice body = octets_of(bad[i]);
        struct om_push_headers headers;

        g_test_message("%s", bad[i]);
        g_assert_false(om_push_headers_parse_wsp(body, &headers));
        g_free((char *) body.p);
    }
}

static void
test_places(void)
{
    struct om_slice body = octets_of("25 06 0A 03AE81EA AF82 8DD9 B484 02");
    struct om_push_headers headers;
    const gsize want[][2] = {{3, 4}, {7, 2}, {9, 2}, {11, 2}};

    g_assert_true(om_push_headers_parse_wsp(body, &headers));
    g_assert_cmpuint(headers.list->len, ==, G_N_ELEMENTS(want));
    for (gsize i = 0; i < G_N_ELEMENTS(want); i++) {
        const struct om_push_header *header = g_ptr_array_index(headers.list, i);

        g_assert_cmpuint(header->offset, ==, want[i][0]);
        g_assert_cmpuint(header->length, ==, want[i][1]);
    }
    om_push_headers_clear(&headers);
    g_free((char *) body.p);
}

/* A head that is cut is none, and one octet changed never reads beyond the end. */
static void
test_prefixes(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        struct om_slice head = octets_of(good[i].head);
        struct om_push_headers headers;

        for (gsize n = 0; n < head.l; n++) {
            char *copy = g_memdup2(head.p, n);

            g_assert_false(good[i].headers && om_push_headers_parse_wsp(om_slice(copy, n), &headers));
            g_free(copy);
        }
        for (gsize n = 0; n < head.l * 256; n++) {
            char *copy = g_memdup2(head.p, head.l);

            copy[n / 256] = (char) (n % 256);
            if (om_push_headers_parse_wsp(om_slice(copy, head.l), &headers))
                om_push_headers_clear(&headers);
            g_free(copy);
        }
        g_free((char *) head.p);
    }
}

static void
test_bounds(void)
{
    static const struct {
        guint headers;
        gboolean ok;
    } rows[] = {{OM_PUSH_HEADERS_MAX - 1, TRUE}, {OM_PUSH_HEADERS_MAX, FALSE}};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        guint length = 1 + 2 * rows[i].headers;
        GString *body = g_string_new("\x01\x06");
        struct om_push_headers headers;
        gboolean ok;

        g_string_append_printf(body, "%c%c\xae", 0x80 | (length >> 7), length & 0x7f);
        for (guint n = 0; n < rows[i].headers; n++)
            g_string_append(body, "\xaf\x84");
        ok = om_push_headers_parse_wsp(om_slice(body->str, body->len), &headers);
        g_assert_cmpint(ok, ==, rows[i].ok);
        if (ok)
            om_push_headers_clear(&headers);
        g_string_free(body, TRUE);
    }
}

static void
test_numbers(void)
{
    g_assert_cmpstr(om_wsp_media_type(0x02), ==, "text/html");
    g_assert_cmpstr(om_wsp_media_type(0x2d), ==, "text/vnd.wap.si");
    g_assert_cmpstr(om_wsp_media_type(0x44), ==, "application/vnd.syncml.notification");
    g_assert_cmpstr(om_wsp_media_type(0x30a), ==, "application/vnd.wap.emn+wbxml");
    g_assert_null(om_wsp_media_type(0x59));
    g_assert_null(om_wsp_media_type(0x200));
    g_assert_null(om_wsp_media_type(0x31c));
    g_assert_null(om_wsp_media_type(G_MAXUINT64));
    g_assert_cmpstr(om_wsp_header_name(0x4a), ==, "X-Wap-Loc-Delivery");
    g_assert_null(om_wsp_header_name(0x4b));
    g_assert_cmpstr(om_wsp_language(0), ==, "*");
    g_assert_cmpstr(om_wsp_language(0x16), ==, "de");
    g_assert_null(om_wsp_language(0x80));
    g_assert_null(om_wsp_language(0x8d));
    g_assert_cmpstr(om_wsp_charset(106), ==, "utf-8");
    g_assert_null(om_wsp_charset(0));
    g_assert_null(om_wsp_param_name(4));
    g_assert_null(om_wsp_param_name(0x1e));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/push-wsp/good", test_good);
    g_test_add_func("/push-wsp/bad", test_bad);
    g_test_add_func("/push-wsp/places", test_places);
    g_test_add_func("/push-wsp/prefixes", test_prefixes);
    g_test_add_func("/push-wsp/bounds", test_bounds);
    g_test_add_func("/push-wsp/numbers", test_numbers);
    return g_test_run();
}
