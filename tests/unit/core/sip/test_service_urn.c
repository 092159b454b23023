/* test_service_urn.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/sip/service_urn.h"

#define RAW OM_SERVICE_RAW_COLON
#define ENC OM_SERVICE_ENCODED
#define NS  OM_SERVICE_NAMESPACE

static void
test_urns(void)
{
    static const struct {
        const char *text;
        const char *urn;
        enum om_service_kind kind;
        const char *name;
        guint flaws;
    } rows[] = {
        {"urn%3Aurn-7%3A3gpp-service.ims.icsi.omapush", "urn:urn-7:3gpp-service.ims.icsi.omapush", OM_SERVICE_ICSI,
         "omapush", ENC},
        {"urn%3aurn-7%3a3gpp-service.ims.icsi.oma.push", "urn:urn-7:3gpp-service.ims.icsi.oma.push", OM_SERVICE_ICSI,
         "oma.push", ENC},
        {"urn:urn-7:3gpp-service.ims.icsi.omapush", "urn:urn-7:3gpp-service.ims.icsi.omapush", OM_SERVICE_ICSI,
         "omapush", RAW},
        {"urn%3Aurn-7:3gpp-service.ims.icsi.omapush", "urn:urn-7:3gpp-service.ims.icsi.omapush", OM_SERVICE_ICSI,
         "omapush", RAW | ENC},
        /* Appendix B */
        {"urn%3Aurn-xxx%3A3gpp-service.ims.icsi.omapush", "urn:urn-xxx:3gpp-service.ims.icsi.omapush", OM_SERVICE_ICSI,
         "omapush", ENC | NS},
        {"urn:urn-xxx:3gpp-service.ims.icsi.omapush", "urn:urn-xxx:3gpp-service.ims.icsi.omapush", OM_SERVICE_ICSI,
         "omapush", RAW | NS},
        {"urn%3Aurn-7%3A3gpp-application.ims.iari.rcse.im", "urn:urn-7:3gpp-application.ims.iari.rcse.im",
         OM_SERVICE_IARI, "rcse.im", ENC},
        {"URN%3AURN-7%3A3GPP-Service.IMS.ICSI.MMTel", "URN:URN-7:3GPP-Service.IMS.ICSI.MMTel", OM_SERVICE_ICSI, "MMTel",
         ENC},
        {" <urn:urn-7:3gpp-service.ims.icsi.mmtel> ", "urn:urn-7:3gpp-service.ims.icsi.mmtel", OM_SERVICE_ICSI, "mmtel",
         RAW},
        {"\"urn:urn-7:3gpp-service.ims.icsi.mmtel\"", "urn:urn-7:3gpp-service.ims.icsi.mmtel", OM_SERVICE_ICSI, "mmtel",
         RAW},
        {"3gpp-service.ims.icsi.omapush", "3gpp-service.ims.icsi.omapush", OM_SERVICE_ICSI, "omapush", NS},
        {"urn:urn-7:3gpp-service.ims.icsi.", "urn:urn-7:3gpp-service.ims.icsi.", OM_SERVICE_ICSI, "", RAW},
        {"urn:urn-7:3gpp-service.ims.icsi", "urn:urn-7:3gpp-service.ims.icsi", OM_SERVICE_UNKNOWN, NULL, RAW},
        {"urn:urn-7:x3gpp-service.ims.icsi.y", "urn:urn-7:x3gpp-service.ims.icsi.y", OM_SERVICE_UNKNOWN, NULL, RAW},
        {"urn:service:sos", "urn:service:sos", OM_SERVICE_UNKNOWN, NULL, RAW | NS},
        {"urn%3urn-7%", "urn%3urn-7%", OM_SERVICE_UNKNOWN, NULL, NS},
        {"", "", OM_SERVICE_UNKNOWN, NULL, NS},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_service_urn urn;

        g_test_message("%s", rows[i].text);
        om_service_urn_parse(om_slice_str(rows[i].text), &urn);
        g_assert_cmpstr(urn.urn, ==, rows[i].urn);
        g_assert_cmpint(urn.kind, ==, rows[i].kind);
        g_assert_cmpstr(urn.name, ==, rows[i].name);
        g_assert_cmphex(urn.flaws, ==, rows[i].flaws);
        om_service_urn_clear(&urn);
        g_assert_null(urn.urn);
    }
}

static void
test_push(void)
{
    static const struct {
        const char *text;
        gboolean push;
    } rows[] = {
        {"urn%3Aurn-7%3A3gpp-service.ims.icsi.omapush", TRUE},
        {"urn:urn-xxx:3gpp-service.ims.icsi.OMAPush", TRUE},
        {"urn%3Aurn-7%3A3gpp-service.ims.icsi.oma.push", TRUE},
        {"urn%3Aurn-7%3A3gpp-service.ims.icsi.omapush.x", TRUE}, /* a subclass */
        {"urn%3Aurn-7%3A3gpp-service.ims.icsi.omapush-x", FALSE},
        {"urn%3Aurn-7%3A3gpp-service.ims.icsi.omapushx", FALSE},
        {"urn%3Aurn-7%3A3gpp-service.ims.icsi.oma", FALSE},
        {"urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel", FALSE},
        {"urn%3Aurn-7%3A3gpp-application.ims.iari.omapush", FALSE},
        {"omapush", FALSE},
        {"", FALSE},
    };
    static char *const icsis[] = {(char *) "omapush", (char *) "oma.push", NULL};
    static char *const none[] = {NULL};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_service_urn urn;

        om_service_urn_parse(om_slice_str(rows[i].text), &urn);
        g_assert_cmpint(om_service_urn_is_push(&urn, icsis), ==, rows[i].push);
        g_assert_false(om_service_urn_is_push(&urn, none));
        g_assert_false(om_service_urn_is_push(&urn, NULL));
        om_service_urn_clear(&urn);
    }
}

/* Every prefix in a block of exactly its size: for the address sanitizer. Bytes that are no text, too. */
static void
test_prefixes(void)
{
    static const char text[] = "\"<urn%3Aurn-7%3A3gpp-service.ims.icsi.oma\xff%00%C3%28push%2\">";

    for (gsize n = 0; n <= strlen(text); n++) {
        char *block = g_memdup2(text, n);
        struct om_service_urn urn;

        om_service_urn_parse(om_slice(block, n), &urn);
        g_assert_true(g_utf8_validate(urn.urn, -1, NULL));
        om_service_urn_clear(&urn);
        g_free(block);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/service_urn/urns", test_urns);
    g_test_add_func("/service_urn/push", test_push);
    g_test_add_func("/service_urn/prefixes", test_prefixes);
    return g_test_run();
}
