/* test_sip_registrations.c
 * Registrations: which REGISTERs count, what they say, and their answers.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "support/sip_fixture.h"

#define UE   "192.0.2.4"
#define CSCF "192.0.2.1"
#define PSA  "192.0.2.3"

#define INSTANCE   "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
#define TAGS       ";+sip.instance=\"<" INSTANCE ">\";+g.oma.pusheventapp=\"mms.ua\""
#define ICSI       ";+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.omapush\""
#define OTHER_ICSI ";+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel\""
#define CONTACT    "<sip:user@192.0.2.4>"

/* A REGISTER; `more` are header lines. */
static const struct om_sip_record *
request(struct fixture *f, const char *call_id, guint cseq, const char *more, const char *body)
{
    char *head = g_strdup_printf("REGISTER sip:registrar.domain.com SIP/2.0\n"
                                 "Via: SIP/2.0/UDP 192.0.2.4:5060;branch=z9hG4bK%u\n"
                                 "To: \"Bob\" <sip:user@domain.com>\n"
                                 "From: \"Bob\" <sip:user@domain.com>;tag=456248\n"
                                 "Call-ID: %s\nCSeq: %u REGISTER\n%s",
                                 cseq, call_id, cseq, more);
    const struct om_sip_record *record = feed_sip(f, UE, CSCF, head, body);

    g_free(head);
    return record;
}

static const struct om_sip_record *
answer(struct fixture *f, const char *status, const char *call_id, guint cseq, const char *more)
{
    char *head = g_strdup_printf("SIP/2.0 %s\n"
                                 "Via: SIP/2.0/UDP 192.0.2.4:5060;branch=z9hG4bK%u\n"
                                 "To: \"Bob\" <sip:user@domain.com>;tag=2493k59kd\n"
                                 "From: \"Bob\" <sip:user@domain.com>;tag=456248\n"
                                 "Call-ID: %s\nCSeq: %u REGISTER\n%s",
                                 status, cseq, call_id, cseq, more);
    const struct om_sip_record *record = feed_sip(f, CSCF, UE, head, NULL);

    g_free(head);
    return record;
}

/* A third-party REGISTER for `aor` and its 200. */
static void
third_party(struct fixture *f, const char *call_id, const char *aor, const char *more, const char *body)
{
    char *head = g_strdup_printf("REGISTER sip:psa.domain.com SIP/2.0\n"
                                 "Via: SIP/2.0/TCP registrar.domain.com:5060;branch=z9hG4bK3\n"
                                 "To: <%s>\nFrom: <sip:registrar.domain.com>;tag=456249\n"
                                 "Call-ID: %s\nCSeq: 1 REGISTER\nContact: <sip:registrar.domain.com>\n%s",
                                 aor, call_id, more);

    feed_sip(f, CSCF, PSA, head, body);
    g_free(head);
    head = g_strdup_printf("SIP/2.0 200 OK\nVia: SIP/2.0/TCP registrar.domain.com:5060;branch=z9hG4bK3\n"
                           "To: <%s>;tag=a\nFrom: <sip:registrar.domain.com>;tag=456249\n"
                           "Call-ID: %s\nCSeq: 1 REGISTER\nContact: <sip:registrar.domain.com>;expires=600\n",
                           aor, call_id);
    feed_sip(f, PSA, CSCF, head, NULL);
    g_free(head);
}

/* One REGISTER and its answer: does it count, and as what? */
static const struct {
    const char *what;
    const char *request;
    const char *answer;
    guint count;
    gboolean deregistration;
    gint64 expires; /* -1: unknown */
    const char *event_app;
    const char *icsi;
} rows[] = {
    {"event app", "Contact: " CONTACT TAGS "\nExpires: 7200\n", "Contact: " CONTACT TAGS ";expires=3600\n", 1, FALSE,
     3600, "mms.ua", NULL},
    {"push ICSI alone", "Contact: " CONTACT ICSI "\nExpires: 7200\n", "Expires: 1800\n", 1, FALSE, 1800, NULL,
     "urn:urn-7:3gpp-service.ims.icsi.omapush"},
    {"asked, no answer about it", "Contact: " CONTACT TAGS ";expires=60\nExpires: 7200\n", "", 1, FALSE, 60, "mms.ua",
     NULL},
    {"no expiry anywhere", "Contact: " CONTACT TAGS "\n", "", 1, FALSE, -1, "mms.ua", NULL},
    {"compact, folded, another case", "m: " CONTACT "\n ;+G.OMA.PushEventApp\n =\"mms.ua\"\n", "", 1, FALSE, -1,
     "mms.ua", NULL},
    {"parameter behind a comma", "Contact: " CONTACT ", +g.oma.pusheventapp=\"mms.ua\"\n", "", 1, FALSE, -1, "mms.ua",
     NULL},
    {"answered so", "Contact: " CONTACT "\n", "Contact: " CONTACT TAGS ";expires=300\n", 1, FALSE, 300, "mms.ua", NULL},
    {"another device's binding in the answer", "Contact: " CONTACT "\n",
     "Contact: <sip:tablet@192.0.2.9>" TAGS ";expires=300, " CONTACT ";expires=200\n", 0, FALSE, -1, NULL, NULL},
    {"own binding among others", "Contact: " CONTACT TAGS "\nExpires: 900\n",
     "Contact: <sip:tablet@192.0.2.9>;expires=300, " CONTACT ";expires=200\n", 1, FALSE, 200, "mms.ua", NULL},
    {"own binding by instance", "Contact: " CONTACT TAGS "\nExpires: 900\n",
     "Contact: <sip:tablet@192.0.2.9>;expires=300\nContact: <sip:user@198.51.100.1:1024>" TAGS ";expires=200\n", 1,
     FALSE, 200, "mms.ua", NULL},
    {"de-registration, Expires", "Contact: " CONTACT TAGS "\nExpires: 0\n", "", 1, TRUE, 0, "mms.ua", NULL},
    {"de-registration, expires=0", "Contact: " CONTACT TAGS ";expires=0\nExpires: 3600\n", "", 1, TRUE, 0, "mms.ua",
     NULL},
    {"de-registration, another device's binding stays", "Contact: " CONTACT TAGS ";expires=0\n",
     "Contact: <sip:tablet@192.0.2.9>" TAGS ";expires=300\n", 1, TRUE, 0, "mms.ua", NULL},
    {"the tag without a value", "Contact: " CONTACT ";+g.oma.pusheventapp\n", "", 1, FALSE, -1, NULL, NULL},
    {"a list without quotes", "Contact: " CONTACT ";expires=9;+g.oma.pusheventapp=mms.ua,mms.ua\n", "", 1, FALSE, 9,
     "mms.ua", NULL},
    {"its Contact ends, another one stays", "Contact: <sip:user@192.0.2.9>;expires=60, " CONTACT TAGS ";expires=0\n",
     "", 1, TRUE, 0, "mms.ua", NULL},
    {"its Contact stays, another one ends", "Contact: <sip:user@192.0.2.9>;expires=0, " CONTACT TAGS ";expires=60\n",
     "", 1, FALSE, 60, "mms.ua", NULL},
    {"telephony", "Contact: " CONTACT OTHER_ICSI ";audio\nExpires: 7200\n", "Expires: 7200\n", 0, FALSE, -1, NULL,
     NULL},
    {"no Contact: a question", "Expires: 7200\n", "Contact: " CONTACT TAGS "\n", 0, FALSE, -1, NULL, NULL},
    {"de-registration of something else", "Contact: *\nExpires: 0\n", "", 0, TRUE, -1, NULL, NULL},
};

static void
test_rows(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct fixture f;
        const struct om_registration *registration;
        const struct om_sip_record *asked, *told;

        g_test_message("%s", rows[i].what);
        fixture_begin(&f, FALSE);
        asked = request(&f, "a", 1, rows[i].request, NULL);
        told = answer(&f, "200 OK", "a", 1, rows[i].answer);
        g_assert_cmpuint(om_model_registrations(f.model)->len, ==, rows[i].count);
        g_assert_cmpint(om_sip_record_is_push(asked), ==, rows[i].count > 0);
        g_assert_cmpint(om_sip_record_is_push(told), ==, rows[i].count > 0);
        if (rows[i].count) {
            registration = registration_at(&f, 0);
            g_assert_true(asked->registration == registration && told->registration == registration);
            g_assert_cmpuint(asked->procedure, ==,
                             rows[i].deregistration ? OM_PROC_DEREGISTRATION : OM_PROC_REGISTRATION);
            g_assert_cmpuint(told->procedure, ==, asked->procedure);
            g_assert_cmpuint(registration->kind, ==, OM_FIRST_PARTY);
            g_assert_cmpuint(registration->status, ==, 200);
            g_assert_cmpuint(registration->answer_frame, ==, 2);
            g_assert_cmpstr(registration->aor, ==, "sip:user@domain.com");
            g_assert_cmpstr(registration->contact, ==, "sip:user@192.0.2.4");
            g_assert_cmpint(registration->deregistration, ==, rows[i].deregistration);
            g_assert_cmpint(registration->has_expires ? (gint64) registration->expires : -1, ==, rows[i].expires);
            g_assert_cmpuint(registration->event_apps->len, ==, rows[i].event_app != NULL);
            if (rows[i].event_app)
                g_assert_cmpstr(g_ptr_array_index(registration->event_apps, 0), ==, rows[i].event_app);
            if (rows[i].icsi)
                g_assert_cmpstr(g_ptr_array_index(registration->icsis, 0), ==, rows[i].icsi);
        } else {
            g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
        }
        fixture_end(&f);
    }
}

#define CREDENTIALS "Authorization: Digest username=\"user\", realm=\"domain.com\", nonce=\"1\", response=\"2\"\n"

/* IMS: the first REGISTER has an (empty) Authorization already; 401, then the one that succeeds. */
static void
test_challenge(void)
{
    struct fixture f;
    const struct om_registration *registration;

    fixture_begin(&f, FALSE);
    request(&f, "a", 1, CREDENTIALS "Contact: " CONTACT TAGS "\nExpires: 7200\n", NULL);
    answer(&f, "401 Unauthorized", "a", 1, "WWW-Authenticate: Digest realm=\"domain.com\", nonce=\"1\"\n");
    registration = registration_at(&f, 0);
    g_assert_cmpuint(registration->status, ==, 401);
    g_assert_cmpuint(findings(&f, "SIP-REJECTED", 2), ==, 1); /* if nothing more comes */
    request(&f, "a", 2, CREDENTIALS "Contact: " CONTACT TAGS "\nExpires: 7200\n", NULL);
    g_assert_cmpuint(registration->status, ==, 0);
    g_assert_cmpuint(findings(&f, "SIP-NO-ANSWER", 3), ==, 1);
    answer(&f, "200 OK", "a", 2, "Contact: " CONTACT TAGS ";expires=600000\n");
    g_assert_cmpuint(om_model_registrations(f.model)->len, ==, 1);
    g_assert_cmpuint(registration->frame, ==, 1);
    g_assert_cmpuint(registration->answer_frame, ==, 4);
    g_assert_cmpuint(registration->status, ==, 200);
    g_assert_cmpuint(registration->expires, ==, 600000);
    for (guint32 frame = 1; frame <= 4; frame++)
        g_assert_true(record_at(&f, frame)->registration == registration);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);

    /* A refresh is a registration of its own, rejected for good this time. */
    request(&f, "a", 3, CREDENTIALS "Contact: " CONTACT TAGS "\nExpires: 7200\n", NULL);
    answer(&f, "403 Forbidden", "a", 3, "");
    g_assert_cmpuint(om_model_registrations(f.model)->len, ==, 2);
    g_assert_cmpuint(registration_at(&f, 1)->frame, ==, 5);
    g_assert_cmpuint(registration_at(&f, 1)->status, ==, 403);
    g_assert_cmpuint(findings(&f, "SIP-REJECTED", 6), ==, 1);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 1);
    fixture_end(&f);
}

/* 423 asks for a longer interval: it is met by the next REGISTER, without credentials. */
static void
test_interval(void)
{
    struct fixture f;

    fixture_begin(&f, FALSE);
    request(&f, "a", 1, "Contact: " CONTACT TAGS "\nExpires: 60\n", NULL);
    answer(&f, "423 Interval Too Brief", "a", 1, "Min-Expires: 3600\n");
    request(&f, "a", 2, "Contact: " CONTACT TAGS "\nExpires: 3600\n", NULL);
    answer(&f, "200 OK", "a", 2, "Contact: " CONTACT TAGS ";expires=3600\n");
    g_assert_cmpuint(om_model_registrations(f.model)->len, ==, 1);
    g_assert_cmpuint(registration_at(&f, 0)->status, ==, 200);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
}

static void
test_third_party(void)
{
    static const char carried[] = "REGISTER sip:registrar.domain.com SIP/2.0\n"
                                  "Via: SIP/2.0/UDP 192.0.2.4:5060;branch=z9hG4bK1\n"
                                  "To: <sip:carol@domain.com>\nFrom: <sip:carol@domain.com>;tag=1\n"
                                  "Call-ID: c\nCSeq: 1 REGISTER\nContact: <sip:carol@192.0.2.7>" TAGS ICSI "\n"
                                  "Content-Length: 0\n\n";
    static const char multipart[] = "--b\nContent-Type: application/x+xml\n\n<x/>\n--b\nContent-Type: message/sip\n\n"
                                    "REGISTER sip:registrar.domain.com SIP/2.0\n"
                                    "To: <sip:dave@domain.com>\nFrom: <sip:dave@domain.com>;tag=1\n"
                                    "Call-ID: d\nCSeq: 1 REGISTER\nContact: <sip:dave@192.0.2.8>" TAGS "\n"
                                    "Content-Length: 0\n\n\n--b--\n";
    const struct om_registration *registration;
    struct fixture f;

    fixture_begin(&f, FALSE);
    third_party(&f, "t0", "sip:user@domain.com", "Expires: 3600\n", NULL);  /* 1, 2: before its party's own */
    third_party(&f, "t1", "sip:alice@domain.com", "Expires: 3600\n", NULL); /* 3, 4: of no push party */
    g_assert_cmpuint(om_model_registrations(f.model)->len, ==, 0);
    request(&f, "a", 1, "Contact: " CONTACT TAGS "\nExpires: 7200\n", NULL); /* 5, 6 */
    answer(&f, "200 OK", "a", 1,
           "Contact: " CONTACT TAGS ";expires=600\nP-Associated-URI: <sip:user@domain.com>, <tel:+15550100>\n");
    third_party(&f, "t2", "sip:user@DOMAIN.com", "Expires: 0\n", NULL); /* 7, 8: de-registration */
    third_party(&f, "t3", "tel:+1-555-0100", "Expires: 3600\n", NULL);  /* 9, 10: the same user */
    third_party(&f, "t4", "sip:carol@domain.com", "Content-Type: message/sip\n", carried);
    third_party(&f, "t5", "sip:dave@domain.com", "Content-Type: multipart/mixed;boundary=b\n", multipart);

    g_assert_cmpuint(om_model_registrations(f.model)->len, ==, 6);
    g_assert_cmpuint(registration_at(&f, 0)->frame, ==, 1);
    g_assert_cmpuint(registration_at(&f, 0)->kind, ==, OM_THIRD_PARTY);
    g_assert_cmpuint(registration_at(&f, 0)->expires, ==, 600);
    g_assert_true(om_sip_record_is_push(record_at(&f, 2)));
    g_assert_cmpuint(record_at(&f, 2)->procedure, ==, OM_PROC_THIRD_PARTY_REGISTRATION);
    g_assert_false(om_sip_record_is_push(record_at(&f, 4)));
    g_assert_cmpuint(registration_at(&f, 1)->kind, ==, OM_FIRST_PARTY);
    registration = registration_at(&f, 2);
    g_assert_cmpuint(registration->kind, ==, OM_THIRD_PARTY);
    g_assert_true(registration->deregistration);
    g_assert_cmpuint(record_at(&f, 7)->procedure, ==, OM_PROC_DEREGISTRATION);
    g_assert_cmpstr(registration_at(&f, 3)->aor, ==, "tel:+1-555-0100");
    registration = registration_at(&f, 4);
    g_assert_cmpstr(registration->aor, ==, "sip:carol@domain.com");
    g_assert_cmpstr(registration->contact, ==, "sip:registrar.domain.com");
    g_assert_cmpstr(registration->instance, ==, INSTANCE);
    g_assert_cmpstr(g_ptr_array_index(registration->event_apps, 0), ==, "mms.ua");
    g_assert_cmpstr(g_ptr_array_index(registration->icsis, 0), ==, "urn:urn-7:3gpp-service.ims.icsi.omapush");
    g_assert_cmpuint(registration_at(&f, 5)->event_apps->len, ==, 1);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
}

/* From is the user's own here, but the Contact is a server of the domain. */
static void
test_registrar_contact(void)
{
    struct fixture f;

    fixture_begin(&f, FALSE);
    request(&f, "a", 1, "Contact: " CONTACT TAGS "\nExpires: 7200\n", NULL);
    request(&f, "b", 1, "Contact: <sip:scscf1.domain.com:5061>\nExpires: 7200\n", NULL);
    request(&f, "c", 1, "Contact: <sip:192.0.2.77>\nExpires: 7200\n", NULL); /* a device of hers without push */
    request(&f, "d", 1, "Contact: <sip:pra1.domain.com>" TAGS "\nExpires: 7200\n", NULL);
    g_assert_cmpuint(om_model_registrations(f.model)->len, ==, 3);
    g_assert_cmpuint(registration_at(&f, 1)->kind, ==, OM_THIRD_PARTY);
    g_assert_cmpuint(registration_at(&f, 1)->frame, ==, 2);
    g_assert_cmpuint(registration_at(&f, 2)->kind, ==, OM_FIRST_PARTY);
    fixture_end(&f);
}

static void
test_deregistrations(void)
{
    static const char *const ends[] = {
        "Contact: *\nExpires: 0\n",
        "Contact: " CONTACT ";expires=0\n",
        "Contact: " CONTACT "\nExpires: 0\n",
    };

    for (guint i = 0; i < G_N_ELEMENTS(ends); i++) {
        struct fixture f;

        fixture_begin(&f, FALSE);
        request(&f, "a", 1, "Contact: " CONTACT TAGS "\nExpires: 7200\n", NULL);
        answer(&f, "200 OK", "a", 1, "Contact: " CONTACT TAGS ";expires=600\n");
        request(&f, "a", 2, ends[i], NULL);
        answer(&f, "200 OK", "a", 2, "");
        g_assert_cmpuint(om_model_registrations(f.model)->len, ==, 2);
        g_assert_true(registration_at(&f, 1)->deregistration);
        g_assert_cmpuint(registration_at(&f, 1)->kind, ==, OM_FIRST_PARTY);
        g_assert_cmpuint(registration_at(&f, 1)->status, ==, 200);
        g_assert_true(registration_at(&f, 1)->has_expires);
        g_assert_cmpuint(registration_at(&f, 1)->expires, ==, 0);
        g_assert_cmpuint(record_at(&f, 4)->procedure, ==, OM_PROC_DEREGISTRATION);
        g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
        fixture_end(&f);
    }
}

/* The same REGISTER on the way to the registrar: another Via, one registration; departures are told on each hop. */
static void
test_two_hops(void)
{
    struct fixture f;

    fixture_begin(&f, FALSE);
    for (guint i = 0; i < 2; i++)
        feed_sip(&f, i ? CSCF : UE, i ? "192.0.2.2" : CSCF,
                 i ? "REGISTER sip:registrar.domain.com SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2\n"
                     "Via: SIP/2.0/UDP 192.0.2.4;branch=z9hG4bK1\nTo: <sip:user@domain.com>\n"
                     "From: <sip:user@domain.com>;tag=1\nCall-ID: a\nCSeq: 1 REGISTER\n"
                     "Contact: " CONTACT ";g.oma.pusheventapp=\"mms.ua\"\n"
                   : "REGISTER sip:registrar.domain.com SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.4;branch=z9hG4bK1\n"
                     "To: <sip:user@domain.com>\nFrom: <sip:user@domain.com>;tag=1\nCall-ID: a\nCSeq: 1 REGISTER\n"
                     "Contact: " CONTACT ";g.oma.pusheventapp=\"mms.ua\"\n",
                 NULL);
    g_assert_cmpuint(om_model_registrations(f.model)->len, ==, 1);
    g_assert_cmpuint(registration_at(&f, 0)->frame, ==, 1);
    g_assert_cmpuint(findings(&f, "SIP-TAG-PLUS", 1), ==, 1);
    g_assert_cmpuint(findings(&f, "SIP-TAG-PLUS", 2), ==, 1);
    fixture_end(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sip_registrations/rows", test_rows);
    g_test_add_func("/sip_registrations/challenge", test_challenge);
    g_test_add_func("/sip_registrations/interval", test_interval);
    g_test_add_func("/sip_registrations/third-party", test_third_party);
    g_test_add_func("/sip_registrations/registrar-contact", test_registrar_contact);
    g_test_add_func("/sip_registrations/deregistrations", test_deregistrations);
    g_test_add_func("/sip_registrations/two-hops", test_two_hops);
    return g_test_run();
}
