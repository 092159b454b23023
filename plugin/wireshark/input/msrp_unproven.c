/* msrp_unproven.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_unproven.h"

#include "msrp_carrier.h"

/** Of a connection; more than one start line with its path headers needs, in segments of any size that is seen. */
#define MOST_SEGMENTS 8
#define MOST_BYTES    16384
/** Connections: a capture has few that begin like MSRP and are not. */
#define MOST_CONNECTIONS 1024
/** In tcp_acked.flags: bytes before this segment are missing (packet-tcp.c names the bits, its header does not). */
#define TCP_A_LOST_PACKET 0x0002
/** This much of a start line is none of something else even in the middle of a connection: "MSRP ". */
#define TELLING 5
/** How far from its SYN a segment may be that came before the first one. */
#define NEAR_START 65536

/** A segment, with copies of what its packet owns. */
struct held {
    guint direction;
    guint32 seq;
    GBytes *bytes;
    struct om_frame frame;
};

static void
held_free(gpointer data)
{
    struct held *held = data;

    g_bytes_unref(held->bytes);
    g_free((char *) held->frame.src);
    g_free((char *) held->frame.dst);
    g_free(held);
}

static GHashTable *
table(void)
{
    return omapush_capture()->unproven;
}

/* struct held * of the conversation, or NULL. */
static GPtrArray *
held_of(packet_info *pinfo)
{
    const conversation_t *conversation = g_hash_table_size(table()) ? find_conversation_pinfo(pinfo, 0) : NULL;

    return conversation ? g_hash_table_lookup(table(), conversation) : NULL;
}

/* A start line that goes on in the next segment, at the beginning of its direction where a SYN tells the beginning; or
 * bytes behind a gap that is there. */
static gboolean
may_begin(packet_info *pinfo, guint32 seq, struct om_slice bytes)
{
    const struct tcp_analysis *analysis = om_tcp_analysis(pinfo);
    gboolean opened = analysis && analysis->fwd && analysis->server_port;
    guint32 offset = opened && omapush_capture()->tcp_absolute ? seq - analysis->fwd->base_seq : seq;

    if (om_stream_probe_maybe(bytes))
        return bytes.l >= TELLING || (opened && offset == 1);
    return opened && analysis->ta && (analysis->ta->flags & TCP_A_LOST_PACKET) && offset > 1 && offset < NEAR_START;
}

static gsize
size_of(const GPtrArray *list)
{
    gsize size = 0;

    for (guint i = 0; i < list->len; i++)
        size += g_bytes_get_size(((struct held *) g_ptr_array_index(list, i))->bytes);
    return size;
}

/* The held segment of this direction that ends where the next one begins. */
static const struct held *
held_before(const GPtrArray *list, guint direction, guint32 seq)
{
    for (guint i = 0; list && i < list->len; i++) {
        const struct held *held = g_ptr_array_index(list, i);

        if (held->direction == direction && held->seq + (guint32) g_bytes_get_size(held->bytes) == seq)
            return held;
    }
    return NULL;
}

struct om_slice
omapush_unproven_join(packet_info *pinfo, guint32 seq, struct om_slice bytes)
{
    const GPtrArray *list = held_of(pinfo);
    guint direction = omapush_direction(pinfo);
    const struct held *before;

    for (guint i = 0; i < MOST_SEGMENTS && (before = held_before(list, direction, seq)); i++) {
        struct om_slice head = om_slice_of_bytes(before->bytes);
        guint8 *both = wmem_alloc(pinfo->pool, head.l + bytes.l);

        memcpy(both, head.p, head.l);
        memcpy(both + head.l, bytes.p, bytes.l);
        bytes = om_slice(both, head.l + bytes.l);
        seq = before->seq;
    }
    return bytes;
}

/* As a heuristic and as a late segment a frame comes twice. */
static gboolean
is_held(packet_info *pinfo, const GPtrArray *list)
{
    const struct held *last = list && list->len ? g_ptr_array_index(list, list->len - 1) : NULL;

    return last && last->frame.number == pinfo->num;
}

static GPtrArray *
make(packet_info *pinfo)
{
    conversation_t *conversation = find_conversation_pinfo(pinfo, 0);
    GPtrArray *list;

    if (!conversation || g_hash_table_size(table()) >= MOST_CONNECTIONS)
        return NULL;
    list = g_ptr_array_new_with_free_func(held_free);
    g_hash_table_insert(table(), conversation, list);
    return list;
}

void
omapush_unproven_hold(packet_info *pinfo, guint32 seq, struct om_slice bytes)
{
    GPtrArray *list = held_of(pinfo);
    struct held *held;

    if (!bytes.l || is_held(pinfo, list) || (!list && !may_begin(pinfo, seq, bytes)))
        return;
    if (!list)
        list = make(pinfo);
    if (!list || list->len >= MOST_SEGMENTS || size_of(list) + bytes.l > MOST_BYTES)
        return;
    held = g_new0(struct held, 1);
    omapush_frame(pinfo, &held->frame);
    held->frame.src = g_strdup(held->frame.src);
    held->frame.dst = g_strdup(held->frame.dst);
    held->direction = omapush_direction(pinfo);
    held->seq = seq;
    held->bytes = g_bytes_new(bytes.p, bytes.l);
    g_ptr_array_add(list, held);
    /* The segment that proves it may be one that TCP keeps from its subdissectors. */
    omapush_capture()->tcp_watched = TRUE;
}

void
omapush_unproven_feed(packet_info *pinfo, struct om_connection *connection)
{
    GPtrArray *list = held_of(pinfo);

    for (guint i = 0; list && i < list->len; i++) {
        const struct held *held = g_ptr_array_index(list, i);

        om_connection_segment(connection, held->direction, &held->frame, held->seq, om_slice_of_bytes(held->bytes));
    }
    if (list)
        g_hash_table_remove(table(), find_conversation_pinfo(pinfo, 0));
}
