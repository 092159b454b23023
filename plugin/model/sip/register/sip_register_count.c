/* sip_register_count.c
 * Which REGISTERs are registrations of a push capability.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_register.h"

void
om_register_free(gpointer data)
{
    struct om_register *reg = data;

    om_finding_queue_clear(&reg->usage.findings);
    if (!reg->counted)
        om_registration_free(reg->registration);
    g_free(reg->aor_key);
    g_free(reg->contact_key);
    g_free(reg);
}

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
count(struct om_sip_state *state, struct om_register *reg)
{
    if (reg->counted)
        return;
    reg->counted = TRUE;
    reg->registration->push = TRUE;
    insert_by_frame(state->registrations, reg->registration);
    om_sip_usage_is_push(&reg->usage);
}

void
om_register_mark(struct om_sip_state *state, enum om_party_kind kind, const char *key)
{
    GPtrArray *waiting = om_party_mark(state->parties, kind, key);

    for (guint i = 0; waiting && i < waiting->len; i++)
        count(state, g_ptr_array_index(waiting, i));
    if (waiting)
        g_ptr_array_unref(waiting);
}

void
om_register_count_with_party(struct om_sip_event *event, struct om_register *reg)
{
    count(event->state, reg);
    om_register_mark(event->state, OM_PARTY_AOR, reg->aor_key);
    if (reg->registration->kind == OM_FIRST_PARTY) {
        om_register_mark(event->state, OM_PARTY_CONTACT, reg->contact_key);
        om_register_mark(event->state, OM_PARTY_INSTANCE, reg->registration->instance);
    }
}

void
om_register_count_by_party(struct om_sip_event *event, struct om_register *reg)
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
        count(event->state, reg);
}
