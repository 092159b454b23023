/* test_sip_sessions.c
 * Push sessions: what begins one, offers and answers in every place, forks, challenges, ends.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_fixture.h"

#define A    "192.0.2.3"
#define B    "192.0.2.4"
#define CORE "192.0.2.1"

#define ICSI "+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.omapush\""
#define TAGS ";" ICSI ";+g.oma.pusheventapp=\"mms.ua\""
#define SELECTOR                                                       \
    "a=file-transfer-id:a3cd\n"                                        \
    "a=file-selector:name:\"p\" type:application/vnd.oma.push size:4 " \
    "hash:sha-1:A9:4A:8F:E5:CC:B1:9B:A6:1C:4C:08:73:D3:91:E9:87:98:2F:BB:D3\n"

/* One MSRP section: m= port, host, session-id, direction, accept-types, more lines. */
static char *
sdp(const char *host, guint port, const char *session, const char *direction, const char *types, const char *more)
{
    return g_strdup_printf("v=0\no=- 1 1 IN IP4 %s\ns=-\nc=IN IP4 %s\nt=0 0\nm=message %u TCP/MSRP *\na=%s\n"
                           "a=accept-types:%s\na=path:msrp://%s:%u/%s;tcp\n%s",
                           host, host, port, direction, types, host, port, session, more);
}

#define KEY(host, port, session) "msrp://" host ":" port "/" session ";tcp"

/* A message of the caller's dialog. who: 'a' the caller sends, 'b' the callee; `more` are header lines. */
static const struct om_sip_record *
say(struct fixture *f, char who, const char *start, const char *call_id, const char *to_tag, const char *cseq,
    const char *more, char *body)
{
    const char *tag = *to_tag ? ";tag=" : "";
    char *head =
        g_strdup_printf("%s\nVia: SIP/2.0/UDP 192.0.2.3:5060;branch=z9hG4bK1\n"
                        "From: <sip:psa@domain.com>;tag=49583\nTo: <sip:user@domain.com>%s%s\n"
                        "Call-ID: %s\nCSeq: %s\n%s%s",
                        start, tag, to_tag, call_id, cseq, more, body ? "Content-Type: application/sdp\n" : "");
    const struct om_sip_record *record = feed_sip(f, who == 'a' ? A : B, who == 'a' ? B : A, head, body);

    g_free(head);
    g_free(body);
    return record;
}

/* The same, by the callee as UAC: From and To change places. */
static const struct om_sip_record *
say_back(struct fixture *f, char who, const char *start, const char *call_id, const char *tag, const char *cseq,
         char *body)
{
    char *head = g_strdup_printf("%s\nVia: SIP/2.0/UDP 192.0.2.4:5060;branch=z9hG4bK2\n"
                                 "From: <sip:user@domain.com>;tag=%s\nTo: <sip:psa@domain.com>;tag=49583\n"
                                 "Call-ID: %s\nCSeq: %s\n%s",
                                 start, tag, call_id, cseq, body ? "Content-Type: application/sdp\n" : "");
    const struct om_sip_record *record = feed_sip(f, who == 'b' ? B : A, who == 'b' ? A : B, head, body);

    g_free(head);
    g_free(body);
    return record;
}

#define INVITE    "INVITE sip:user@192.0.2.4 SIP/2.0"
#define CONTACT_A "Contact: <sip:psa@192.0.2.3>"
#define CONTACT_B "Contact: <sip:user@192.0.2.4>\n"
#define PUSH      CONTACT_A TAGS "\nAccept-Contact: *" TAGS "\n"

static char *
offer(void)
{
    return sdp(A, 7654, "off", "sendonly", "application/vnd.oma.push", "a=setup:actpass\n" SELECTOR);
}

static char *
answer(void)
{
    return sdp(B, 8888, "ans", "recvonly", "application/vnd.oma.push", "a=setup:passive\n" SELECTOR);
}

static const struct om_exchange *
exchange_at(const struct om_session *session, guint index)
{
    g_assert_cmpuint(index, <, session->exchanges->len);
    return g_ptr_array_index(session->exchanges, index);
}

static const struct om_media *
media_of(const struct om_description *description)
{
    g_assert_nonnull(description);
    return g_ptr_array_index(description->media, 0);
}

static void
test_plain(void)
{
    const struct om_session *session;
    struct fixture f;

    fixture_begin(&f, FALSE);
    g_assert_cmpuint(say(&f, 'a', INVITE, "c", "", "1 INVITE", PUSH, offer())->procedure, ==, OM_PROC_SESSION_OFFER);
    g_assert_cmpuint(say(&f, 'b', "SIP/2.0 100 Trying", "c", "", "1 INVITE", "", NULL)->procedure, ==,
                     OM_PROC_SESSION_ANSWER);
    g_assert_cmpuint(findings(&f, "SIP-NO-ANSWER", 1), ==, 1);
    say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "1 INVITE", CONTACT_B, answer());
    g_assert_cmpuint(say(&f, 'a', "ACK sip:user@192.0.2.4 SIP/2.0", "c", "x", "1 ACK", "", NULL)->procedure, ==,
                     OM_PROC_SESSION_ANSWER);
    g_assert_cmpuint(say_back(&f, 'b', "BYE sip:psa@192.0.2.3 SIP/2.0", "c", "x", "77 BYE", NULL)->procedure, ==,
                     OM_PROC_SESSION_RELEASE);
    say_back(&f, 'a', "SIP/2.0 481 Call/Transaction Does Not Exist", "c", "x", "77 BYE", NULL);
    session = session_at(&f, 0);
    g_assert_cmpuint(session->status, ==, 200);
    g_assert_cmpuint(session->answer_frame, ==, 3);
    g_assert_cmpuint(session->ack_frame, ==, 4);
    g_assert_cmpuint(session->bye_frame, ==, 5);
    g_assert_cmpuint(session->bye_answer_frame, ==, 6);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
}

#define CHAT    "message/cpim text/plain"
#define NO_PUSH CONTACT_A ";+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.oma.cpm.session\"\n"

/* What makes an offer a push session. */
static void
test_marks(void)
{
    static const struct {
        const char *what;
        const char *invite;
        const char *types;
        const char *more;
        const char *ok;
        gboolean all_msrp;
        gboolean push;
    } rows[] = {
        {"chat", NO_PUSH, CHAT, "", CONTACT_B, FALSE, FALSE},
        {"chat, all MSRP wanted", NO_PUSH, CHAT, "", CONTACT_B, TRUE, TRUE},
        {"any type is no push", NO_PUSH, "*", "", CONTACT_B, FALSE, FALSE},
        {"event app in Contact", CONTACT_A ";+g.oma.pusheventapp=\"mms.ua\"\n", CHAT, "", CONTACT_B, FALSE, TRUE},
        {"event app in Accept-Contact, compact", "a: *;+g.oma.pusheventapp=\"mms.ua\"\n", CHAT, "", CONTACT_B, FALSE,
         TRUE},
        {"event app refused", NO_PUSH "Reject-Contact: *;+g.oma.pusheventapp=\"mms.ua\"\n", CHAT, "", CONTACT_B, FALSE,
         FALSE},
        {"event app negated", NO_PUSH "Accept-Contact: *;+g.oma.pusheventapp=\"!mms.ua\"\n", CHAT, "", CONTACT_B, FALSE,
         FALSE},
        {"push ICSI", CONTACT_A ";" ICSI "\n", CHAT, "", CONTACT_B, FALSE, TRUE},
        {"P-Preferred-Service", NO_PUSH "P-Preferred-Service: urn:urn-7:3gpp-service.ims.icsi.oma.push\n", CHAT, "",
         CONTACT_B, FALSE, TRUE},
        {"P-Asserted-Service", NO_PUSH "P-Asserted-Service: urn:urn-7:3gpp-service.ims.icsi.omapush\n", CHAT, "",
         CONTACT_B, FALSE, TRUE},
        {"accept-types", NO_PUSH, CHAT " application/vnd.oma.push", "", CONTACT_B, FALSE, TRUE},
        {"accept-wrapped-types", NO_PUSH, CHAT, "a=accept-wrapped-types:application/vnd.oma.push\n", CONTACT_B, FALSE,
         TRUE},
        {"file-selector", NO_PUSH, CHAT, SELECTOR, CONTACT_B, FALSE, TRUE},
        {"only the answer's Contact", NO_PUSH, CHAT, "", "Contact: <sip:user@192.0.2.4>" TAGS "\n", FALSE, TRUE},
    };

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct om_sip_record *record;
        struct fixture f;

        g_test_message("%s", rows[i].what);
        fixture_begin(&f, rows[i].all_msrp);
        record = say(&f, 'a', INVITE, "c", "", "1 INVITE", rows[i].invite,
                     sdp(A, 7654, "off", "sendrecv", rows[i].types, rows[i].more));
        say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "1 INVITE", rows[i].ok, sdp(B, 8888, "ans", "sendrecv", CHAT, ""));
        g_assert_nonnull(record);
        g_assert_cmpint(om_sip_record_is_push(record), ==, rows[i].push);
        g_assert_cmpuint(f.registry->sessions->len, ==, rows[i].push);
        if (!rows[i].push)
            g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
        fixture_end(&f);
    }
}

/* A dialog that turns out to be a push by what is sent in it: its findings come then. */
static void
test_promoted(void)
{
    struct om_session_match match;
    struct fixture f;

    fixture_begin(&f, FALSE);
    say(&f, 'a', INVITE, "c", "", "1 INVITE", NO_PUSH, sdp(A, 7654, "off", "sendrecv", CHAT, "a=setup:active\n"));
    say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "1 INVITE", CONTACT_B,
        sdp(B, 8888, "ans", "sendrecv", CHAT, "a=setup:active\n"));
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    g_assert_true(om_session_by_endpoints(f.registry, KEY(A, "7654", "off"), KEY(B, "8888", "ans"), &match));
    g_assert_cmpuint(match.session->id, ==, 0);
    om_session_promote(f.registry, match.session);
    om_session_promote(f.registry, match.session);
    g_assert_cmpuint(match.session->id, ==, 1);
    g_assert_cmpuint(f.registry->sessions->len, ==, 1);
    g_assert_cmpuint(findings(&f, "SDP-SETUP", 2), ==, 1);
    g_assert_true(om_sip_record_is_push(record_at(&f, 1)));
    fixture_end(&f);
}

static void
test_nothing(void)
{
    static const char audio[] = "v=0\no=- 1 1 IN IP4 192.0.2.3\ns=-\nc=IN IP4 192.0.2.3\nt=0 0\n"
                                "m=audio 40000 RTP/AVP 0\n";
    struct fixture f;

    fixture_begin(&f, TRUE);
    g_assert_null(say(&f, 'a', INVITE, "c", "", "1 INVITE", NO_PUSH, g_strdup(audio)));
    g_assert_null(say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "1 INVITE", CONTACT_B, g_strdup(audio)));
    g_assert_null(say(&f, 'a', "ACK sip:user@192.0.2.4 SIP/2.0", "c", "x", "1 ACK", "", NULL));
    g_assert_null(say(&f, 'a', "BYE sip:user@192.0.2.4 SIP/2.0", "c", "x", "2 BYE", "", NULL));
    g_assert_null(say(&f, 'a', "OPTIONS sip:user@192.0.2.4 SIP/2.0", "d", "", "2 OPTIONS", PUSH, NULL));
    /* Without SDP the offer may come yet; here it is one for audio. */
    g_assert_false(om_sip_record_is_push(say(&f, 'a', INVITE, "e", "", "1 INVITE", NO_PUSH, NULL)));
    say(&f, 'b', "SIP/2.0 200 OK", "e", "x", "1 INVITE", CONTACT_B, g_strdup(audio));
    g_assert_cmpuint(f.registry->sessions->len, ==, 0);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
}

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
    g_assert_true(om_session_by_endpoints(f.registry, KEY(A, "7654", "off"), KEY(B, "8888", "ans"), &match));
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
    g_assert_cmpuint(f.registry->sessions->len, ==, 1);
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
    g_assert_cmpuint(f.registry->sessions->len, ==, 1);
    g_assert_cmpuint(session_at(&f, 0)->exchanges->len, ==, 1);
    g_assert_cmpuint(session_at(&f, 0)->status, ==, 200);
    g_assert_cmpuint(session_at(&f, 0)->answer_frame, ==, 4);
    g_assert_cmpstr(media_of(exchange_at(session_at(&f, 0), 0)->answer)->endpoint_key, ==, KEY(B, "8888", "ans"));
    g_assert_true(om_session_by_endpoints(f.registry, KEY(A, "7654", "off"), KEY(B, "9999", "fork"), &match));
    g_assert_true(match.exact);
    g_assert_cmpuint(om_session_match_receiver(&match)->port, ==, 9999);
    g_assert_true(om_session_by_endpoints(f.registry, KEY(A, "7654", "off"), KEY(B, "8880", "early"), &match));
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
    g_assert_cmpuint(f.registry->sessions->len, ==, 1);
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
    g_assert_cmpuint(f.registry->sessions->len, ==, 1);
    g_assert_cmpuint(session->exchanges->len, ==, 1);
    g_assert_cmpuint(session->offer_frame, ==, 1);
    g_assert_cmpuint(session->answer_frame, ==, 5);
    g_assert_cmpuint(session->status, ==, 200);
    g_assert_cmpuint(session->ack_frame, ==, 6);
    g_assert_cmpint(session->answer_time - session->offer_time, ==, 40 * MS);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
}

/* Only one side was captured, or a request was lost: what is there is told, and nobody accused. */
static void
test_one_sided(void)
{
    struct fixture f;

    fixture_begin(&f, FALSE);
    say(&f, 'a', INVITE, "c", "", "1 INVITE", PUSH, offer());
    say(&f, 'a', "ACK sip:user@192.0.2.4 SIP/2.0", "c", "x", "1 ACK", "", NULL);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    g_assert_cmpuint(say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "2 BYE", "", NULL)->procedure, ==,
                     OM_PROC_SESSION_RELEASE);
    g_assert_true(session_at(&f, 0)->released);
    g_assert_cmpuint(session_at(&f, 0)->bye_frame, ==, 0);
    g_assert_cmpuint(session_at(&f, 0)->bye_answer_frame, ==, 3);
    say(&f, 'a', INVITE, "d", "", "1 INVITE", PUSH, offer());
    say(&f, 'a', "BYE sip:user@192.0.2.4 SIP/2.0", "d", "x", "2 BYE", "", NULL);
    g_assert_true(session_at(&f, 1)->released);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
}

static void
test_rejected(void)
{
    const struct om_conclusion *conclusion;
    struct fixture f;

    fixture_begin(&f, FALSE);
    say(&f, 'a', INVITE, "c", "", "1 INVITE", PUSH, offer());
    say(&f, 'b', "SIP/2.0 603 Decline", "c", "x", "1 INVITE", "", NULL);
    say(&f, 'a', "ACK sip:user@192.0.2.4 SIP/2.0", "c", "x", "1 ACK", "", NULL);
    g_assert_cmpuint(session_at(&f, 0)->status, ==, 603);
    g_assert_cmpuint(session_at(&f, 0)->answer_frame, ==, 2);
    conclusion = om_registry_conclude(f.registry);
    g_assert_cmpuint(conclusion->findings->len, ==, 1);
    g_assert_cmpuint(((struct om_finding *) conclusion->findings->pdata[0])->rule, ==, OM_RULE_SIP_REJECTED);
    g_assert_nonnull(strstr(((struct om_finding *) conclusion->findings->pdata[0])->text, "603 Decline"));
    /* A new try with the same Call-ID is a new session. */
    say(&f, 'a', INVITE, "c", "", "2 INVITE", PUSH, offer()); /* 4 */
    say(&f, 'b', "SIP/2.0 200 OK", "c", "y", "2 INVITE", CONTACT_B, answer());
    g_assert_cmpuint(f.registry->sessions->len, ==, 2);
    g_assert_cmpuint(session_at(&f, 0)->status, ==, 603);
    g_assert_cmpuint(session_at(&f, 1)->status, ==, 200);
    g_assert_cmpuint(session_at(&f, 1)->offer_frame, ==, 4);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 1);
    fixture_end(&f);
}

static void
test_cancelled(void)
{
    struct fixture f;

    fixture_begin(&f, FALSE);
    say(&f, 'a', INVITE, "c", "", "1 INVITE", PUSH, offer());
    say(&f, 'b', "SIP/2.0 180 Ringing", "c", "x", "1 INVITE", "", NULL);
    g_assert_cmpuint(say(&f, 'a', "CANCEL sip:user@192.0.2.4 SIP/2.0", "c", "", "1 CANCEL", "", NULL)->procedure, ==,
                     OM_PROC_SESSION_RELEASE);
    g_assert_cmpuint(say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "1 CANCEL", "", NULL)->procedure, ==,
                     OM_PROC_SESSION_RELEASE);
    say(&f, 'b', "SIP/2.0 487 Request Terminated", "c", "x", "1 INVITE", "", NULL);
    say(&f, 'a', "ACK sip:user@192.0.2.4 SIP/2.0", "c", "x", "1 ACK", "", NULL);
    g_assert_true(session_at(&f, 0)->cancelled);
    g_assert_cmpuint(session_at(&f, 0)->status, ==, 487);
    g_assert_cmpuint(findings(&f, "SIP-CANCELLED", 3), ==, 1);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 1);

    /* The CANCEL crosses the 200: nothing was cancelled. */
    say(&f, 'a', INVITE, "d", "", "1 INVITE", PUSH, offer()); /* 7 */
    say(&f, 'a', "CANCEL sip:user@192.0.2.4 SIP/2.0", "d", "", "1 CANCEL", "", NULL);
    g_assert_cmpuint(findings(&f, "SIP-CANCELLED", 8), ==, 1);
    say(&f, 'b', "SIP/2.0 200 OK", "d", "x", "1 INVITE", CONTACT_B, answer());
    say(&f, 'b', "SIP/2.0 200 OK", "d", "x", "1 CANCEL", "", NULL);
    g_assert_false(session_at(&f, 1)->cancelled);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 1);

    /* 487 that nobody asked for; and one that a BYE within the early dialog did. */
    say(&f, 'a', INVITE, "e", "", "1 INVITE", PUSH, offer()); /* 11 */
    say(&f, 'b', "SIP/2.0 487 Request Terminated", "e", "x", "1 INVITE", "", NULL);
    g_assert_cmpuint(findings(&f, "SIP-REJECTED", 12), ==, 1);
    say(&f, 'a', INVITE, "f", "", "1 INVITE", PUSH, offer()); /* 13 */
    say(&f, 'b', "SIP/2.0 180 Ringing", "f", "x", "1 INVITE", "", NULL);
    say(&f, 'a', "BYE sip:user@192.0.2.4 SIP/2.0", "f", "x", "2 BYE", "", NULL);
    g_assert_cmpuint(findings(&f, "SIP-CANCELLED", 15), ==, 0);
    say(&f, 'b', "SIP/2.0 487 Request Terminated", "f", "x", "1 INVITE", "", NULL);
    g_assert_cmpuint(findings(&f, "SIP-CANCELLED", 15), ==, 1);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 3);
    fixture_end(&f);
}

/* The capture starts within the dialog: the re-INVITE's To tag is no departure, what came before is unknown. */
static void
test_late_capture(void)
{
    struct fixture f;

    fixture_begin(&f, FALSE);
    g_assert_null(say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "1 INVITE", CONTACT_B, answer()));
    g_assert_null(say(&f, 'a', "ACK sip:user@192.0.2.4 SIP/2.0", "c", "x", "1 ACK", "", NULL));
    say(&f, 'a', INVITE, "c", "x", "2 INVITE", PUSH, offer());
    say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "2 INVITE", CONTACT_B, answer());
    say(&f, 'a', "BYE sip:user@192.0.2.4 SIP/2.0", "c", "x", "3 BYE", "", NULL);
    g_assert_cmpuint(session_at(&f, 0)->offer_frame, ==, 3);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);

    /* This one's answer names another tag: nobody knew the first. And a challenged one comes with the 401's tag. */
    say(&f, 'a', INVITE, "d", "bogus", "1 INVITE", PUSH, offer()); /* 6 */
    say(&f, 'b', "SIP/2.0 200 OK", "d", "x", "1 INVITE", CONTACT_B, answer());
    g_assert_cmpuint(findings(&f, "SIP-TO-TAG", 6), ==, 1);
    say(&f, 'a', INVITE, "e", "", "1 INVITE", PUSH, offer()); /* 8 */
    say(&f, 'b', "SIP/2.0 401 Unauthorized", "e", "p", "1 INVITE", "", NULL);
    say(&f, 'a', INVITE, "e", "p", "2 INVITE", PUSH "Authorization: Digest username=\"psa\"\n", offer()); /* 10 */
    say(&f, 'b', "SIP/2.0 200 OK", "e", "p", "2 INVITE", CONTACT_B, answer());
    g_assert_cmpuint(findings(&f, "SIP-TO-TAG", 10), ==, 1);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 2);
    fixture_end(&f);
}

/* A border element puts its own address into offer and answer, the Call-ID stays. */
static void
test_hops_with_other_addresses(void)
{
    struct om_session_match match;
    struct fixture f;

    fixture_begin(&f, FALSE);
    say(&f, 'a', INVITE, "c", "", "1 INVITE", PUSH, offer());
    say(&f, 'a', "INVITE sip:user@198.51.100.2 SIP/2.0", "c", "", "1 INVITE", PUSH,
        sdp(CORE, 40000, "sbc1", "sendonly", "application/vnd.oma.push", SELECTOR));
    say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "1 INVITE", CONTACT_B, answer());
    say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "1 INVITE", CONTACT_B "X-Hop: 2\n",
        sdp(CORE, 40002, "sbc2", "recvonly", "application/vnd.oma.push", SELECTOR));
    g_assert_cmpuint(session_at(&f, 0)->exchanges->len, ==, 1);
    g_assert_true(om_session_by_endpoints(f.registry, KEY(A, "7654", "off"), KEY(CORE, "40002", "sbc2"), &match));
    g_assert_true(match.exact && match.from_offerer);
    g_assert_cmpuint(om_session_match_receiver(&match)->port, ==, 40002);
    g_assert_true(om_session_by_endpoints(f.registry, KEY(B, "8888", "ans"), KEY(CORE, "40000", "sbc1"), &match));
    g_assert_true(match.exact && !match.from_offerer);
    g_assert_cmpuint(om_session_match_receiver(&match)->port, ==, 40000);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
}

static void
test_endpoints(void)
{
    struct om_session_match match;
    struct fixture f;

    fixture_begin(&f, FALSE);
    say(&f, 'a', INVITE, "one", "", "1 INVITE", PUSH, offer());
    /* The answer was not captured: one endpoint only. */
    g_assert_true(om_session_by_endpoints(f.registry, KEY(A, "7654", "off"), KEY(B, "1", "unknown"), &match));
    g_assert_false(match.exact);
    g_assert_true(match.from_offerer);
    g_assert_null(om_session_match_receiver(&match));
    g_assert_true(om_session_by_endpoints(f.registry, KEY(B, "1", "unknown"), KEY(A, "7654", "off"), &match));
    g_assert_false(match.from_offerer);
    g_assert_false(om_session_by_endpoints(f.registry, KEY(B, "1", "unknown"), KEY(A, "1", "unknown"), &match));
    /* Another host, but port and session-id are those of one session only. */
    g_assert_true(om_session_by_endpoints(f.registry, KEY("203.0.113.1", "7654", "off"), KEY(B, "1", "u"), &match));
    g_assert_false(match.exact);
    say(&f, 'b', "SIP/2.0 200 OK", "one", "x", "1 INVITE", CONTACT_B, answer());
    g_assert_true(
        om_session_by_endpoints(f.registry, KEY("203.0.113.1", "7654", "off"), KEY(B, "8888", "ans"), &match));
    g_assert_false(match.exact);
    g_assert_cmpuint(om_session_match_receiver(&match)->port, ==, 8888);

    /* The same URI of the PSA in a second session: the pair decides, else the later. */
    say(&f, 'a', INVITE, "two", "", "1 INVITE", PUSH, offer());
    say(&f, 'b', "SIP/2.0 200 OK", "two", "y", "1 INVITE", CONTACT_B,
        sdp(B, 8889, "ans2", "recvonly", "application/vnd.oma.push", SELECTOR));
    g_assert_true(om_session_by_endpoints(f.registry, KEY(A, "7654", "off"), KEY(B, "8888", "ans"), &match));
    g_assert_cmpstr(match.session->call_id, ==, "one");
    g_assert_true(om_session_by_endpoints(f.registry, KEY(B, "8889", "ans2"), KEY(A, "7654", "off"), &match));
    g_assert_cmpstr(match.session->call_id, ==, "two");
    g_assert_true(om_session_by_endpoints(f.registry, KEY(A, "7654", "off"), KEY(B, "7", "u"), &match));
    g_assert_cmpstr(match.session->call_id, ==, "two");
    /* Now port and session-id are those of two. */
    g_assert_false(om_session_by_endpoints(f.registry, KEY("203.0.113.1", "7654", "off"), KEY(B, "7", "u"), &match));

    /* Endpoints of two sessions that both have their peers: strangers. */
    say(&f, 'a', INVITE, "three", "", "1 INVITE", PUSH,
        sdp(A, 7000, "off3", "sendonly", "application/vnd.oma.push", SELECTOR));
    g_assert_true(om_session_by_endpoints(f.registry, KEY(A, "7000", "off3"), KEY(B, "8888", "ans"), &match));
    g_assert_cmpstr(match.session->call_id, ==, "three");
    say(&f, 'b', "SIP/2.0 200 OK", "three", "z", "1 INVITE", CONTACT_B,
        sdp(B, 7001, "ans3", "recvonly", "application/vnd.oma.push", SELECTOR));
    g_assert_false(om_session_by_endpoints(f.registry, KEY(A, "7000", "off3"), KEY(B, "8888", "ans"), &match));
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
    g_assert_true(
        om_session_by_endpoints(f.registry, "msrp://192.0.2.3:7655/s2;tcp", "msrp://192.0.2.4:8888/a2;tcp", &match));
    g_assert_cmpuint(match.media_index, ==, 1);
    g_assert_true(match.exact);
    print_findings(&f);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
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

/* 10,000 sessions and as many MESSAGEs with the same To and From: no step grows with their number. */
static void
test_many(void)
{
    gint64 begin = g_get_monotonic_time();
    struct fixture f;

    fixture_begin(&f, FALSE);
    for (guint i = 0; i < 10000; i++) {
        char *call_id = g_strdup_printf("c%u", i), *a = g_strdup_printf("a%u", i), *b = g_strdup_printf("b%u", i);

        say(&f, 'a', INVITE, call_id, "", "1 INVITE", PUSH,
            sdp(A, 7654, a, "sendonly", "application/vnd.oma.push", SELECTOR));
        say(&f, 'b', "SIP/2.0 200 OK", call_id, "x", "1 INVITE", CONTACT_B,
            sdp(B, 8888, b, "recvonly", "application/vnd.oma.push", SELECTOR));
        say(&f, 'a', "ACK sip:user@192.0.2.4 SIP/2.0", call_id, "x", "1 ACK", "", NULL);
        say(&f, 'a', "BYE sip:user@192.0.2.4 SIP/2.0", call_id, "x", "2 BYE", "", NULL);
        say(&f, 'b', "SIP/2.0 200 OK", call_id, "x", "2 BYE", "", NULL);
        g_free(call_id);
        g_free(a);
        g_free(b);
    }
    g_assert_cmpuint(f.registry->sessions->len, ==, 10000);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    g_test_message("%.2f s", (double) (g_get_monotonic_time() - begin) / G_USEC_PER_SEC);
    fixture_end(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sip_sessions/plain", test_plain);
    g_test_add_func("/sip_sessions/marks", test_marks);
    g_test_add_func("/sip_sessions/promoted", test_promoted);
    g_test_add_func("/sip_sessions/nothing", test_nothing);
    g_test_add_func("/sip_sessions/late-offer", test_late_offer);
    g_test_add_func("/sip_sessions/early", test_early);
    g_test_add_func("/sip_sessions/renegotiation", test_renegotiation);
    g_test_add_func("/sip_sessions/fork", test_fork);
    g_test_add_func("/sip_sessions/redirected", test_redirected);
    g_test_add_func("/sip_sessions/challenge", test_challenge);
    g_test_add_func("/sip_sessions/one-sided", test_one_sided);
    g_test_add_func("/sip_sessions/rejected", test_rejected);
    g_test_add_func("/sip_sessions/cancelled", test_cancelled);
    g_test_add_func("/sip_sessions/late-capture", test_late_capture);
    g_test_add_func("/sip_sessions/hops-with-other-addresses", test_hops_with_other_addresses);
    g_test_add_func("/sip_sessions/endpoints", test_endpoints);
    g_test_add_func("/sip_sessions/media", test_media);
    g_test_add_func("/sip_sessions/multipart", test_multipart);
    g_test_add_func("/sip_sessions/many", test_many);
    return g_test_run();
}
