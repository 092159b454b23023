/* test_sip_bait.c
 * SIP and SDP that would cost a careless reader much.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "support/sip_dialog.h"

/* 20,000 parameters, values, headers and selectors: linear time, and not 20,000 findings. */
static void
test_bait(void)
{
    static const struct {
        const char *before;
        const char *bait;
        const char *after;
    } baits[] = {
        {"Contact: <sip:a@b>", ";+g.oma.pusheventapp=mms.ua", "\n"},
        {"Contact: <sip:a@b>", ",+g.3gpp.icsi_ref=\"urn:urn-x:3gpp-service.ims.icsi.a\"", "\n"},
        {"Contact: <sip:a@b>;+g.oma.pusheventapp=\"", "a,", "\"\n"},
        {"Contact: ", "<sip:a@b,", "\n"},
        {"P-Asserted-Identity: ", "a@b,", "\n"},
        {"Via: ", "SIP/2.0/UDP a@b,", "\n"},
        {"", "Via: SIP/2.0/UDP a@b\n", ""},
        {"", "Contact: <sip:a@b>;g.oma.pusheventapp=x\n", ""},
        {"P-Asserted-Service: ", "urn%3A,", "\n"},
        {"Contact: <sip:a@b>;+sip.instance=\"", "\"", "\n"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(baits); i++) {
        GString *head = g_string_new("REGISTER sip:b SIP/2.0\nFrom: <sip:a@b>;tag=1\nTo: <sip:a@b>\nCall-ID: x\n"
                                     "CSeq: 1 REGISTER\nContact: <sip:u@h>" TAGS "\n");
        struct fixture f;

        g_string_append(head, baits[i].before);
        for (guint n = 0; n < 20000; n++)
            g_string_append(head, baits[i].bait);
        g_string_append(head, baits[i].after);
        fixture_begin(&f, FALSE);
        feed_sip(&f, B, A, head->str, NULL);
        g_assert_cmpuint(om_model_registrations(f.model)->len, ==, 1);
        g_assert_cmpuint(findings(&f, NULL, 0), <, 200);
        fixture_end(&f);
        g_string_free(head, TRUE);
    }
}

/* The same within an SDP. */
static void
test_sdp_bait(void)
{
    static const char *const baits[] = {
        "a=file-selector:name:x size:x hash:sha1:0\n",
        SELECTOR,
        "m=message 1 TCP/MSRP x\n",
        "a=path:msrp:// msrp:// msrp://\n",
        "\n",
        " folded\n",
        "hash:sha-1:00:11 ",
    };

    for (guint i = 0; i < G_N_ELEMENTS(baits); i++) {
        GString *body = g_string_new("v=0\no=- 1 1 IN IP4 192.0.2.3\ns=-\nc=IN IP4 192.0.2.3\nt=0 0\n"
                                     "m=message 7654 TCP/MSRP *\na=path:msrp://192.0.2.3:7654/s;tcp\na=file-selector:");
        struct fixture f;

        for (guint n = 0; n < 20000; n++)
            g_string_append(body, baits[i]);
        fixture_begin(&f, FALSE);
        say(&f, 'a', INVITE, "c", "", "1 INVITE", PUSH, g_strdup(body->str));
        say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "1 INVITE", CONTACT_B, g_strdup(body->str));
        g_assert_cmpuint(om_model_sessions(f.model)->len, ==, 1);
        g_assert_cmpuint(findings(&f, NULL, 0), <, 5000);
        fixture_end(&f);
        g_string_free(body, TRUE);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sip_bait/bait", test_bait);
    g_test_add_func("/sip_bait/sdp-bait", test_sdp_bait);
    return g_test_run();
}
