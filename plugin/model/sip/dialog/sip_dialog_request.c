/* sip_dialog_request.c
 * The requests of a dialog that offers MSRP: INVITE, UPDATE, PRACK, ACK, CANCEL, BYE.
 *
 * A dialog is told by its Call-ID; tags only tell the sides apart, and an INVITE that comes
 * after the end of the dialog before it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/sip/sip_address.h"
#include "model/sip/sip_hop.h"
#include "sip_dialog.h"

/* --- INVITE --- */

/* May this INVITE begin a session: is MSRP offered, or nothing yet (the offer comes with the answer)? */
static gboolean
may_begin(const struct om_sip_event *event)
{
    gboolean msrp;
    struct om_sdp sdp;

    if (event->msg->body.l == 0)
        return TRUE;
    if (!om_sip_sdp_parse(event, &sdp))
        return FALSE;
    msrp = om_sdp_has_msrp(&sdp);
    om_sdp_clear(&sdp);
    return msrp;
}

/* Was the first INVITE of it rejected for good, or is it released? */
static gboolean
is_over(const struct om_dialog *dialog)
{
    const struct om_sip_transaction *invite = dialog->usage.current;

    return dialog->session->released || (invite && invite->status >= 300 && !om_sip_is_demand(invite->status));
}

static struct om_sip_transaction *
begin_dialog(struct om_sip_event *event)
{
    struct om_sip_call *call;
    struct om_dialog *dialog;

    if (!may_begin(event))
        return NULL;
    call = om_sip_call_open(event);
    dialog = om_dialog_new(event);
    call->dialog = dialog;
    call->tags = &dialog->tags;
    dialog->usage.current = om_sip_transaction_open(event, call, FALSE, &dialog->usage);
    g_ptr_array_add(event->state->requests, dialog->usage.current);
    return dialog->usage.current;
}

/* The INVITE again with what its answer demanded: credentials, mostly. */
static struct om_sip_transaction *
repeat_invite(struct om_sip_event *event, struct om_dialog *dialog, struct om_sip_transaction *last)
{
    struct om_sip_transaction *again = om_sip_transaction_open(event, last->call, last->from_callee, &dialog->usage);

    last->superseded = TRUE;
    again->negotiation = last->negotiation;
    again->outside = last == dialog->usage.current && !last->to_tag;
    if (last->negotiation) {
        last->negotiation->exchange->status = 0;
        last->negotiation->exchange->answer_frame = 0;
    }
    if (last == dialog->usage.current) {
        dialog->usage.current = again;
        dialog->session->status = 0;
        dialog->session->answer_frame = 0;
        dialog->session->ack_frame = 0; /* of a redirection */
        g_ptr_array_add(event->state->requests, again);
    }
    return again;
}

/* @param[out] repeated  it is the one before, with credentials */
static struct om_sip_transaction *
open_invite(struct om_sip_event *event, struct om_dialog *dialog, gboolean *repeated)
{
    struct om_sip_call *call = om_sip_call_find(event);
    struct om_sip_transaction *last = call ? call->last[OM_SIP_INVITE] : NULL;

    if (!dialog)
        return begin_dialog(event);
    *repeated = last && last->usage == &dialog->usage && om_sip_meets_demand(event, last);
    if (*repeated)
        return repeat_invite(event, dialog, last);
    if (is_over(dialog))
        return begin_dialog(event);
    return om_sip_transaction_open(event, call, om_sip_from_callee(&dialog->tags, event->msg), &dialog->usage);
}

/* Is it the same INVITE as the one seen, not one that begins anew with an old Call-ID? */
static gboolean
is_copy(const struct om_sip_event *event, const struct om_sip_transaction *transaction)
{
    const struct om_dialog *dialog = (const struct om_dialog *) transaction->usage;
    struct om_slice tag = om_sip_tag(event->msg, OM_SIP_H_FROM);

    return !is_over(dialog) || !tag.l || om_slice_eq(tag, om_slice_str(dialog->tags.caller)) ||
           om_sip_is_among(dialog->tags.callees, tag);
}

/* The SDP of an INVITE, UPDATE or PRACK: an offer, on whatever hop. */
static void
take_offer(struct om_sip_event *event, struct om_dialog *dialog, struct om_sip_transaction *transaction,
           gboolean repeated)
{
    gboolean by_caller = !transaction->from_callee;
    struct om_description *offer = om_sip_read_offer(event, dialog, by_caller);

    if (!offer)
        return;
    if (transaction->negotiation && !transaction->negotiation->in_answer)
        om_negotiation_offer_again(event, dialog, transaction->negotiation, offer, repeated);
    else if (!transaction->negotiation)
        transaction->negotiation = om_negotiation_open(event, dialog, by_caller, offer);
    else
        om_description_free(offer);
}

/* RFC 3261 section 8.1.1.2: an INVITE that begins a dialog has no To tag; here one that repeats such an INVITE. */
static void
check_to_tag(struct om_sip_event *event, const struct om_sip_transaction *transaction)
{
    struct om_slice tag = om_sip_tag(event->msg, OM_SIP_H_TO);

    if (transaction->outside && tag.l)
        om_finding_queue_find(&transaction->usage->findings, OM_RULE_SIP_TO_TAG, event->frame->number,
                              "the INVITE comes again outside a dialog: To without a tag expected, seen \"%.*s\"",
                              OM_QUOTE(tag));
}

/* A core routes a push to those that have registered for its application. */
static void
check_application(const struct om_sip_event *event, struct om_dialog *dialog)
{
    gboolean head_cut = event->frame->cut && (event->msg->flaws & OM_SIP_NO_BLANK_LINE);

    if (dialog->unnamed || head_cut || dialog->session->event_apps->len || om_sip_tag(event->msg, OM_SIP_H_TO).l ||
        event->context->options.all_msrp)
        return;
    dialog->unnamed = TRUE;
    om_finding_queue_find(&dialog->usage.findings, OM_RULE_SIP_NO_APP, event->frame->number,
                          "an INVITE without a feature tag +g.oma.pusheventapp: nothing names the application that the "
                          "push is for");
}

static struct om_sip_record *
take_invite(struct om_sip_event *event, struct om_sip_call *call)
{
    struct om_dialog *dialog = call ? call->dialog : NULL;
    struct om_sip_transaction *invite =
        dialog ? om_sip_transaction_find(event, call, OM_SIP_INVITE, om_sip_from_callee(&dialog->tags, event->msg))
               : NULL;
    gboolean repeated = FALSE;

    if (!invite || !is_copy(event, invite))
        invite = open_invite(event, dialog, &repeated);
    else
        om_sip_hop_sent(event, invite);
    if (!invite)
        return NULL;
    dialog = (struct om_dialog *) invite->usage;
    om_dialog_note(event, dialog);
    if (om_sip_is_new_copy(event)) {
        om_sip_rules(&invite->usage->findings, event->frame, event->msg);
        check_to_tag(event, invite);
        check_application(event, dialog);
        take_offer(event, dialog, invite, repeated);
    }
    return om_dialog_record(dialog, OM_PROC_SESSION_OFFER, invite->negotiation);
}

/* --- the others --- */

/* ACK: ends the exchange whose offer the 2xx carried. */
static struct om_sip_record *
take_ack(struct om_sip_event *event, struct om_sip_call *call)
{
    struct om_dialog *dialog = call->dialog;
    struct om_session *session = dialog->session;
    struct om_sip_transaction *invite =
        om_sip_transaction_find(event, call, OM_SIP_INVITE, om_sip_from_callee(&dialog->tags, event->msg));
    struct om_negotiation *negotiation = invite ? invite->negotiation : NULL;
    struct om_description *answer;

    if (invite && invite == dialog->usage.current && !om_sip_is_demand(invite->status) && !session->ack_frame &&
        !om_dialog_is_forks(dialog, event->msg))
        session->ack_frame = event->frame->number;
    if (!om_sip_is_new_copy(event))
        return om_dialog_record(dialog, OM_PROC_SESSION_ANSWER, negotiation);
    om_sip_rules(&dialog->usage.findings, event->frame, event->msg);
    answer = negotiation && negotiation->in_answer ? om_sip_read_answer(event, dialog, negotiation) : NULL;
    if (answer) {
        if (!negotiation->exchange->answer_frame)
            negotiation->exchange->answer_frame = event->frame->number;
        om_negotiation_answer(event, dialog, negotiation, answer, FALSE);
        if (dialog->unanswered == negotiation)
            dialog->unanswered = NULL;
    }
    return om_dialog_record(dialog, OM_PROC_SESSION_ANSWER, negotiation);
}

static struct om_sip_transaction *
open_in_dialog(struct om_sip_event *event, struct om_sip_call *call)
{
    gboolean from_callee = om_sip_from_callee(call->tags, event->msg);
    struct om_sip_transaction *transaction = om_sip_transaction_find(event, call, event->method, from_callee);

    return transaction ? transaction : om_sip_transaction_open(event, call, from_callee, &call->dialog->usage);
}

/* UPDATE offers anew; PRACK can, or answers the offer of the 1xx that it acknowledges. */
static struct om_sip_record *
take_update(struct om_sip_event *event, struct om_sip_call *call)
{
    struct om_dialog *dialog = call->dialog;
    struct om_sip_transaction *transaction = open_in_dialog(event, call);

    if (om_sip_is_new_copy(event)) {
        gboolean prack = event->method == OM_SIP_PRACK;
        struct om_negotiation *asked = prack && !transaction->negotiation ? dialog->unanswered : NULL;
        struct om_description *answer = asked ? om_sip_read_answer(event, dialog, asked) : NULL;

        om_sip_rules(&dialog->usage.findings, event->frame, event->msg);
        if (answer) {
            asked->exchange->answer_frame = event->frame->number;
            om_negotiation_answer(event, dialog, asked, answer, FALSE);
            transaction->negotiation = asked;
            dialog->unanswered = NULL;
        } else {
            take_offer(event, dialog, transaction, FALSE);
        }
    }
    return om_dialog_record(dialog, event->method == OM_SIP_UPDATE ? OM_PROC_SESSION_OFFER : OM_PROC_SESSION_ANSWER,
                            transaction->negotiation);
}

/* The offer is called off before an answer. */
static void
call_off(struct om_sip_event *event, struct om_sip_transaction *invite)
{
    struct om_dialog *dialog = (struct om_dialog *) invite->usage;

    if (invite->status || invite->cancel_frame)
        return;
    invite->cancel_frame = event->frame->number;
    invite->cancelled_on_way = om_sip_hop_through(invite, event->frame->src);
    if (invite != dialog->usage.current)
        return;
    dialog->session->cancelled = TRUE;
    om_finding_queue_find(&dialog->usage.findings, OM_RULE_SIP_CANCELLED, event->frame->number,
                          "CANCEL before an answer to the offer of frame %u", invite->frame);
}

static struct om_sip_record *
take_cancel(struct om_sip_event *event, struct om_sip_call *call)
{
    struct om_sip_transaction *invite =
        om_sip_transaction_find(event, call, OM_SIP_INVITE, om_sip_from_callee(call->tags, event->msg));

    open_in_dialog(event, call);
    if (invite && invite->usage == &call->dialog->usage)
        call_off(event, invite);
    if (om_sip_is_new_copy(event))
        om_sip_rules(&call->dialog->usage.findings, event->frame, event->msg);
    return om_dialog_record(call->dialog, OM_PROC_SESSION_RELEASE, NULL);
}

static struct om_sip_record *
take_bye(struct om_sip_event *event, struct om_sip_call *call)
{
    struct om_session *session = call->dialog->session;

    open_in_dialog(event, call);
    /* Its answer may have been filed before it. */
    if ((!session->released || !session->bye_frame) && !om_dialog_is_forks(call->dialog, event->msg)) {
        session->released = TRUE;
        session->bye_frame = event->frame->number;
        session->bye_time = event->frame->time;
        session->bye_by_callee = om_sip_from_callee(call->tags, event->msg);
    }
    if (om_sip_is_new_copy(event))
        om_sip_rules(&call->dialog->usage.findings, event->frame, event->msg);
    return om_dialog_record(call->dialog, OM_PROC_SESSION_RELEASE, NULL);
}

struct om_sip_record *
om_sip_dialog_request(struct om_sip_event *event)
{
    struct om_sip_call *call = om_sip_call_find(event);

    if (event->method == OM_SIP_INVITE)
        return take_invite(event, call);
    if (!call || !call->dialog)
        return NULL;
    om_dialog_note(event, call->dialog);
    switch (event->method) {
    case OM_SIP_ACK:
        return take_ack(event, call);
    case OM_SIP_BYE:
        return take_bye(event, call);
    case OM_SIP_CANCEL:
        return take_cancel(event, call);
    default:
        return take_update(event, call);
    }
}
