/* test_msrp_uri.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/text/ip6_literal.h"
#include "core/msrp/msrp_uri.h"

#define NOT_A_URI \
    (OM_MSRP_URI_SCHEME | OM_MSRP_URI_HOST | OM_MSRP_URI_NO_PORT | OM_MSRP_URI_NO_SESSION | OM_MSRP_URI_NO_TRANSPORT)

static const struct {
    const char *text;
    guint flaws;
    gboolean secure;
    const char *user;
    const char *host;
    guint port;
    const char *session;
    const char *transport;
    const char *key;
} uris[] = {
    /* Sample flows of OMA SIP Push, RFC 4975, RFC 7977 */
    {"msrp://psa.domain.com:7654/a3cd20b8ae7f;tcp", 0, FALSE, NULL, "psa.domain.com", 7654, "a3cd20b8ae7f", "tcp",
     "msrp://psa.domain.com:7654/a3cd20b8ae7f;tcp"},
    {"msrp://bob@bobpc.example.com:8888/9di4eae923wzd;tcp", 0, FALSE, "bob", "bobpc.example.com", 8888, "9di4eae923wzd",
     "tcp", "msrp://bobpc.example.com:8888/9di4eae923wzd;tcp"},
    {"msrps://alice.example.com:9892/98cjs;ws", 0, TRUE, NULL, "alice.example.com", 9892, "98cjs", "ws",
     "msrps://alice.example.com:9892/98cjs;ws"},
    {"MSRP://AliceWS.Example.COM:2855/Tu~=+/x;TCP;x=1", 0, FALSE, NULL, "AliceWS.Example.COM", 2855, "Tu~=+/x", "TCP",
     "msrp://alicews.example.com:2855/Tu~=+/x;tcp"},
    {"msrp://[2001:DB8::1]:2855/s1;tcp", 0, FALSE, NULL, "2001:DB8::1", 2855, "s1", "tcp",
     "msrp://[2001:0db8:0000:0000:0000:0000:0000:0001]:2855/s1;tcp"},
    {"msrp://[2001:db8:0:0::0:1]:2855/s1;tcp", 0, FALSE, NULL, "2001:db8:0:0::0:1", 2855, "s1", "tcp",
     "msrp://[2001:0db8:0000:0000:0000:0000:0000:0001]:2855/s1;tcp"},
    {" msrp://192.0.2.4:1/s;tcp ", 0, FALSE, NULL, "192.0.2.4", 1, "s", "tcp", "msrp://192.0.2.4:1/s;tcp"},
    {"msrp://a.example:08888/s;tcp", 0, FALSE, NULL, "a.example", 8888, "s", "tcp", "msrp://a.example:8888/s;tcp"},
    /* each part missing or broken */
    {"msrp://a.example/s;tcp", OM_MSRP_URI_NO_PORT, FALSE, NULL, "a.example", 0, "s", "tcp", "msrp://a.example/s;tcp"},
    {"msrp://a.example:2855;tcp", OM_MSRP_URI_NO_SESSION, FALSE, NULL, "a.example", 2855, NULL, "tcp",
     "msrp://a.example:2855;tcp"},
    {"msrp://a.example:2855/;tcp", OM_MSRP_URI_NO_SESSION, FALSE, NULL, "a.example", 2855, NULL, "tcp",
     "msrp://a.example:2855;tcp"},
    {"msrp://a.example:2855/s", OM_MSRP_URI_NO_TRANSPORT, FALSE, NULL, "a.example", 2855, "s", NULL,
     "msrp://a.example:2855/s;"},
    {"msrp://a.example:2855/s;tcp,msrp", OM_MSRP_URI_NO_TRANSPORT, FALSE, NULL, "a.example", 2855, "s", "tcp,msrp",
     "msrp://a.example:2855/s;tcp,msrp"},
    {"msrp://a.example:2855/s;", OM_MSRP_URI_NO_TRANSPORT, FALSE, NULL, "a.example", 2855, "s", "",
     "msrp://a.example:2855/s;"},
    {"msrp://a.example:65536/s;tcp", OM_MSRP_URI_BAD_PORT, FALSE, NULL, "a.example", 0, "s", "tcp",
     "msrp://a.example:65536/s;tcp"},
    {"msrp://a.example:/s;tcp", OM_MSRP_URI_BAD_PORT, FALSE, NULL, "a.example", 0, "s", "tcp",
     "msrp://a.example:/s;tcp"},
    {"msrp://:2855/s;tcp", OM_MSRP_URI_HOST, FALSE, NULL, "", 2855, "s", "tcp", "msrp://:2855/s;tcp"},
    {"msrp://a b:2855/s;tcp", OM_MSRP_URI_HOST, FALSE, NULL, "a b", 2855, "s", "tcp", "msrp://a b:2855/s;tcp"},
    {"msrp://2001:db8::1:2855/s;tcp", OM_MSRP_URI_HOST, FALSE, NULL, "2001:db8::1", 2855, "s", "tcp",
     "msrp://2001:db8::1:2855/s;tcp"},
    {"msrp://[2001:db8::1:2855/s;tcp", OM_MSRP_URI_HOST | OM_MSRP_URI_NO_PORT, FALSE, NULL, "2001:db8::1:2855", 0, "s",
     "tcp", "msrp://[2001:db8::1:2855/s;tcp"},
    {"msrp://[2001:db8::1]2855/s;tcp", OM_MSRP_URI_HOST, FALSE, NULL, "2001:db8::1", 0, "s", "tcp",
     "msrp://[2001:db8::1]2855/s;tcp"},
    {"msrp://[nonsense]:2855/s;tcp", OM_MSRP_URI_HOST, FALSE, NULL, "nonsense", 2855, "s", "tcp",
     "msrp://[nonsense]:2855/s;tcp"},
    {"http://a.example:80/s;tcp", OM_MSRP_URI_SCHEME, FALSE, NULL, "a.example", 80, "s", "tcp",
     "http://a.example:80/s;tcp"},
    {"psa.domain.com:7654/a3cd", NOT_A_URI, FALSE, NULL, NULL, 0, NULL, NULL, "psa.domain.com:7654/a3cd"},
    {"", NOT_A_URI, FALSE, NULL, NULL, 0, NULL, NULL, ""},
};

static void
check(struct om_slice got, const char *want)
{
    char *text = om_slice_dup(got);

    g_assert_cmpstr(text, ==, want);
    g_free(text);
}

static void
test_uris(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(uris); i++) {
        struct om_msrp_uri uri;
        char *key = om_msrp_uri_key(om_slice_str(uris[i].text));

        g_test_message("%s", uris[i].text);
        om_msrp_uri_parse(om_slice_str(uris[i].text), &uri);
        g_assert_cmphex(uri.flaws, ==, uris[i].flaws);
        g_assert_cmpint(uri.secure, ==, uris[i].secure);
        check(uri.user, uris[i].user);
        check(uri.host, uris[i].host);
        g_assert_cmpuint(uri.port, ==, uris[i].port);
        check(uri.session, uris[i].session);
        check(uri.transport, uris[i].transport);
        g_assert_cmpstr(key, ==, uris[i].key);
        g_free(key);
    }
}

/* RFC 4975 section 6.1: what makes two URIs different. */
static void
test_keys_differ(void)
{
    static const char *const different[] = {
        "msrp://a.example:2855/s;tcp",  "msrps://a.example:2855/s;tcp", "msrp://b.example:2855/s;tcp",
        "msrp://a.example:2856/s;tcp",  "msrp://a.example/s;tcp",       "msrp://a.example:2855/S;tcp",
        "msrp://a.example:2855;tcp",    "msrp://a.example:2855/s;ws",   "msrp://a.example:70000/s;tcp",
        "msrp://a.example:70001/s;tcp",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(different); i++) {
        for (gsize k = i + 1; k < G_N_ELEMENTS(different); k++) {
            char *a = om_msrp_uri_key(om_slice_str(different[i]));
            char *b = om_msrp_uri_key(om_slice_str(different[k]));

            g_assert_cmpstr(a, !=, b);
            g_free(a);
            g_free(b);
        }
    }
}

static void
test_paths(void)
{
    static const struct {
        const char *path;
        guint count;
        const char *first, *last;
    } rows[] = {
        {"msrp://a:1/s;tcp", 1, "msrp://a:1/s;tcp", "msrp://a:1/s;tcp"},
        {"msrps://r1:1/s;tcp  msrps://r2:1/s;tcp msrp://b:1/s;tcp", 3, "msrps://r1:1/s;tcp", "msrp://b:1/s;tcp"},
        {" \ta:1 b:2 \r\n", 2, "a:1", "b:2"},
        {"", 0, NULL, NULL},
        {"   ", 0, NULL, NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_assert_cmpuint(om_msrp_path_count(om_slice_str(rows[i].path)), ==, rows[i].count);
        check(om_msrp_path_first(om_slice_str(rows[i].path)), rows[i].first);
        check(om_msrp_path_last(om_slice_str(rows[i].path)), rows[i].last);
    }
    g_assert_false(om_slice_isset(om_msrp_path_last(OM_SLICE_NULL)));
    g_assert_cmpuint(om_msrp_path_count(OM_SLICE_NULL), ==, 0);
}

static void
test_ip6(void)
{
    static const struct {
        const char *text;
        gboolean ok;
        guint8 first, last;
    } rows[] = {
        {"::", TRUE, 0, 0},
        {"::1", TRUE, 0, 1},
        {"fe80::", TRUE, 0xfe, 0},
        {"1:2:3:4:5:6:7:8", TRUE, 0, 8},
        {"::ffff:192.0.2.4", TRUE, 0, 4},
        {"1:2:3:4:5:6:192.0.2.9", TRUE, 0, 9},
        {"1:2:3:4:5:6:7", FALSE, 0, 0},
        {"1:2:3:4:5:6:7:8:9", FALSE, 0, 0},
        {"1:2:3:4::5:6:7:8", FALSE, 0, 0},
        {"1::2::3", FALSE, 0, 0},
        {":1:2:3:4:5:6:7", FALSE, 0, 0},
        {"12345::", FALSE, 0, 0},
        {"::g", FALSE, 0, 0},
        {"192.0.2.4", FALSE, 0, 0},
        {"::1.2.3", FALSE, 0, 0},
        {"::1.2.3.400", FALSE, 0, 0},
        {"::1.2.3.4:5", FALSE, 0, 0},
        {"fe80::1%eth0", FALSE, 0, 0},
        {"", FALSE, 0, 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        guint8 address[16];

        g_test_message("%s", rows[i].text);
        g_assert_cmpint(om_ip6_parse(om_slice_str(rows[i].text), address), ==, rows[i].ok);
        if (rows[i].ok) {
            g_assert_cmphex(address[0], ==, rows[i].first);
            g_assert_cmphex(address[15], ==, rows[i].last);
        }
    }
}

/* Every prefix in a block of exactly its size: reading beyond it is seen by AddressSanitizer. */
static void
test_prefixes(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(uris); i++) {
        for (gsize l = 0; l <= strlen(uris[i].text); l++) {
            char *block = g_memdup2(uris[i].text, l);
            struct om_slice text = om_slice(block, l);
            struct om_msrp_uri uri;
            char *key = om_msrp_uri_key(text);

            om_msrp_uri_parse(text, &uri);
            g_assert_cmpuint(uri.session.l + uri.host.l, <=, l);
            g_assert_nonnull(key);
            om_msrp_path_count(text);
            om_msrp_path_last(text);
            g_free(key);
            g_free(block);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/msrp_uri/uris", test_uris);
    g_test_add_func("/msrp_uri/keys_differ", test_keys_differ);
    g_test_add_func("/msrp_uri/paths", test_paths);
    g_test_add_func("/msrp_uri/ip6", test_ip6);
    g_test_add_func("/msrp_uri/prefixes", test_prefixes);
    return g_test_run();
}
