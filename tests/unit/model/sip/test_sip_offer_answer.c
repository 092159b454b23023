/* test_sip_offer_answer.c
 * Offers and answers in every place: late, early, changed, forked, redirected, challenged; what they say.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "support/sip_dialog.h"

/* INVITE without SDP: offer in the 200, answer in the ACK, on two hops. */
static void
test_late_offer(void)
{
    const struct om_session *session;
    const struct om_exchange *exchange;
    struct om_session_match match;
    struct fixture f;

    fixture_begin(&f, FALSE);
    say(&f, 'a', INVITE, "c", "", "1 INVITE", PUSH, NULL);
    g_assert_cmpuint(session_at(&f, 0)->offer_frame, ==, 1);
    g_assert_cmpuint(say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "1 INVITE", CONTACT_B,
                         sdp(B, 8888, "ans", "recvonly", "application/vnd.oma.push", ""))
                         ->procedure,
                     ==, OM_PROC_SESSION_OFFER);
    say(&f, 'a', "ACK sip:user@192.0.2.4 SIP/2.0", "c", "x", "1 ACK", "",
        sdp(A, 7654, "off", "sendonly", "application/vnd.oma.push", ""));
    say(&f, 'a', "ACK sip:user@192.0.2.4;hop=2 SIP/2.0", "c", "x", "1 ACK", "",
        sdp(A, 7654, "off", "sendonly", "application/vnd.oma.push", ""));
    session = session_at(&f, 0);
    exchange = exchange_at(session, 0);
    g_assert_cmpuint(session->exchanges->len, ==, 1);
    g_assert_false(exchange->by_caller);
    g_assert_cmpuint(exchange->offer_frame, ==, 2);
    g_assert_cmpuint(exchange->answer_frame, ==, 3);
    g_assert_cmpuint(exchange->status, ==, 200);
    g_assert_cmpuint(session->offer_frame, ==, 2);
    g_assert_cmpuint(session->answer_frame, ==, 2);
    g_assert_cmpint(session->answer_time - session->offer_time, ==, 10 * MS);
    g_assert_cmpstr(media_of(exchange->answer)->endpoint_key, ==, KEY(A, "7654", "off"));
    g_assert_true(om_session_by_endpoints(f.model->sessions, KEY(A, "7654", "off"), KEY(B, "8888", "ans"), &match));
    g_assert_true(match.exact && !match.from_offerer);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
}

/* The SDP of a reliable 183 answers, the 200 has none. In the second dialog the 183 offers and PRACK answers. */
static void
test_early(void)
{
    const struct om_exchange *exchange;
    struct fixture f;

    fixture_begin(&f, FALSE);
    say(&f, 'a', INVITE, "c", "", "1 INVITE", PUSH, offer());
    say(&f, 'b', "SIP/2.0 183 Session Progress", "c", "x", "1 INVITE", CONTACT_B "Require: 100rel\nRSeq: 1\n",
        answer());
    say(&f, 'a', "PRACK sip:user@192.0.2.4 SIP/2.0", "c", "x", "2 PRACK", "RAck: 1 1 INVITE\n", NULL);
    say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "2 PRACK", "", NULL);
    g_assert_cmpuint(session_at(&f, 0)->status, ==, 0);
    say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "1 INVITE", CONTACT_B, NULL);
    exchange = exchange_at(session_at(&f, 0), 0);
    g_assert_cmpuint(exchange->answer->frame, ==, 2);
    g_assert_cmpuint(exchange->answer_frame, ==, 5);
    g_assert_cmpuint(session_at(&f, 0)->answer_frame, ==, 5);
    g_assert_cmpuint(session_at(&f, 0)->status, ==, 200);

    say(&f, 'a', INVITE, "d", "", "1 INVITE", PUSH, NULL); /* 6 */
    say(&f, 'b', "SIP/2.0 183 Session Progress", "d", "y", "1 INVITE", CONTACT_B "Require: 100rel\nRSeq: 1\n",
        sdp(B, 8889, "ans2", "recvonly", "application/vnd.oma.push", ""));
    say(&f, 'a', "PRACK sip:user@192.0.2.4 SIP/2.0", "d", "y", "2 PRACK", "RAck: 1 1 INVITE\n",
        sdp(A, 7655, "off2", "sendonly", "application/vnd.oma.push", ""));
    exchange = exchange_at(session_at(&f, 1), 0);
    g_assert_cmpuint(session_at(&f, 1)->exchanges->len, ==, 1);
    g_assert_cmpuint(exchange->answer_frame, ==, 8);
    g_assert_cmpstr(media_of(exchange->answer)->endpoint_key, ==, KEY(A, "7655", "off2"));
    g_assert_cmpuint(findings(&f, "SIP-NO-ANSWER", 6), ==, 1);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 1);
    fixture_end(&f);
}

/* re-INVITE of the caller, UPDATE of the callee (whose CSeq 1 is not the caller's), one that is refused. */
static void
test_renegotiation(void)
{
    const struct om_session *session;
    const struct om_exchange *exchange;
    struct fixture f;

    fixture_begin(&f, FALSE);
    say(&f, 'a', INVITE, "c", "", "1 INVITE", PUSH, offer());
    say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "1 INVITE", CONTACT_B, answer());
    say(&f, 'a', INVITE, "c", "x", "2 INVITE", PUSH,
        sdp(A, 7654, "off", "sendonly", "application/vnd.oma.push", SELECTOR));
    say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "2 INVITE", CONTACT_B,
        sdp(B, 8890, "new", "recvonly", "application/vnd.oma.push", SELECTOR));
    say_back(&f, 'b', "UPDATE sip:psa@192.0.2.3 SIP/2.0", "c", "x", "1 UPDATE",
             sdp(B, 8890, "new", "inactive", "application/vnd.oma.push", ""));
    say_back(&f, 'a', "SIP/2.0 200 OK", "c", "x", "1 UPDATE",
             sdp(A, 7654, "off", "inactive", "application/vnd.oma.push", ""));
    say_back(&f, 'b', "INVITE sip:psa@192.0.2.3 SIP/2.0", "c", "x", "1 INVITE",
             sdp(B, 8890, "new", "recvonly", "application/vnd.oma.push", ""));
    say_back(&f, 'a', "SIP/2.0 491 Request Pending", "c", "x", "1 INVITE", NULL);
    session = session_at(&f, 0);
    g_assert_cmpuint(om_model_sessions(f.model)->len, ==, 1);
    g_assert_cmpuint(session->exchanges->len, ==, 4);
    g_assert_cmpuint(session->answer_frame, ==, 2);
    g_assert_cmpuint(session->status, ==, 200);
    exchange = exchange_at(session, 1);
    g_assert_cmpuint(exchange->offer_frame, ==, 3);
    g_assert_cmpuint(exchange->answer_frame, ==, 4);
    g_assert_true(exchange->by_caller);
    exchange = exchange_at(session, 2);
    g_assert_cmpuint(exchange->offer_frame, ==, 5);
    g_assert_cmpuint(exchange->answer_frame, ==, 6);
    g_assert_false(exchange->by_caller);
    exchange = exchange_at(session, 3);
    g_assert_cmpuint(exchange->offer_frame, ==, 7);
    g_assert_cmpuint(exchange->status, ==, 491);
    g_assert_null(exchange->answer);
    g_assert_true(record_at(&f, 4)->exchange == exchange_at(session, 1));
    g_assert_cmpuint(record_at(&f, 5)->procedure, ==, OM_PROC_SESSION_OFFER);
    g_assert_cmpuint(record_at(&f, 6)->procedure, ==, OM_PROC_SESSION_ANSWER);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
}

/* Two 200s with different To tags: the first counts, the streams of both are found. */
static void
test_fork(void)
{
    struct om_session_match match;
    struct fixture f;

    fixture_begin(&f, FALSE);
    say(&f, 'a', INVITE, "c", "", "1 INVITE", PUSH, offer());
    say(&f, 'b', "SIP/2.0 183 Session Progress", "c", "z", "1 INVITE", CONTACT_B,
        sdp(B, 8880, "early", "recvonly", "application/vnd.oma.push", SELECTOR));
    say(&f, 'b', "SIP/2.0 486 Busy Here", "c", "w", "1 INVITE", "", NULL);
    g_assert_cmpuint(findings(&f, "SIP-REJECTED", 3), ==, 1);
    say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "1 INVITE", CONTACT_B, answer());
    say(&f, 'b', "SIP/2.0 200 OK", "c", "y", "1 INVITE", CONTACT_B,
        sdp(B, 9999, "fork", "recvonly", "application/vnd.oma.push", SELECTOR));
    g_assert_cmpuint(om_model_sessions(f.model)->len, ==, 1);
    g_assert_cmpuint(session_at(&f, 0)->exchanges->len, ==, 1);
    g_assert_cmpuint(session_at(&f, 0)->status, ==, 200);
    g_assert_cmpuint(session_at(&f, 0)->answer_frame, ==, 4);
    g_assert_cmpstr(media_of(exchange_at(session_at(&f, 0), 0)->answer)->endpoint_key, ==, KEY(B, "8888", "ans"));
    g_assert_true(om_session_by_endpoints(f.model->sessions, KEY(A, "7654", "off"), KEY(B, "9999", "fork"), &match));
    g_assert_true(match.exact);
    g_assert_cmpuint(om_session_match_receiver(&match)->port, ==, 9999);
    g_assert_true(om_session_by_endpoints(f.model->sessions, KEY(A, "7654", "off"), KEY(B, "8880", "early"), &match));
    g_assert_true(match.exact);
    /* The rejection of one fork was none of the offer. */
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);

    /* Each fork has its own ACK and BYE: the session's are those of the 2xx that counts. */
    say(&f, 'a', "ACK sip:user@192.0.2.4 SIP/2.0", "c", "y", "1 ACK", "", NULL);
    g_assert_cmpuint(session_at(&f, 0)->ack_frame, ==, 0);
    say(&f, 'a', "ACK sip:user@192.0.2.4 SIP/2.0", "c", "x", "1 ACK", "", NULL); /* 7 */
    say(&f, 'a', "BYE sip:user@192.0.2.4 SIP/2.0", "c", "y", "2 BYE", "", NULL);
    say(&f, 'b', "SIP/2.0 200 OK", "c", "y", "2 BYE", "", NULL);
    g_assert_cmpuint(session_at(&f, 0)->ack_frame, ==, 7);
    g_assert_false(session_at(&f, 0)->released);
    g_assert_cmpuint(session_at(&f, 0)->bye_answer_frame, ==, 0);
    say(&f, 'a', "BYE sip:user@192.0.2.4 SIP/2.0", "c", "x", "3 BYE", "", NULL); /* 10 */
    say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "3 BYE", "", NULL);
    g_assert_true(session_at(&f, 0)->released);
    g_assert_cmpuint(session_at(&f, 0)->bye_frame, ==, 10);
    g_assert_cmpuint(session_at(&f, 0)->bye_answer_frame, ==, 11);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
}

/* 302, then the same INVITE to the Contact that it names: one session. */
static void
test_redirected(void)
{
    struct fixture f;

    fixture_begin(&f, FALSE);
    say(&f, 'a', INVITE, "c", "", "1 INVITE", PUSH, offer());
    say(&f, 'b', "SIP/2.0 302 Moved Temporarily", "c", "r", "1 INVITE", "Contact: <sip:user@192.0.2.5>\n", NULL);
    say(&f, 'a', "ACK sip:user@192.0.2.4 SIP/2.0", "c", "r", "1 ACK", "", NULL);
    say(&f, 'a', "INVITE sip:user@192.0.2.5 SIP/2.0", "c", "", "2 INVITE", PUSH, offer()); /* 4 */
    say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "2 INVITE", CONTACT_B, answer());
    say(&f, 'a', "ACK sip:user@192.0.2.5 SIP/2.0", "c", "x", "2 ACK", "", NULL);
    g_assert_cmpuint(om_model_sessions(f.model)->len, ==, 1);
    g_assert_cmpuint(session_at(&f, 0)->exchanges->len, ==, 1);
    g_assert_cmpuint(session_at(&f, 0)->status, ==, 200);
    g_assert_cmpuint(session_at(&f, 0)->answer_frame, ==, 5);
    g_assert_cmpuint(session_at(&f, 0)->ack_frame, ==, 6);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
}

#define CREDENTIALS "Proxy-Authorization: Digest username=\"psa\", realm=\"domain.com\", nonce=\"1\", response=\"2\"\n"

static void
test_challenge(void)
{
    const struct om_session *session;
    struct fixture f;

    fixture_begin(&f, FALSE);
    say(&f, 'a', INVITE, "c", "", "1 INVITE", PUSH, offer());
    say(&f, 'b', "SIP/2.0 407 Proxy Authentication Required", "c", "p", "1 INVITE", "", NULL);
    say(&f, 'a', "ACK sip:user@192.0.2.4 SIP/2.0", "c", "p", "1 ACK", "", NULL);
    session = session_at(&f, 0);
    g_assert_cmpuint(session->status, ==, 407);
    g_assert_cmpuint(session->ack_frame, ==, 0);
    g_assert_cmpuint(findings(&f, "SIP-REJECTED", 2), ==, 1);
    say(&f, 'a', INVITE, "c", "", "2 INVITE", PUSH CREDENTIALS, offer()); /* 4 */
    say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "2 INVITE", CONTACT_B, answer());
    say(&f, 'a', "ACK sip:user@192.0.2.4 SIP/2.0", "c", "x", "2 ACK", "", NULL);
    g_assert_cmpuint(om_model_sessions(f.model)->len, ==, 1);
    g_assert_cmpuint(session->exchanges->len, ==, 1);
    g_assert_cmpuint(session->offer_frame, ==, 1);
    g_assert_cmpuint(session->answer_frame, ==, 5);
    g_assert_cmpuint(session->status, ==, 200);
    g_assert_cmpuint(session->ack_frame, ==, 6);
    g_assert_cmpint(session->answer_time - session->offer_time, ==, 40 * MS);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
}

/* Several m-lines, one of them audio, one refused; several selectors in one. */
static void
test_media(void)
{
    static const char several[] =
        "v=0\no=- 1 1 IN IP4 192.0.2.3\ns=-\nc=IN IP4 192.0.2.3\nt=0 0\n"
        "m=audio 40000 RTP/AVP 0\n"
        "m=message 7654 TCP/TLS/MSRP *\na=sendonly\na=accept-types:application/vnd.oma.push\n"
        "a=path:msrps://relay.domain.com:2855/r1;tcp msrps://192.0.2.3:7654/s1;tcp\na=max-size:100000\n"
        "a=file-transfer-id:t1\na=file-selector:name:\"one\" type:text/plain size:1 "
        "hash:sha-1:A9:4A:8F:E5:CC:B1:9B:A6:1C:4C:08:73:D3:91:E9:87:98:2F:BB:D3\n"
        "a=file-selector:name:\"two%20\" type:text/plain size:2 "
        "hash:sha-1:A9:4A:8F:E5:CC:B1:9B:A6:1C:4C:08:73:D3:91:E9:87:98:2F:BB:D3 hash:sha-256:"
        "9F:86:D0:81:88:4C:7D:65:9A:2F:EA:A0:C5:5A:D0:15:A3:BF:4F:1B:2B:0B:82:2C:D1:5D:6C:15:B0:F0:0A:08\n"
        "a=msrp-cema\n"
        "m=message 7655 TCP/MSRP *\na=sendonly\na=accept-types:application/vnd.oma.push\n"
        "a=path:msrp://192.0.2.3:7655/s2;tcp\n";
    static const char reply[] = "v=0\no=- 1 1 IN IP4 192.0.2.4\ns=-\nc=IN IP4 192.0.2.4\nt=0 0\n"
                                "m=audio 0 RTP/AVP 0\n"
                                "m=message 0 X/Y *\n"
                                "m=message 8888 TCP/MSRP *\na=recvonly\na=accept-types:application/vnd.oma.push\n"
                                "a=path:msrp://192.0.2.4:8888/a2;tcp\n";
    const struct om_exchange *exchange;
    const struct om_media *media;
    const struct om_file *file;
    struct om_session_match match;
    struct fixture f;

    fixture_begin(&f, FALSE);
    say(&f, 'a', INVITE, "c", "", "1 INVITE", PUSH, g_strdup(several));
    say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "1 INVITE", CONTACT_B, g_strdup(reply));
    exchange = exchange_at(session_at(&f, 0), 0);
    g_assert_cmpuint(exchange->offer->media->len, ==, 2);
    g_assert_cmpuint(exchange->answer->media->len, ==, 2);
    media = media_of(exchange->offer);
    g_assert_cmpuint(media->line, ==, 1);
    g_assert_cmpuint(media->path->len, ==, 2);
    g_assert_cmpstr(media->endpoint_key, ==, "msrps://192.0.2.3:7654/s1;tcp");
    g_assert_true(media->has_max_size);
    g_assert_cmpuint(media->max_size, ==, 100000);
    g_assert_cmpuint(media->files->len, ==, 2);
    file = g_ptr_array_index(media->files, 1);
    g_assert_cmpstr(file->name, ==, "two ");
    g_assert_cmpstr(file->transfer_id, ==, "t1");
    g_assert_cmpuint(file->hashes->len, ==, 2);
    g_assert_true(om_session_by_endpoints(f.model->sessions, "msrp://192.0.2.3:7655/s2;tcp",
                                          "msrp://192.0.2.4:8888/a2;tcp", &match));
    g_assert_cmpuint(match.media_index, ==, 1);
    g_assert_true(match.exact);
    print_findings(&f);
    /* Both files of the m-line with port 0, and nothing else. */
    g_assert_cmpuint(findings(&f, "SDP-REFUSED", 2), ==, 2);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 2);
    fixture_end(&f);
}

/* SDP within a multipart, beside something else. */
static void
test_multipart(void)
{
    char *description = offer();
    char *body = g_strdup_printf(
        "--b1\nContent-Type: text/plain\n\nhello\n--b1\nContent-Type: application/sdp\n\n%s\n--b1--\n", description);
    char *head =
        g_strdup_printf(INVITE "\nVia: SIP/2.0/TCP 192.0.2.3;branch=z9hG4bK1\nFrom: <sip:psa@domain.com>;tag=1\n"
                               "To: <sip:user@domain.com>\nCall-ID: c\nCSeq: 1 INVITE\n%s"
                               "Content-Type: multipart/mixed; boundary=\"b1\"\n",
                        PUSH);
    struct fixture f;

    fixture_begin(&f, FALSE);
    g_assert_nonnull(feed_sip(&f, A, B, head, body));
    g_assert_cmpuint(media_of(exchange_at(session_at(&f, 0), 0)->offer)->files->len, ==, 1);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 1); /* SIP-NO-ANSWER */
    fixture_end(&f);
    g_free(head);
    g_free(body);
    g_free(description);
}

/* The challenge and the INVITE with credentials are not in the capture: its answer still is the session's. */
static void
test_challenge_lost(void)
{
    const struct om_session *session;
    char *body = answer();
    struct fixture f;

    fixture_begin(&f, FALSE);
    say(&f, 'a', INVITE, "c", "", "1 INVITE", PUSH, offer());
    feed_sip(&f, B, A,
             "SIP/2.0 200 OK\nVia: SIP/2.0/UDP 192.0.2.3:5060;branch=z9hG4bK2\nFrom: <sip:psa@domain.com>;tag=49583\n"
             "To: <sip:user@domain.com>;tag=x\nCall-ID: c\nCSeq: 2 INVITE\n" CONTACT_B
             "Content-Type: application/sdp\n",
             body);
    session = session_at(&f, 0);
    g_assert_cmpuint(session->status, ==, 200);
    g_assert_nonnull(exchange_at(session, 0)->answer);
    /* Nor is an INVITE of the other side there, which this answers. */
    say(&f, 'a', INVITE, "c", "x", "3 INVITE", CONTACT_A "\n", offer());
    feed_sip(&f, A, B,
             "SIP/2.0 200 OK\nVia: SIP/2.0/UDP 192.0.2.4:5060;branch=z9hG4bK3\nFrom: <sip:user@domain.com>;tag=x\n"
             "To: <sip:psa@domain.com>;tag=49583\nCall-ID: c\nCSeq: 7 INVITE\nContent-Type: application/sdp\n",
             body);
    g_assert_cmpuint(exchange_at(session, 1)->status, ==, 0);
    g_assert_null(exchange_at(session, 1)->answer);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
    g_free(body);
}

/* A file asked for by its hash alone (RFC 5547 section 8.2.2): the answer tells the rest. */
static void
test_pull(void)
{
    struct fixture f;

    fixture_begin(&f, TRUE);
    say(&f, 'a', INVITE, "c", "", "1 INVITE", "",
        sdp(A, 7654, "off", "recvonly", "*",
            "a=file-transfer-id:a3cd\n"
            "a=file-selector:hash:sha-1:A9:4A:8F:E5:CC:B1:9B:A6:1C:4C:08:73:D3:91:E9:87:98:2F:BB:D3\n"));
    say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "1 INVITE", "", sdp(B, 8888, "ans", "sendonly", "*", SELECTOR));
    say(&f, 'a', "ACK sip:user@192.0.2.4 SIP/2.0", "c", "x", "1 ACK", "", NULL);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sip_offer_answer/late-offer", test_late_offer);
    g_test_add_func("/sip_offer_answer/early", test_early);
    g_test_add_func("/sip_offer_answer/renegotiation", test_renegotiation);
    g_test_add_func("/sip_offer_answer/fork", test_fork);
    g_test_add_func("/sip_offer_answer/redirected", test_redirected);
    g_test_add_func("/sip_offer_answer/challenge", test_challenge);
    g_test_add_func("/sip_offer_answer/challenge-lost", test_challenge_lost);
    g_test_add_func("/sip_offer_answer/pull", test_pull);
    g_test_add_func("/sip_offer_answer/media", test_media);
    g_test_add_func("/sip_offer_answer/multipart", test_multipart);
    return g_test_run();
}
