/* test_sip_via.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/sip/sip_msg.h"
#include "core/sip/sip_via.h"

#include "support/appendix_b.h"
#include "support/assert_slice.h"

static void
test_values(void)
{
    static const struct {
        const char *text;
        const char *transport;
        const char *sent_by;
        const char *host;
        guint port;
        gboolean ok;
        const char *branch;
    } rows[] = {
        {"SIP/2.0/UDP pra1.domain.com:5060;branch=z9hG4bKnashds7", "UDP", "pra1.domain.com:5060", "pra1.domain.com",
         5060, TRUE, "z9hG4bKnashds7"},
        {"SIP/2.0/TCP psa.domain.com;branch=z9hG4bK776sgdkse;received=192.0.2.4", "TCP", "psa.domain.com",
         "psa.domain.com", 0, TRUE, "z9hG4bK776sgdkse"},
        {"SIP/2.0/UDP proxy.domain.com;branch= z9hG4bK123dsghds", "UDP", "proxy.domain.com", "proxy.domain.com", 0,
         TRUE, "z9hG4bK123dsghds"},
        {"SIP/2.0/TCP psa@domain.com;branch=z9hG4bK776sgdkse", "TCP", "psa@domain.com", "psa@domain.com", 0, FALSE,
         "z9hG4bK776sgdkse"},
        /* RFC 4475 section 3.1.1.1 */
        {"SIP  /   2.0\r\n /UDP\r\n    192.0.2.2;branch=390skdjuw", "UDP", "192.0.2.2", "192.0.2.2", 0, TRUE,
         "390skdjuw"},
        {"SIP  / 2.0  / TCP     spindle.example.com   ;\r\n  branch  =   z9hG4bK9ikj8", "TCP", "spindle.example.com",
         "spindle.example.com", 0, TRUE, "z9hG4bK9ikj8"},
        /* RFC 3261 section 20.42 */
        {"SIP / 2.0 / UDP first.example.com: 4000;ttl=16\r\n ;maddr=224.2.0.1 ;branch=z9hG4bKa7c6a8dlze.1", "UDP",
         "first.example.com: 4000", "first.example.com", 4000, TRUE, "z9hG4bKa7c6a8dlze.1"},
        {"SIP/2.0/TLS [2001:db8::10]:5061", "TLS", "[2001:db8::10]:5061", "2001:db8::10", 5061, TRUE, NULL},
        {"SIP/2.0/WSS df7jal23ls0d.invalid;branch=z9hG4bK56sdasks", "WSS", "df7jal23ls0d.invalid",
         "df7jal23ls0d.invalid", 0, TRUE, "z9hG4bK56sdasks"},
        {"SIP/2.0/UDP [::ffff:192.0.2.1]", "UDP", "[::ffff:192.0.2.1]", "::ffff:192.0.2.1", 0, TRUE, NULL},
        {"SIP/2.0/UDP [2001:db8::10", "UDP", "[2001:db8::10", "2001:db8::10", 0, FALSE, NULL},
        {"SIP/2.0/UDP [2001:db8::zz]", "UDP", "[2001:db8::zz]", "2001:db8::zz", 0, FALSE, NULL},
        {"SIP/2.0/UDP [2001:db8::1%eth0]", "UDP", "[2001:db8::1%eth0]", "2001:db8::1%eth0", 0, FALSE, NULL},
        {"SIP/2.0/UDP [192.0.2.1]", "UDP", "[192.0.2.1]", "192.0.2.1", 0, FALSE, NULL},
        {"SIP/2.0/UDP [2001:db8::10]x", "UDP", "[2001:db8::10]x", "2001:db8::10", 0, FALSE, NULL},
        {"SIP/2.0/UDP 2001:db8::10", "UDP", "2001:db8::10", "2001:db8::10", 0, FALSE, NULL},
        {"SIP/2.0/UDP host:0", "UDP", "host:0", "host", 0, FALSE, NULL},
        {"SIP/2.0/UDP host:65536", "UDP", "host:65536", "host", 0, FALSE, NULL},
        {"SIP/2.0/UDP host:", "UDP", "host:", "host", 0, FALSE, NULL},
        {"SIP/2.0/UDP 192.0.2.300", "UDP", "192.0.2.300", "192.0.2.300", 0, FALSE, NULL},
        {"SIP/2.0/UDP psa..domain.com", "UDP", "psa..domain.com", "psa..domain.com", 0, FALSE, NULL},
        {"SIP/2.0/UDP psa domain.com", "UDP", "psa domain.com", "psa domain.com", 0, FALSE, NULL},
        {"SIP/2.0/UDP ;branch=z9", "UDP", "", "", 0, FALSE, "z9"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_sip_via via;

        g_test_message("%s", rows[i].text);
        g_assert_true(om_sip_via_parse(om_slice_str(rows[i].text), &via));
        assert_slice(via.protocol, "SIP");
        assert_slice(via.version, "2.0");
        assert_slice(via.transport, rows[i].transport);
        assert_slice(via.sent_by, rows[i].sent_by);
        assert_slice(via.host, rows[i].host);
        g_assert_cmpuint(via.port, ==, rows[i].port);
        g_assert_cmpint(via.sent_by_ok, ==, rows[i].ok);
        g_assert_cmpint(via.ipv6_literal, ==, rows[i].sent_by[0] == '[');
        assert_slice(om_param_get(via.params, "branch"), rows[i].branch);
    }
}

static void
test_no_via(void)
{
    static const char *const rows[] = {"", "SIP", "SIP/2.0", "SIP/2.0/", "psa.domain.com", "/2.0/UDP x", "SIP/2.0;x"};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_sip_via via;

        g_assert_false(om_sip_via_parse(om_slice_str(rows[i]), &via));
        g_assert_false(om_slice_isset(via.protocol));
    }
}

/* How many Via values of a message have no good sent-by. */
static guint
bad_sent_by(const char *text)
{
    struct om_sip_msg msg;
    guint bad = 0;

    g_assert_true(om_sip_msg_parse(om_slice_str(text), &msg));
    for (guint i = 0; i < msg.headers->len; i++) {
        const struct om_sip_header *header = &g_array_index(msg.headers, struct om_sip_header, i);
        struct om_slice rest = header->value;
        struct om_slice element;

        while (header->id == OM_SIP_H_VIA && om_sip_list_next(&rest, &element)) {
            struct om_sip_via via;

            g_assert_true(om_sip_via_parse(element, &via));
            bad += !via.sent_by_ok;
        }
    }
    om_sip_msg_clear(&msg);
    return bad;
}

static void
test_appendix_b(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(appendix_b); i++) {
        gboolean printed_so = strstr(appendix_b[i].printed, "TCP psa@domain.com") != NULL;

        g_assert_cmpuint(bad_sent_by(appendix_b[i].printed), ==, printed_so ? 1 : 0);
        g_assert_cmpuint(bad_sent_by(appendix_b[i].corrected), ==, 0);
    }
}

/* Every prefix in a block of exactly its size: for the address sanitizer. */
static void
test_prefixes(void)
{
    static const char *const texts[] = {"SIP / 2.0\r\n / TLS [2001:db8::10] : 5061 ; branch = z9hG4bK;received=\"x\"",
                                        "SIP/2.0/UDP psa.domain.com.:5060;branch=z9"};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        for (gsize n = 0; n <= strlen(texts[i]); n++) {
            char *block = g_memdup2(texts[i], n);
            struct om_sip_via via;

            om_sip_via_parse(om_slice(block, n), &via);
            g_assert_cmpuint(via.sent_by.l + via.params.l, <=, n);
            om_param_get(via.params, "received");
            g_free(block);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sip_via/values", test_values);
    g_test_add_func("/sip_via/no-via", test_no_via);
    g_test_add_func("/sip_via/appendix-b", test_appendix_b);
    g_test_add_func("/sip_via/prefixes", test_prefixes);
    return g_test_run();
}
