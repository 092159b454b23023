/* peers.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "peers.h"

#include "model/base/getter.h"
#include "model/sip/register/registration.h"
#include "model/sip/sip_address.h"

#include "core/text/text_hash.h"
#include "core/text/visible.h"

/** Names of one host that are kept. */
#define NAMES_MAX 8
/** Bytes of a name that are kept. */
#define NAME_LIMIT 256

enum role { NO_ROLE, SENDER, RECEIVER, RELAY, CORE };

/** What SIP shows of a host. */
enum evidence {
    FORWARDS = 1 << 0,       /**< sends requests of others on */
    PUSHES = 1 << 1,         /**< sends INVITE or MESSAGE of its own */
    IS_PUSHED = 1 << 2,      /**< INVITE or MESSAGE go to it */
    REGISTERS = 1 << 3,      /**< a push capability of its own */
    IS_REGISTRAR = 1 << 4,   /**< is registered at */
    REGISTERS_THIRD = 1 << 5 /**< tells others who has registered */
};

/** What is known of one address; a copy of it with role and findings is what a conclusion tells. */
struct om_peer {
    const char *address;       /**< interned */
    GPtrArray *names;          /**< char *, interned */
    guint32 frame;             /**< the first one */
    guint evidence;            /**< enum evidence */
    gboolean pushed;           /**< took part in a push by MESSAGE */
    GHashTable *sessions;      /**< set of struct om_session *: may be no pushes (yet) */
    GHashTable *registrations; /**< set of struct om_registration *: the same */
    enum role role;
    GHashTable *findings; /**< rule + 1 -> how many; NULL: none */
};

struct om_peers {
    struct om_context *context;
    GHashTable *seen;    /**< address (interned) -> struct om_peer *, owned */
    GHashTable *answers; /**< hash of Call-ID, CSeq and status -> address that sent it first */
};

OM_GETTER(const char *, peer, address)
OM_GETTER(const GPtrArray *, peer, names)

static void
peer_free(gpointer data)
{
    struct om_peer *peer = data;

    g_ptr_array_unref(peer->names);
    g_clear_pointer(&peer->sessions, g_hash_table_unref);
    g_clear_pointer(&peer->registrations, g_hash_table_unref);
    if (peer->findings)
        g_hash_table_unref(peer->findings);
    g_free(peer);
}

struct om_peers *
om_peers_new(struct om_context *context)
{
    struct om_peers *peers = g_new0(struct om_peers, 1);

    peers->context = context;
    peers->seen = g_hash_table_new_full(NULL, NULL, NULL, peer_free);
    peers->answers = g_hash_table_new(NULL, NULL);
    return peers;
}

void
om_peers_free(struct om_peers *peers)
{
    g_hash_table_unref(peers->seen);
    g_hash_table_unref(peers->answers);
    g_free(peers);
}

static struct om_peer *
open_peer(GHashTable *table, const char *address, guint32 frame)
{
    struct om_peer *peer = g_hash_table_lookup(table, address);

    if (peer) {
        peer->frame = MIN(peer->frame, frame);
        return peer;
    }
    peer = g_new0(struct om_peer, 1);
    peer->address = address;
    peer->names = g_ptr_array_new();
    peer->frame = frame;
    g_hash_table_insert(table, (gpointer) address, peer);
    return peer;
}

/* --- SIP --- */

static void
add_name(struct om_peers *peers, struct om_peer *peer, const struct om_sip_msg *msg)
{
    const struct om_sip_header *header = om_sip_msg_header(msg, OM_SIP_H_USER_AGENT);
    char *clean;
    const char *name;

    if (!header)
        header = om_sip_msg_header(msg, OM_SIP_H_SERVER);
    if (!header || !header->value.l || peer->names->len == NAMES_MAX)
        return;
    clean = om_slice_dup_utf8(om_slice_head_utf8(header->value, NAME_LIMIT));
    name = om_context_intern(peers->context, clean);
    g_free(clean);
    if (!g_ptr_array_find(peer->names, name, NULL))
        g_ptr_array_add(peer->names, (gpointer) name);
}

static void
see_request(struct om_peers *peers, struct om_peer *src, struct om_peer *dst, const struct om_sip_msg *msg,
            const struct om_sip_record *record)
{
    const struct om_registration *registration = om_sip_record_registration(record);
    gboolean own = om_sip_via_count(msg) <= 1;

    if (own)
        add_name(peers, src, msg);
    else
        src->evidence |= FORWARDS;
    if (registration && om_registration_kind(registration) == OM_THIRD_PARTY) {
        src->evidence |= REGISTERS_THIRD;
    } else if (registration) {
        src->evidence |= own ? REGISTERS : 0;
        dst->evidence |= IS_REGISTRAR;
    } else if (om_slice_ieq_str(msg->method, "INVITE") || om_slice_ieq_str(msg->method, "MESSAGE")) {
        src->evidence |= own ? PUSHES : 0;
        dst->evidence |= IS_PUSHED;
    }
}

/* Who sends an answer first made it; others send it on. */
static void
see_answer(struct om_peers *peers, struct om_peer *src, const struct om_sip_msg *msg)
{
    guint key = om_hash(msg->call_id) * 31 + msg->cseq * 1009 + msg->status;
    const char *first = g_hash_table_lookup(peers->answers, GUINT_TO_POINTER(key));

    if (!first)
        g_hash_table_insert(peers->answers, GUINT_TO_POINTER(key), (gpointer) src->address);
    if (!first || first == src->address)
        add_name(peers, src, msg);
}

static void
note(GHashTable **set, gpointer member)
{
    if (!*set)
        *set = g_hash_table_new(NULL, NULL);
    if (member)
        g_hash_table_add(*set, member);
}

static void
note_usage(struct om_peer *peer, const struct om_sip_record *record)
{
    note(&peer->sessions, om_sip_record_session(record));
    note(&peer->registrations, om_sip_record_registration(record));
    peer->pushed |= om_sip_record_object(record, 0) != NULL;
}

/* Is there one among them by now? */
static gboolean
is_of_push(const struct om_peer *peer)
{
    GHashTableIter at;
    gpointer member;

    g_hash_table_iter_init(&at, peer->sessions);
    while (g_hash_table_iter_next(&at, &member, NULL)) {
        if (((const struct om_session *) member)->id)
            return TRUE;
    }
    g_hash_table_iter_init(&at, peer->registrations);
    while (g_hash_table_iter_next(&at, &member, NULL)) {
        if (((const struct om_registration *) member)->push)
            return TRUE;
    }
    return peer->pushed;
}

void
om_peers_sip(struct om_peers *peers, const struct om_frame *frame, const struct om_sip_msg *msg,
             const struct om_sip_record *record)
{
    struct om_peer *src = open_peer(peers->seen, om_context_intern(peers->context, frame->src), frame->number);
    struct om_peer *dst = open_peer(peers->seen, om_context_intern(peers->context, frame->dst), frame->number);

    note_usage(src, record);
    note_usage(dst, record);
    if (msg->request)
        see_request(peers, src, dst, msg, record);
    else
        see_answer(peers, src, msg);
}

/* --- the conclusion --- */

static enum role
role_in_sip(guint evidence)
{
    if (evidence & FORWARDS)
        return CORE;
    if (evidence & PUSHES)
        return evidence & IS_PUSHED ? CORE : SENDER;
    if (evidence & IS_PUSHED)
        return RECEIVER;
    if (evidence & (IS_REGISTRAR | REGISTERS_THIRD))
        return CORE;
    return evidence & REGISTERS ? RECEIVER : NO_ROLE;
}

/* Among the legs of one object: who only sends, who only receives, who is between. */
static void
roles_in_object(GHashTable *table, const struct om_object *object)
{
    enum role between = object->carrier == OM_CARRIER_MSRP ? RELAY : CORE;
    GHashTable *sends = g_hash_table_new(NULL, NULL), *takes = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < object->legs->len; i++) {
        const struct om_leg *leg = g_ptr_array_index(object->legs, i);

        g_hash_table_add(sends, (gpointer) leg->src);
        g_hash_table_add(takes, (gpointer) leg->dst);
    }
    for (guint i = 0; i < object->legs->len; i++) {
        const struct om_leg *leg = g_ptr_array_index(object->legs, i);
        struct om_peer *src = open_peer(table, leg->src, object->first_frame);
        struct om_peer *dst = open_peer(table, leg->dst, object->first_frame);

        if (!src->role)
            src->role = g_hash_table_contains(takes, leg->src) ? between : SENDER;
        if (!dst->role)
            dst->role = g_hash_table_contains(sends, leg->dst) ? between : RECEIVER;
    }
    g_hash_table_unref(sends);
    g_hash_table_unref(takes);
}

static void
copy_seen(const struct om_peers *peers, GHashTable *table)
{
    GHashTableIter at;
    gpointer value;

    g_hash_table_iter_init(&at, peers->seen);
    while (g_hash_table_iter_next(&at, NULL, &value)) {
        const struct om_peer *seen = value;
        struct om_peer *peer;

        if (!is_of_push(seen))
            continue;
        peer = open_peer(table, seen->address, seen->frame);
        peer->evidence = seen->evidence;
        for (guint i = 0; i < seen->names->len; i++)
            g_ptr_array_add(peer->names, g_ptr_array_index(seen->names, i));
    }
}

static void
count_findings(GHashTable *table, const GPtrArray *findings)
{
    for (guint i = 0; i < findings->len; i++) {
        const struct om_finding *finding = g_ptr_array_index(findings, i);
        struct om_peer *peer = finding->peer ? open_peer(table, finding->peer, finding->frame) : NULL;
        gpointer rule = GUINT_TO_POINTER((guint) finding->rule + 1);

        if (!peer)
            continue;
        if (!peer->findings)
            peer->findings = g_hash_table_new(NULL, NULL);
        g_hash_table_insert(peer->findings, rule,
                            GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(peer->findings, rule)) + 1));
    }
}

static gint
by_frame(gconstpointer a, gconstpointer b)
{
    const struct om_peer *one = *(struct om_peer *const *) a, *other = *(struct om_peer *const *) b;

    if (one->frame != other->frame)
        return one->frame < other->frame ? -1 : 1;
    if (one->role != other->role)
        return one->role < other->role ? -1 : 1;
    return strcmp(one->address, other->address);
}

void
om_peers_conclude(const struct om_peers *peers, const GPtrArray *objects, struct om_conclusion *conclusion)
{
    GHashTable *table = conclusion->peer_table;
    GHashTableIter at;
    gpointer value;

    copy_seen(peers, table);
    for (guint i = 0; i < objects->len; i++)
        roles_in_object(table, g_ptr_array_index(objects, i));
    count_findings(table, conclusion->findings);
    g_ptr_array_set_free_func(conclusion->peers, peer_free);
    g_hash_table_iter_init(&at, table);
    while (g_hash_table_iter_next(&at, NULL, &value)) {
        struct om_peer *peer = value;

        if (!peer->role)
            peer->role = role_in_sip(peer->evidence);
        g_ptr_array_add(conclusion->peers, peer);
    }
    g_ptr_array_sort(conclusion->peers, by_frame);
}

const char *
om_peer_role(const struct om_peer *peer)
{
    static const char *const names[] = {NULL, "sender", "receiver", "relay", "core"};

    return names[peer->role];
}

guint
om_peer_findings(const struct om_peer *peer, enum om_rule rule)
{
    return peer->findings ? GPOINTER_TO_UINT(g_hash_table_lookup(peer->findings, GUINT_TO_POINTER((guint) rule + 1)))
                          : 0;
}

const GPtrArray *
om_conclusion_peers(const struct om_conclusion *conclusion)
{
    return conclusion->peers;
}

const struct om_peer *
om_conclusion_peer(const struct om_conclusion *conclusion, const char *address)
{
    return g_hash_table_lookup(conclusion->peer_table, address);
}
