/* sip_register.c
 * REGISTER requests: what they ask for, and for whom.
 *
 * Every REGISTER is kept (about 500 bytes each), for its answer, or a later registration of
 * the same party, can make it count.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/sip/sip_address.h"

#include "core/text/visible.h"
#include "model/sip/sip_body.h"
#include "model/sip/sip_capabilities.h"
#include "model/sip/sip_hop.h"
#include "sip_register.h"

/* Contacts of a REGISTER taken together: those with a push capability, all where none has. */
struct contacts {
    guint count;
    guint ending;      /* with an expiry of 0 */
    gboolean wildcard; /* Contact: *, RFC 3261 section 10.2.2 */
    gboolean push;
    struct om_slice first;
};

static gboolean
contact_is_push(const struct om_options *options, struct om_slice contact)
{
    struct om_capabilities capabilities;
    gboolean push;

    om_capabilities_read_contact(options, contact, &capabilities);
    push = capabilities.push;
    om_capabilities_clear(&capabilities);
    return push;
}

/* The first with a push capability puts those without one out of account. */
static void
add_contact(struct contacts *contacts, struct om_slice contact, guint64 expires, gboolean push)
{
    if (push && !contacts->push) {
        contacts->push = TRUE;
        contacts->count = contacts->ending = 0;
    }
    if (push != contacts->push)
        return;
    contacts->ending += expires == 0;
    if (!contacts->count++)
        contacts->first = contact;
}

static void
read_contacts(const struct om_options *options, const struct om_sip_msg *msg, struct contacts *contacts)
{
    guint64 all = 1;

    memset(contacts, 0, sizeof *contacts);
    om_expires_header(msg, &all);
    for (guint i = 0; i < msg->headers->len; i++) {
        const struct om_sip_header *header = &g_array_index(msg->headers, struct om_sip_header, i);
        struct om_slice rest = header->value;
        struct om_slice contact;

        if (header->id != OM_SIP_H_CONTACT)
            continue;
        while (om_sip_contact_next(&rest, &contact)) {
            struct om_sip_addr addr;
            guint64 expires = all;

            om_sip_addr_parse(contact, &addr);
            om_expires_of(om_param_get(addr.params, "expires"), &expires);
            contacts->wildcard |= om_slice_ieq_str(addr.uri, "*");
            add_contact(contacts, contact, expires, contact_is_push(options, contact));
        }
    }
}

static gboolean
has_user(struct om_slice uri)
{
    return om_slice_chr(uri, 0, '@') >= 0;
}

/* Host name of a SIP URI key ("sip:user@host:port"); of an IPv6 literal nothing that any name equals. */
static struct om_slice
key_host(const char *key)
{
    struct om_slice text = om_slice_str(key);
    gssize at = om_slice_chr(text, 0, '@');
    struct om_slice host = om_slice_from(text, (gsize) ((at >= 0 ? at : om_slice_chr(text, 0, ':')) + 1));
    gssize port = om_slice_chr(host, 0, ':');

    return port >= 0 ? om_slice_head(host, (gsize) port) : host;
}

/* Is the Contact a server of the AOR's own domain ("sip:registrar.domain.com" for "sip:user@domain.com")? */
static gboolean
contact_is_registrar(const struct om_register *reg)
{
    struct om_slice contact, domain;

    if (!reg->contact_key || has_user(om_slice_str(reg->contact_key)) || !has_user(om_slice_str(reg->aor_key)))
        return FALSE;
    contact = key_host(reg->contact_key);
    domain = key_host(reg->aor_key);
    return contact.l > domain.l && contact.p[contact.l - domain.l - 1] == '.' &&
           om_slice_eq(om_slice_from(contact, contact.l - domain.l), domain);
}

/* The REGISTER that a third-party one may carry: TS 24.229 section 5.4.1.7A. @return TRUE where it is a push */
static gboolean
read_carried(const struct om_options *options, const struct om_sip_msg *msg, struct om_registration *registration)
{
    struct om_capabilities capabilities;
    struct om_sip_msg carried;
    struct om_slice body;
    gboolean push;

    if (!om_sip_body_find(msg, "message/sip", &body) || !om_sip_msg_parse(body, &carried))
        return FALSE;
    om_capabilities_read_contacts(options, &carried, &capabilities);
    push = capabilities.push && om_slice_ieq_str(carried.method, "REGISTER");
    if (push) {
        om_add_distinct(registration->event_apps, capabilities.event_apps);
        om_add_distinct(registration->icsis, capabilities.icsis);
        if (!registration->instance)
            registration->instance = g_strdup(capabilities.instance);
    }
    om_capabilities_clear(&capabilities);
    om_sip_msg_clear(&carried);
    return push;
}

static enum om_registration_kind
kind_of(struct om_sip_event *event, const struct om_register *reg, gboolean tagged)
{
    char *from = om_sip_party_key(event->msg, OM_SIP_H_FROM);
    gboolean another = *from && *reg->aor_key && strcmp(from, reg->aor_key) != 0;

    g_free(from);
    return another || (!tagged && contact_is_registrar(reg)) ? OM_THIRD_PARTY : OM_FIRST_PARTY;
}

/* @return TRUE where it tells a push capability itself */
static gboolean
read_capabilities(struct om_sip_event *event, struct om_register *reg)
{
    struct om_registration *registration = reg->registration;
    struct om_capabilities capabilities;
    gboolean tagged;

    om_capabilities_read_contacts(&event->context->options, event->msg, &capabilities);
    if (!registration->instance)
        registration->instance = g_strdup(capabilities.instance);
    om_add_distinct(registration->event_apps, capabilities.event_apps);
    om_add_distinct(registration->icsis, capabilities.icsis);
    registration->kind = kind_of(event, reg, capabilities.push);
    tagged = capabilities.push;
    om_capabilities_clear(&capabilities);
    return read_carried(&event->context->options, event->msg, registration) || tagged;
}

/* The device is that of the Contact that is shown. */
static void
take_instance(struct om_sip_event *event, struct om_registration *registration, struct om_slice contact)
{
    struct om_capabilities capabilities;

    om_capabilities_read_contact(&event->context->options, contact, &capabilities);
    registration->instance = g_steal_pointer(&capabilities.instance);
    om_capabilities_clear(&capabilities);
}

static void
read_request(struct om_sip_event *event, struct om_register *reg)
{
    struct om_registration *registration = reg->registration;
    struct contacts contacts;
    struct om_sip_addr addr;

    read_contacts(&event->context->options, event->msg, &contacts);
    om_sip_addr_parse(contacts.first, &addr);
    if (contacts.push)
        take_instance(event, registration, contacts.first);
    if (contacts.count && !contacts.wildcard) {
        registration->contact = om_slice_dup_utf8(addr.uri);
        reg->contact_key = om_sip_uri_key(addr.uri);
    }
    registration->deregistration = contacts.wildcard || (contacts.count > 0 && contacts.ending == contacts.count);
    registration->has_expires = om_expires_of(om_param_get(addr.params, "expires"), &registration->expires) ||
                                om_expires_header(event->msg, &registration->expires);
    if (read_capabilities(event, reg))
        om_register_count_with_party(event, reg);
    else
        om_register_count_by_party(event, reg);
}

static struct om_register *
register_new(struct om_sip_event *event)
{
    struct om_register *reg = g_new0(struct om_register, 1);
    struct om_registration *registration = g_new0(struct om_registration, 1);

    reg->usage.findings.context = event->context;
    reg->registration = registration;
    reg->aor_key = om_sip_party_key(event->msg, OM_SIP_H_TO);
    registration->frame = event->frame->number;
    registration->call_id = om_slice_dup_utf8(event->msg->call_id);
    registration->aor = om_sip_party(event->msg, OM_SIP_H_TO);
    registration->event_apps = g_ptr_array_new_with_free_func(g_free);
    registration->icsis = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(event->state->registers, reg);
    return reg;
}

static struct om_sip_transaction *
open_request(struct om_sip_event *event)
{
    struct om_sip_call *call = om_sip_call_open(event);
    struct om_sip_transaction *last = call->last[OM_SIP_REGISTER];
    struct om_sip_transaction *transaction;
    struct om_register *reg;

    if (om_sip_meets_demand(event, last)) {
        last->superseded = TRUE;
        reg = (struct om_register *) last->usage;
        reg->registration->status = 0;
        reg->registration->answer_frame = 0;
        transaction = om_sip_transaction_open(event, call, FALSE, last->usage);
        if (!reg->counted && read_capabilities(event, reg))
            om_register_count_with_party(event, reg);
    } else {
        reg = register_new(event);
        transaction = om_sip_transaction_open(event, call, FALSE, &reg->usage);
        reg->usage.current = transaction;
        read_request(event, reg);
    }
    reg->usage.current = transaction;
    g_ptr_array_add(event->state->requests, transaction);
    return transaction;
}

static void
check_request(struct om_sip_event *event, struct om_sip_usage *usage)
{
    struct om_slice tag = om_sip_tag(event->msg, OM_SIP_H_TO);

    om_sip_rules(&usage->findings, event->frame, event->msg);
    if (tag.l)
        om_finding_queue_find(&usage->findings, OM_RULE_SIP_TO_TAG, event->frame->number,
                              "a REGISTER is outside any dialog: To without a tag expected, seen \"%.*s\"",
                              OM_QUOTE(tag));
}

struct om_sip_record *
om_sip_register_request(struct om_sip_event *event)
{
    const struct om_sip_call *call = om_sip_call_find(event);
    struct om_sip_transaction *transaction = call ? om_sip_transaction_find(event, call, OM_SIP_REGISTER, FALSE) : NULL;

    if (transaction)
        om_sip_hop_sent(event, transaction);
    else
        transaction = open_request(event);
    if (om_sip_is_new_copy(event))
        check_request(event, transaction->usage);
    return om_register_record(transaction);
}
