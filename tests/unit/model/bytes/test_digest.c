/* test_digest.c
 * Known vectors: FIPS 180-2 appendices, RFC 1321 A.5, RFC 3874.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/bytes/digest.h"

static const struct {
    const char *algorithm;
    const char *text;
    const char *digest;
} vectors[] = {
    {"sha-1", "abc", "A9:99:3E:36:47:06:81:6A:BA:3E:25:71:78:50:C2:6C:9C:D0:D8:9D"},
    {"sha-1", "", "DA:39:A3:EE:5E:6B:4B:0D:32:55:BF:EF:95:60:18:90:AF:D8:07:09"},
    {"sha-1", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "84:98:3E:44:1C:3B:D2:6E:BA:AE:4A:A1:F9:51:29:E5:E5:46:70:F1"},
    {"sha-224", "abc", "23:09:7D:22:34:05:D8:22:86:42:A4:77:BD:A2:55:B3:2A:AD:BC:E4:BD:A0:B3:F7:E3:6C:9D:A7"},
    {"sha-256", "abc",
     "BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD"},
    {"sha-256", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "24:8D:6A:61:D2:06:38:B8:E5:C0:26:93:0C:3E:60:39:A3:3C:E4:59:64:FF:21:67:F6:EC:ED:D4:19:DB:06:C1"},
    {"sha-384", "abc",
     "CB:00:75:3F:45:A3:5E:8B:B5:A0:3D:69:9A:C6:50:07:27:2C:32:AB:0E:DE:D1:63:"
     "1A:8B:60:5A:43:FF:5B:ED:80:86:07:2B:A1:E7:CC:23:58:BA:EC:A1:34:C8:25:A7"},
    {"sha-512", "abc",
     "DD:AF:35:A1:93:61:7A:BA:CC:41:73:49:AE:20:41:31:12:E6:FA:4E:89:A9:7E:A2:0A:9E:EE:E6:4B:55:D3:9A:"
     "21:92:99:2A:27:4F:C1:A8:36:BA:3C:23:A3:FE:EB:BD:45:4D:44:23:64:3C:E8:0E:2A:9A:C9:4F:A5:4C:A4:9F"},
    {"md5", "abc", "90:01:50:98:3C:D2:4F:B0:D6:96:3F:7D:28:E1:7F:72"},
    {"md5", "message digest", "F9:6B:69:7D:7C:B7:93:8D:52:5A:2F:31:AA:F1:61:D0"},
};

static const char *const algorithms[] = {"sha-1", "sha-224", "sha-256", "sha-384", "sha-512", "md5", NULL};

static void
check(const struct om_digest *digest, gsize row)
{
    char *text = om_digest_text(digest->value, digest->length);

    g_assert_cmpstr(text, ==, vectors[row].digest);
    g_assert_cmpstr(digest->algorithm, ==, vectors[row].algorithm);
    g_free(text);
}

static void
test_compute(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(vectors); i++) {
        struct om_digest digest;

        g_assert_true(om_digest_compute(vectors[i].algorithm, om_slice_str(vectors[i].text), &digest));
        check(&digest, i);
    }
}

/* All algorithms at once, byte by byte, read half-way too: reading must not disturb what comes. */
static void
test_running(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(vectors); i++) {
        struct om_running_digest *running = om_running_digest_new(algorithms);
        struct om_slice text = om_slice_str(vectors[i].text);
        struct om_digest digest;

        for (gsize k = 0; k < text.l; k++) {
            g_assert_true(om_running_digest_read(running, vectors[i].algorithm, &digest));
            om_running_digest_add(running, om_slice(text.p + k, 1));
        }
        g_assert_cmpuint(om_running_digest_length(running), ==, text.l);
        for (guint again = 0; again < 2; again++) {
            g_assert_true(om_running_digest_read(running, vectors[i].algorithm, &digest));
            check(&digest, i);
        }
        om_running_digest_free(running);
    }
}

/* What a peer offers and libgcrypt does not have is passed over. */
static void
test_unknown(void)
{
    static const char *const some[] = {"sha-3000", "SHA-256", "", NULL};
    struct om_running_digest *running = om_running_digest_new(some);
    struct om_digest digest;

    om_running_digest_add(running, OM_SLICE_LIT("abc"));
    g_assert_false(om_running_digest_read(running, "sha-3000", &digest));
    g_assert_false(om_running_digest_read(running, "sha-1", &digest));
    g_assert_cmpuint(digest.length, ==, 0);
    g_assert_true(om_running_digest_read(running, "sha-256", &digest));
    om_running_digest_free(running);
    om_running_digest_free(NULL);

    g_assert_false(om_digest_compute("sha-3000", OM_SLICE_LIT("abc"), &digest));
    g_assert_null(om_digest_algorithm("sha-3000"));
    g_assert_null(om_digest_algorithm(""));
    g_assert_null(om_digest_algorithm(NULL));
    g_assert_cmpstr(om_digest_algorithm("SHA-1"), ==, "sha-1");
}

static void
test_equal(void)
{
    struct om_digest digest, none = {0};

    g_assert_true(om_digest_compute("md5", OM_SLICE_LIT("abc"), &digest));
    g_assert_true(om_digest_equal(&digest, digest.value, 16));
    g_assert_false(om_digest_equal(&digest, digest.value, 15)); /* a cut hash matches nothing */
    g_assert_false(om_digest_equal(&digest, digest.value, 0));
    g_assert_false(om_digest_equal(&none, digest.value, 0));
    digest.value[15] ^= 1;
    g_assert_false(om_digest_equal(
        &digest, (const guint8 *) "\x90\x01\x50\x98\x3C\xD2\x4F\xB0\xD6\x96\x3F\x7D\x28\xE1\x7F\x72", 16));
}

static void
test_text(void)
{
    char *text = om_digest_text((const guint8 *) "\x00\x0a\xff", 3);

    g_assert_cmpstr(text, ==, "00:0A:FF");
    g_free(text);
    text = om_digest_text(NULL, 0);
    g_assert_cmpstr(text, ==, "");
    g_free(text);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/digest/compute", test_compute);
    g_test_add_func("/digest/running", test_running);
    g_test_add_func("/digest/unknown", test_unknown);
    g_test_add_func("/digest/equal", test_equal);
    g_test_add_func("/digest/text", test_text);
    return g_test_run();
}
