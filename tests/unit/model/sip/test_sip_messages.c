/* test_sip_messages.c
 * Pushes by MESSAGE: which are, challenges, forks.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "support/sip_dialog.h"

/* A MESSAGE: which are pushes, retransmissions, a challenge, a fork, no answer at all. */
static void
test_messages(void)
{
    static const struct {
        const char *headers;
        const char *body;
        gboolean push;
    } kinds[] = {
        {"Content-Type: application/vnd.oma.push\n", "x", TRUE},
        {"c: Application/VND.OMA.Push;x=1\n", "x", TRUE},
        {"Content-Type: text/plain\n", "hello", FALSE},
        {"Content-Type: message/cpim\n", "From: <sip:a@b>\n\nContent-Type: application/vnd.oma.push\n\nx", TRUE},
        {"Content-Type: message/cpim\n", "From: <sip:a@b>\n\nContent-Type: text/plain\n\nx", FALSE},
        {"Content-Type: multipart/mixed;boundary=b\n", "--b\nContent-Type: application/vnd.oma.push\n\nx\n--b--\n",
         TRUE},
        {"Content-Type: application/vnd.omaloc-supl-init\nAccept-Contact: *;+g.oma.pusheventapp=\"ulp.ua\"\n", "x",
         TRUE},
        {"Content-Type: text/plain\nAccept-Contact: *;" ICSI "\n", "x", TRUE},
        {"Content-Type: text/plain\nP-Preferred-Service: urn:urn-7:3gpp-service.ims.icsi.omapush\n", "x", TRUE},
        {"Content-Type: text/plain\nReject-Contact: *" TAGS "\n", "x", FALSE},
        {"Content-Type: text/plain\n"
         "Accept-Contact: *;+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.oma.cpm.msg\"\n",
         "x", FALSE},
    };

    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        char *head = g_strdup_printf("MESSAGE sip:a@b SIP/2.0\nFrom: <sip:c@d>;tag=1\nTo: <sip:a@b>\nCall-ID: x\n"
                                     "CSeq: 1 MESSAGE\n%s",
                                     kinds[i].headers);
        struct fixture f;

        g_test_message("%s", kinds[i].headers);
        fixture_begin(&f, TRUE);
        g_assert_cmpint(feed_sip(&f, A, B, head, kinds[i].body) != NULL, ==, kinds[i].push);
        g_assert_cmpuint(om_model_objects(f.model)->len, ==, kinds[i].push);
        g_assert_cmpuint(findings(&f, "SIP-NO-ANSWER", 1), ==, kinds[i].push);
        g_assert_cmpuint(departures(&f), ==, 0);
        fixture_end(&f);
        g_free(head);
    }
}

#define MARKED(subtype) \
    "Content-Type: multipart/" subtype ";boundary=b\nAccept-Contact: *;+g.oma.pusheventapp=\"mms.ua\"\n"
#define PART(type, bytes) "--b\nContent-Type: " type "\n\n" bytes "\n"
#define LIST              "--b\nContent-Type: application/resource-lists+xml\nContent-Disposition: recipient-list\n\n<r/>\n"

/* Multiparts that only the headers tell to be pushes: which part is the object? */
static void
test_marked_multipart(void)
{
    static const struct {
        const char *headers, *body;
        const char *type, *bytes; /* NULL: all of it */
    } rows[] = {
        {MARKED("mixed"), PART("text/vnd.wap.si", "<si/>") "--b--\n", "text/vnd.wap.si", "<si/>"},
        {MARKED("mixed"), PART("image/png", "x") "--b--\n", "image/png", "x"},
        {MARKED("mixed"), LIST PART("image/png", "x") "--b--\n", "image/png", "x"},
        {MARKED("mixed"), LIST "--b--\n", NULL, NULL},
        {MARKED("mixed"), PART("text/plain", "You have mail") PART("application/vnd.wap.mms-message", "m") "--b--\n",
         "application/vnd.wap.mms-message", "m"},
        {MARKED("alternative"), PART("Text/VND.wap.si; charset=UTF-8", "<si/>") PART("text/html", "<p>") "--b--\n",
         "Text/VND.wap.si; charset=UTF-8", "<si/>"},
        {MARKED("signed"), PART("text/vnd.wap.sl", "<sl/>") PART("application/pkcs7-signature", "s") "--b--\n",
         "text/vnd.wap.sl", "<sl/>"},
        {MARKED("mixed"),
         PART("multipart/related;boundary=c", "--c\nContent-Type: text/vnd.wap.si\n\n<si/>\n--c--") "--b--\n",
         "text/vnd.wap.si", "<si/>"},
        {MARKED("mixed"), "--b\nContent-Type: text/vnd.wap.si\nContent-Transfer-Encoding: base64\n\nPHNpLz4=\n--b--\n",
         "text/vnd.wap.si", "<si/>"},
        {MARKED("mixed"), "--b\n\nx\n--b--\n", NULL, "x"},
        {MARKED("related"), PART("application/smil", "<smil/>") PART("image/png", "x") "--b--\n", NULL, NULL},
        /* Both are pushes: the first of two objects. */
        {MARKED("mixed"), PART("text/vnd.wap.si", "<si/>") PART("application/vnd.oma.push", "p") "--b--\n",
         "text/vnd.wap.si", "<si/>"},
        {MARKED("mixed"), PART("image/png", "x") PART("application/vnd.oma.push", "p") "--b--\n",
         "application/vnd.oma.push", "p"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        char *head = g_strdup_printf("MESSAGE sip:a@b SIP/2.0\nFrom: <sip:c@d>;tag=1\nTo: <sip:a@b>\nCall-ID: x\n"
                                     "CSeq: 1 MESSAGE\n%s",
                                     rows[i].headers);
        struct om_object *object;
        struct om_slice bytes;
        struct fixture f;

        g_test_message("row %u", i);
        fixture_begin(&f, TRUE);
        feed_sip(&f, A, B, head, rows[i].body);
        object = g_ptr_array_index(om_model_objects(f.model), 0);
        bytes = om_object_bytes(object);
        if (rows[i].bytes) {
            g_assert_true(om_slice_eq(bytes, om_slice_str(rows[i].bytes)));
            g_assert_cmpstr(object->content_type, ==, rows[i].type);
        } else {
            g_assert_true(om_slice_starts_str(bytes, "--b"));
            g_assert_true(g_str_has_prefix(object->content_type, "multipart/"));
        }
        fixture_end(&f);
        g_free(head);
    }
}

#define ASK(cseq)                                                                                 \
    "MESSAGE sip:a@b SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bK" cseq "\nFrom: <sip:c@d>;tag=1\n" \
    "To: <sip:a@b>\nCall-ID: x\nCSeq: " cseq " MESSAGE\n"
#define TELL(status, cseq)                                                                   \
    "SIP/2.0 " status "\nVia: SIP/2.0/UDP h;branch=z9hG4bK" cseq "\nFrom: <sip:c@d>;tag=1\n" \
    "To: <sip:a@b>;tag=2\nCall-ID: x\nCSeq: " cseq " MESSAGE\n"
#define TYPE "Accept-Contact: *;+g.oma.pusheventapp=\"mms.ua\"\nContent-Type: application/vnd.oma.push\n"
#define TEXT "Content-Type: text/plain\n\nhello"

static void
test_message_challenge(void)
{
    const struct om_object *object;
    struct fixture f;

    fixture_begin(&f, FALSE);
    feed_sip(&f, A, B, ASK("1") TYPE, TEXT);
    feed_sip(&f, A, B, ASK("1") TYPE, TEXT);
    feed_sip(&f, B, A, TELL("407 Proxy Authentication Required", "1"), NULL);
    object = g_ptr_array_index(om_model_objects(f.model), 0);
    g_assert_cmpuint(object->status, ==, 407);
    g_assert_cmpuint(findings(&f, "SIP-REJECTED", 3), ==, 1);
    feed_sip(&f, A, B, ASK("2") "Proxy-Authorization: Digest username=\"c\"\n" TYPE, TEXT);
    g_assert_cmpuint(object->status, ==, 0);
    feed_sip(&f, B, A, TELL("200 OK", "2"), NULL);
    g_assert_cmpuint(om_model_objects(f.model)->len, ==, 1);
    g_assert_cmpuint(object->status, ==, 200);
    g_assert_cmpuint(object->answer_frame, ==, 5);
    g_assert_cmpuint(om_object_hops(object), ==, 1);
    g_assert_cmpuint(om_object_verdict((struct om_object *) object, om_model_conclude(f.model)), ==, OM_PASS);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    /* Without credentials it is another MESSAGE. */
    feed_sip(&f, A, B, ASK("3") TYPE, TEXT);
    g_assert_cmpuint(om_model_objects(f.model)->len, ==, 2);
    fixture_end(&f);
}

/* A proxy tries two devices: one is busy, one takes it. */
static void
test_message_fork(void)
{
    struct om_object *object;
    struct fixture f;

    fixture_begin(&f, FALSE);
    feed_sip(&f, A, B, ASK("1") TYPE, TEXT);
    feed_sip(&f, B, A, TELL("486 Busy Here", "1"), NULL);
    object = g_ptr_array_index(om_model_objects(f.model), 0);
    g_assert_cmpuint(om_context_proved(object->context, object, OM_ERROR), ==, 1);
    feed_sip(&f, B, A, TELL("200 OK", "1"), NULL);
    feed_sip(&f, B, A, TELL("603 Decline", "1"), NULL);
    g_assert_cmpuint(object->status, ==, 200);
    g_assert_cmpuint(object->answer_frame, ==, 3);
    g_assert_cmpuint(om_context_proved(object->context, object, OM_ERROR), ==, 0);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
}

/* An answer to a request that the capture lost is not that of the one before, nor a slip in its CSeq. */
static void
test_message_lost(void)
{
    const struct om_object *object;
    struct fixture f;

    fixture_begin(&f, FALSE);
    feed_sip(&f, A, B, ASK("1") TYPE, TEXT);
    feed_sip(&f, B, A, TELL("404 Not Found", "2"), NULL);
    object = g_ptr_array_index(om_model_objects(f.model), 0);
    g_assert_cmpuint(object->status, ==, 0);
    g_assert_cmpuint(findings(&f, "SIP-CSEQ-RESPONSE", 2), ==, 0);
    g_assert_cmpuint(departures(&f), ==, 0);
    feed_sip(&f, B, A, TELL("200 OK", "1"), NULL);
    g_assert_cmpuint(object->status, ==, 200);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sip_messages/messages", test_messages);
    g_test_add_func("/sip_messages/marked-multipart", test_marked_multipart);
    g_test_add_func("/sip_messages/message-challenge", test_message_challenge);
    g_test_add_func("/sip_messages/message-fork", test_message_fork);
    g_test_add_func("/sip_messages/message-lost", test_message_lost);
    return g_test_run();
}
