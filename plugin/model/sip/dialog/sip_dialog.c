/* sip_dialog.c
 * Dialogs that offer MSRP: their life, whose side a message is from, and whether they are pushes.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/sip/sip_address.h"

#include "core/text/visible.h"
#include "model/sip/sip_capabilities.h"
#include "sip_dialog.h"

/* --- life --- */

static struct om_session *
session_new(const struct om_sip_event *event)
{
    struct om_session *session = g_new0(struct om_session, 1);

    session->call_id = om_slice_dup_utf8(om_slice_head_utf8(event->msg->call_id, OM_CALL_ID_SHOWN));
    session->from = om_sip_party(event->msg, OM_SIP_H_FROM);
    session->to = om_sip_party(event->msg, OM_SIP_H_TO);
    session->event_apps = g_ptr_array_new_with_free_func(g_free);
    session->icsis = g_ptr_array_new_with_free_func(g_free);
    session->exchanges = g_ptr_array_new();
    session->objects = g_ptr_array_new();
    session->invite_frame = session->offer_frame = event->frame->number;
    session->offer_time = event->frame->time;
    return session;
}

static void
session_free(struct om_session *session)
{
    g_free(session->call_id);
    g_free(session->from);
    g_free(session->to);
    om_traffic_clear(&session->traffic);
    g_ptr_array_unref(session->event_apps);
    g_ptr_array_unref(session->icsis);
    g_ptr_array_unref(session->exchanges);
    g_ptr_array_unref(session->objects);
    g_free(session);
}

static void
on_push(struct om_session *session)
{
    om_sip_usage_is_push(&session->dialog->usage);
}

struct om_dialog *
om_dialog_new(struct om_sip_event *event)
{
    struct om_dialog *dialog = g_new0(struct om_dialog, 1);

    dialog->session = session_new(event);
    dialog->session->dialog = dialog;
    dialog->session->on_push = on_push;
    dialog->usage.findings.context = event->context;
    dialog->usage.findings.session = dialog->session;
    dialog->tags.caller = om_slice_dup(om_sip_tag(event->msg, OM_SIP_H_FROM));
    dialog->tags.callees = g_ptr_array_new_with_free_func(g_free);
    dialog->fork_tags = g_ptr_array_new_with_free_func(g_free);
    dialog->negotiations = g_ptr_array_new_with_free_func(om_negotiation_free);
    g_ptr_array_add(event->state->dialogs, dialog);
    return dialog;
}

void
om_dialog_free(gpointer data)
{
    struct om_dialog *dialog = data;

    om_finding_queue_clear(&dialog->usage.findings);
    g_ptr_array_unref(dialog->negotiations);
    g_ptr_array_unref(dialog->tags.callees);
    g_ptr_array_unref(dialog->fork_tags);
    g_free(dialog->accepted_tag);
    g_free(dialog->tags.caller);
    session_free(dialog->session);
    g_free(dialog);
}

struct om_sip_record *
om_dialog_record(const struct om_dialog *dialog, enum om_procedure procedure, const struct om_negotiation *negotiation)
{
    struct om_sip_record *record = g_new0(struct om_sip_record, 1);

    record->procedure = procedure;
    record->session = dialog->session;
    record->exchange = negotiation ? negotiation->exchange : NULL;
    return record;
}

/* --- tags and capabilities --- */

void
om_dialog_note_accepted(struct om_dialog *dialog, struct om_slice tag)
{
    if (!tag.l)
        return;
    if (!dialog->accepted_tag)
        dialog->accepted_tag = om_slice_dup(tag);
    else if (!om_slice_eq(om_slice_str(dialog->accepted_tag), tag) && dialog->fork_tags->len < OM_CALLEE_TAGS_MAX &&
             !om_sip_is_among(dialog->fork_tags, tag))
        g_ptr_array_add(dialog->fork_tags, om_slice_dup(tag));
}

gboolean
om_dialog_is_forks(const struct om_dialog *dialog, const struct om_sip_msg *msg)
{
    return om_sip_is_among(dialog->fork_tags, om_sip_tag(msg, OM_SIP_H_TO)) ||
           om_sip_is_among(dialog->fork_tags, om_sip_tag(msg, OM_SIP_H_FROM));
}

/* What the first copy of the INVITE, cut by the capture, did not tell. */
static void
note_parties(const struct om_sip_event *event, struct om_dialog *dialog)
{
    struct om_session *session = dialog->session;

    if (!session->from)
        session->from = om_sip_party(event->msg, OM_SIP_H_FROM);
    if (!session->to)
        session->to = om_sip_party(event->msg, OM_SIP_H_TO);
    if (!dialog->tags.caller)
        dialog->tags.caller = om_slice_dup(om_sip_tag(event->msg, OM_SIP_H_FROM));
}

void
om_dialog_note(struct om_sip_event *event, struct om_dialog *dialog)
{
    struct om_session *session = dialog->session;
    struct om_slice tag = om_sip_tag(event->msg, OM_SIP_H_TO);
    struct om_capabilities capabilities;

    if (tag.l && dialog->tags.callees->len < OM_CALLEE_TAGS_MAX && !om_sip_from_callee(&dialog->tags, event->msg) &&
        !om_sip_is_among(dialog->tags.callees, tag))
        g_ptr_array_add(dialog->tags.callees, om_slice_dup(tag));
    if (event->method != OM_SIP_INVITE)
        return;
    if (!om_sip_from_callee(&dialog->tags, event->msg))
        note_parties(event, dialog);
    om_capabilities_read(&event->context->options, event->msg, &capabilities);
    /* What an answer's Contact can do is no statement about this session, unless the INVITE makes none. */
    if (event->msg->request || !session->event_apps->len)
        om_add_distinct(session->event_apps, capabilities.event_apps);
    if (event->msg->request || !session->icsis->len)
        om_add_distinct(session->icsis, capabilities.icsis);
    if (capabilities.push && (event->msg->request || event->msg->status / 100 == 2))
        om_session_promote(event->state->sessions, session);
    om_capabilities_clear(&capabilities);
}
