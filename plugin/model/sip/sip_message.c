/* sip_message.c
 * MESSAGE and its answers: pushes by their body, or by the application or service they name.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/body/entity.h"
#include "sip_address.h"
#include "sip_capabilities.h"
#include "sip_hop.h"
#include "sip_private.h"

void
om_page_message_free(gpointer data)
{
    struct om_sip_usage *page_message = data;

    om_finding_queue_clear(&page_message->findings);
    g_free(page_message);
}

/* The capture has the beginning of it only. */
static void
note_cut(struct om_sip_event *event, struct om_object *object)
{
    const struct om_sip_msg *msg = event->msg;

    object->has_total = msg->content_length_ok && object->total == msg->body.l; /* not where it is one part of many */
    if (object->has_total)
        object->total = msg->content_length;
    om_context_find(event->context, OM_RULE_MSRP_CAPTURE_LOSS, event->frame->number, NULL, object,
                    "the capture cut the frame: of the MESSAGE's body only %" G_GSIZE_FORMAT " bytes are there",
                    msg->body.l);
}

static struct om_object *
open_object(struct om_sip_event *event, const struct om_entity *entity, const struct om_capabilities *capabilities)
{
    const struct om_sip_msg *msg = event->msg;
    char *call_id = om_slice_dup_utf8(msg->call_id);
    char *from = om_sip_party(msg, OM_SIP_H_FROM);
    char *to = om_sip_party(msg, OM_SIP_H_TO);
    struct om_object *object = om_object_open_message(event->state->objects, event->frame, call_id, msg->cseq, from, to,
                                                      entity, om_sip_via_count(msg));

    if (om_sip_is_cut(event))
        note_cut(event, object);
    for (guint i = 0; i < capabilities->event_apps->len; i++)
        om_object_add_event_app(object, g_ptr_array_index(capabilities->event_apps, i));
    for (guint i = 0; i < capabilities->icsis->len; i++)
        om_object_add_icsi(object, g_ptr_array_index(capabilities->icsis, i));
    g_free(call_id);
    g_free(from);
    g_free(to);
    return object;
}

/* A MESSAGE not seen before. @return its usage, NULL where it is no push */
static struct om_sip_usage *
open_page_message(struct om_sip_event *event)
{
    struct om_capabilities capabilities;
    struct om_entity entity;
    struct om_sip_usage *page_message = NULL;

    om_capabilities_read(&event->context->options, event->msg, &capabilities);
    om_sip_entity(event->msg, &entity);
    if (capabilities.push || om_body_is_push(entity.content_type, entity.bytes)) {
        page_message = g_new0(struct om_sip_usage, 1);
        page_message->findings.context = event->context;
        page_message->findings.open = TRUE;
        page_message->findings.object = open_object(event, &entity, &capabilities);
        g_ptr_array_add(event->state->page_messages, page_message);
    }
    om_entity_clear(&entity);
    om_capabilities_clear(&capabilities);
    return page_message;
}

static struct om_sip_transaction *
open_request(struct om_sip_event *event)
{
    struct om_sip_call *call = om_sip_call_find(event);
    struct om_sip_transaction *last = call ? call->last[OM_SIP_MESSAGE] : NULL;
    struct om_sip_usage *page_message;

    if (om_sip_meets_demand(event, last)) {
        page_message = last->usage;
        last->superseded = TRUE;
        page_message->findings.object->status = 0;
        page_message->findings.object->answer_frame = 0;
        om_object_message_hop(page_message->findings.object, event->frame, om_sip_via_count(event->msg));
    } else {
        page_message = open_page_message(event);
        if (!page_message)
            return NULL;
        call = om_sip_call_open(event);
    }
    page_message->current = om_sip_transaction_open(event, call, FALSE, page_message);
    g_ptr_array_add(event->state->requests, page_message->current);
    return page_message->current;
}

/* Headers that a UAC puts into requests outside a dialog only: RFC 3841 section 9, RFC 6050 section 4. */
static const struct om_sip_header *
initial_only(const struct om_sip_msg *msg)
{
    static const enum om_sip_header_id ids[] = {OM_SIP_H_ACCEPT_CONTACT, OM_SIP_H_P_PREFERRED_SERVICE,
                                                OM_SIP_H_P_ASSERTED_SERVICE};

    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
        const struct om_sip_header *header = om_sip_msg_header(msg, ids[i]);

        if (header)
            return header;
    }
    return NULL;
}

static void
check_request(struct om_sip_event *event, const struct om_sip_transaction *transaction)
{
    struct om_slice tag = om_sip_tag(event->msg, OM_SIP_H_TO);
    const struct om_sip_header *initial = initial_only(event->msg);

    om_sip_rules(&transaction->usage->findings, event->frame, event->msg);
    /* A dialog may have begun before the capture: only where the request says itself that it is in none. */
    if (tag.l && initial && !transaction->call->dialog)
        om_finding_queue_find(&transaction->usage->findings, OM_RULE_SIP_TO_TAG, event->frame->number,
                              "a MESSAGE with %.*s is outside any dialog: To without a tag expected, seen \"%.*s\"",
                              OM_QUOTE(initial->name), OM_QUOTE(tag));
}

static struct om_sip_record *
record_of(const struct om_sip_transaction *transaction)
{
    struct om_sip_record *record = g_new0(struct om_sip_record, 1);

    record->procedure = OM_PROC_MESSAGE;
    record->object = transaction->usage->findings.object;
    return record;
}

/* On another hop, a retransmission, or a copy. */
static void
see_again(struct om_sip_event *event, struct om_sip_transaction *transaction)
{
    om_sip_hop_sent(event, transaction);
    om_object_message_hop(transaction->usage->findings.object, event->frame, om_sip_via_count(event->msg));
}

struct om_sip_record *
om_sip_message_request(struct om_sip_event *event)
{
    const struct om_sip_call *call = om_sip_call_find(event);
    struct om_sip_transaction *transaction = call ? om_sip_transaction_find(event, call, OM_SIP_MESSAGE, FALSE) : NULL;
    gboolean first = !transaction;

    if (first)
        transaction = open_request(event);
    else
        see_again(event, transaction);
    if (!transaction)
        return NULL;
    if (om_sip_is_new_copy(event))
        check_request(event, transaction);
    if (first)
        om_object_judge(transaction->usage->findings.object);
    return record_of(transaction);
}

struct om_sip_record *
om_sip_message_answer(struct om_sip_event *event, struct om_sip_transaction *transaction)
{
    struct om_object *object = transaction->usage->findings.object;

    if (om_sip_transaction_answer(event, transaction) && !transaction->superseded) {
        om_object_message_answer(object, transaction->answer_frame, transaction->status);
    }
    if (om_sip_is_new_copy(event))
        om_sip_rules(&transaction->usage->findings, event->frame, event->msg);
    return record_of(transaction);
}
