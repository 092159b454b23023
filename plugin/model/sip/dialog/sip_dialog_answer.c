/* sip_dialog_answer.c
 * Answers within a dialog that offers MSRP: what they accept, reject, offer themselves, or release.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/sip/sip_address.h"
#include "sip_dialog.h"

/* The SDP of a 1xx or 2xx: answers the request's offer, or offers where the request had none. */
static void
take_sdp(struct om_sip_event *event, struct om_dialog *dialog, struct om_sip_transaction *request)
{
    struct om_negotiation *negotiation = request->negotiation;
    struct om_description *description;
    gboolean provisional = event->msg->status < 200;

    if (event->msg->status <= 100 || event->msg->status >= 300)
        return;
    if (negotiation && !negotiation->in_answer) {
        description = om_sip_read_answer(event, dialog, negotiation);
        if (description)
            om_negotiation_answer(event, dialog, negotiation, description, provisional);
    } else if (request->method == OM_SIP_INVITE) {
        description = om_sip_read_offer(event, dialog, request->from_callee);
        if (description && negotiation) {
            om_negotiation_offer_again(event, dialog, negotiation, description, FALSE);
        } else if (description) {
            request->negotiation = om_negotiation_open(event, dialog, request->from_callee, description);
            dialog->unanswered = request->negotiation;
        }
    }
}

/* The final answer that counts came: what it means for the session and the exchange. */
static void
note_final(const struct om_sip_event *event, struct om_dialog *dialog, const struct om_sip_transaction *request)
{
    struct om_session *session = dialog->session;
    struct om_exchange *exchange = request->negotiation ? request->negotiation->exchange : NULL;

    if (request->method == OM_SIP_BYE)
        return;
    if (exchange) {
        exchange->status = request->status;
        if (!request->negotiation->in_answer)
            exchange->answer_frame = request->answer_frame;
        exchange->answerless = request->status / 100 == 2 && !request->negotiation->in_answer && !exchange->answer &&
                               !om_sip_is_cut(event);
    }
    if (request != dialog->usage.current || request->superseded)
        return;
    session->status = request->status;
    session->answer_frame = request->answer_frame;
    session->answer_time = event->frame->time;
    if (request->status / 100 == 2)
        session->cancelled = FALSE;
}

/* The first answer to a BYE that is no challenge; else the challenge. */
static void
note_released(const struct om_sip_event *event, struct om_dialog *dialog)
{
    struct om_session *session = dialog->session;

    if (event->msg->status < 200 || (session->bye_answer_frame && !dialog->bye_demanded) ||
        om_dialog_is_forks(dialog, event->msg))
        return;
    session->bye_answer_frame = event->frame->number;
    dialog->bye_demanded = om_sip_is_demand(event->msg->status);
}

/*
 * An answer within a dialog has the To tag of its request. Another one: whoever answers
 * knows of no dialog, and the request's tag is out of place.
 */
static void
check_to_tag(const struct om_sip_event *event, struct om_dialog *dialog, struct om_sip_transaction *request)
{
    struct om_slice tag = om_sip_tag(event->msg, OM_SIP_H_TO);

    if (request != dialog->usage.current || !request->to_tag || request->outside || event->msg->status <= 100 ||
        !tag.l || om_slice_eq(tag, om_slice_str(request->to_tag)))
        return;
    request->outside = TRUE;
    om_finding_queue_find(
        &dialog->usage.findings, OM_RULE_SIP_TO_TAG, request->frame,
        "the INVITE is outside a dialog (its answer in frame %u has the To tag \"%.*s\"): To without a tag "
        "expected, seen \"%s\"",
        event->frame->number, OM_QUOTE(tag), request->to_tag);
}

static enum om_procedure
procedure_of(const struct om_sip_event *event, const struct om_sip_transaction *request)
{
    if (request->method == OM_SIP_BYE || request->method == OM_SIP_CANCEL)
        return OM_PROC_SESSION_RELEASE;
    if (request->negotiation && request->negotiation->in_answer && request->method == OM_SIP_INVITE &&
        event->msg->body.l)
        return OM_PROC_SESSION_OFFER;
    return OM_PROC_SESSION_ANSWER;
}

/* A BYE within an early dialog ends the INVITE with 487 as a CANCEL does: RFC 3261 section 15.1.2. */
static void
note_terminated(const struct om_sip_event *event, struct om_dialog *dialog, struct om_sip_transaction *request)
{
    struct om_session *session = dialog->session;

    if (event->msg->status != 487 || request->status || request->cancel_frame || !session->bye_frame ||
        request != dialog->usage.current)
        return;
    request->cancel_frame = session->bye_frame;
    session->cancelled = TRUE;
    om_finding_queue_find(&dialog->usage.findings, OM_RULE_SIP_CANCELLED, session->bye_frame,
                          "BYE before an answer to the offer of frame %u", request->frame);
}

struct om_sip_record *
om_sip_dialog_stray_answer(struct om_sip_event *event, struct om_dialog *dialog)
{
    struct om_session *session = dialog->session;
    gboolean bye = event->method == OM_SIP_BYE;

    if (bye && !session->released) {
        session->released = TRUE;
        session->bye_time = event->frame->time;
    }
    if (bye)
        note_released(event, dialog);
    if (om_sip_is_new_copy(event))
        om_sip_rules(&dialog->usage.findings, event->frame, event->msg);
    return om_dialog_record(
        dialog, bye || event->method == OM_SIP_CANCEL ? OM_PROC_SESSION_RELEASE : OM_PROC_SESSION_ANSWER, NULL);
}

struct om_sip_record *
om_sip_dialog_answer(struct om_sip_event *event, struct om_sip_transaction *request)
{
    struct om_dialog *dialog = (struct om_dialog *) request->usage;

    event->method = request->method;
    om_dialog_note(event, dialog);
    if (om_sip_is_new_copy(event)) {
        om_sip_rules(&dialog->usage.findings, event->frame, event->msg);
        if (request->method != OM_SIP_BYE && request->method != OM_SIP_CANCEL)
            take_sdp(event, dialog, request);
    }
    if (request->method == OM_SIP_INVITE)
        check_to_tag(event, dialog, request);
    if (request == dialog->usage.current && event->msg->status / 100 == 2)
        om_dialog_note_accepted(dialog, om_sip_tag(event->msg, OM_SIP_H_TO));
    note_terminated(event, dialog, request);
    if (om_sip_transaction_answer(event, request))
        note_final(event, dialog, request);
    if (request->method == OM_SIP_BYE)
        note_released(event, dialog);
    return om_dialog_record(dialog, procedure_of(event, request), request->negotiation);
}
