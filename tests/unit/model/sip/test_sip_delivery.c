/* test_sip_delivery.c
 * What became of MESSAGEs and offers: hops, forks, timers, cancels, copies that are cut, answers before their requests.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "support/sip_dialog.h"

#define S     1000 /* milliseconds */
#define OTHER "192.0.2.5"

#define CONFIRMED OM_DELIVERY_CONFIRMED
#define REFUSED   OM_DELIVERY_REFUSED
#define FAILED    OM_DELIVERY_FAILED

/* One message of a row: who sends it to whom, how many Vias it has, when, and what it is. */
struct step {
    guint at; /* milliseconds */
    const char *src, *dst;
    guint vias;
    guint status; /* 0: the request */
};

static void
feed_at(struct fixture *f, guint at, const char *src, const char *dst, const char *text, gsize length, gboolean cut)
{
    const struct om_frame frame = {.number = f->records->len + 1,
                                   .time = at * (gint64) MS,
                                   .src = src,
                                   .dst = dst,
                                   .src_port = 5060,
                                   .dst_port = 5060,
                                   .cut = cut};
    struct om_sip_msg msg;

    g_assert_true(om_sip_msg_parse(om_slice(text, length), &msg));
    g_ptr_array_add(f->records, om_model_sip(f->model, &frame, &msg));
    om_sip_msg_clear(&msg);
}

static char *
text_of(const struct step *step, const char *method)
{
    gboolean invite = strcmp(method, "INVITE") == 0;
    char *body = invite && (!step->status || step->status == 200)
                     ? sdp(step->status ? B : A, 2855, "s", step->status ? "recvonly" : "sendonly",
                           "application/vnd.oma.push", SELECTOR)
                     : NULL;
    GString *head = g_string_new(NULL);
    char *text;

    if (step->status)
        g_string_append_printf(head, "SIP/2.0 %u Reason\n", step->status);
    else
        g_string_append_printf(head, "%s sip:b@x SIP/2.0\nAccept-Contact: *%s\n", method, TAGS);
    for (guint i = step->vias; i > 0; i--)
        g_string_append_printf(head, "Via: SIP/2.0/UDP 192.0.2.%u:5060;branch=z9hG4bK%u\n", i, i);
    g_string_append_printf(head, "From: <sip:c@d>;tag=1\nTo: <sip:a@b>%s\nCall-ID: x\nCSeq: 1 %s\nContent-Type: %s\n",
                           step->status ? ";tag=2" : "", method,
                           invite ? "application/sdp" : "application/vnd.oma.push");
    text = sip(head->str, body ? body : step->status || invite ? NULL : "Content-Type: text/vnd.wap.si\n\n<si/>");
    g_string_free(head, TRUE);
    g_free(body);
    return text;
}

static const struct om_outcome *
outcome(const struct fixture *f)
{
    const struct om_conclusion *conclusion = om_model_conclude(f->model);
    const GPtrArray *objects = om_model_objects(f->model);

    return om_conclusion_outcome(conclusion, objects->len ? (const void *) g_ptr_array_index(objects, 0)
                                                          : g_ptr_array_index(om_model_sessions(f->model), 0));
}

static void
test_deliveries(void)
{
    static const struct {
        const char *what;
        const char *method;
        struct step steps[10];
        guint ends; /* time of the last frame of the capture, milliseconds */
        enum om_delivery delivery;
        guint status;
        const char *rule;  /* found once, of these four; NULL: none of them */
        const char *begin; /* of the diagnosis; NULL: there is none */
    } rows[] = {
        {"200", "MESSAGE", {{0, A, B, 1, 0}, {9, B, A, 1, 200}}, 0, CONFIRMED, 200, NULL, NULL},
        {"202", "MESSAGE", {{0, A, B, 1, 0}, {9, B, A, 1, 202}}, 0, OM_DELIVERY_ACCEPTED, 202, NULL, NULL},
        {"200 over a core",
         "MESSAGE",
         {{0, A, CORE, 1, 0}, {1, CORE, B, 2, 0}, {9, B, CORE, 2, 200}, {10, CORE, A, 1, 200}},
         0,
         CONFIRMED,
         200,
         NULL,
         NULL},
        {"202 then 480",
         "MESSAGE",
         {{0, A, CORE, 1, 0}, {9, CORE, A, 1, 202}, {10, CORE, B, 2, 0}, {20, B, CORE, 2, 480}},
         0,
         REFUSED,
         480,
         "SIP-REJECTED",
         "frame 4: the receiver answered the MESSAGE of frame 3 with 480 Reason (receiver)"},
        {"480 filed before the 202",
         "MESSAGE",
         {{0, A, CORE, 1, 0}, {1, CORE, B, 2, 0}, {20, B, CORE, 2, 480}, {9, CORE, A, 1, 202}},
         0,
         REFUSED,
         480,
         "SIP-REJECTED",
         "frame 3: the receiver answered the MESSAGE of frame 2 with 480 Reason (receiver)"},
        {"a 486 made 200 by a core that begins anew with the Vias",
         "MESSAGE",
         {{0, A, CORE, 2, 0}, {1, CORE, B, 1, 0}, {9, B, CORE, 1, 486}, {10, CORE, A, 2, 200}},
         0,
         REFUSED,
         486,
         "SIP-REJECTED",
         "frame 3: the receiver"},
        {"a 404 of the core for the next hop's silence",
         "MESSAGE",
         {{0, A, CORE, 1, 0}, {1, CORE, B, 2, 0}, {9, CORE, A, 1, 404}},
         0,
         REFUSED,
         404,
         "SIP-REJECTED",
         "frame 3: the core answered the MESSAGE of frame 1 with 404 Reason (core)"},
        {"a fork: one branch takes it",
         "MESSAGE",
         {{0, A, CORE, 1, 0},
          {1, CORE, B, 2, 0},
          {2, CORE, OTHER, 2, 0},
          {9, B, CORE, 2, 486},
          {11, OTHER, CORE, 2, 200},
          {12, CORE, A, 1, 200}},
         0,
         CONFIRMED,
         200,
         NULL,
         NULL},
        {"a fork: no branch takes it, the core makes a 200 of that",
         "MESSAGE",
         {{0, A, CORE, 1, 0},
          {1, CORE, B, 2, 0},
          {2, CORE, OTHER, 2, 0},
          {9, B, CORE, 2, 486},
          {11, OTHER, CORE, 2, 404},
          {12, CORE, A, 1, 200}},
         0,
         REFUSED,
         486,
         "SIP-REJECTED",
         "frame 4: the receiver"},
        {"302, not followed",
         "MESSAGE",
         {{0, A, B, 1, 0}, {9, B, A, 1, 302}},
         0,
         REFUSED,
         302,
         NULL,
         "frame 2: the rec"},
        {"302 that the core follows where no tap is",
         "MESSAGE",
         {{0, A, CORE, 1, 0}, {1, CORE, B, 2, 0}, {9, B, CORE, 2, 302}, {20, CORE, A, 1, 200}},
         0,
         CONFIRMED,
         200,
         NULL,
         NULL},
        {"302 that the core follows to another host",
         "MESSAGE",
         {{0, A, CORE, 1, 0},
          {1, CORE, B, 2, 0},
          {9, B, CORE, 2, 302},
          {10, CORE, OTHER, 2, 0},
          {20, OTHER, CORE, 2, 200},
          {21, CORE, A, 1, 200}},
         0,
         CONFIRMED,
         200,
         NULL,
         NULL},
        {"401, not met", "MESSAGE", {{0, A, B, 1, 0}, {9, B, A, 1, 401}}, 0, REFUSED, 401, "SIP-REJECTED", "frame 2: "},
        {"no answer, the timer runs out",
         "MESSAGE",
         {{0, A, B, 1, 0}, {500, A, B, 1, 0}},
         32 * S,
         FAILED,
         0,
         "SIP-TIMEOUT",
         "frame 1: the MESSAGE to 192.0.2.4 got no final answer in 32 s (receiver)"},
        {"... and a provisional one stops no timer F",
         "MESSAGE",
         {{0, A, B, 1, 0}, {9, B, A, 1, 100}},
         33 * S,
         FAILED,
         0,
         "SIP-TIMEOUT",
         "frame 1: "},
        {"no answer, the capture ends first",
         "MESSAGE",
         {{0, A, B, 1, 0}, {500, A, B, 1, 0}},
         31 * S,
         OM_DELIVERY_UNKNOWN,
         0,
         "SIP-NO-ANSWER",
         "frame 1: the MESSAGE has no final answer"},
        {"no answer, all retransmissions seen",
         "MESSAGE",
         {{0, A, B, 1, 0},
          {500, A, B, 1, 0},
          {1500, A, B, 1, 0},
          {3500, A, B, 1, 0},
          {7500, A, B, 1, 0},
          {15500, A, B, 1, 0},
          {31500, A, B, 1, 0}},
         0,
         FAILED,
         0,
         "SIP-TIMEOUT",
         "frame 1: "},
        {"T1 of 2 s, as 3GPP has it: 32 s are not enough",
         "MESSAGE",
         {{0, A, B, 1, 0}, {2 * S, A, B, 1, 0}},
         100 * S,
         OM_DELIVERY_UNKNOWN,
         0,
         "SIP-NO-ANSWER",
         "frame 1: "},
        {"... 128 s are",
         "MESSAGE",
         {{0, A, B, 1, 0}, {2 * S, A, B, 1, 0}},
         128 * S,
         FAILED,
         0,
         "SIP-TIMEOUT",
         "frame 1: "},
        {"copies of the tap are no retransmissions",
         "MESSAGE",
         {{0, A, B, 1, 0}, {1, A, B, 1, 0}, {500, A, B, 1, 0}},
         32 * S,
         FAILED,
         0,
         "SIP-TIMEOUT",
         "frame 1: "},
        {"202, and the hop behind it is never answered",
         "MESSAGE",
         {{0, A, CORE, 1, 0}, {9, CORE, A, 1, 202}, {10, CORE, B, 2, 0}, {510, CORE, B, 2, 0}},
         40 * S,
         FAILED,
         202,
         "SIP-TIMEOUT",
         "frame 3: "},
        {"200, and the answer of the hop behind it is not in the capture",
         "MESSAGE",
         {{0, A, CORE, 1, 0}, {1, CORE, B, 2, 0}, {20, CORE, A, 1, 200}},
         40 * S,
         CONFIRMED,
         200,
         NULL,
         NULL},
        {"200, and the hop behind it is tried again and never answered: the core made it",
         "MESSAGE",
         {{0, A, CORE, 1, 0}, {1, CORE, B, 2, 0}, {20, CORE, A, 1, 200}, {501, CORE, B, 2, 0}},
         40 * S,
         FAILED,
         200,
         "SIP-TIMEOUT",
         "frame 2: the MESSAGE to 192.0.2.4 got no final answer in 32 s (receiver)"},
        {"sent once over UDP and nothing of the other side: one direction only",
         "MESSAGE",
         {{0, A, B, 1, 0}},
         40 * S,
         OM_DELIVERY_UNKNOWN,
         0,
         "SIP-NO-ANSWER",
         "frame 1: the capture has nothing that came from 192.0.2.4 (capture)"},
        {"an INVITE refused",
         "INVITE",
         {{0, A, B, 1, 0}, {9, B, A, 1, 486}},
         0,
         REFUSED,
         486,
         "SIP-REJECTED",
         "frame 2: the receiver answered the INVITE of frame 1 with 486 Reason (receiver)"},
        {"an INVITE whose 486 is made a 200",
         "INVITE",
         {{0, A, CORE, 1, 0}, {1, CORE, B, 2, 0}, {9, B, CORE, 2, 486}, {10, CORE, A, 1, 200}},
         0,
         REFUSED,
         486,
         "SIP-REJECTED",
         "frame 3: the receiver answered the INVITE of frame 2 with 486 Reason (receiver). In frame 4"},
        {"an INVITE without any answer",
         "INVITE",
         {{0, A, B, 1, 0}, {500, A, B, 1, 0}},
         33 * S,
         FAILED,
         0,
         "SIP-TIMEOUT",
         "frame 1: the INVITE"},
        {"an INVITE that rings: timer B has stopped",
         "INVITE",
         {{0, A, B, 1, 0}, {9, B, A, 1, 180}},
         60 * S,
         OM_DELIVERY_UNKNOWN,
         0,
         "SIP-NO-ANSWER",
         "frame 1: the INVITE has no final answer yet"},
    };
    static const char *const rules[] = {"SIP-REJECTED", "SIP-TIMEOUT", "SIP-NO-ANSWER", "SIP-CANCELLED"};

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct om_outcome *is;
        struct fixture f;

        g_test_message("%s", rows[i].what);
        fixture_begin(&f, FALSE);
        for (const struct step *step = rows[i].steps; step->src; step++) {
            char *text = text_of(step, rows[i].method);

            feed_at(&f, step->at, step->src, step->dst, text, strlen(text), FALSE);
            g_free(text);
        }
        om_model_conclude(f.model);
        om_model_frame(f.model, rows[i].ends * (gint64) MS, FALSE);
        is = outcome(&f);
        g_assert_nonnull(is);
        g_assert_cmpstr(om_delivery_name(is->delivery), ==, om_delivery_name(rows[i].delivery));
        g_test_message("%s", is->diagnosis ? is->diagnosis : "-");
        g_assert_cmpint(is->diagnosis != NULL, ==, rows[i].begin != NULL);
        if (rows[i].begin)
            g_assert_true(g_str_has_prefix(is->diagnosis, rows[i].begin));
        for (guint k = 0; k < G_N_ELEMENTS(rules); k++)
            g_assert_cmpuint(findings(&f, rules[k], 0), ==, g_strcmp0(rules[k], rows[i].rule) == 0);
        if (om_model_objects(f.model)->len)
            g_assert_cmpuint(om_object_status(g_ptr_array_index(om_model_objects(f.model), 0)), ==, rows[i].status);
        else
            g_assert_cmpuint(om_session_status(session_at(&f, 0)), ==, rows[i].status);
        fixture_end(&f);
    }
}

#define WHOLE                                                                                    \
    "MESSAGE sip:b@x SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\nCall-ID: x\nCSeq: 1 MESSAGE\n" \
    "Accept-Contact: *" TAGS "\nFrom: <sip:c@d>;tag=1\nTo: <sip:a@b>\nContent-Type: application/vnd.oma.push\n"

/* The capture has one copy that is cut, at any place, and one that is whole: the whole one counts. */
static void
test_cut_and_whole(void)
{
    char *text = sip(WHOLE, "Content-Type: text/vnd.wap.si\nX-Wap-Application-Id: mms.ua\n\n<si/>");
    gsize length = strlen(text);

    for (gsize cut = 60; cut < length; cut++) {
        for (guint first = 0; first < 2; first++) {
            struct om_object *object;
            struct fixture f;

            g_test_message("the first %" G_GSIZE_FORMAT " bytes, %s", cut, first ? "first" : "last");
            fixture_begin(&f, FALSE);
            for (guint copy = 0; copy < 2; copy++) {
                gboolean is_cut = copy == 1 - first;
                struct om_frame frame = {.number = copy + 1, .time = copy, .src = A, .dst = B, .cut = is_cut};
                struct om_sip_msg msg;

                g_assert_true(om_sip_msg_parse(om_slice(text, is_cut ? cut : length), &msg));
                if (is_cut)
                    om_sip_msg_drop_half(&msg);
                g_ptr_array_add(f.records, om_model_sip(f.model, &frame, &msg));
                om_sip_msg_clear(&msg);
            }
            g_assert_cmpuint(om_model_objects(f.model)->len, ==, 1);
            object = g_ptr_array_index(om_model_objects(f.model), 0);
            g_assert_cmpint(om_object_state(object), ==, OM_COMPLETE);
            g_assert_cmpuint(om_object_size(object), ==, strlen(strstr(text, "\r\n\r\n") + 4));
            g_assert_cmpstr(om_object_content_type(object), ==, "application/vnd.oma.push");
            g_assert_cmpstr(om_object_from_path(object), ==, "sip:c@d");
            g_assert_cmpstr(om_object_to_path(object), ==, "sip:a@b");
            g_assert_cmpuint(om_object_event_apps(object)->len, ==, 1);
            g_assert_cmpstr(g_ptr_array_index(om_object_event_apps(object), 0), ==, "mms.ua");
            g_assert_cmpuint(om_object_hops(object), ==, 1);
            g_assert_cmpuint(findings(&f, NULL, 0), ==, 1); /* SIP-NO-ANSWER */
            fixture_end(&f);
        }
    }
    g_free(text);
}

#define PART(type, bytes) "--b\nContent-Type: " type "\n\n" bytes "\n"

/* Which parts of a MESSAGE without a feature tag are objects. */
static void
test_parts(void)
{
    static const struct {
        const char *type, *body;
        const char *objects; /* their sizes */
    } rows[] = {
        {"application/vnd.omaloc-supl-init", "x", "1 "},
        {"Text/Vnd.WAP.si; charset=utf-8", "xx", "2 "},
        {"application/vnd.syncml.dm+xml", "x", ""},
        {"text/plain", "x", ""},
        {"multipart/mixed;boundary=b", PART("text/vnd.wap.sl", "abc") "--b--\n", "3 "},
        {"multipart/mixed;boundary=b", PART("text/plain", "a") PART("text/vnd.wap.sl", "abc") "--b--\n", "3 "},
        {"multipart/mixed;boundary=b",
         PART("text/vnd.wap.sl", "abc") PART("image/png", "a") PART("application/vnd.oma.push", "ab") "--b--\n",
         "3 2 "},
        {"multipart/mixed;boundary=b", PART("text/plain", "a") PART("image/png", "ab") "--b--\n", ""},
    };

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        char *head = g_strdup_printf("MESSAGE sip:b@x SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\nCall-ID: x\n"
                                     "CSeq: 1 MESSAGE\nFrom: <sip:c@d>;tag=1\nTo: <sip:a@b>\nContent-Type: %s\n",
                                     rows[i].type);
        GString *sizes = g_string_new(NULL);
        const struct om_sip_record *record;
        struct om_object *object;
        struct fixture f;

        g_test_message("%s", rows[i].body);
        fixture_begin(&f, FALSE);
        record = feed_sip(&f, A, B, head, rows[i].body);
        feed_sip(&f, B, A,
                 "SIP/2.0 200 OK\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\nCall-ID: x\nCSeq: 1 MESSAGE\n"
                 "From: <sip:c@d>;tag=1\nTo: <sip:a@b>;tag=2\n",
                 NULL);
        for (guint k = 0; record && (object = om_sip_record_object(record, k)); k++) {
            g_string_append_printf(sizes, "%" G_GUINT64_FORMAT " ", om_object_size(object));
            g_assert_cmpuint(om_object_status(object), ==, 200);
            g_assert_cmpint(om_object_delivery(object, om_model_conclude(f.model)), ==, OM_DELIVERY_CONFIRMED);
        }
        g_assert_cmpstr(sizes->str, ==, rows[i].objects);
        g_assert_cmpuint(findings(&f, "SIP-NO-APP", 1), ==, sizes->len > 0);
        fixture_end(&f);
        g_string_free(sizes, TRUE);
        g_free(head);
    }
}

/* An INVITE and its 200, in this order and in the other, on one hop and on two; a cut copy before each. */
static void
test_early_and_cut_sessions(void)
{
    static const struct step hops[][4] = {
        {{0, A, B, 1, 0}, {50, B, A, 1, 200}},
        {{0, A, CORE, 1, 0}, {1, CORE, B, 2, 0}, {50, B, CORE, 2, 200}, {51, CORE, A, 1, 200}},
    };

    for (guint row = 0; row < 2 * G_N_ELEMENTS(hops); row++) {
        gboolean backwards = row % 2;
        guint steps = row / 2 ? 4 : 2;

        for (gsize cut = 0; cut < 700; cut += 7) {
            const struct om_exchange *exchange;
            const struct om_session *session;
            gint64 taken;
            struct fixture f;

            fixture_begin(&f, FALSE);
            for (guint i = 0; i < steps; i++) {
                const struct step *step = &hops[row / 2][backwards ? steps - 1 - i : i];
                char *text = text_of(step, "INVITE");
                gsize length = strlen(text);

                g_test_message("row %u, the first %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " bytes", row, cut, length);
                if (cut > 40 && cut < length)
                    feed_at(&f, step->at, step->src, step->dst, text, cut, TRUE);
                feed_at(&f, step->at, step->src, step->dst, text, length, FALSE);
                g_free(text);
            }
            session = session_at(&f, 0);
            g_assert_cmpuint(om_model_sessions(f.model)->len, ==, 1);
            g_assert_cmpuint(om_session_status(session), ==, 200);
            g_assert_cmpstr(om_session_from(session), ==, "sip:c@d");
            g_assert_cmpstr(om_session_to(session), ==, "sip:a@b");
            g_assert_true(om_session_setup_time(session, &taken) && taken >= 49 * MS && taken <= 51 * MS);
            exchange = om_session_exchange(session, 0);
            g_assert_false(exchange->offer->cut || exchange->answer->cut);
            g_assert_cmpuint(((struct om_media *) g_ptr_array_index(exchange->offer->media, 0))->files->len, ==, 1);
            g_assert_cmpuint(exchange->answer->media->len, ==, 1);
            for (guint i = 0; i < f.records->len; i++) {
                const struct om_sip_record *record = g_ptr_array_index(f.records, i);

                g_assert_true(!record || om_sip_record_session(record) == session || cut);
            }
            g_assert_cmpuint(findings(&f, "SIP-NO-ANSWER", 0) + findings(&f, "SIP-CSEQ-RESPONSE", 0), ==, 0);
            fixture_end(&f);
        }
    }
}

/* A MESSAGE's answer is its own where it came within a second of it, on whichever side of it. */
static void
test_early_messages(void)
{
    static const struct {
        guint answer, request; /* milliseconds */
        guint cseq;            /* of the answer */
        guint others;          /* answers to other requests in between */
        guint status;
    } rows[] = {
        {50, 0, 1, 0, 200}, {1000, 0, 1, 0, 200}, {1001, 0, 1, 0, 0},  {0, 900, 1, 0, 200},
        {0, 1001, 1, 0, 0}, {50, 0, 2, 0, 0},     {50, 0, 1, 31, 200}, {50, 0, 1, 32, 0},
    };

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        char *request = text_of(&(struct step){0, A, B, 1, 0}, "MESSAGE");
        char *answer = text_of(&(struct step){0, B, A, 1, 200}, "MESSAGE");
        const struct om_object *object;
        struct fixture f;

        g_test_message("row %u", i);
        strstr(answer, "CSeq: 1")[6] = (char) ('0' + rows[i].cseq);
        fixture_begin(&f, FALSE);
        feed_at(&f, rows[i].answer, B, A, answer, strlen(answer), FALSE);
        for (guint k = 0; k < rows[i].others; k++) {
            char *other = g_strdup_printf("SIP/2.0 200 OK\r\nCall-ID: %u\r\nCSeq: 1 MESSAGE\r\n\r\n", k);

            feed_at(&f, rows[i].answer, B, A, other, strlen(other), FALSE);
            g_free(other);
        }
        feed_at(&f, rows[i].request, A, B, request, strlen(request), FALSE);
        object = g_ptr_array_index(om_model_objects(f.model), 0);
        g_assert_cmpuint(om_object_status(object), ==, rows[i].status);
        g_assert_cmpuint(om_object_answer_frame(object), ==, rows[i].status ? 1 : 0);
        g_assert_true(om_sip_record_object(record_at(&f, 1), 0) == (rows[i].status ? object : NULL));
        fixture_end(&f);
        g_free(request);
        g_free(answer);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sip_delivery/deliveries", test_deliveries);
    g_test_add_func("/sip_delivery/cut_and_whole", test_cut_and_whole);
    g_test_add_func("/sip_delivery/parts", test_parts);
    g_test_add_func("/sip_delivery/early_and_cut_sessions", test_early_and_cut_sessions);
    g_test_add_func("/sip_delivery/early_messages", test_early_messages);
    return g_test_run();
}
