/* test_content_coding.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/body/content_coding.h"
#include "model/body/entity.h"

/* Made with Python's zlib and gzip: "hello", and 100,000 times "a". */
#define GZIP_HELLO                     \
    "1f8b0800000000000203cb48cdc9c907" \
    "0086a6103605000000"
#define ZLIB_HELLO "78dacb48cdc9c90700062c0215"
#define RAW_HELLO  "cb48cdc9c90700"
#define ZLIB_LONG                                                                              \
    "78daedc13101000000c2a0aceb5fc21a1e400100000000000000000000000000000000000000000000000000" \
    "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" \
    "000000000000000000000000000000000000000000000000000000af0679660b4d"

static const struct {
    const char *coding;
    const char *hex;
    gsize limit;
    const char *text; /* NULL: not decoded */
} rows[] = {
    {"gzip", GZIP_HELLO, 100, "hello"},
    {"X-GZIP", GZIP_HELLO, 100, "hello"},
    {"deflate", ZLIB_HELLO, 100, "hello"},
    {"deflate", RAW_HELLO, 100, "hello"},
    {"gzip", GZIP_HELLO "0d0a", 100, "hello"},
    {"gzip", RAW_HELLO, 100, NULL},
    {"identity", ZLIB_HELLO, 100, NULL},
    {"br", ZLIB_HELLO, 100, NULL},
    {"gzip, deflate", GZIP_HELLO, 100, NULL},
    {NULL, GZIP_HELLO, 100, NULL},
    {"gzip", GZIP_HELLO, 4, NULL},
    {"gzip", "", 100, NULL},
    {"gzip", "68656c6c6f", 100, NULL},
    {"deflate", "68656c6c6f", 100, NULL},
};

static GBytes *
bytes_of(const char *hex)
{
    GByteArray *bytes = g_byte_array_new();

    for (; hex[0]; hex += 2) {
        guint8 octet = (guint8) (g_ascii_xdigit_value(hex[0]) << 4 | g_ascii_xdigit_value(hex[1]));

        g_byte_array_append(bytes, &octet, 1);
    }
    return g_byte_array_free_to_bytes(bytes);
}

static void
test_rows(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        GBytes *bytes = bytes_of(rows[i].hex);
        GBytes *decoded = om_content_decode(om_slice_str(rows[i].coding), om_slice_of_bytes(bytes), rows[i].limit);

        g_test_message("row %u", (guint) i);
        g_assert_cmpint(decoded != NULL, ==, rows[i].text != NULL);
        if (decoded)
            g_assert_true(om_slice_eq(om_slice_of_bytes(decoded), om_slice_str(rows[i].text)));
        g_clear_pointer(&decoded, g_bytes_unref);
        g_bytes_unref(bytes);
    }
}

/* Every prefix is cut short, and none reads past its end. */
static void
test_prefixes(void)
{
    GBytes *bytes = bytes_of(GZIP_HELLO);

    for (gsize n = 0; n < g_bytes_get_size(bytes); n++) {
        char *copy = g_memdup2(g_bytes_get_data(bytes, NULL), n);

        g_assert_null(om_content_decode(OM_SLICE_LIT("gzip"), om_slice(copy ? copy : "", n), 100));
        g_free(copy);
    }
    g_bytes_unref(bytes);
}

/* What is compressed a thousandfold claims more memory than it brings. */
static void
test_limit(void)
{
    GBytes *bytes = bytes_of(ZLIB_LONG);
    struct om_slice text = om_slice_of_bytes(bytes);
    GBytes *decoded = om_content_decode(OM_SLICE_LIT("deflate"), text, 100000);

    g_assert_nonnull(decoded);
    g_assert_cmpuint(g_bytes_get_size(decoded), ==, 100000);
    g_assert_null(om_content_decode(OM_SLICE_LIT("deflate"), text, 99999));
    g_assert_null(om_entity_decode(OM_SLICE_NULL, OM_SLICE_LIT("deflate"), text));
    g_bytes_unref(decoded);
    g_bytes_unref(bytes);
}

static void
test_both_encodings(void)
{
    GBytes *decoded =
        om_entity_decode(OM_SLICE_LIT("base64"), OM_SLICE_LIT("deflate"), OM_SLICE_LIT("eNrLSM3JyQcABiwCFQ=="));

    g_assert_nonnull(decoded);
    g_assert_true(om_slice_eq(om_slice_of_bytes(decoded), OM_SLICE_LIT("hello")));
    g_bytes_unref(decoded);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/content-coding/rows", test_rows);
    g_test_add_func("/content-coding/prefixes", test_prefixes);
    g_test_add_func("/content-coding/limit", test_limit);
    g_test_add_func("/content-coding/both", test_both_encodings);
    return g_test_run();
}
