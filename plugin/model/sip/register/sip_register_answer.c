/* sip_register_answer.c
 * Answers to REGISTER: what was granted, and to whom.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/sip/sip_address.h"
#include "model/sip/sip_capabilities.h"
#include "sip_register.h"

gboolean
om_expires_of(struct om_slice text, guint64 *expires)
{
    return text.p && om_slice_u64(om_slice_trim(text), expires);
}

gboolean
om_expires_header(const struct om_sip_msg *msg, guint64 *expires)
{
    const struct om_sip_header *header = om_sip_msg_header(msg, OM_SIP_H_EXPIRES);

    return header && om_expires_of(header->value, expires);
}

/*
 * Of the bindings that a 200 lists the one that was registered: by URI, else by instance, else the only one. What
 * it lists after a de-registration stays: that is another binding unless the URI says otherwise.
 */
static struct om_slice
own_contact(struct om_sip_event *event, const struct om_register *reg)
{
    struct om_slice found = OM_SLICE_NULL, only = OM_SLICE_NULL;
    guint n = 0;

    for (guint i = 0; i < event->msg->headers->len; i++) {
        const struct om_sip_header *header = &g_array_index(event->msg->headers, struct om_sip_header, i);
        struct om_slice rest = header->value;
        struct om_slice contact;

        if (header->id != OM_SIP_H_CONTACT)
            continue;
        while (om_sip_contact_next(&rest, &contact)) {
            struct om_sip_addr addr;
            char *key;

            om_sip_addr_parse(contact, &addr);
            key = om_sip_uri_key(addr.uri);
            only = contact;
            n++;
            if (key && reg->contact_key && strcmp(key, reg->contact_key) == 0) {
                g_free(key);
                return contact;
            }
            if (!found.p && reg->registration->instance &&
                om_slice_find(contact, 0, om_slice_str(reg->registration->instance)) >= 0)
                found = contact;
            g_free(key);
        }
    }
    if (reg->registration->deregistration)
        return OM_SLICE_NULL;
    if (found.p)
        return found;
    return n == 1 && reg->contact_key ? only : OM_SLICE_NULL;
}

/* RFC 7315 section 4.1: the other identities that this registration is good for. */
static void
mark_associated(struct om_sip_event *event)
{
    for (guint i = 0; i < event->msg->headers->len; i++) {
        const struct om_sip_header *header = &g_array_index(event->msg->headers, struct om_sip_header, i);
        struct om_slice rest = header->value;
        struct om_slice element;

        if (!om_slice_ieq_str(header->name, "P-Associated-URI"))
            continue;
        while (om_sip_list_next(&rest, &element)) {
            struct om_sip_addr addr;
            char *key;

            om_sip_addr_parse(element, &addr);
            key = om_sip_uri_key(addr.uri);
            om_register_mark(event->state, OM_PARTY_AOR, key);
            g_free(key);
        }
    }
}

static void
read_granted(struct om_sip_event *event, struct om_register *reg)
{
    struct om_registration *registration = reg->registration;
    struct om_slice contact = own_contact(event, reg);
    struct om_capabilities capabilities;
    struct om_sip_addr addr;
    guint64 expires;

    om_sip_addr_parse(contact, &addr);
    if (om_expires_of(om_param_get(addr.params, "expires"), &expires) || om_expires_header(event->msg, &expires)) {
        registration->has_expires = TRUE;
        registration->expires = expires;
    }
    om_capabilities_read_contact(&event->context->options, contact, &capabilities);
    if (!registration->instance)
        registration->instance = g_strdup(capabilities.instance);
    if (capabilities.push && !registration->event_apps->len && !registration->icsis->len) {
        om_add_distinct(registration->event_apps, capabilities.event_apps);
        om_add_distinct(registration->icsis, capabilities.icsis);
        om_register_count_with_party(event, reg);
    }
    if (reg->counted && registration->kind == OM_FIRST_PARTY)
        mark_associated(event);
    om_capabilities_clear(&capabilities);
}

struct om_sip_record *
om_register_record(const struct om_sip_transaction *transaction)
{
    struct om_sip_record *record = g_new0(struct om_sip_record, 1);

    record->registration = ((const struct om_register *) transaction->usage)->registration;
    if (record->registration->deregistration)
        record->procedure = OM_PROC_DEREGISTRATION;
    else
        record->procedure =
            record->registration->kind == OM_THIRD_PARTY ? OM_PROC_THIRD_PARTY_REGISTRATION : OM_PROC_REGISTRATION;
    return record;
}

struct om_sip_record *
om_sip_register_answer(struct om_sip_event *event, struct om_sip_transaction *transaction)
{
    struct om_register *reg = (struct om_register *) transaction->usage;

    if (om_sip_transaction_answer(event, transaction) && !transaction->superseded) {
        reg->registration->status = transaction->status;
        reg->registration->answer_frame = transaction->answer_frame;
        if (transaction->status / 100 == 2)
            read_granted(event, reg);
    }
    if (om_sip_is_new_copy(event))
        om_sip_rules(&transaction->usage->findings, event->frame, event->msg);
    return om_register_record(transaction);
}
