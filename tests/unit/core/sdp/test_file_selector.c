/* test_file_selector.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/sdp/file_selector.h"

#include <time.h>

#define SHA1       "72:24:5F:E8:65:3D:DA:F3:71:36:2F:86:D4:71:91:3E:E4:A2:CE:2E"
#define SHA1_LOWER "72:24:5f:e8:65:3d:da:f3:71:36:2f:86:d4:71:91:3e:e4:a2:ce:2e"
#define SHA1_PLAIN "72245FE8653DDAF371362F86D471913EE4A2CE2E"
#define SHA256     "E3:B0:C4:42:98:FC:1C:14:9A:FB:F4:C8:99:6F:B9:24:27:AE:41:E4:64:9B:93:4C:A4:95:99:1B:78:52:B8:55"

static void
assert_text(struct om_slice slice, const char *want)
{
    char *text = om_slice_dup(slice);

    g_assert_cmpstr(text, ==, want);
    g_free(text);
}

static const struct {
    const char *text;
    const char *name;
    const char *type;
    gint64 size; /* -1: none */
    guint hashes;
    guint flaws;
} selectors[] = {
    /* The sample flow as corrected and as printed. */
    {"name:\"pushid-a3cd20b8ae7f\" type:application/vnd.oma.push size:4092 hash:sha-1:" SHA1, "pushid-a3cd20b8ae7f",
     "application/vnd.oma.push", 4092, 1, 0},
    {"name:\"pushid-a3cd20b8ae7f\" type:application/vnd.oma.push\r\n\r\n size:4092 hash:sha-1:" SHA1,
     "pushid-a3cd20b8ae7f", "application/vnd.oma.push", 4092, 1, 0},
    /* RFC 5547 sections 9.1 to 9.4. */
    {"name:\"My cool picture.jpg\" type:image/jpeg size:32349 hash:sha-1:" SHA1, "My cool picture.jpg", "image/jpeg",
     32349, 1, 0},
    {"name:\"My cool picture.jpg\" type:image/jpeg\r\n size:32349 hash:sha-1:\r\n " SHA1, "My cool picture.jpg",
     "image/jpeg", 32349, 1, 0},
    {"hash:sha-1:" SHA1, NULL, NULL, -1, 1, 0},
    {"type:text/plain;charset=\"utf-8\"", NULL, "text/plain;charset=\"utf-8\"", -1, 0, 0},
    /* Any order, tabs, several hashes. */
    {"hash:sha-256:" SHA256 "\thash:sha-1:" SHA1 "  size:0 type:a/b name:\"x\"", "x", "a/b", 0, 2, 0},
    {"Name:\"x\" TYPE:a/b", "x", "a/b", -1, 0, 0},
    /* Names: escapes, quotes with spaces and parts inside. */
    {"name:\"a%22b%25c.txt\"", "a\"b%c.txt", NULL, -1, 0, 0},
    {"name:\"line%0D%0Aend\"", "line\\x0d\\x0aend", NULL, -1, 0, 0},
    {"name:\"Gr%C3%BC\xc3\x9f"
     "e.txt\"",
     "Gr\xc3\xbc\xc3\x9f"
     "e.txt",
     NULL, -1, 0, 0},
    {"name:\"see size: 5 type:x/y.txt\" size:7", "see size: 5 type:x/y.txt", NULL, 7, 0, 0},
    {"name:\"two\r\n words\"", "two words", NULL, -1, 0, 0},
    {"name:\"it's \xe2\x80\x9c"
     "mine\xe2\x80\x9d ok\" size:7",
     "it's \xe2\x80\x9c"
     "mine\xe2\x80\x9d ok",
     NULL, 7, 0, 0},
    {"name:\"50%\" size:1", "50%", NULL, 1, 0, OM_SEL_NAME},
    {"name:\"\" size:1", NULL, NULL, 1, 0, OM_SEL_NAME},
    {"name: size:1", NULL, NULL, 1, 0, OM_SEL_NAME},
    {"name: \"x\" size:1", "x", NULL, 1, 0, OM_SEL_NAME},
    {"name:\"x\"size:1", "x", NULL, 1, 0, OM_SEL_NAME},
    {"name:picture.jpg size:1", "picture.jpg", NULL, 1, 0, OM_SEL_NAME},
    {"size:1 name:my cool picture.jpg", "my cool picture.jpg", NULL, 1, 0, OM_SEL_NAME},
    {"name:my cool picture.jpg size:1", "my cool picture.jpg", NULL, 1, 0, OM_SEL_NAME},
    {"name:\xe2\x80\x9c"
     "Bob\xe2\x80\x99s file\xe2\x80\x9d type:a/b",
     "Bob\xe2\x80\x99s file", "a/b", -1, 0, OM_SEL_NAME},
    {"name:\"pushid\xe2\x80\x9d type:text/plain;charset=\"utf-8\"", "pushid", "text/plain;charset=\"utf-8\"", -1, 0,
     OM_SEL_NAME},
    {"name:\xe2\x80\x9cpushid\" size:2", "pushid", NULL, 2, 0, OM_SEL_NAME},
    {"name:'push id' size:2", "push id", NULL, 2, 0, OM_SEL_NAME},
    {"name:\"open end size:2", "open end", NULL, 2, 0, OM_SEL_NAME},
    {"name:\"open end", "open end", NULL, -1, 0, OM_SEL_NAME},
    /* Types. */
    {"type:text/plain;charset=\"utf 8\";x=\"a;b\" size:2", NULL, "text/plain;charset=\"utf 8\";x=\"a;b\"", 2, 0, 0},
    {"type:text/plain;charset=utf-8 size:2", NULL, "text/plain;charset=utf-8", 2, 0, OM_SEL_TYPE},
    {"type:text/plain; charset=\"utf-8\" size:2", NULL, "text/plain; charset=\"utf-8\"", 2, 0, OM_SEL_TYPE},
    {"type:text/plain ; charset=\"utf-8\"", NULL, "text/plain ; charset=\"utf-8\"", -1, 0, OM_SEL_TYPE},
    {"type:text/plain; size:2", NULL, "text/plain;", 2, 0, OM_SEL_TYPE},
    {"type: image/png size:2", NULL, "image/png", 2, 0, OM_SEL_TYPE},
    {"type:image size:2", NULL, "image", 2, 0, OM_SEL_TYPE},
    {"type: size:2", NULL, NULL, 2, 0, OM_SEL_TYPE},
    {"type:image/ size:2", NULL, "image/", 2, 0, OM_SEL_TYPE},
    /* Sizes. */
    {"size:18446744073709551615", NULL, NULL, -2, 0, 0},
    {"size:18446744073709551616", NULL, NULL, -1, 0, OM_SEL_SIZE},
    {"size:4k name:\"x\"", "x", NULL, -1, 0, OM_SEL_SIZE},
    {"size: 4092", NULL, NULL, 4092, 0, OM_SEL_SIZE},
    {"size:", NULL, NULL, -1, 0, OM_SEL_SIZE},
    {"size:-1", NULL, NULL, -1, 0, OM_SEL_SIZE},
    /* The whole. */
    {"", NULL, NULL, -1, 0, OM_SEL_EMPTY},
    {" \r\n ", NULL, NULL, -1, 0, OM_SEL_EMPTY},
    {"icon:x size:3", NULL, NULL, 3, 0, OM_SEL_UNKNOWN},
    {"size:3 size:4 name:\"a\" name:\"b\" type:a/b type:c/d", "a", "a/b", 3, 0, OM_SEL_REPEATED},
};

static void
test_selectors(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(selectors); i++) {
        struct om_file_selector selector;

        g_test_message("%s", selectors[i].text);
        om_file_selector_parse(om_slice_str(selectors[i].text), &selector);
        g_assert_cmpstr(selector.name, ==, selectors[i].name);
        assert_text(selector.type, selectors[i].type);
        g_assert_cmpint(selector.size_ok, ==, selectors[i].size != -1);
        if (selector.size_ok)
            g_assert_cmpuint(selector.size, ==, selectors[i].size == -2 ? G_MAXUINT64 : (guint64) selectors[i].size);
        g_assert_cmpuint(selector.hashes->len, ==, selectors[i].hashes);
        g_assert_cmphex(selector.flaws, ==, selectors[i].flaws);
        om_file_selector_clear(&selector);
    }
}

static void
test_hashes(void)
{
    static const struct {
        const char *text;
        const char *algorithm;
        gsize length;
        guint flaws;
    } rows[] = {
        {"hash:sha-1:" SHA1, "sha-1", 20, 0},
        {"hash:sha-1:" SHA1 " size:5", "sha-1", 20, 0},
        {"hash:sha-1:" SHA1_LOWER, "sha-1", 20, OM_HASH_CASE},
        {"hash:sha-1:" SHA1_PLAIN, "sha-1", 20, OM_HASH_SYNTAX},
        {"hash:sha1:" SHA1, "sha1", 20, OM_HASH_ALGORITHM},
        {"hash:SHA-1:" SHA1, "SHA-1", 20, 0},
        {"hash:sha-1:\r\n " SHA1, "sha-1", 20, OM_HASH_SYNTAX},
        {"hash:sha-1:72:24:5F:E8:65:3D:DA:F3:71:36:\r\n 2F:86:D4:71:91:3E:E4:A2:CE:2E size:1", "sha-1", 20,
         OM_HASH_SYNTAX},
        {"hash: sha-1:" SHA1, "sha-1", 20, OM_HASH_SYNTAX},
        {"hash:sha-256:" SHA256, "sha-256", 32, 0},
        {"hash:sha-256:" SHA1, "sha-256", 20, OM_HASH_LENGTH},
        {"hash:crc-32:01:02:03:04", "crc-32", 4, OM_HASH_ALGORITHM},
        {"hash:sha-1:72:24:5", "sha-1", 0, OM_HASH_SYNTAX},
        {"hash:sha-1:72:24:", "sha-1", 2, OM_HASH_SYNTAX | OM_HASH_LENGTH},
        {"hash:sha-1:zz:24", "sha-1", 0, OM_HASH_SYNTAX},
        {"hash:sha-1::72", "sha-1", 0, OM_HASH_SYNTAX},
        {"hash:sha-1:", "sha-1", 0, OM_HASH_SYNTAX},
        {"hash:sha-1: size:5", "sha-1", 0, OM_HASH_SYNTAX},
        {"hash:sha-1", "sha-1", 0, OM_HASH_SYNTAX},
        {"hash:", "", 0, OM_HASH_SYNTAX | OM_HASH_ALGORITHM},
        {"hash:sha-512:" SHA256 ":" SHA256, "sha-512", 64, 0},
        {"hash:sha-512:" SHA256 ":" SHA256 ":00", "sha-512", 0, OM_HASH_LENGTH},
    };
    static const guint8 begin[] = {0x72, 0x24};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_file_selector selector;
        const struct om_file_hash *hash;

        g_test_message("%s", rows[i].text);
        om_file_selector_parse(om_slice_str(rows[i].text), &selector);
        g_assert_cmpuint(selector.hashes->len, ==, 1);
        hash = &g_array_index(selector.hashes, struct om_file_hash, 0);
        assert_text(hash->algorithm, rows[i].algorithm);
        g_assert_cmpuint(hash->length, ==, rows[i].length);
        g_assert_cmphex(hash->flaws, ==, rows[i].flaws);
        if (hash->length == 20)
            g_assert_cmpmem(hash->value, 2, begin, 2);
        om_file_selector_clear(&selector);
    }
}

static void
test_names(void)
{
    static const struct {
        const char *text;
        const char *name;
        gsize length;
    } rows[] = {
        {"sha-1", "sha-1", 20},
        {"SHA1", "sha-1", 20},
        {"sha_256", "sha-256", 32},
        {"sha-224", "sha-224", 28},
        {"Sha384", "sha-384", 48},
        {"SHA-512", "sha-512", 64},
        {"md5", "md5", 16},
        {"MD-5", "md5", 16},
        {"md2", "md2", 16},
        {"sha", NULL, 0},
        {"sha-", NULL, 0},
        {"sha-11", NULL, 0},
        {"", NULL, 0},
        {"crc32", NULL, 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_assert_cmpstr(om_hash_name(om_slice_str(rows[i].text)), ==, rows[i].name);
        g_assert_cmpuint(om_hash_length(om_slice_str(rows[i].text)), ==, rows[i].length);
    }
}

static void
test_prefixes(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(selectors); i++) {
        for (gsize n = 0; n <= strlen(selectors[i].text); n++) {
            char *copy = g_memdup2(selectors[i].text, n);
            struct om_file_selector selector;

            om_file_selector_parse(om_slice(copy, n), &selector);
            g_assert_cmpuint(selector.hashes->len, <=, 2);
            om_file_selector_clear(&selector);
            g_free(copy);
        }
    }
}

/* A megabyte of each: linear, or this takes minutes. */
static void
test_bulk(void)
{
    static const char *const units[] = {
        "\"",         " ",
        ":",          "%",
        "name:\"",    "name:\xe2\x80\x9c",
        " name:'",    "\xe2\x80\x9c ",
        "x ",         ";",
        "type:a/b; ", " type:a/b;\"",
        "hash:",      "hash:sha-1: ",
        "hash:a:00 ", "size:1 ",
        ": ",         "72:",
        "-",
    };
    static const char *const heads[] = {"", "name:\"", "name:\xe2\x80\x9c", "name:", "type:", "hash:sha-1:"};

    for (gsize i = 0; i < G_N_ELEMENTS(units) * G_N_ELEMENTS(heads); i++) {
        GString *text = g_string_new(heads[i % G_N_ELEMENTS(heads)]);
        struct om_file_selector selector;

        while (text->len < 1024 * 1024)
            g_string_append(text, units[i / G_N_ELEMENTS(heads)]);
        om_file_selector_parse(om_slice(text->str, text->len), &selector);
        g_assert_cmpuint(selector.hashes->len, <, text->len / 4);
        om_file_selector_clear(&selector);
        g_string_free(text, TRUE);
    }
    g_assert_cmpfloat((double) clock() / CLOCKS_PER_SEC, <, 60);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/file-selector/selectors", test_selectors);
    g_test_add_func("/file-selector/hashes", test_hashes);
    g_test_add_func("/file-selector/names", test_names);
    g_test_add_func("/file-selector/prefixes", test_prefixes);
    g_test_add_func("/file-selector/bulk", test_bulk);
    return g_test_run();
}
