/* sip_register.c
 * REGISTER and its answers: which ones register a push capability, and what was granted.
 *
 * Every REGISTER is kept (about 500 bytes each), for its answer, or a later registration of
 * the same party, can make it count.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_address.h"
#include "sip_body.h"
#include "sip_capabilities.h"
#include "sip_party.h"
#include "sip_private.h"

/** Owned by the sip state. */
struct om_register {
    struct om_matter matter;
    struct om_registration *registration; /* the registry owns it once it counts */
    gboolean counted;
    char *aor_key;
    char *contact_key;        /* NULL where there is none */
};

void
om_register_free(gpointer data)
{
    struct om_register *reg = data;

    om_matter_clear(&reg->matter);
    if (!reg->counted)
        om_registration_free(reg->registration);
    g_free(reg->aor_key);
    g_free(reg->contact_key);
    g_free(reg);
}

/* --- what a REGISTER says --- */

static gboolean
expires_of(struct om_slice text, guint64 *expires)
{
    return text.p && om_slice_u64(om_slice_trim(text), expires);
}

static gboolean
expires_header(const struct om_sip_msg *msg, guint64 *expires)
{
    const struct om_sip_header *header = om_sip_msg_header(msg, OM_SIP_H_EXPIRES);

    return header && expires_of(header->value, expires);
}

/* Contacts of a REGISTER taken together. */
struct contacts {
    guint count;
    guint ending;         /* with an expiry of 0 */
    gboolean wildcard;    /* Contact: *, RFC 3261 section 10.2.2 */
    struct om_slice first;
};

static void
read_contacts(const struct om_sip_msg *msg, struct contacts *contacts)
{
    guint64 all = 1;

    memset(contacts, 0, sizeof *contacts);
    expires_header(msg, &all);
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
            expires_of(om_sip_param_get(addr.params, "expires"), &expires);
            contacts->wildcard |= om_slice_ieq_str(addr.uri, "*");
            contacts->ending += expires == 0;
            if (!contacts->count++)
                contacts->first = contact;
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

/* --- counting --- */

static void
insert_by_frame(GPtrArray *registrations, struct om_registration *registration)
{
    guint at = registrations->len;

    while (at > 0 &&
           ((const struct om_registration *) g_ptr_array_index(registrations, at - 1))->frame > registration->frame)
        at--;
    g_ptr_array_insert(registrations, (gint) at, registration);
}

static void
count(struct om_register *reg)
{
    if (reg->counted)
        return;
    reg->counted = TRUE;
    reg->registration->push = TRUE;
    insert_by_frame(reg->matter.registry->registrations, reg->registration);
    om_matter_is_push(&reg->matter);
}

static void
mark(struct om_sip_state *state, enum om_party_kind kind, const char *key)
{
    GPtrArray *waiting = om_party_mark(state->parties, kind, key);

    for (guint i = 0; waiting && i < waiting->len; i++)
        count(g_ptr_array_index(waiting, i));
    if (waiting)
        g_ptr_array_unref(waiting);
}

/* It told a push capability itself: it counts, and so do its AOR's (and device's) other REGISTERs that wait. */
static void
count_with_party(struct om_sip_event *event, struct om_register *reg)
{
    count(reg);
    mark(event->state, OM_PARTY_AOR, reg->aor_key);
    if (reg->registration->kind == OM_FIRST_PARTY) {
        mark(event->state, OM_PARTY_CONTACT, reg->contact_key);
        mark(event->state, OM_PARTY_INSTANCE, reg->registration->instance);
    }
}

/* It tells no capability: third-party and de-registration count where their party has one. */
static void
count_by_party(struct om_sip_event *event, struct om_register *reg)
{
    const struct om_registration *registration = reg->registration;
    GHashTable *parties = event->state->parties;
    gboolean push;

    if (registration->kind == OM_FIRST_PARTY && !registration->deregistration)
        return;
    push = om_party_is_push(parties, OM_PARTY_AOR, reg->aor_key, reg);
    if (!push && registration->kind == OM_FIRST_PARTY)
        push = om_party_is_push(parties, OM_PARTY_CONTACT, reg->contact_key, reg) ||
               om_party_is_push(parties, OM_PARTY_INSTANCE, registration->instance, reg);
    if (push)
        count(reg);
}

/* --- requests --- */

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

    om_capabilities_read_contacts(&event->registry->options, event->msg, &capabilities);
    if (!registration->instance)
        registration->instance = g_strdup(capabilities.instance);
    om_add_distinct(registration->event_apps, capabilities.event_apps);
    om_add_distinct(registration->icsis, capabilities.icsis);
    registration->kind = kind_of(event, reg, capabilities.push);
    tagged = capabilities.push;
    om_capabilities_clear(&capabilities);
    return read_carried(&event->registry->options, event->msg, registration) || tagged;
}

static void
read_request(struct om_sip_event *event, struct om_register *reg)
{
    struct om_registration *registration = reg->registration;
    struct contacts contacts;
    struct om_sip_addr addr;

    read_contacts(event->msg, &contacts);
    om_sip_addr_parse(contacts.first, &addr);
    if (contacts.count && !contacts.wildcard) {
        registration->contact = om_slice_dup_utf8(addr.uri);
        reg->contact_key = om_sip_uri_key(addr.uri);
    }
    registration->deregistration =
        contacts.wildcard || (contacts.count > 0 && contacts.ending == contacts.count);
    registration->has_expires =
        expires_of(om_sip_param_get(addr.params, "expires"), &registration->expires) ||
        expires_header(event->msg, &registration->expires);
    if (read_capabilities(event, reg))
        count_with_party(event, reg);
    else
        count_by_party(event, reg);
}

static struct om_register *
register_new(struct om_sip_event *event)
{
    struct om_register *reg = g_new0(struct om_register, 1);
    struct om_registration *registration = g_new0(struct om_registration, 1);

    reg->matter.registry = event->registry;
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
        reg = (struct om_register *) last->matter;
        reg->registration->status = 0;
        reg->registration->answer_frame = 0;
        transaction = om_sip_transaction_open(event, call, FALSE, last->matter);
        if (!reg->counted && read_capabilities(event, reg))
            count_with_party(event, reg);
    } else {
        reg = register_new(event);
        transaction = om_sip_transaction_open(event, call, FALSE, &reg->matter);
        reg->matter.current = transaction;
        read_request(event, reg);
    }
    reg->matter.current = transaction;
    g_ptr_array_add(event->state->requests, transaction);
    return transaction;
}

static void
check_request(struct om_sip_event *event, struct om_matter *matter)
{
    struct om_slice tag = om_sip_tag(event->msg, OM_SIP_H_TO);

    om_sip_rules(matter, event->frame, event->msg);
    if (tag.l)
        om_matter_find(matter, OM_RULE_SIP_TO_TAG, event->frame->number,
                       "a REGISTER is outside any dialog: To without a tag expected, seen \"%.*s\"", OM_QUOTE(tag));
}

/* --- answers --- */

/* Among the bindings that a 200 lists, the one that was registered: by URI, else by instance, else where it is the only one. */
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
            mark(event->state, OM_PARTY_AOR, key);
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
    if (expires_of(om_sip_param_get(addr.params, "expires"), &expires) || expires_header(event->msg, &expires)) {
        registration->has_expires = TRUE;
        registration->expires = expires;
    }
    om_capabilities_read_contact(&event->registry->options, contact, &capabilities);
    if (!registration->instance)
        registration->instance = g_strdup(capabilities.instance);
    if (capabilities.push && !registration->event_apps->len && !registration->icsis->len) {
        om_add_distinct(registration->event_apps, capabilities.event_apps);
        om_add_distinct(registration->icsis, capabilities.icsis);
        count_with_party(event, reg);
    }
    if (reg->counted && registration->kind == OM_FIRST_PARTY)
        mark_associated(event);
    om_capabilities_clear(&capabilities);
}

static struct om_sip_record *
record_of(const struct om_sip_transaction *transaction)
{
    struct om_sip_record *record = g_new0(struct om_sip_record, 1);

    record->registration = ((const struct om_register *) transaction->matter)->registration;
    if (record->registration->deregistration)
        record->procedure = OM_PROC_DEREGISTRATION;
    else
        record->procedure = record->registration->kind == OM_THIRD_PARTY ? OM_PROC_THIRD_PARTY_REGISTRATION
                                                                         : OM_PROC_REGISTRATION;
    return record;
}

struct om_sip_record *
om_sip_register_answer(struct om_sip_event *event, struct om_sip_transaction *transaction)
{
    struct om_register *reg = (struct om_register *) transaction->matter;

    if (om_sip_transaction_answer(event, transaction) && !transaction->superseded) {
        reg->registration->status = transaction->status;
        reg->registration->answer_frame = transaction->answer_frame;
        if (transaction->status / 100 == 2)
            read_granted(event, reg);
    }
    if (om_sip_is_new_copy(event))
        om_sip_rules(transaction->matter, event->frame, event->msg);
    return record_of(transaction);
}

struct om_sip_record *
om_sip_register_request(struct om_sip_event *event)
{
    const struct om_sip_call *call = om_sip_call_find(event);
    struct om_sip_transaction *transaction =
        call ? om_sip_transaction_find(event, call, OM_SIP_REGISTER, FALSE) : NULL;

    if (!transaction)
        transaction = open_request(event);
    if (om_sip_is_new_copy(event))
        check_request(event, transaction->matter);
    return record_of(transaction);
}
