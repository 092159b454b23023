/* sip_transaction.c
 * Requests and their answers: the same message on two hops is one, whatever repeats it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_address.h"
#include "sip_hop.h"
#include "sip_private.h"

#include "core/text/text_hash.h"

gboolean
om_sip_is_among(const GPtrArray *tags, struct om_slice tag)
{
    for (guint i = 0; i < tags->len; i++) {
        if (om_slice_eq(om_slice_str(g_ptr_array_index(tags, i)), tag))
            return TRUE;
    }
    return FALSE;
}

gboolean
om_sip_from_callee(const struct om_sip_tags *tags, const struct om_sip_msg *msg)
{
    struct om_slice tag = tags ? om_sip_tag(msg, OM_SIP_H_FROM) : OM_SLICE_NULL;

    return tag.l && !om_slice_eq(om_slice_str(tags->caller), tag) && om_sip_is_among(tags->callees, tag);
}

struct om_sip_call *
om_sip_call_find(struct om_sip_event *event)
{
    char *call_id = om_slice_dup(event->msg->call_id);
    struct om_sip_call *call = g_hash_table_lookup(event->state->calls, call_id);

    g_free(call_id);
    return call;
}

struct om_sip_call *
om_sip_call_open(struct om_sip_event *event)
{
    struct om_sip_call *call = om_sip_call_find(event);

    if (call)
        return call;
    call = g_new0(struct om_sip_call, 1);
    call->call_id = om_slice_dup(event->msg->call_id);
    g_hash_table_insert(event->state->calls, call->call_id, call);
    return call;
}

void
om_sip_call_free(gpointer data)
{
    struct om_sip_call *call = data;

    g_free(call->call_id);
    g_free(call);
}

void
om_sip_transaction_free(gpointer data)
{
    struct om_sip_transaction *transaction = data;

    if (transaction->hops)
        g_ptr_array_unref(transaction->hops);
    g_free(transaction->reason);
    g_free(transaction->to_tag);
    g_free(transaction);
}

guint
om_sip_transaction_hash(gconstpointer data)
{
    const struct om_sip_transaction *transaction = data;

    return om_hash(om_slice(&transaction->cseq, sizeof transaction->cseq)) + g_direct_hash(transaction->call) * 31 +
           (guint) transaction->method * 2 + (guint) transaction->from_callee;
}

gboolean
om_sip_transaction_equal(gconstpointer a, gconstpointer b)
{
    const struct om_sip_transaction *x = a, *y = b;

    return x->call == y->call && x->cseq == y->cseq && x->method == y->method && x->from_callee == y->from_callee;
}

gboolean
om_sip_is_cut(const struct om_sip_event *event)
{
    const struct om_sip_msg *msg = event->msg;

    return event->frame->cut && ((msg->flaws & (OM_SIP_BODY_SHORT | OM_SIP_NO_BLANK_LINE)) || !msg->content_length_ok);
}

/* FNV-1a over what makes a message on a hop: its bytes, the hosts, the ports. */
static guint64
add_to_fingerprint(guint64 hash, const void *bytes, gsize length)
{
    const guint8 *p = bytes;

    for (gsize i = 0; i < length; i++)
        hash = (hash ^ p[i]) * G_GUINT64_CONSTANT(0x100000001b3);
    return hash;
}

static guint64
fingerprint(const struct om_sip_event *event)
{
    const struct om_frame *frame = event->frame;
    guint64 hash = G_GUINT64_CONSTANT(0xcbf29ce484222325);

    hash = add_to_fingerprint(hash, event->msg->text.p, event->msg->text.l);
    hash = add_to_fingerprint(hash, frame->src, strlen(frame->src) + 1);
    hash = add_to_fingerprint(hash, frame->dst, strlen(frame->dst) + 1);
    hash = add_to_fingerprint(hash, &frame->src_port, sizeof frame->src_port);
    return add_to_fingerprint(hash, &frame->dst_port, sizeof frame->dst_port);
}

gboolean
om_sip_is_new_copy(struct om_sip_event *event)
{
    if (!event->copy_known) {
        guint64 *key = g_new(guint64, 1);

        *key = fingerprint(event);
        event->copy_known = TRUE;
        event->new_copy = g_hash_table_add(event->state->copies, key);
        /* The set owns the key. */
        /* cppcheck-suppress memleak */
    }
    return event->new_copy;
}

struct om_sip_transaction *
om_sip_transaction_find(struct om_sip_event *event, const struct om_sip_call *call, enum om_sip_method method,
                        gboolean from_callee)
{
    struct om_sip_transaction key = {
        .call = (struct om_sip_call *) call, .cseq = event->msg->cseq, .method = method, .from_callee = from_callee};
    struct om_sip_transaction *transaction = g_hash_table_lookup(event->state->transactions, &key);

    /* Taken so far for a slip in an answer's CSeq: a request that comes with it replaces that. */
    return transaction && transaction->same_as && event->msg->request ? NULL : transaction;
}

static struct om_sip_transaction *
add_transaction(struct om_sip_event *event, struct om_sip_call *call, gboolean from_callee)
{
    struct om_sip_transaction *transaction = g_new0(struct om_sip_transaction, 1);

    transaction->call = call;
    transaction->cseq = event->msg->cseq;
    transaction->method = event->method;
    transaction->from_callee = from_callee;
    g_ptr_array_add(event->state->all, transaction);
    g_hash_table_add(event->state->transactions, transaction);
    return transaction;
}

static guint
branch_hash(const struct om_sip_msg *msg)
{
    struct om_slice branch = om_sip_client_branch(msg);

    return branch.l ? MAX(om_hash(branch), 1) : 0;
}

struct om_sip_transaction *
om_sip_transaction_open(struct om_sip_event *event, struct om_sip_call *call, gboolean from_callee,
                        struct om_sip_usage *usage)
{
    struct om_sip_transaction *transaction = add_transaction(event, call, from_callee);

    transaction->usage = usage;
    transaction->frame = event->frame->number;
    transaction->branch = branch_hash(event->msg);
    transaction->to_tag = om_slice_dup(om_sip_tag(event->msg, OM_SIP_H_TO));
    call->last[event->method] = transaction;
    om_sip_hop_sent(event, transaction);
    return transaction;
}

void
om_sip_note_other(struct om_sip_event *event)
{
    struct om_sip_call *call = om_sip_call_find(event);
    gboolean from_callee = call && om_sip_from_callee(call->tags, event->msg);

    if (call && !om_sip_transaction_find(event, call, OM_SIP_METHODS, from_callee))
        add_transaction(event, call, from_callee);
}

const char *
om_sip_method_name(enum om_sip_method method)
{
    static const char *const names[] = {"REGISTER", "MESSAGE", "INVITE", "ACK", "BYE", "CANCEL", "UPDATE", "PRACK"};

    G_STATIC_ASSERT(G_N_ELEMENTS(names) == OM_SIP_METHODS);
    return names[method];
}

static gboolean
waits(const struct om_sip_transaction *transaction)
{
    return transaction && transaction->status == 0 && transaction->method != OM_SIP_ACK;
}

/* Is the answer of another transaction (RFC 3261 section 17.1.3), whose request the capture does not have? */
static gboolean
is_foreign(const struct om_sip_event *event, const struct om_sip_transaction *request)
{
    guint branch = branch_hash(event->msg);

    return branch && request->branch && branch != request->branch;
}

/*
 * The request that an answer with a wrong CSeq can only mean: of its method, else of its number. NULL: none. A foreign
 * answer to an INVITE that waits is one to its repetition, with credentials mostly.
 */
static struct om_sip_transaction *
meant(const struct om_sip_event *event, const struct om_sip_call *call, gboolean from_callee)
{
    gboolean other = event->method == OM_SIP_METHODS;

    if (!other && waits(call->last[event->method]) &&
        (!is_foreign(event, call->last[event->method]) ||
         (event->method == OM_SIP_INVITE && call->last[event->method]->from_callee == from_callee)))
        return call->last[event->method];
    for (guint method = 0; method < OM_SIP_METHODS; method++) {
        struct om_sip_transaction *request = call->last[method];

        /* The other side may have asked something with the same number, before the capture perhaps. */
        if (waits(request) && request->cseq == event->msg->cseq && !is_foreign(event, request) &&
            (!other || request->from_callee == from_callee))
            return request;
    }
    return NULL;
}

struct om_sip_transaction *
om_sip_answered(struct om_sip_event *event, struct om_sip_call *call)
{
    gboolean from_callee = om_sip_from_callee(call->tags, event->msg);
    struct om_sip_transaction *transaction = om_sip_transaction_find(event, call, event->method, from_callee);
    struct om_sip_transaction *request;

    if (!transaction)
        transaction = om_sip_transaction_find(event, call, event->method, !from_callee);
    if (!transaction) {
        request = meant(event, call, from_callee);
        if (!request)
            return NULL;
        transaction = add_transaction(event, call, from_callee);
        transaction->same_as = request;
    }
    request = transaction->same_as;
    if (!request)
        return transaction->usage ? transaction : NULL;
    if (om_sip_is_new_copy(event) && !is_foreign(event, request))
        om_finding_queue_find(&request->usage->findings, OM_RULE_SIP_CSEQ_RESPONSE, event->frame->number,
                              "CSeq of the answer: expected %u %s as in the request of frame %u, seen %u %.*s",
                              request->cseq, om_sip_method_name(request->method), request->frame, event->msg->cseq,
                              OM_QUOTE(event->msg->cseq_method));
    return request;
}

gboolean
om_sip_is_demand(guint status)
{
    return status == 401 || status == 407 || status == 422 || status == 423 || status == 494;
}

gboolean
om_sip_meets_demand(struct om_sip_event *event, const struct om_sip_transaction *last)
{
    gboolean redirected = last && last->status / 100 == 3;

    if (!last || last->superseded || !(redirected || om_sip_is_demand(last->status)) || event->msg->cseq <= last->cseq)
        return FALSE;
    return (last->status != 401 && last->status != 407) || om_sip_msg_header(event->msg, OM_SIP_H_AUTHORIZATION);
}

gboolean
om_sip_transaction_answer(struct om_sip_event *event, struct om_sip_transaction *transaction)
{
    const struct om_sip_hop *deciding;

    om_sip_hop_answered(event, transaction);
    deciding = om_sip_hop_deciding(transaction);
    if (!deciding || deciding->status == transaction->status)
        return FALSE;
    /* A proxy that tried another contact after a rejection passes on the 2xx alone. */
    if (transaction->rejected)
        om_finding_queue_withdraw(&transaction->usage->findings, OM_RULE_SIP_REJECTED, transaction->answer_frame);
    if (deciding->status / 100 == 2 && transaction->cancel_frame)
        om_finding_queue_withdraw(&transaction->usage->findings, OM_RULE_SIP_CANCELLED, transaction->cancel_frame);
    transaction->rejected = FALSE;
    transaction->status = deciding->status;
    transaction->answer_frame = deciding->answer_frame;
    g_free(transaction->reason);
    transaction->reason = g_strdup(deciding->reason);
    om_sip_transaction_settle(transaction);
    return TRUE;
}

/* Is this a push request that its answer turns down? A collision (491) is no refusal, nor a redirection. */
static gboolean
is_rejected(const struct om_sip_transaction *request)
{
    switch (request->method) {
    case OM_SIP_REGISTER:
    case OM_SIP_MESSAGE:
        break;
    case OM_SIP_INVITE:
        if (request->status == 491 || (request->status == 487 && request->cancel_frame))
            return FALSE;
        break;
    case OM_SIP_UPDATE:
        if (request->status == 491 || !request->negotiation)
            return FALSE;
        break;
    default:
        return FALSE;
    }
    return request->status >= 400 && !om_sip_is_demand(request->status);
}

void
om_sip_transaction_settle(struct om_sip_transaction *transaction)
{
    if (!transaction->usage->findings.open || transaction->rejected || !is_rejected(transaction))
        return;
    transaction->rejected = TRUE;
    om_finding_queue_find(&transaction->usage->findings, OM_RULE_SIP_REJECTED, transaction->answer_frame,
                          "%s of frame %u was rejected: %u %s", om_sip_method_name(transaction->method),
                          transaction->frame, transaction->status, transaction->reason ? transaction->reason : "");
}

void
om_sip_usage_is_push(struct om_sip_usage *usage)
{
    if (usage->findings.open)
        return;
    om_finding_queue_open(&usage->findings, 0);
    if (usage->current)
        om_sip_transaction_settle(usage->current);
}
