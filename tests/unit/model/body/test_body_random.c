/* test_body_random.c
 * 100,000 seeded random bodies, and damaged good ones: no crash, bounded time, and nothing is taken for an envelope
 * that is none. Meant for AddressSanitizer: every body stands in a block of its own size.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/body/body.h"
#include "model/body/entity.h"

#include <time.h>

#define PUSH    "application/vnd.oma.push"
#define BODIES  100000
#define SECONDS 60 /* of the processor for all of it, with sanitizers */

static const char *const types[] = {PUSH, "message/cpim", "multipart/mixed; boundary=b", "text/plain"};

/* A parent's content holds what stands in it, unless it was decoded. */
static void
check(struct om_slice type, struct om_slice bytes, struct om_body *body)
{
    struct om_slice outer = bytes;
    guint layers = 0;

    for (const struct om_body *layer = body; layer; layer = layer->inner) {
        g_assert_true(layer->decoded_whole ||
                      (layer->whole.p >= outer.p && layer->whole.p + layer->whole.l <= outer.p + outer.l));
        g_assert_true(layer->carried.l <= layer->whole.l);
        g_assert_true(layer->content.l <=
                      (layer->decoded_content ? OM_DECODE_LIMIT(layer->carried.l) : layer->carried.l));
        g_assert_cmpint(layer->envelope, ==, layer->headers.list != NULL);
        g_assert_true(!layer->inner || layer->envelope);
        outer = layer->content;
        layers++;
    }
    g_assert_cmpuint(layers, <=, 4);
    if (body->envelope && body->encoding != OM_BODY_CPIM)
        g_assert_true(om_body_is_push(type, bytes));
}

/* Opens a copy in a block of exactly that size; gives the encoding. */
static enum om_body_encoding
try_body(const char *type, const char *bytes, gsize length)
{
    char *copy = g_memdup2(bytes, length);
    struct om_slice slice = om_slice(copy ? copy : "", length);
    struct om_body *body = om_body_open(om_slice_str(type), slice);
    enum om_body_encoding encoding = body->encoding;

    check(om_slice_str(type), slice, body);
    om_body_free(body);
    g_free(copy);
    return encoding;
}

static void
assert_in_time(void)
{
    g_assert_cmpfloat((double) clock() / CLOCKS_PER_SEC, <, SECONDS);
}

/* Noise is opaque. Short lengths that fit by chance are left: one in some ten thousand. */
static void
test_noise(void)
{
    GRand *rand = g_rand_new_with_seed(3862);
    guint counts[OM_BODY_OPAQUE + 1] = {0};
    char bytes[256];

    for (guint i = 0; i < BODIES; i++) {
        gsize length = (gsize) g_rand_int_range(rand, 1, sizeof(bytes));

        for (gsize n = 0; n < length; n++)
            bytes[n] = (char) g_rand_int(rand);
        counts[try_body(PUSH, bytes, length)]++;
    }
    g_rand_free(rand);
    g_assert_cmpuint(counts[OM_BODY_TEXT] + counts[OM_BODY_XML] + counts[OM_BODY_CPIM], ==, 0);
    g_assert_cmpuint(counts[OM_BODY_WSP], <, BODIES / 5000);
    assert_in_time();
}

/* Pieces that parsers look for, in any order. */
static const char *const pieces[] = {
    "Content-Type: ",
    "X-Wap-Application-Id: ",
    "From: ",
    "To: ",
    "Content-Transfer-Encoding: base64",
    "\r\n",
    "\n",
    "\r\n\r\n",
    " ",
    ":",
    ";lang=fr ",
    "--b",
    "--b\r\n",
    "--b--\r\n",
    PUSH,
    "message/cpim",
    "multipart/mixed; boundary=b",
    "text/vnd.wap.si",
    "<?xml version=\"1.0\"?>",
    "<si>",
    ">",
    "aGVsbG8=",
    "\x01\x06",
    "\x06",
    "\x03\xae\xaf\x84",
    "\x03\xae\x81\xea",
    "\xaf\x84",
    "\x8d\x02",
    "\xb4\x84",
    "\x7f\x02",
    "\x1f",
    " application/vnd.wap.mms-message", /* the space is a length, too */
    "\xbe",
    "=3D",
    "=\r\n",
    "\xef\xbb\xbf",
    "\xff",
};

static void
test_pieces(void)
{
    GRand *rand = g_rand_new_with_seed(2046);
    guint envelopes = 0;

    for (guint i = 0; i < BODIES; i++) {
        GString *bytes = g_string_new(NULL);

        for (gint n = g_rand_int_range(rand, 1, 20); n > 0; n--) {
            const char *piece = pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))];

            /* With its NUL now and then: texts end so in WSP. */
            g_string_append_len(bytes, piece, (gssize) (strlen(piece) + (g_rand_int(rand) % 8 == 0)));
        }
        envelopes += try_body(types[i % G_N_ELEMENTS(types)], bytes->str, bytes->len) != OM_BODY_OPAQUE;
        g_string_free(bytes, TRUE);
    }
    g_rand_free(rand);
    g_assert_cmpuint(envelopes, >, BODIES / 1000); /* the pieces do reach the parsers */
    assert_in_time();
}

#define TEXT                                                                                    \
    "Date: Mon, 15 May 2006 15:01:31 GMT\r\nX-Wap-Application-Id: x-wap-application:wml.ua\r\n" \
    "Content-Type: text/vnd.wap.si;\r\n charset=utf-8\r\n\r\n<si/>"
#define CPIM "From: <sip:psa@domain.com>\r\nSubject:;lang=fr x\r\n\r\nContent-type: " PUSH "\r\n\r\n" TEXT
#define MIXED                                                                                     \
    "--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b\r\nContent-Type: message/cpim\r\n\r\n" CPIM \
    "\r\n--b\r\nContent-Type: " PUSH                                                              \
    "\r\nContent-Transfer-Encoding: base64\r\n\r\nQ29udGVudC1UeXBlOiB0ZXh0L3BsYWluDQoNCmhlbGxv\r\n--b--\r\n"
#define WSP                                                                \
    "\x25\x06\x0e\x03\xae\x81\xea\xaf\x82\xb4\x84\xbf\x04\x44\x68\x6f\x4b" \
    "wbxml"

static const struct {
    const char *type;
    struct om_slice bytes;
} good[] = {
    {PUSH, {TEXT, sizeof(TEXT) - 1}},
    {PUSH, {WSP, sizeof(WSP) - 1}},
    {PUSH, {"<?xml version=\"1.0\"?>\n<ums-service/>", 36}},
    {"message/cpim", {CPIM, sizeof(CPIM) - 1}},
    {"multipart/mixed; boundary=b", {MIXED, sizeof(MIXED) - 1}},
};

static void
test_prefixes(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_assert_cmpint(try_body(good[i].type, good[i].bytes.p, good[i].bytes.l), !=, OM_BODY_OPAQUE);
        for (gsize n = 0; n < good[i].bytes.l; n++)
            try_body(good[i].type, good[i].bytes.p, n);
    }
    assert_in_time();
}

/* Good ones with bytes changed, taken out, doubled. */
static void
test_damaged(void)
{
    GRand *rand = g_rand_new_with_seed(5547);

    for (guint i = 0; i < BODIES; i++) {
        struct om_slice bytes = good[i % G_N_ELEMENTS(good)].bytes;
        GString *damaged = g_string_new_len(bytes.p, (gssize) bytes.l);

        for (gint n = g_rand_int_range(rand, 1, 5); n > 0 && damaged->len; n--) {
            gssize at = g_rand_int_range(rand, 0, (gint32) damaged->len);

            switch (g_rand_int_range(rand, 0, 3)) {
            case 0:
                damaged->str[at] = (char) g_rand_int(rand);
                break;
            case 1:
                g_string_erase(damaged, at, 1);
                break;
            default:
                g_string_insert_c(damaged, at, damaged->str[g_rand_int_range(rand, 0, (gint32) damaged->len)]);
                break;
            }
        }
        try_body(good[i % G_N_ELEMENTS(good)].type, damaged->str, damaged->len);
        g_string_free(damaged, TRUE);
    }
    g_rand_free(rand);
    assert_in_time();
}

/* Megabytes of what a parser might walk twice. */
static void
test_bulk(void)
{
    static const char *const units[] = {
        "\n",
        "-",
        "--b\n",
        "--b\n\n",
        ":",
        "a:\n",
        "a: b\n c\n",
        "Content-Type: " PUSH "\r\n\r\n",
        "From: x\n\n",
        "\x1f\xff",
        "<",
        "=",
        "\xaf\x84",
        "--b\nContent-Type: multipart/mixed; boundary=b\n\n",
        "--b\nContent-Type: message/cpim\n\n",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(units) * G_N_ELEMENTS(types); i++) {
        GString *bytes = g_string_new(NULL);

        while (bytes->len < 1024 * 1024)
            g_string_append(bytes, units[i / G_N_ELEMENTS(types)]);
        try_body(types[i % G_N_ELEMENTS(types)], bytes->str, bytes->len);
        g_string_free(bytes, TRUE);
    }
    assert_in_time();
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/body-random/noise", test_noise);
    g_test_add_func("/body-random/pieces", test_pieces);
    g_test_add_func("/body-random/prefixes", test_prefixes);
    g_test_add_func("/body-random/damaged", test_damaged);
    g_test_add_func("/body-random/bulk", test_bulk);
    return g_test_run();
}
