/* test_sip_appendix_b.c
 * The sample flows of OMA SIP Push, Appendix B, through the model: as printed, and corrected.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "support/appendix_b.h"
#include "support/sip_fixture.h"

#define PRA  "192.0.2.4"
#define CORE "192.0.2.1"
#define PSA  "192.0.2.3"

static const struct {
    const char *src;
    const char *dst;
    enum om_procedure procedure;
} frames[] = {
    {PRA, CORE, OM_PROC_REGISTRATION}, /* 1 */
    {CORE, PRA, OM_PROC_REGISTRATION},
    {CORE, PSA, OM_PROC_THIRD_PARTY_REGISTRATION},
    {PSA, CORE, OM_PROC_THIRD_PARTY_REGISTRATION},
    {PSA, CORE, OM_PROC_MESSAGE}, /* 5 */
    {CORE, PRA, OM_PROC_MESSAGE},
    {PRA, CORE, OM_PROC_MESSAGE},
    {CORE, PSA, OM_PROC_MESSAGE},
    {PSA, CORE, OM_PROC_SESSION_OFFER}, /* 9 */
    {CORE, PRA, OM_PROC_SESSION_OFFER},
    {PRA, CORE, OM_PROC_SESSION_ANSWER},
    {CORE, PSA, OM_PROC_SESSION_ANSWER},
    {PSA, CORE, OM_PROC_SESSION_ANSWER}, /* 13 */
    {CORE, PRA, OM_PROC_SESSION_ANSWER},
    {PSA, CORE, OM_PROC_SESSION_RELEASE}, /* 15 */
    {CORE, PRA, OM_PROC_SESSION_RELEASE},
    {PRA, CORE, OM_PROC_SESSION_RELEASE},
    {CORE, PSA, OM_PROC_SESSION_RELEASE},
};

G_STATIC_ASSERT(G_N_ELEMENTS(frames) == G_N_ELEMENTS(appendix_b));

static void
feed_all(struct fixture *f, gboolean printed)
{
    fixture_begin(f, FALSE);
    for (guint i = 0; i < G_N_ELEMENTS(frames); i++) {
        const struct om_sip_record *record =
            feed(f, frames[i].src, frames[i].dst, printed ? appendix_b[i].printed : appendix_b[i].corrected);

        g_assert_nonnull(record);
        g_assert_true(om_sip_record_is_push(record));
        g_assert_cmpuint(record->procedure, ==, frames[i].procedure);
    }
    print_findings(f);
}

static void
check_registrations(const struct fixture *f)
{
    const struct om_registration *first = registration_at(f, 0);
    const struct om_registration *third = registration_at(f, 1);

    g_assert_cmpuint(om_model_registrations(f->model)->len, ==, 2);
    g_assert_cmpuint(first->kind, ==, OM_FIRST_PARTY);
    g_assert_false(first->deregistration);
    g_assert_cmpuint(first->frame, ==, 1);
    g_assert_cmpuint(first->answer_frame, ==, 2);
    g_assert_cmpuint(first->status, ==, 200);
    g_assert_cmpstr(first->call_id, ==, "843817637684230@998sdasdh09");
    g_assert_cmpstr(first->aor, ==, "sip:user@domain.com");
    g_assert_cmpstr(first->contact, ==, "sip:user@192.0.2.4");
    g_assert_cmpstr(first->instance, ==, "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
    g_assert_cmpuint(first->event_apps->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(first->event_apps, 0), ==, "mms.ua");
    g_assert_true(first->has_expires);
    g_assert_cmpuint(first->expires, ==, 3600); /* granted; 7200 was asked */

    g_assert_cmpuint(third->kind, ==, OM_THIRD_PARTY);
    g_assert_false(third->deregistration);
    g_assert_cmpuint(third->frame, ==, 3);
    g_assert_cmpuint(third->answer_frame, ==, 4);
    g_assert_cmpuint(third->status, ==, 200);
    g_assert_cmpstr(third->aor, ==, "sip:user@domain.com");
    g_assert_cmpuint(third->expires, ==, 7200);
}

static void
check_message(const struct fixture *f, const char *namespace)
{
    struct om_object *object = g_ptr_array_index(om_model_objects(f->model), 0);
    char *icsi = g_strconcat(namespace, "3gpp-service.ims.icsi.omapush", NULL);

    g_assert_cmpuint(om_model_objects(f->model)->len, ==, 1);
    g_assert_cmpuint(object->carrier, ==, OM_CARRIER_MESSAGE);
    g_assert_cmpstr(object->call_id, ==, "723459815768908@998sdasdh09");
    g_assert_cmpuint(object->cseq, ==, 1);
    g_assert_cmpuint(object->status, ==, 200);
    g_assert_cmpuint(object->answer_frame, ==, 7);
    g_assert_cmpuint(om_object_hops(object), ==, 2);
    g_assert_cmpstr(object->to_path, ==, "sip:user@domain.com");
    g_assert_cmpuint(object->event_apps->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(object->event_apps, 0), ==, "mms.ua");
    g_assert_cmpuint(object->icsis->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(object->icsis, 0), ==, icsi);
    for (guint32 frame = 5; frame <= 8; frame++)
        g_assert_true(om_sip_record_object(record_at(f, frame), 0) == object);
    g_free(icsi);
}

static void
check_file(const struct om_description *description)
{
    const struct om_media *media = g_ptr_array_index(description->media, 0);
    const struct om_file *file = g_ptr_array_index(media->files, 0);
    const struct om_offered_hash *hash = g_ptr_array_index(file->hashes, 0);

    g_assert_cmpuint(description->media->len, ==, 1);
    g_assert_cmpuint(media->files->len, ==, 1);
    g_assert_cmpstr(media->transfer_id, ==, "a3cd20b8ae7f");
    g_assert_cmpstr(file->transfer_id, ==, "a3cd20b8ae7f");
    g_assert_cmpstr(media->accept_types, ==, "application/vnd.oma.push");
    g_assert_cmpstr(file->name, ==, "pushid-a3cd20b8ae7f");
    g_assert_cmpstr(file->type, ==, "application/vnd.oma.push");
    g_assert_cmpuint(file->size, ==, 4092);
    g_assert_cmpstr(hash->algorithm, ==, "sha-1");
    g_assert_cmpuint(hash->length, ==, 20);
    g_assert_cmphex(hash->value[0], ==, 0x72);
    g_assert_cmphex(hash->value[19], ==, 0x2e);
}

static void
check_session(const struct fixture *f)
{
    const struct om_session *session = session_at(f, 0);
    const struct om_exchange *exchange = g_ptr_array_index(session->exchanges, 0);
    const struct om_media *offer = g_ptr_array_index(exchange->offer->media, 0);
    const struct om_media *answer = g_ptr_array_index(exchange->answer->media, 0);

    g_assert_cmpuint(om_model_sessions(f->model)->len, ==, 1);
    g_assert_cmpuint(session->id, ==, 1);
    g_assert_cmpstr(session->from, ==, "sip:psa.domain.com");
    g_assert_cmpstr(session->to, ==, "sip:user@domain.com");
    g_assert_cmpuint(session->event_apps->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(session->event_apps, 0), ==, "wml.ua");
    g_assert_cmpuint(session->icsis->len, ==, 1);
    g_assert_cmpuint(session->status, ==, 200);
    g_assert_cmpuint(session->offer_frame, ==, 9);
    g_assert_cmpuint(session->answer_frame, ==, 11);
    g_assert_cmpuint(session->ack_frame, ==, 13);
    g_assert_cmpuint(session->bye_frame, ==, 15);
    g_assert_cmpuint(session->bye_answer_frame, ==, 17);
    g_assert_cmpint(session->answer_time - session->offer_time, ==, 20 * MS);
    g_assert_true(session->released);
    g_assert_cmpuint(session->exchanges->len, ==, 1);
    g_assert_cmpstr(offer->setup, ==, "passive");
    g_assert_cmpstr(offer->direction, ==, "sendonly");
    g_assert_cmpuint(offer->port, ==, 7654);
    g_assert_cmpstr(g_ptr_array_index(offer->path, 0), ==, "msrp://psa.domain.com:7654/a3cd20b8ae7f;tcp");
    g_assert_cmpstr(answer->setup, ==, "active");
    g_assert_cmpstr(answer->direction, ==, "recvonly");
    g_assert_cmpuint(answer->port, ==, 8888);
    g_assert_cmpstr(g_ptr_array_index(answer->path, 0), ==, "msrp://userpc.domain.com:8888/9di4ea;tcp");
    check_file(exchange->offer);
    check_file(exchange->answer);
    for (guint32 frame = 9; frame <= 18; frame++)
        g_assert_true(record_at(f, frame)->session == session);
    g_assert_true(record_at(f, 12)->exchange == exchange);
}

static void
check_streams(const struct fixture *f)
{
    static const char psa[] = "msrp://psa.domain.com:7654/a3cd20b8ae7f;tcp";
    static const char pra[] = "msrp://userpc.domain.com:8888/9di4ea;tcp";
    struct om_session_match match;

    g_assert_true(om_session_by_endpoints(f->model->sessions, psa, pra, &match));
    g_assert_true(match.session == session_at(f, 0));
    g_assert_true(match.exact && match.from_offerer);
    g_assert_cmpstr(om_session_match_sender(&match)->endpoint_key, ==, psa);
    g_assert_cmpstr(om_session_match_receiver(&match)->endpoint_key, ==, pra);
    g_assert_true(om_session_by_endpoints(f->model->sessions, pra, psa, &match));
    g_assert_true(match.exact && !match.from_offerer);
    g_assert_cmpstr(om_session_match_sender(&match)->endpoint_key, ==, pra);
}

/* What is wrong in the flows as printed, frame by frame. */
static const struct {
    guint32 frame;
    const char *rule;
    guint count;
} printed[] = {
    {1, "SIP-TAG-QUOTES", 1},  /* "mms.ua” */
    {2, "SIP-GRUU-SYNTAX", 1}, /* pub-gruu="sip:callee@example.com; ;gr= */
    {2, "SIP-SYNTAX", 1},      /* the Contact goes on with ";" at a line's beginning */
    {3, NULL, 0},
    {4, NULL, 0},
    {5, "SIP-TAG-NAME", 1},      /* g.3gpp.icsi_ref */
    {5, "SIP-TAG-SEPARATOR", 1}, /* ", +g.oma.pusheventapp" */
    {5, "SIP-TAG-QUOTES", 1},
    {5, "SIP-ICSI-NAMESPACE", 2}, /* urn-xxx, in the tag and in P-Asserted-Service */
    {5, "SIP-URI-SYNTAX", 2},     /* Request-URI with a stray quote; To with “Bob” and without > */
    {5, "SIP-TO-TAG", 1},
    {5, "SIP-CONTENT-LENGTH", 1},
    {6, "SIP-TAG-NAME", 1},
    {6, "SIP-TAG-SEPARATOR", 0}, /* ";" here */
    {6, "SIP-URI-SYNTAX", 3},    /* Request-URI, P-Called-Party-ID, To */
    {6, "SIP-TO-TAG", 1},
    {6, "SIP-CONTENT-LENGTH", 1},
    {7, NULL, 0},
    {8, "SIP-URI-SYNTAX", 1},  /* P-Asserted-Identity: user@domain.com */
    {9, "SIP-VIA-SENT-BY", 1}, /* psa@domain.com */
    {9, "SIP-TAG-NAME", 2},    /* Contact and Accept-Contact */
    {9, "SIP-TAG-QUOTES", 2},
    {9, "SIP-URI-SYNTAX", 2}, /* Request-URI, To */
    {9, "SIP-TO-TAG", 0},
    {9, "SIP-CONTENT-LENGTH", 1},
    {9, "SDP-SETUP", 0},
    {9, "SDP-DIRECTION", 0},
    {9, "SDP-FILE-SELECTOR", 0},
    {10, "SIP-URI-SYNTAX", 1}, /* P-Called-Party-ID */
    {10, "SIP-VIA-SENT-BY", 0},
    {11, "SIP-VIA-SENT-BY", 1},
    {11, "SDP-TRANSFER-ID", 0},
    {11, "SDP-ANSWER-SELECTOR", 0},
    {12, "SIP-URI-SYNTAX", 2}, /* P-Asserted-Identity, To */
    {13, "SIP-URI-SYNTAX", 1}, /* To */
    {14, "SIP-SYNTAX", 1},     /* two spaces before SIP/2.0 */
    {14, "SIP-URI-SYNTAX", 1}, /* To */
    {15, "SIP-SYNTAX", 1},
    {15, "SIP-URI-SYNTAX", 3}, /* Request-URI "gr=" without ";", To, From with a second > */
    {16, "SIP-SYNTAX", 1},
    {16, "SIP-URI-SYNTAX", 1},
    {17, "SIP-CSEQ-RESPONSE", 1}, /* 2 BYE */
    {18, "SIP-CSEQ-RESPONSE", 1},
};

static void
test_printed(void)
{
    struct fixture f;

    feed_all(&f, TRUE);
    check_registrations(&f);
    check_message(&f, "urn:urn-xxx:");
    check_session(&f);
    check_streams(&f);
    for (guint i = 0; i < G_N_ELEMENTS(printed); i++) {
        g_test_message("frame %u: %s", printed[i].frame, printed[i].rule ? printed[i].rule : "nothing");
        g_assert_cmpuint(findings(&f, printed[i].rule, printed[i].frame), ==, printed[i].count);
    }
    for (guint32 frame = 9; frame <= 12; frame++)
        g_assert_cmpuint(findings(&f, "SDP-SYNTAX", frame), >, 0);
    g_assert_cmpuint(findings(&f, "SIP-NO-ANSWER", 0), ==, 0);
    g_assert_cmpuint(findings(&f, "SIP-REJECTED", 0), ==, 0);
    g_assert_cmpuint(findings(&f, "SIP-ICSI-ENCODING", 0), ==, 0);
    g_assert_cmpuint(findings(&f, "SIP-APP-UNKNOWN", 0), ==, 0);
    fixture_end(&f);
}

static void
test_corrected(void)
{
    struct fixture f;

    feed_all(&f, FALSE);
    check_registrations(&f);
    check_message(&f, "urn:urn-7:");
    check_session(&f);
    check_streams(&f);
    /* That table keeps the To tag of the MESSAGE, on both hops. */
    g_assert_cmpuint(findings(&f, "SIP-TO-TAG", 0), ==, 2);
    g_assert_cmpuint(departures(&f), ==, 2);
    fixture_end(&f);
}

/* Each frame twice: retransmissions tell nothing new. */
static void
test_retransmitted(void)
{
    struct fixture once, twice;

    feed_all(&once, TRUE);
    fixture_begin(&twice, FALSE);
    for (guint i = 0; i < G_N_ELEMENTS(frames); i++) {
        for (guint n = 0; n < 2; n++)
            g_assert_nonnull(feed(&twice, frames[i].src, frames[i].dst, appendix_b[i].printed));
    }
    g_assert_cmpuint(findings(&twice, NULL, 0), ==, findings(&once, NULL, 0));
    g_assert_cmpuint(om_model_registrations(twice.model)->len, ==, 2);
    g_assert_cmpuint(om_model_sessions(twice.model)->len, ==, 1);
    g_assert_cmpuint(om_model_objects(twice.model)->len, ==, 1);
    g_assert_cmpuint(om_object_hops(g_ptr_array_index(om_model_objects(twice.model), 0)), ==, 2);
    g_assert_cmpuint(session_at(&twice, 0)->exchanges->len, ==, 1);
    fixture_end(&twice);
    fixture_end(&once);
}

/* Every prefix of every message, alone and after those before it: nothing breaks. */
static void
test_prefixes(void)
{
    struct fixture f;

    fixture_begin(&f, TRUE);
    for (guint i = 0; i < G_N_ELEMENTS(frames); i++) {
        const char *text = appendix_b[i].printed;

        for (gsize n = (gsize) (strchr(text, '\n') - text) + 1; n < strlen(text); n += 3) {
            char *prefix = g_strndup(text, n);

            feed(&f, frames[i].src, frames[i].dst, prefix);
            g_free(prefix);
        }
        feed(&f, frames[i].src, frames[i].dst, text);
    }
    om_model_conclude(f.model);
    fixture_end(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sip_appendix_b/printed", test_printed);
    g_test_add_func("/sip_appendix_b/corrected", test_corrected);
    g_test_add_func("/sip_appendix_b/retransmitted", test_retransmitted);
    g_test_add_func("/sip_appendix_b/prefixes", test_prefixes);
    return g_test_run();
}
