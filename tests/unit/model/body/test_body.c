/* test_body.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/push/cpim.h"
#include "model/body/body.h"

#define PUSH "application/vnd.oma.push"
#define SI                        \
    "<?xml version=\"1.0\"?>\r\n" \
    "<si><indication href=\"http://example.com/\">Mail</indication></si>\r\n"
#define TEXT_SI          "X-Wap-Application-Id: x-wap-application:wml.ua\r\nContent-Type: text/vnd.wap.si\r\n\r\n" SI
#define CPIM_HEAD        "From: <sip:psa@domain.com>\r\nTo: <sip:user@domain.com>\r\n\r\n"
#define CPIM_PUSH        CPIM_HEAD "Content-Type: application/vnd.oma.push\r\n\r\n" TEXT_SI
#define CPIM_CHAT        CPIM_HEAD "Content-Type: text/plain; charset=utf-8\r\n\r\nhello"
#define MIXED            "multipart/mixed; boundary=b1"
#define PART(type, body) "--b1\r\nContent-Type: " type "\r\n\r\n" body "\r\n"
#define CLOSE            "--b1--\r\n"
/* TID, PDU type, HeadersLen 3, application/vnd.wap.sic, X-Wap-Application-Id wml.ua. */
#define WSP_SIC                \
    "\x25\x06\x03\xae\xaf\x82" \
    "wbxml"
/* An operator's voice-mail notice: bare XML. */
#define NOTICE "<ums-service><ni-data><voice new=\"2\"/></ni-data></ums-service>"

/* "encoding:content type:flaws" of each layer, inwards. */
static char *
layers_of(const struct om_body *body)
{
    GString *text = g_string_new(NULL);

    for (; body; body = body->inner) {
        g_assert_cmpint(body->envelope, ==, body->headers.list != NULL);
        g_string_append_printf(text, "%s%s%s:%s:%x", text->len ? " > " : "", om_body_encoding_name(body->encoding),
                               body->envelope ? "*" : "", body->content_type ? body->content_type : "-", body->flaws);
    }
    return g_string_free(text, FALSE);
}

static const struct {
    const char *type;
    const char *bytes;
    const char *layers;
    const char *content; /* of the innermost */
    gboolean push;
} rows[] = {
    {PUSH, TEXT_SI, "text*:text/vnd.wap.si:0", SI, TRUE},
    {"Application/Vnd.Oma.Push; x=y", TEXT_SI, "text*:text/vnd.wap.si:0", SI, TRUE},
    {PUSH, "Push-Flag: 4\r\n\r\nhello", "text*:-:2", "hello", TRUE},
    {PUSH, NOTICE, "xml:" PUSH ":0", NOTICE, TRUE},
    {PUSH, "\xef\xbb\xbf " SI, "xml:" PUSH ":0", "\xef\xbb\xbf " SI, TRUE},
    {PUSH, "<?app data?><a/>", "xml:" PUSH ":0", "<?app data?><a/>", TRUE},
    {PUSH, "<? nothing>", "opaque:" PUSH ":1", "<? nothing>", TRUE},
    {PUSH, "(Push content\xe2\x80\xa6)", "opaque:" PUSH ":1", "(Push content\xe2\x80\xa6)", TRUE},
    {PUSH, "<not xml", "opaque:" PUSH ":1", "<not xml", TRUE},
    {PUSH, "<3 you>", "opaque:" PUSH ":1", "<3 you>", TRUE},
    {PUSH, "", "opaque:" PUSH ":0", "", TRUE},
    {PUSH, WSP_SIC, "wsp*:application/vnd.wap.sic:0", "wbxml", TRUE},
    {PUSH, "\x25\x06\x04\xae\xaf\x82", "opaque:" PUSH ":1", "\x25\x06\x04\xae\xaf\x82", TRUE},
    {"message/cpim", CPIM_HEAD "Content-Type: " PUSH "\r\n\r\n" WSP_SIC,
     "cpim*:" PUSH ":0 > wsp*:application/vnd.wap.sic:0", "wbxml", TRUE},
    {"message/cpim", CPIM_PUSH, "cpim*:" PUSH ":0 > text*:text/vnd.wap.si:0", SI, TRUE},
    {"message/CPIM", CPIM_CHAT, "cpim*:text/plain; charset=utf-8:0", "hello", FALSE},
    {"message/cpim", "From: x\r\nContent-Type: " PUSH "\r\n\r\n" NOTICE, "cpim*:" PUSH ":4 > xml:" PUSH ":0", NOTICE,
     TRUE},
    {"message/cpim", "binary", "opaque:message/cpim:4", "binary", FALSE},
    {MIXED, PART("text/plain", "hi") PART(PUSH, TEXT_SI) CLOSE, "text*:text/vnd.wap.si:0", SI, TRUE},
    {MIXED, PART("text/plain", "hi") PART("message/cpim", CPIM_PUSH) CLOSE,
     "cpim*:" PUSH ":0 > text*:text/vnd.wap.si:0", SI, TRUE},
    {MIXED, PART("message/cpim", CPIM_CHAT) CLOSE, "opaque:" MIXED ":0", PART("message/cpim", CPIM_CHAT) CLOSE, FALSE},
    {MIXED,
     PART("multipart/related; boundary=\"b2\"", "--b2\r\nContent-type: " PUSH "\r\n\r\n" NOTICE "\r\n--b2--") CLOSE,
     "xml:" PUSH ":0", NOTICE, TRUE},
    {"message/cpim", CPIM_HEAD "Content-type: " MIXED "\r\n\r\n" PART(PUSH, NOTICE) CLOSE,
     "cpim*:" MIXED ":0 > xml:" PUSH ":0", NOTICE, TRUE},
    {PUSH, "Content-Type: " MIXED "\r\n\r\n" PART("text/plain", "a") CLOSE, "text*:" MIXED ":0",
     PART("text/plain", "a") CLOSE, TRUE},
    {"text/plain", "hello", "opaque:text/plain:0", "hello", FALSE},
    {"text/vnd.wap.sl", "<sl/>", "xml:text/vnd.wap.sl:0", "<sl/>", FALSE},
    {"application/vnd.oma.drm.rights+xml", "<o-ex/>", "xml:application/vnd.oma.drm.rights+xml:0", "<o-ex/>", FALSE},
    {NULL, "hello", "opaque:-:0", "hello", FALSE},
    /* Transfer encodings. */
    {PUSH, "Content-Type: text/plain\r\nContent-Transfer-Encoding: BASE64\r\n\r\naGVs\r\nbG8=\r\n",
     "text*:text/plain:0", "hello", TRUE},
    {PUSH, "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nno base64!", "text*:text/plain:0",
     "no base64!", TRUE},
    {"message/cpim",
     CPIM_HEAD "Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\na=3Db=\r\nc",
     "cpim*:text/plain:0", "a=bc", FALSE},
    {MIXED,
     "--b1\r\nContent-Transfer-Encoding: base64\r\nContent-Type: " PUSH "\r\n\r\n"
     "Q29udGVudC1UeXBlOiB0ZXh0L3BsYWluDQoNCmhlbGxv\r\n" CLOSE,
     "text*:text/plain:0", "hello", TRUE},
    {PUSH, "Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\n\r\na=3D", "text*:text/plain:0", "a=3D",
     TRUE},
};

static struct om_slice
slice_of(const char *text)
{
    return om_slice_str(text);
}

static void
test_rows(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_body *body = om_body_open(slice_of(rows[i].type), slice_of(rows[i].bytes));
        char *layers = layers_of(body);
        char *content = om_slice_dup(om_body_innermost(body)->content);

        g_test_message("row %u", (guint) i);
        g_assert_cmpstr(layers, ==, rows[i].layers);
        g_assert_cmpstr(content, ==, rows[i].content);
        g_assert_cmpint(om_body_is_push(slice_of(rows[i].type), slice_of(rows[i].bytes)), ==, rows[i].push);
        g_free(content);
        g_free(layers);
        om_body_free(body);
    }
}

static void
test_whole(void)
{
    struct om_slice bytes = OM_SLICE_LIT(PART("text/plain", "hi") PART(PUSH, TEXT_SI) CLOSE);
    struct om_body *body = om_body_open(OM_SLICE_LIT(MIXED), bytes);

    g_assert_true(om_slice_eq(body->whole, OM_SLICE_LIT(TEXT_SI)));
    g_assert_true(body->whole.p > bytes.p && body->content.p > body->whole.p);
    g_assert_cmpstr(om_push_headers_get(&body->headers, "x-wap-application-id"), ==, "x-wap-application:wml.ua");
    om_body_free(body);
    om_body_free(NULL);
}

static void
test_cpim_flaws(void)
{
    struct om_body *body = om_body_open(OM_SLICE_LIT("message/cpim"), OM_SLICE_LIT("From:x\r\n\r\nhello"));

    g_assert_cmphex(body->flaws, ==, OM_BODY_FLAW_CPIM);
    g_assert_cmphex(body->cpim_flaws, ==, OM_CPIM_MISSING_SPACE | OM_CPIM_NO_CONTENT_TYPE);
    om_body_free(body);
}

/* Encodings whose bytes hold zeros. */
static void
test_xml_by_its_bytes(void)
{
    static const struct {
        struct om_slice bytes;
        enum om_body_encoding encoding;
    } texts[] = {
        {{"\xff\xfe<\0a\0/\0>\0", 10}, OM_BODY_XML},
        {{"\xfe\xff\0<\0a\0/\0>", 10}, OM_BODY_XML},
        {{"\xff\xfe<\0a\0/\0>\0\n\0", 12}, OM_BODY_XML},
        {{"<a/>\0", 5}, OM_BODY_XML},
        {{"\xff\xfe<\0a\0/\0", 8}, OM_BODY_OPAQUE},
        {{"\xff\xfe<\0a\0/\0>", 9}, OM_BODY_OPAQUE},
        {{"\xff\xfe\0\xd8<\0a\0>\0", 10}, OM_BODY_OPAQUE}, /* half a surrogate pair */
        {{"<\0a\0/\0>\0", 8}, OM_BODY_OPAQUE},             /* no byte order mark */
        {{"\xff\xfe", 2}, OM_BODY_OPAQUE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        struct om_body *body = om_body_open(OM_SLICE_LIT(PUSH), texts[i].bytes);

        g_test_message("text %u", (guint) i);
        g_assert_cmpint(body->encoding, ==, texts[i].encoding);
        g_assert_cmpint(body->flaws, ==, texts[i].encoding == OM_BODY_XML ? 0 : OM_BODY_FLAW_SHAPE);
        om_body_free(body);
    }
}

/* A compressed content: both what stands there and what it is, for hashes may be of either. */
static void
test_content_encoding(void)
{
    static const guchar deflated[] = {0x78, 0xda, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x06, 0x2c, 0x02, 0x15};
    GString *bytes = g_string_new("Content-Type: text/plain\r\nContent-Encoding: deflate\r\n\r\n");
    struct om_body *body;

    g_string_append_len(bytes, (const char *) deflated, sizeof(deflated));
    body = om_body_open(OM_SLICE_LIT(PUSH), om_slice(bytes->str, bytes->len));
    g_assert_true(om_slice_eq(body->content, OM_SLICE_LIT("hello")));
    g_assert_true(om_slice_eq(body->carried, om_slice(deflated, sizeof(deflated))));
    om_body_free(body);
    g_string_free(bytes, TRUE);
}

/* Envelope in envelope: four are opened, the fourth says that there is more. */
static void
test_depth(void)
{
    for (guint levels = 1; levels < 40; levels++) {
        GString *bytes = g_string_new(NULL);
        struct om_body *body;
        guint seen = 0;

        for (guint i = 1; i < levels; i++)
            g_string_append(bytes, "Content-Type: " PUSH "\r\n\r\n");
        g_string_append(bytes, "Content-Type: text/plain\r\n\r\nhello");
        body = om_body_open(OM_SLICE_LIT(PUSH), om_slice(bytes->str, bytes->len));
        for (const struct om_body *layer = body; layer; layer = layer->inner)
            seen++;
        g_assert_cmpuint(seen, ==, MIN(levels, 4));
        g_assert_cmphex(om_body_innermost(body)->flaws, ==, levels > 4 ? OM_BODY_FLAW_DEEP : 0);
        om_body_free(body);
        g_string_free(bytes, TRUE);
    }
}

static void
test_prefixes(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        for (gsize n = 0; n <= strlen(rows[i].bytes); n++) {
            char *copy = g_memdup2(rows[i].bytes, n);
            struct om_slice type = slice_of(rows[i].type);
            struct om_body *body = om_body_open(type, om_slice(copy, n));

            g_assert_true(om_body_innermost(body)->content.l <= n);
            g_assert_true(rows[i].push || !om_body_is_push(type, om_slice(copy, n)));
            om_body_free(body);
            g_free(copy);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/body/rows", test_rows);
    g_test_add_func("/body/whole", test_whole);
    g_test_add_func("/body/cpim-flaws", test_cpim_flaws);
    g_test_add_func("/body/xml", test_xml_by_its_bytes);
    g_test_add_func("/body/content-encoding", test_content_encoding);
    g_test_add_func("/body/depth", test_depth);
    g_test_add_func("/body/prefixes", test_prefixes);
    return g_test_run();
}
