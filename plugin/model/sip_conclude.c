/* sip_conclude.c
 * What only the end of the capture proves about registrations, MESSAGEs and offers, and what became of each.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_events.h"

#include "model/sip/sip_hop.h"
#include "model/sip/sip_private.h"

#define SECONDS(time) ((double) (time) / 1e9)

/* One request as it is looked at. */
struct look {
    struct om_conclusion *conclusion;
    const struct om_sip_state *state;
    const struct om_sip_transaction *request;
    const struct om_sip_hop *last; /* nearest to the receiver; NULL: the request itself was not kept */
};

static const char *
name_of(const struct look *look)
{
    return om_sip_method_name(look->request->method);
}

/* What it is about, in turn: the objects of a MESSAGE, the session of an INVITE; NULL behind the last. */
static const void *
matter(const struct look *look, guint i)
{
    const struct om_sip_usage *usage = look->request->usage;

    if (look->request->method == OM_SIP_MESSAGE) {
        const GPtrArray *objects = ((const struct om_page_message *) usage)->objects;

        return i < objects->len ? g_ptr_array_index(objects, i) : NULL;
    }
    return look->request->method == OM_SIP_INVITE && i == 0 ? usage->findings.session : NULL;
}

static void
deliver(const struct look *look, enum om_delivery delivery, const char *diagnosis)
{
    const void *what;

    for (guint i = 0; (what = matter(look, i)); i++) {
        if (diagnosis)
            om_conclusion_deliver(look->conclusion, what, delivery, "%s", diagnosis);
        else
            om_conclusion_deliver(look->conclusion, what, delivery, NULL);
    }
}

static void
find(const struct look *look, enum om_rule rule, guint32 frame, const char *text)
{
    const struct om_finding_queue *findings = &look->request->usage->findings;

    om_conclusion_find(look->conclusion, rule, frame, findings->session, findings->object, "%s", text);
}

/* --- answered --- */

static const char *
answerer(const struct look *look, const struct om_sip_hop *hop)
{
    return om_sip_hop_goes_on(look->request, hop) ? "core" : "receiver";
}

/* The host before it told the sender something else. */
static void
add_made_of(const struct look *look, const struct om_sip_hop *deciding, GString *text)
{
    const GPtrArray *hops = look->request->hops;

    for (guint i = 0; i < hops->len; i++) {
        const struct om_sip_hop *hop = g_ptr_array_index(hops, i);

        if (hop == deciding || !hop->status || hop->status >= 300)
            continue;
        g_string_append_printf(text, ". In frame %u %s answers the hop before it %u %s all the same", hop->answer_frame,
                               hop->dst, hop->status, hop->reason ? hop->reason : "");
        return;
    }
}

static char *
refusal(const struct look *look, const struct om_sip_hop *hop)
{
    const struct om_sip_transaction *request = look->request;
    const char *side = answerer(look, hop);
    GString *text = g_string_new(NULL);

    g_string_append_printf(text, "frame %u: the %s answered the %s of frame %u with %u %s", request->answer_frame, side,
                           name_of(look), hop->frame ? hop->frame : request->frame, hop->status,
                           hop->reason ? hop->reason : "");
    if (hop->status / 100 == 3)
        g_string_append(text, ", and nothing in the capture follows it there");
    else if (om_sip_is_demand(hop->status))
        g_string_append(text, ", and it did not come again with what that asks for");
    g_string_append_printf(text, " (%s)", side);
    add_made_of(look, hop, text);
    return g_string_free(text, FALSE);
}

/* A 202 is given for the hop behind it, and a 200 that is no answer to that one where it is tried again afterwards: does
 * that one's answer not come? */
static gboolean
is_left_open(const struct look *look, const struct om_sip_hop *deciding)
{
    const struct om_sip_hop *last = look->last;

    return last && last != deciding && !last->status && om_sip_hop_goes_on(look->request, deciding) &&
           (deciding->status == 202 || last->last_sent > deciding->answer_time);
}

static void
conclude_refused(const struct look *look, const struct om_sip_hop *hop)
{
    const struct om_sip_transaction *request = look->request;
    char *diagnosis;

    if (om_sip_is_demand(request->status))
        om_conclusion_find(look->conclusion, OM_RULE_SIP_REJECTED, request->answer_frame,
                           request->usage->findings.session, request->usage->findings.object,
                           "the request of frame %u was rejected: %u %s, and did not come again", request->frame,
                           request->status, request->reason ? request->reason : "");
    diagnosis = refusal(look, hop);
    deliver(look, OM_DELIVERY_REFUSED, diagnosis);
    g_free(diagnosis);
}

/* --- not answered --- */

static gint64
waited(const struct look *look)
{
    return MAX(look->state->context->last_time - look->last->first_sent, 0);
}

/* Over TCP or UDP, of one direction only: the answer may have come. */
static gboolean
is_one_sided(const struct look *look)
{
    return look->last && !om_sip_hop_proves_silence(look->state, look->last) &&
           waited(look) >= om_sip_hop_timer(look->last);
}

/* Timer B stops at a provisional answer (RFC 3261 section 17.1.1.2), timer F does not. */
static gboolean
timed_out(const struct look *look)
{
    const struct om_sip_hop *hop = look->last;

    if (!hop || (look->request->method == OM_SIP_INVITE && hop->provisional) ||
        !om_sip_hop_proves_silence(look->state, hop))
        return FALSE;
    /* A REGISTER delivers nothing: where the answer may be in no tap, nobody is blamed. */
    return om_sip_hop_all_sent(hop) ||
           (look->request->method != OM_SIP_REGISTER && waited(look) >= om_sip_hop_timer(hop));
}

static void
conclude_timeout(const struct look *look)
{
    const struct om_sip_hop *hop = look->last;
    char timer = look->request->method == OM_SIP_INVITE ? 'B' : 'F';
    char *seen = g_strdup_printf("no final answer to the %s in %.1f s: timer %c (64*T1, %.0f s) ran out%s",
                                 name_of(look), SECONDS(waited(look)), timer, SECONDS(om_sip_hop_timer(hop)),
                                 om_sip_hop_all_sent(hop) ? ", it was sent again and again until then" : "");
    char *diagnosis =
        g_strdup_printf("frame %u: the %s to %s got no final answer in %.0f s (receiver); its sender gave up",
                        hop->frame, name_of(look), hop->dst, SECONDS(om_sip_hop_timer(hop)));

    find(look, OM_RULE_SIP_TIMEOUT, hop->frame, seen);
    deliver(look, OM_DELIVERY_FAILED, diagnosis);
    g_free(diagnosis);
    g_free(seen);
}

static void
conclude_open(const struct look *look)
{
    guint32 frame = look->last ? look->last->frame : look->request->frame;
    double seconds = look->last ? SECONDS(waited(look)) : 0;
    char *diagnosis =
        is_one_sided(look)
            ? g_strdup_printf("frame %u: the capture has nothing that came from %s (capture): the answer to this %s, "
                              "which was not sent again, is not in it",
                              frame, look->last->dst, name_of(look))
            : g_strdup_printf("frame %u: the %s has no final answer%s when the capture ends %.1f s later (capture)",
                              frame, name_of(look), look->last && look->last->provisional ? " yet" : "", seconds);

    find(look, OM_RULE_SIP_NO_ANSWER, frame, "no final answer to this request in the capture");
    deliver(look, OM_DELIVERY_UNKNOWN, diagnosis);
    g_free(diagnosis);
}

static void
conclude_cancelled(const struct look *look)
{
    const struct om_sip_transaction *request = look->request;
    const char *side = request->cancelled_on_way ? "core" : "sender";
    char *answer = request->status ? g_strdup_printf("; the INVITE was answered %u %s", request->status,
                                                     request->reason ? request->reason : "")
                                   : g_strdup("");
    char *diagnosis = g_strdup_printf("frame %u: the %s cancelled the INVITE of frame %u before it was accepted (%s)%s",
                                      request->cancel_frame, side, request->frame, side, answer);

    deliver(look, OM_DELIVERY_FAILED, diagnosis);
    g_free(diagnosis);
    g_free(answer);
}

/* An ACK (or a BYE) tells of an answer that the capture does not have. */
static gboolean
is_answered_otherwise(const struct om_sip_transaction *request)
{
    const struct om_session *session = request->usage->findings.session;

    return session && (session->ack_frame || session->released);
}

static void
conclude_request(const struct look *look)
{
    const struct om_sip_transaction *request = look->request;
    const struct om_sip_hop *deciding = om_sip_hop_deciding(request);

    if (request->cancel_frame && request->status / 100 != 2 && (!request->status || request->status == 487))
        conclude_cancelled(look);
    else if (request->status >= 300 && deciding)
        conclude_refused(look, deciding);
    else if (deciding && !is_left_open(look, deciding)) {
        if (request->method == OM_SIP_MESSAGE)
            deliver(look, request->status == 202 ? OM_DELIVERY_ACCEPTED : OM_DELIVERY_CONFIRMED, NULL);
    } else if (!is_answered_otherwise(request)) {
        if (timed_out(look))
            conclude_timeout(look);
        else
            conclude_open(look);
    }
}

void
om_sip_conclude(struct om_sip_state *state, struct om_conclusion *conclusion)
{
    const GPtrArray *requests = state->requests;

    for (guint i = 0; i < requests->len; i++) {
        const struct om_sip_transaction *request = g_ptr_array_index(requests, i);

        if (request->usage->findings.open && !request->superseded)
            conclude_request(&(struct look){conclusion, state, request, om_sip_hop_last(request)});
    }
}

static void
refuse_objects(const struct om_session *session, struct om_conclusion *conclusion)
{
    const struct om_outcome *outcome = om_conclusion_outcome(conclusion, session);

    for (guint i = 0; outcome && i < session->objects->len; i++) {
        const void *object = g_ptr_array_index(session->objects, i);

        om_conclusion_deliver(conclusion, object, OM_DELIVERY_REFUSED, "%s", outcome->diagnosis);
    }
}

void
om_sip_conclude_refused(struct om_sip_state *state, struct om_conclusion *conclusion)
{
    const GPtrArray *sessions = state->sessions->pushes;

    for (guint i = 0; i < sessions->len; i++) {
        const struct om_session *session = g_ptr_array_index(sessions, i);
        const struct om_outcome *outcome = om_conclusion_outcome(conclusion, session);

        if (session->status >= 300 && outcome && outcome->delivery == OM_DELIVERY_REFUSED && outcome->diagnosis)
            refuse_objects(session, conclusion);
    }
}
