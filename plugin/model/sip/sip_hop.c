/* sip_hop.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_hop.h"

#include "core/text/visible.h"
#include "sip_address.h"

#define MS         G_GINT64_CONSTANT(1000000)
#define T1_DEFAULT (500 * MS)
/** 3GPP TS 24.229 section 7.7 has 2 s for a UE. */
#define T1_MOST (4000 * MS)
/** Sooner it is a copy that the tap made. */
#define COPY_WITHIN (200 * MS)

void
om_sip_hop_free(gpointer data)
{
    struct om_sip_hop *hop = data;

    g_free(hop->reason);
    g_free(hop);
}

static struct om_sip_hop *
add(struct om_sip_transaction *transaction, const char *src, const char *dst, guint vias)
{
    struct om_sip_hop *hop;

    if (!transaction->hops)
        transaction->hops = g_ptr_array_new_with_free_func(om_sip_hop_free);
    if (transaction->hops->len >= OM_SIP_HOPS_MAX)
        return NULL;
    hop = g_new0(struct om_sip_hop, 1);
    hop->src = src;
    hop->dst = dst;
    hop->vias = vias;
    hop->t1 = T1_DEFAULT;
    g_ptr_array_add(transaction->hops, hop);
    return hop;
}

static struct om_sip_hop *
nth(const struct om_sip_transaction *transaction, guint i)
{
    return transaction->hops && i < transaction->hops->len ? g_ptr_array_index(transaction->hops, i) : NULL;
}

static struct om_sip_hop *
find(const struct om_sip_transaction *transaction, const char *src, const char *dst, guint vias)
{
    struct om_sip_hop *hop;

    for (guint i = 0; (hop = nth(transaction, i)); i++) {
        if (hop->src == src && hop->dst == dst && hop->vias == vias)
            return hop;
    }
    return NULL;
}

static void
note_sent(struct om_sip_hop *hop, const struct om_frame *frame)
{
    gint64 after = frame->time - hop->last_sent;

    if (!hop->frame) {
        hop->frame = frame->number;
        hop->first_sent = hop->last_sent = frame->time;
        return;
    }
    if (after < COPY_WITHIN)
        return;
    if (hop->first_sent == hop->last_sent)
        hop->t1 = CLAMP(after, T1_DEFAULT, T1_MOST);
    hop->last_sent = frame->time;
}

void
om_sip_hop_sent(struct om_sip_event *event, struct om_sip_transaction *transaction)
{
    const char *src = om_context_intern(event->context, event->frame->src);
    const char *dst = om_context_intern(event->context, event->frame->dst);
    guint vias = om_sip_via_count(event->msg);
    struct om_sip_hop *hop = find(transaction, src, dst, vias);

    /* Of a head that is cut the rest of the Vias may not be there. */
    if (!hop && om_sip_is_cut(event) && transaction->hops)
        return;
    if (!hop)
        hop = add(transaction, src, dst, vias);
    if (!hop)
        return;
    note_sent(hop, event->frame);
    hop->heard |= event->frame->peer_heard;
}

/* An answer goes back the way that the request came, with the same Vias; not always from the same address. */
static struct om_sip_hop *
answered_hop(struct om_sip_event *event, struct om_sip_transaction *transaction)
{
    const char *src = om_context_intern(event->context, event->frame->dst);
    const char *dst = om_context_intern(event->context, event->frame->src);
    guint vias = om_sip_via_count(event->msg);
    struct om_sip_hop *hop = find(transaction, src, dst, vias);
    struct om_sip_hop *same_way = NULL, *same_vias = NULL;

    if (hop)
        return hop;
    for (guint i = 0; (hop = nth(transaction, i)); i++) {
        if (hop->src == src && hop->dst == dst)
            same_way = hop;
        else if (hop->vias == vias && hop->src == src)
            same_vias = hop;
    }
    hop = same_way ? same_way : same_vias;
    return hop ? hop : add(transaction, src, dst, vias);
}

void
om_sip_hop_answered(struct om_sip_event *event, struct om_sip_transaction *transaction)
{
    struct om_sip_hop *hop = answered_hop(event, transaction);
    guint status = event->msg->status;

    if (!hop)
        return;
    hop->heard = TRUE;
    if (status < 200) {
        hop->provisional = TRUE;
        return;
    }
    /* The first; or a 2xx after another one, of a fork (RFC 3261 section 16.7). */
    if (hop->status && !(status / 100 == 2 && hop->status >= 300))
        return;
    hop->status = status;
    hop->answer_frame = event->frame->number;
    hop->answer_time = event->frame->time;
    g_free(hop->reason);
    hop->reason = om_slice_dup_utf8(event->msg->reason);
}

gboolean
om_sip_hop_goes_on(const struct om_sip_transaction *transaction, const struct om_sip_hop *hop)
{
    const struct om_sip_hop *other;

    if (hop->src == hop->dst)
        return FALSE;
    for (guint i = 0; (other = nth(transaction, i)); i++) {
        if (other != hop && other->src == hop->dst && other->dst != hop->src)
            return TRUE;
    }
    return FALSE;
}

gboolean
om_sip_hop_through(const struct om_sip_transaction *transaction, const char *host)
{
    const struct om_sip_hop *hop;

    for (guint i = 0; (hop = nth(transaction, i)); i++) {
        if (strcmp(hop->dst, host) == 0 && om_sip_hop_goes_on(transaction, hop))
            return TRUE;
    }
    return FALSE;
}

/* Which of two is nearer to the receiver: negative a, positive b; 0: both as near, branches of a fork. */
static gint
compare(const struct om_sip_transaction *transaction, const struct om_sip_hop *a, const struct om_sip_hop *b)
{
    gint onward = om_sip_hop_goes_on(transaction, a) - om_sip_hop_goes_on(transaction, b);

    return onward ? onward : (gint) b->vias - (gint) a->vias;
}

/* Of branches of a fork the best answer is passed on; a redirection only where there is no other. */
static gint
answer_rank(const struct om_sip_hop *hop)
{
    return hop->status / 100 == 2 ? 0 : hop->status / 100 != 3 ? 1 : 2;
}

/* A redirection that a host on the way followed itself is no answer to the sender. */
static gint
compare_answers(const struct om_sip_transaction *transaction, const struct om_sip_hop *a, const struct om_sip_hop *b)
{
    gint redirected = (a->status / 100 == 3) - (b->status / 100 == 3);
    gint near = redirected ? redirected : compare(transaction, a, b);

    if (near)
        return near;
    return answer_rank(a) != answer_rank(b) ? answer_rank(a) - answer_rank(b)
                                            : (gint) (a->answer_frame > b->answer_frame) - 1;
}

const struct om_sip_hop *
om_sip_hop_deciding(const struct om_sip_transaction *transaction)
{
    const struct om_sip_hop *best = NULL, *hop;

    for (guint i = 0; (hop = nth(transaction, i)); i++) {
        if (hop->status && (!best || compare_answers(transaction, hop, best) < 0))
            best = hop;
    }
    return best;
}

const struct om_sip_hop *
om_sip_hop_last(const struct om_sip_transaction *transaction)
{
    const struct om_sip_hop *best = NULL, *hop;

    for (guint i = 0; (hop = nth(transaction, i)); i++) {
        if (hop->frame && (!best || compare(transaction, hop, best) < 0))
            best = hop;
    }
    return best;
}

gboolean
om_sip_hop_proves_silence(const struct om_sip_state *state, const struct om_sip_hop *hop)
{
    return hop->heard || hop->first_sent != hop->last_sent || g_hash_table_contains(state->sources, hop->dst);
}

gboolean
om_sip_hop_all_sent(const struct om_sip_hop *hop)
{
    return hop->last_sent - hop->first_sent >= 62 * hop->t1;
}

gint64
om_sip_hop_timer(const struct om_sip_hop *hop)
{
    return 64 * hop->t1;
}
