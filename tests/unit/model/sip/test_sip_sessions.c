/* test_sip_sessions.c
 * Push sessions: what begins one, who takes part, how it ends.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "support/sip_dialog.h"

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
        g_assert_cmpuint(om_model_sessions(f.model)->len, ==, rows[i].push);
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
    g_assert_true(om_session_by_endpoints(f.model->sessions, KEY(A, "7654", "off"), KEY(B, "8888", "ans"), &match));
    g_assert_cmpuint(match.session->id, ==, 0);
    om_session_promote(f.model->sessions, match.session);
    om_session_promote(f.model->sessions, match.session);
    g_assert_cmpuint(match.session->id, ==, 1);
    g_assert_cmpuint(om_model_sessions(f.model)->len, ==, 1);
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
    g_assert_cmpuint(om_model_sessions(f.model)->len, ==, 0);
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
    conclusion = om_model_conclude(f.model);
    g_assert_cmpuint(conclusion->findings->len, ==, 1);
    g_assert_cmpuint(((struct om_finding *) conclusion->findings->pdata[0])->rule, ==, OM_RULE_SIP_REJECTED);
    g_assert_nonnull(strstr(((struct om_finding *) conclusion->findings->pdata[0])->text, "603 Decline"));
    /* A new try with the same Call-ID is a new session. */
    say(&f, 'a', INVITE, "c", "", "2 INVITE", PUSH, offer()); /* 4 */
    say(&f, 'b', "SIP/2.0 200 OK", "c", "y", "2 INVITE", CONTACT_B, answer());
    g_assert_cmpuint(om_model_sessions(f.model)->len, ==, 2);
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
    g_assert_null(say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "1 INVITE", CONTACT_B, answer())->session);
    g_assert_null(say(&f, 'a', "ACK sip:user@192.0.2.4 SIP/2.0", "c", "x", "1 ACK", "", NULL));
    say(&f, 'a', INVITE, "c", "x", "2 INVITE", PUSH, offer());
    say(&f, 'b', "SIP/2.0 200 OK", "c", "x", "2 INVITE", CONTACT_B, answer());
    say(&f, 'a', "BYE sip:user@192.0.2.4 SIP/2.0", "c", "x", "3 BYE", "", NULL);
    g_assert_cmpuint(session_at(&f, 0)->offer_frame, ==, 3);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);

    /* The first that is seen is the receiver's: on hold, and no longer. */
    say(&f, 'a', INVITE, "h", "x", "2 INVITE", PUSH,
        sdp(A, 7654, "hold", "inactive", "application/vnd.oma.push", SELECTOR));
    say(&f, 'b', "SIP/2.0 200 OK", "h", "x", "2 INVITE", CONTACT_B,
        sdp(B, 8888, "held", "inactive", "application/vnd.oma.push", SELECTOR));
    say(&f, 'a', INVITE, "h", "x", "3 INVITE", PUSH,
        sdp(A, 7654, "hold", "recvonly", "application/vnd.oma.push", SELECTOR));
    say(&f, 'b', "SIP/2.0 200 OK", "h", "x", "3 INVITE", CONTACT_B,
        sdp(B, 8888, "held", "sendonly", "application/vnd.oma.push", SELECTOR));
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
    fixture_begin(&f, FALSE);

    /* This one's answer names another tag: nobody knew the first. And a challenged one comes with the 401's tag. */
    say(&f, 'a', INVITE, "d", "bogus", "1 INVITE", PUSH, offer()); /* 1 */
    say(&f, 'b', "SIP/2.0 200 OK", "d", "x", "1 INVITE", CONTACT_B, answer());
    g_assert_cmpuint(findings(&f, "SIP-TO-TAG", 1), ==, 1);
    say(&f, 'a', INVITE, "e", "", "1 INVITE", PUSH, offer()); /* 3 */
    say(&f, 'b', "SIP/2.0 401 Unauthorized", "e", "p", "1 INVITE", "", NULL);
    say(&f, 'a', INVITE, "e", "p", "2 INVITE", PUSH "Authorization: Digest username=\"psa\"\n", offer()); /* 5 */
    say(&f, 'b', "SIP/2.0 200 OK", "e", "p", "2 INVITE", CONTACT_B, answer());
    g_assert_cmpuint(findings(&f, "SIP-TO-TAG", 5), ==, 1);
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
    g_assert_true(
        om_session_by_endpoints(f.model->sessions, KEY(A, "7654", "off"), KEY(CORE, "40002", "sbc2"), &match));
    g_assert_true(match.exact && match.from_offerer);
    g_assert_cmpuint(om_session_match_receiver(&match)->port, ==, 40002);
    g_assert_true(
        om_session_by_endpoints(f.model->sessions, KEY(B, "8888", "ans"), KEY(CORE, "40000", "sbc1"), &match));
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
    g_assert_true(om_session_by_endpoints(f.model->sessions, KEY(A, "7654", "off"), KEY(B, "1", "unknown"), &match));
    g_assert_false(match.exact);
    g_assert_true(match.from_offerer);
    g_assert_null(om_session_match_receiver(&match));
    g_assert_true(om_session_by_endpoints(f.model->sessions, KEY(B, "1", "unknown"), KEY(A, "7654", "off"), &match));
    g_assert_false(match.from_offerer);
    g_assert_false(om_session_by_endpoints(f.model->sessions, KEY(B, "1", "unknown"), KEY(A, "1", "unknown"), &match));
    /* Another host, but port and session-id are those of one session only. */
    g_assert_true(
        om_session_by_endpoints(f.model->sessions, KEY("203.0.113.1", "7654", "off"), KEY(B, "1", "u"), &match));
    g_assert_false(match.exact);
    say(&f, 'b', "SIP/2.0 200 OK", "one", "x", "1 INVITE", CONTACT_B, answer());
    g_assert_true(
        om_session_by_endpoints(f.model->sessions, KEY("203.0.113.1", "7654", "off"), KEY(B, "8888", "ans"), &match));
    g_assert_false(match.exact);
    g_assert_cmpuint(om_session_match_receiver(&match)->port, ==, 8888);

    /* The same URI of the PSA in a second session: the pair decides, else the later. */
    say(&f, 'a', INVITE, "two", "", "1 INVITE", PUSH, offer());
    say(&f, 'b', "SIP/2.0 200 OK", "two", "y", "1 INVITE", CONTACT_B,
        sdp(B, 8889, "ans2", "recvonly", "application/vnd.oma.push", SELECTOR));
    g_assert_true(om_session_by_endpoints(f.model->sessions, KEY(A, "7654", "off"), KEY(B, "8888", "ans"), &match));
    g_assert_cmpstr(match.session->call_id, ==, "one");
    g_assert_true(om_session_by_endpoints(f.model->sessions, KEY(B, "8889", "ans2"), KEY(A, "7654", "off"), &match));
    g_assert_cmpstr(match.session->call_id, ==, "two");
    g_assert_true(om_session_by_endpoints(f.model->sessions, KEY(A, "7654", "off"), KEY(B, "7", "u"), &match));
    g_assert_cmpstr(match.session->call_id, ==, "two");
    /* Now port and session-id are those of two. */
    g_assert_false(
        om_session_by_endpoints(f.model->sessions, KEY("203.0.113.1", "7654", "off"), KEY(B, "7", "u"), &match));

    /* Endpoints of two sessions that both have their peers: strangers. */
    say(&f, 'a', INVITE, "three", "", "1 INVITE", PUSH,
        sdp(A, 7000, "off3", "sendonly", "application/vnd.oma.push", SELECTOR));
    g_assert_true(om_session_by_endpoints(f.model->sessions, KEY(A, "7000", "off3"), KEY(B, "8888", "ans"), &match));
    g_assert_cmpstr(match.session->call_id, ==, "three");
    say(&f, 'b', "SIP/2.0 200 OK", "three", "z", "1 INVITE", CONTACT_B,
        sdp(B, 7001, "ans3", "recvonly", "application/vnd.oma.push", SELECTOR));
    g_assert_false(om_session_by_endpoints(f.model->sessions, KEY(A, "7000", "off3"), KEY(B, "8888", "ans"), &match));
    fixture_end(&f);
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
    g_assert_cmpuint(om_model_sessions(f.model)->len, ==, 10000);
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
    g_test_add_func("/sip_sessions/one-sided", test_one_sided);
    g_test_add_func("/sip_sessions/rejected", test_rejected);
    g_test_add_func("/sip_sessions/cancelled", test_cancelled);
    g_test_add_func("/sip_sessions/late-capture", test_late_capture);
    g_test_add_func("/sip_sessions/hops-with-other-addresses", test_hops_with_other_addresses);
    g_test_add_func("/sip_sessions/endpoints", test_endpoints);
    g_test_add_func("/sip_sessions/many", test_many);
    return g_test_run();
}
