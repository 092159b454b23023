/* sip_message.c
 * MESSAGE and its answers: pushes by their body, or by the application or service they name.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/body/entity.h"

#include "core/text/visible.h"
#include "sip_address.h"
#include "sip_capabilities.h"
#include "sip_hop.h"
#include "sip_private.h"

void
om_page_message_free(gpointer data)
{
    struct om_page_message *page_message = data;

    om_finding_queue_clear(&page_message->usage.findings);
    g_ptr_array_unref(page_message->objects);
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

/* The page message's i-th object, with the body and what the headers say as they are in this copy. */
static void
take_object(struct om_sip_event *event, struct om_page_message *page_message, guint i, const struct om_entity *entity,
            const struct om_capabilities *capabilities)
{
    const struct om_sip_msg *msg = event->msg;
    char *call_id = om_slice_dup_utf8(msg->call_id);
    char *from = om_sip_party(msg, OM_SIP_H_FROM);
    char *to = om_sip_party(msg, OM_SIP_H_TO);
    struct om_object *object = i < page_message->objects->len ? g_ptr_array_index(page_message->objects, i) : NULL;

    if (object) {
        om_context_withdraw(event->context, OM_RULE_MSRP_CAPTURE_LOSS, object->first_frame, NULL, object);
        om_object_message_body(object, event->frame, from, to, entity);
    } else {
        object = om_object_open_message(event->state->objects, event->frame, call_id, msg->cseq, from, to, entity,
                                        om_sip_via_count(msg));
        g_ptr_array_add(page_message->objects, object);
    }
    if (page_message->cut)
        note_cut(event, object);
    for (guint k = 0; k < capabilities->event_apps->len; k++)
        om_object_add_event_app(object, g_ptr_array_index(capabilities->event_apps, k));
    for (guint k = 0; k < capabilities->icsis->len; k++)
        om_object_add_icsi(object, g_ptr_array_index(capabilities->icsis, k));
    g_free(call_id);
    g_free(from);
    g_free(to);
}

/* A core routes a push to those that have registered for its application. */
static void
check_application(struct om_sip_event *event, struct om_page_message *page_message,
                  const struct om_capabilities *capabilities)
{
    struct om_slice type = event->msg->content_type;

    if (capabilities->event_apps->len || (event->frame->cut && (event->msg->flaws & OM_SIP_NO_BLANK_LINE)))
        return;
    om_finding_queue_find(
        &page_message->usage.findings, OM_RULE_SIP_NO_APP, event->frame->number,
        "a MESSAGE with %.*s: no feature tag +g.oma.pusheventapp names the application that it is for", OM_QUOTE(type));
}

/* The first sight of it, or the first whole one. */
static void
take_body(struct om_sip_event *event, struct om_page_message *page_message, const GArray *entities,
          const struct om_capabilities *capabilities)
{
    page_message->cut = om_sip_is_cut(event);
    for (guint i = 0; i < entities->len; i++)
        take_object(event, page_message, i, &g_array_index(entities, struct om_entity, i), capabilities);
    page_message->usage.findings.object = g_ptr_array_index(page_message->objects, 0);
    check_application(event, page_message, capabilities);
}

static struct om_page_message *
page_message_new(struct om_sip_event *event)
{
    struct om_page_message *page_message = g_new0(struct om_page_message, 1);

    page_message->objects = g_ptr_array_new();
    page_message->usage.findings.context = event->context;
    page_message->usage.findings.open = TRUE;
    g_ptr_array_add(event->state->page_messages, page_message);
    return page_message;
}

/*
 * What a MESSAGE holds.
 * @param page_message  that of the copy that the capture cut; NULL: it was not seen before
 * @return NULL where it is no push
 */
static struct om_page_message *
read_message(struct om_sip_event *event, struct om_page_message *page_message)
{
    struct om_capabilities capabilities;
    GArray *entities = om_sip_entities(event->msg);

    om_capabilities_read(&event->context->options, event->msg, &capabilities);
    if (!page_message && (capabilities.push || om_entity_is_push(&g_array_index(entities, struct om_entity, 0))))
        page_message = page_message_new(event);
    if (page_message)
        take_body(event, page_message, entities, &capabilities);
    g_array_unref(entities);
    om_capabilities_clear(&capabilities);
    return page_message;
}

/* On another hop, a retransmission, a copy, or with credentials. */
static void
see_again(struct om_sip_event *event, struct om_page_message *page_message)
{
    for (guint i = 0; i < page_message->objects->len; i++)
        om_object_message_hop(g_ptr_array_index(page_message->objects, i), event->frame, om_sip_via_count(event->msg));
    if (page_message->cut && !om_sip_is_cut(event))
        read_message(event, page_message);
}

static void
answer_objects(const struct om_page_message *page_message, guint32 frame, guint status)
{
    for (guint i = 0; i < page_message->objects->len; i++)
        om_object_message_answer(g_ptr_array_index(page_message->objects, i), frame, status);
}

static struct om_sip_transaction *
open_request(struct om_sip_event *event)
{
    struct om_sip_call *call = om_sip_call_find(event);
    struct om_sip_transaction *last = call ? call->last[OM_SIP_MESSAGE] : NULL;
    struct om_page_message *page_message;

    if (om_sip_meets_demand(event, last)) {
        page_message = (struct om_page_message *) last->usage;
        last->superseded = TRUE;
        answer_objects(page_message, 0, 0);
        see_again(event, page_message);
    } else {
        page_message = read_message(event, NULL);
        if (!page_message)
            return NULL;
        call = om_sip_call_open(event);
    }
    page_message->usage.current = om_sip_transaction_open(event, call, FALSE, &page_message->usage);
    g_ptr_array_add(event->state->requests, page_message->usage.current);
    return page_message->usage.current;
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
record_of(const struct om_page_message *page_message)
{
    struct om_sip_record *record = g_new0(struct om_sip_record, 1);

    record->procedure = OM_PROC_MESSAGE;
    record->objects = page_message->objects;
    return record;
}

struct om_sip_record *
om_sip_message_request(struct om_sip_event *event)
{
    const struct om_sip_call *call = om_sip_call_find(event);
    struct om_sip_transaction *transaction = call ? om_sip_transaction_find(event, call, OM_SIP_MESSAGE, FALSE) : NULL;
    struct om_page_message *page_message;

    if (transaction) {
        om_sip_hop_sent(event, transaction);
        see_again(event, (struct om_page_message *) transaction->usage);
    } else {
        transaction = open_request(event);
    }
    if (!transaction)
        return NULL;
    page_message = (struct om_page_message *) transaction->usage;
    if (om_sip_is_new_copy(event))
        check_request(event, transaction);
    for (guint i = 0; i < page_message->objects->len; i++)
        om_object_judge(g_ptr_array_index(page_message->objects, i));
    return record_of(page_message);
}

struct om_sip_record *
om_sip_message_answer(struct om_sip_event *event, struct om_sip_transaction *transaction)
{
    struct om_page_message *page_message = (struct om_page_message *) transaction->usage;

    if (om_sip_transaction_answer(event, transaction) && !transaction->superseded)
        answer_objects(page_message, transaction->answer_frame, transaction->status);
    if (om_sip_is_new_copy(event))
        om_sip_rules(&transaction->usage->findings, event->frame, event->msg);
    return record_of(page_message);
}
