/* sip_negotiation.c
 * Offers and answers (RFC 3264, 3261 section 13.2.1, 3262, 3311), on all hops and forks.
 *
 * The exchange shows the first offer and the answer that counts. What other hops and forks
 * carry is kept where it names other endpoints, so that their MSRP streams are found too.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/session/endpoints.h"
#include "model/session/sdp_rules.h"
#include "model/sip/sip_address.h"
#include "model/sip/sip_body.h"
#include "sip_dialog.h"

void
om_negotiation_free(gpointer data)
{
    struct om_negotiation *negotiation = data;

    g_ptr_array_unref(negotiation->offers);
    g_ptr_array_unref(negotiation->answers);
    g_free(negotiation->exchange);
    g_free(negotiation);
}

/* Does one of the list name the same endpoints? */
static gboolean
is_known(const GPtrArray *descriptions, const struct om_description *description)
{
    for (guint i = 0; i < descriptions->len; i++) {
        if (om_description_same_endpoints(g_ptr_array_index(descriptions, i), description))
            return TRUE;
    }
    return FALSE;
}

/* Of one description that the capture has cut and whole the whole one counts. */
static gboolean
is_whole_copy(const struct om_description *seen, const struct om_description *again)
{
    return seen && seen->cut && !again->cut;
}

static void
keep_offer(struct om_sip_event *event, const struct om_dialog *dialog, struct om_negotiation *negotiation,
           struct om_description *offer)
{
    struct om_endpoints *endpoints = event->state->sessions->endpoints;

    g_ptr_array_add(negotiation->offers, offer);
    om_endpoints_add(endpoints, dialog->session, negotiation->exchange, offer, TRUE);
    for (guint i = 0; i < negotiation->answers->len; i++)
        om_endpoints_pair(endpoints, dialog->session, negotiation->exchange, offer,
                          g_ptr_array_index(negotiation->answers, i));
}

struct om_negotiation *
om_negotiation_open(struct om_sip_event *event, struct om_dialog *dialog, gboolean by_caller,
                    struct om_description *offer)
{
    struct om_negotiation *negotiation = g_new0(struct om_negotiation, 1);
    struct om_session *session = dialog->session;
    struct om_exchange *exchange = g_new0(struct om_exchange, 1);

    exchange->offer_frame = event->frame->number;
    exchange->offer_time = event->frame->time;
    exchange->by_caller = by_caller;
    exchange->offer = offer;
    negotiation->exchange = exchange;
    negotiation->in_answer = !event->msg->request;
    negotiation->offers = g_ptr_array_new_with_free_func(om_description_free);
    negotiation->answers = g_ptr_array_new_with_free_func(om_description_free);
    g_ptr_array_add(dialog->negotiations, negotiation);
    g_ptr_array_add(session->exchanges, exchange);
    if (session->exchanges->len == 1)
        session->offer_frame = exchange->offer_frame;
    keep_offer(event, dialog, negotiation, offer);
    return negotiation;
}

void
om_negotiation_offer_again(struct om_sip_event *event, struct om_dialog *dialog, struct om_negotiation *negotiation,
                           struct om_description *offer, gboolean counts)
{
    gboolean known = is_known(negotiation->offers, offer);

    counts |= is_whole_copy(negotiation->exchange->offer, offer);
    if ((known && !counts) || negotiation->offers->len >= OM_ALTERNATES_MAX) {
        om_description_free(offer);
        return;
    }
    keep_offer(event, dialog, negotiation, offer);
    if (counts)
        negotiation->exchange->offer = offer;
}

void
om_negotiation_answer(struct om_sip_event *event, struct om_dialog *dialog, struct om_negotiation *negotiation,
                      struct om_description *answer, gboolean provisional)
{
    struct om_exchange *exchange = negotiation->exchange;
    gboolean counts =
        !exchange->answer || (negotiation->provisional && !provisional) || is_whole_copy(exchange->answer, answer);

    if (!counts && (is_known(negotiation->answers, answer) || negotiation->answers->len >= OM_ALTERNATES_MAX)) {
        om_description_free(answer);
        return;
    }
    if (counts) {
        exchange->answer = answer;
        negotiation->provisional = provisional;
    }
    g_ptr_array_add(negotiation->answers, answer);
    om_endpoints_add(event->state->sessions->endpoints, dialog->session, exchange, answer, FALSE);
    for (guint i = 0; i < negotiation->offers->len; i++)
        om_endpoints_pair(event->state->sessions->endpoints, dialog->session, exchange,
                          g_ptr_array_index(negotiation->offers, i), answer);
}

/* Half a line says something else than the whole one. */
static void
drop_half_line(const struct om_sip_msg *msg, struct om_slice *body)
{
    if (body->p + body->l != msg->body.p + msg->body.l)
        return;
    while (body->l > 0 && body->p[body->l - 1] != '\n')
        body->l--;
}

gboolean
om_sip_sdp_parse(const struct om_sip_event *event, struct om_sdp *sdp)
{
    const struct om_sip_msg *msg = event->msg;
    struct om_slice body;

    if (!msg->content_type.p && om_slice_starts_str(msg->body, "v="))
        body = msg->body;
    else if (!om_sip_body_find(msg, "application/sdp", &body))
        return FALSE;
    if (om_sip_is_cut(event))
        drop_half_line(msg, &body);
    om_sdp_parse(body, sdp);
    return TRUE;
}

/* Is the first offer still to come, or was only the beginning of it seen? */
static gboolean
waits_for_first(const struct om_dialog *dialog)
{
    const struct om_negotiation *first = dialog->negotiations->len ? g_ptr_array_index(dialog->negotiations, 0) : NULL;

    return !first || (first->exchange->offer->cut && dialog->negotiations->len == 1);
}

/* With a To tag it is a later offer of a dialog that began before the capture. */
static gboolean
is_in_dialog(const struct om_sip_event *event)
{
    return event->msg->request && om_sip_tag(event->msg, OM_SIP_H_TO).l > 0;
}

struct om_description *
om_sip_read_offer(struct om_sip_event *event, struct om_dialog *dialog, gboolean by_caller)
{
    struct om_description *offer = NULL;
    struct om_sdp sdp;

    if (!om_sip_sdp_parse(event, &sdp))
        return NULL;
    if (om_sdp_has_msrp(&sdp)) {
        offer = om_description_new(&sdp, event->frame->number, NULL);
        if (om_description_is_push(offer) || event->context->options.all_msrp)
            om_session_promote(event->state->sessions, dialog->session);
        offer->cut = om_sip_is_cut(event);
        if (!offer->cut && om_sip_is_new_copy(event)) {
            om_sdp_rules(&dialog->usage.findings, event->frame->number, &sdp);
            if (by_caller)
                om_sdp_offer_rules(&dialog->usage.findings, offer, waits_for_first(dialog) && !is_in_dialog(event));
        }
    }
    om_sdp_clear(&sdp);
    return offer;
}

struct om_description *
om_sip_read_answer(struct om_sip_event *event, struct om_dialog *dialog, const struct om_negotiation *negotiation)
{
    const struct om_exchange *exchange = negotiation->exchange;
    struct om_description *answer;
    struct om_sdp sdp;

    if (!om_sip_sdp_parse(event, &sdp))
        return NULL;
    answer = om_description_new(&sdp, event->frame->number, exchange->offer);
    if (om_description_is_push(answer))
        om_session_promote(event->state->sessions, dialog->session);
    answer->cut = om_sip_is_cut(event);
    if (!answer->cut && om_sip_is_new_copy(event)) {
        om_sdp_rules(&dialog->usage.findings, event->frame->number, &sdp);
        if (!exchange->offer->cut)
            om_sdp_answer_rules(&dialog->usage.findings, exchange->offer, answer, exchange->by_caller);
    }
    om_sdp_clear(&sdp);
    return answer;
}
