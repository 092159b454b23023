/* test_sip_glance.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/sip/sip_glance.h"
#include "core/sip/sip_msg.h"

#define HEAD                                                                                                       \
    "Via: SIP/2.0/UDP 192.0.2.3;branch=z9hG4bK1\r\nFrom: <sip:a@example.com>;tag=a\r\nTo: <sip:b@example.com>\r\n" \
    "Call-ID: c1@192.0.2.3\r\nCSeq: 1 INVITE\r\n"
#define INVITE "INVITE sip:b@example.com SIP/2.0\r\n"

static struct om_slice
text_of(const char *text)
{
    return om_slice(text, strlen(text));
}

/* What it tells is what the parser tells. */
static void
check_same(const char *text)
{
    struct om_sip_glance glance;
    struct om_sip_msg msg;

    g_assert_true(om_sip_glance(text_of(text), &glance));
    g_assert_true(om_sip_begins(text_of(text)));
    g_assert_true(om_sip_msg_parse(text_of(text), &msg));
    g_assert_cmpint(glance.request, ==, msg.request);
    g_assert_cmpuint(glance.status, ==, msg.status);
    g_assert_true(om_slice_eq(glance.method, msg.method));
    g_assert_true(om_slice_eq(glance.call_id, msg.call_id));
    g_assert_true(om_slice_eq(glance.body, msg.body));
    g_assert_cmpuint(msg.text.l, ==, strlen(text));
    om_sip_msg_clear(&msg);
}

static void
test_ordinary(void)
{
    check_same(INVITE HEAD "Content-Length: 0\r\n\r\n");
    check_same(INVITE HEAD "Content-Length: 5\r\n\r\nv=0\r\n");
    check_same("SIP/2.0 200 OK\r\n" HEAD "Content-Length: 0\r\n\r\n");
    check_same("SIP/2.0 603 Decline\r\n" HEAD "l: 0\r\n\r\n");
    check_same("OPTIONS sip:b@example.com SIP/2.0\n"
               "v: x\nf: a\nt: b\ni: c2\nSubject: a\n line that goes on\nCSEQ: 7 OPTIONS\nCONTENT-LENGTH: 0\n\n");
    check_same("SIP/2.0 200 OK\r\n"
               "Call-ID: first\r\nCall-ID: second\r\nCSeq: 1 BYE\r\nFrom: a\r\nTo: b\r\nContent-Length: 0\r\n\r\n");
}

/* Whatever is out of the ordinary is left to the parser. */
static void
test_doubtful(void)
{
    static const char *const texts[] = {
        "",
        "I",
        INVITE,
        INVITE HEAD,
        INVITE HEAD "\r\n",
        INVITE HEAD "Content-Length: 1\r\n\r\n",
        INVITE HEAD "Content-Length: 0\r\n\r\nmore",
        INVITE HEAD "Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
        INVITE HEAD "Content-Length: zero\r\n\r\n",
        INVITE HEAD "no header\r\nContent-Length: 0\r\n\r\n",
        INVITE HEAD "BYE sip:b@example.com SIP/2.0\r\nContent-Length: 0\r\n\r\n",
        INVITE HEAD "SIP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        INVITE HEAD "Content-Length:\r\n 0\r\n\r\n",
        INVITE "From: a\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n",
        INVITE "From: a\r\nTo: b\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n",
        INVITE "From: a\r\nTo: b\r\nCall-ID:\r\n c\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n",
        "INVITE  sip:b@example.com  SIP/2.0 \r\n" HEAD "Content-Length: 0\r\n\r\n",
        "\r\n" INVITE HEAD "Content-Length: 0\r\n\r\n",
        "SIP/2.0 20 OK\r\n" HEAD "Content-Length: 0\r\n\r\n",
        "SIP/3.0 200 OK\r\n" HEAD "Content-Length: 0\r\n\r\n",
    };
    struct om_sip_glance glance;

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_assert_false(om_sip_glance(text_of(texts[i]), &glance));
}

/* Wherever the parser sees a message, so does this, and nowhere else. */
static void
test_begins(void)
{
    static const char *const texts[] = {
        "",
        "\r\n",
        "v=0\r\n",
        "E\0\0\0",
        "audio 4000 RTP/AVP 0\r\n",
        "SIP/2.0 200",
        "SIP/2.0 200 OK\r\n",
        ("\r\n\r\n" INVITE),
        "a x: SIP/1.0",
        "a x:SIP/2.0",
        " INVITE sip:b@example.com SIP/2.0\r\n",
        "INVITE\tsip:b@example.com   SIP/2.0 \r\n",
        "INVITE b@ SIP/2.0",
        "MSRP abcd SEND\r\n",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        struct om_sip_msg msg;
        gboolean parsed = om_sip_msg_parse(text_of(texts[i]), &msg);

        g_assert_cmpint(om_sip_begins(text_of(texts[i])), ==, parsed);
        if (parsed)
            om_sip_msg_clear(&msg);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sip-glance/ordinary", test_ordinary);
    g_test_add_func("/sip-glance/doubtful", test_doubtful);
    g_test_add_func("/sip-glance/begins", test_begins);
    return g_test_run();
}
