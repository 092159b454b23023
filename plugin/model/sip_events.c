/* sip_events.c
 * Where SIP messages come in and go to what their method means.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_events.h"

#include "model/sip/sip_party.h"
#include "model/sip/register/registration.h"
#include "model/sip/sip_early.h"
#include "model/sip/sip_private.h"

#include "core/sdp/sdp.h"
#include "core/text/text_hash.h"

static guint
fingerprint_hash(gconstpointer fingerprint)
{
    return om_hash(om_slice(fingerprint, sizeof(guint64)));
}

struct om_sip_state *
om_sip_state_new(struct om_sessions *sessions, struct om_objects *objects)
{
    struct om_sip_state *state = g_new0(struct om_sip_state, 1);

    state->context = sessions->context;
    state->sessions = sessions;
    state->objects = objects;
    state->registrations = g_ptr_array_new_with_free_func((GDestroyNotify) om_registration_free);
    state->calls = g_hash_table_new_full(om_text_hash, g_str_equal, NULL, om_sip_call_free);
    state->transactions = g_hash_table_new(om_sip_transaction_hash, om_sip_transaction_equal);
    state->all = g_ptr_array_new_with_free_func(om_sip_transaction_free);
    state->copies = g_hash_table_new_full(fingerprint_hash, g_int64_equal, g_free, NULL);
    state->requests = g_ptr_array_new();
    state->parties = om_parties_new();
    state->registers = g_ptr_array_new_with_free_func(om_register_free);
    state->page_messages = g_ptr_array_new_with_free_func(om_page_message_free);
    state->dialogs = g_ptr_array_new_with_free_func(om_dialog_free);
    state->early = g_queue_new();
    state->sources = g_hash_table_new(NULL, NULL);
    return state;
}

void
om_sip_state_free(struct om_sip_state *state)
{
    g_queue_free_full(state->early, om_sip_early_free);
    g_ptr_array_unref(state->dialogs);
    g_ptr_array_unref(state->page_messages);
    g_ptr_array_unref(state->registers);
    g_ptr_array_unref(state->registrations);
    g_hash_table_unref(state->parties);
    g_ptr_array_unref(state->requests);
    g_hash_table_unref(state->copies);
    g_hash_table_unref(state->sources);
    g_hash_table_unref(state->transactions);
    g_ptr_array_unref(state->all);
    g_hash_table_unref(state->calls);
    g_free(state);
}

static enum om_sip_method
method_of(struct om_slice name)
{
    static const char *const names[] = {"REGISTER", "MESSAGE", "INVITE", "ACK", "BYE", "CANCEL", "UPDATE", "PRACK"};

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        if (om_slice_ieq_str(name, names[i]))
            return (enum om_sip_method) i;
    }
    return OM_SIP_METHODS;
}

static struct om_sip_record *
take_request(struct om_sip_event *event)
{
    switch (event->method) {
    case OM_SIP_REGISTER:
        return om_sip_register_request(event);
    case OM_SIP_MESSAGE:
        return om_sip_message_request(event);
    default:
        return om_sip_dialog_request(event);
    }
}

static struct om_sip_record *
take_answer(struct om_sip_event *event)
{
    struct om_sip_call *call = om_sip_call_find(event);
    struct om_sip_transaction *transaction = call ? om_sip_answered(event, call) : NULL;

    if (!transaction)
        return call && call->dialog && event->method != OM_SIP_METHODS ? om_sip_dialog_stray_answer(event, call->dialog)
                                                                       : NULL;
    switch (transaction->method) {
    case OM_SIP_REGISTER:
        return om_sip_register_answer(event, transaction);
    case OM_SIP_MESSAGE:
        return om_sip_message_answer(event, transaction);
    default:
        return om_sip_dialog_answer(event, transaction);
    }
}

/* Is the header field there, and not the half line at the end of a head that the capture cut? */
static gboolean
is_whole(const struct om_sip_msg *msg, enum om_sip_header_id id)
{
    const struct om_sip_header *header = om_sip_msg_header(msg, id);

    return header && header->line.p + header->line.l < msg->text.p + msg->text.l;
}

static void
note_source(struct om_sip_state *state, const char *host)
{
    if (state->source && strcmp(state->source, host) == 0)
        return;
    state->source = om_context_intern(state->context, host);
    g_hash_table_add(state->sources, (gpointer) state->source);
}

struct om_sip_record *
om_sip_event(struct om_sip_state *state, const struct om_frame *frame, const struct om_sip_msg *msg)
{
    struct om_sip_event event = {
        .context = state->context, .state = state, .frame = frame, .msg = msg, .method = method_of(msg->method)};
    struct om_sip_record *record;

    om_context_event(state->context, frame);
    note_source(state, frame->src);
    if (!msg->call_id.l || (frame->cut && !(is_whole(msg, OM_SIP_H_CALL_ID) && is_whole(msg, OM_SIP_H_CSEQ))))
        return NULL;
    if (event.method == OM_SIP_METHODS && msg->request) {
        om_sip_note_other(&event);
        return NULL;
    }
    record = msg->request ? take_request(&event) : take_answer(&event);
    if (!record && !msg->request)
        record = om_sip_early_keep(&event);
    /* Of an INVITE that the capture cut it is not known whether it offers: a whole copy may follow. */
    else if (record && msg->request && state->early->length &&
             !(event.method == OM_SIP_INVITE && om_sip_is_cut(&event)))
        om_sip_early_take(&event, take_answer);
    if (record && record->session)
        state->sessions->generation++;
    return record;
}

/* The longest Call-ID that is looked up without a copy on the heap. */
#define CALL_ID_MAX 255

static gboolean
is_known_call(const struct om_sip_state *state, struct om_slice call_id)
{
    char key[CALL_ID_MAX + 1];

    if (!g_hash_table_size(state->calls))
        return FALSE;
    if (call_id.l > CALL_ID_MAX)
        return TRUE; /* it may be */
    memcpy(key, call_id.p, call_id.l);
    key[call_id.l] = '\0';
    return g_hash_table_contains(state->calls, key);
}

/* Beside a description of MSRP: every REGISTER is kept, a MESSAGE may be a push by its headers or its body, an INVITE
 * without a body leaves the offer to its answer, and a final answer may come before its request (sip_early.h). */
static gboolean
may_count_by_method(const struct om_sip_glance *glance)
{
    switch (method_of(glance->method)) {
    case OM_SIP_REGISTER:
        return glance->request;
    case OM_SIP_MESSAGE:
        return glance->request || glance->status >= 200;
    case OM_SIP_INVITE:
        return glance->request ? glance->body.l == 0 : glance->status >= 300;
    default:
        return FALSE;
    }
}

gboolean
om_sip_is_nothing(const struct om_sip_state *state, const struct om_sip_glance *glance)
{
    return !may_count_by_method(glance) && !is_known_call(state, glance->call_id) &&
           !om_sdp_may_have_msrp(glance->body);
}

const GPtrArray *
om_sip_registrations(const struct om_sip_state *state)
{
    return state->registrations;
}
