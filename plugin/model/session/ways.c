/* ways.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ways.h"

#include "core/msrp/msrp_uri.h"
#include "core/text/ip6_literal.h"
#include "core/text/text_hash.h"

struct om_ways {
    GPtrArray *all;      /* struct om_way *, owned */
    GHashTable *current; /* both ends as text -> the latest struct om_way * between them */
    GHashTable *by_end;  /* "host port" and " port" -> GPtrArray of struct om_way * */
};

/** An address as text, and a port. */
#define END_LENGTH 96

struct om_ways *
om_ways_new(void)
{
    struct om_ways *ways = g_new0(struct om_ways, 1);

    ways->all = g_ptr_array_new_with_free_func(g_free);
    ways->current = g_hash_table_new_full(om_text_hash, g_str_equal, g_free, NULL);
    ways->by_end =
        g_hash_table_new_full(om_text_hash, g_str_equal, g_free, (GDestroyNotify) (void (*)(void)) g_ptr_array_unref);
    return ways;
}

void
om_ways_free(struct om_ways *ways)
{
    g_hash_table_unref(ways->by_end);
    g_hash_table_unref(ways->current);
    g_ptr_array_unref(ways->all);
    g_free(ways);
}

/* IPv6 addresses in one spelling. */
static void
write_end(char text[END_LENGTH], const char *host, guint port)
{
    guint8 address[16];
    gsize at = 0;

    if (!om_ip6_parse(om_slice_str(host), address)) {
        g_snprintf(text, END_LENGTH, "%.64s %u", host, port);
        return;
    }
    for (guint i = 0; i < sizeof address; i++)
        at += (gsize) g_snprintf(text + at, END_LENGTH - (gulong) at, "%02x", address[i]);
    g_snprintf(text + at, END_LENGTH - (gulong) at, " %u", port);
}

static void
index_way(struct om_ways *ways, const char *end, struct om_way *way)
{
    GPtrArray *list = g_hash_table_lookup(ways->by_end, end);

    if (!list) {
        list = g_ptr_array_new();
        g_hash_table_insert(ways->by_end, g_strdup(end), list);
    }
    g_ptr_array_add(list, way);
}

static struct om_way *
open_way(struct om_ways *ways, struct om_context *context, const struct om_frame *frame, const char *key)
{
    const char *hosts[] = {frame->src, frame->dst};
    struct om_way *way;

    if (ways->all->len >= OM_WAYS_MAX)
        return NULL;
    way = g_new0(struct om_way, 1);
    way->opener = -1;
    way->first_frame = frame->number;
    way->ports[0] = frame->src_port;
    way->ports[1] = frame->dst_port;
    g_ptr_array_add(ways->all, way);
    g_hash_table_replace(ways->current, g_strdup(key), way);
    for (guint i = 0; i < 2; i++) {
        char end[END_LENGTH];

        way->hosts[i] = om_context_intern(context, hosts[i]);
        write_end(end, hosts[i], way->ports[i]);
        index_way(ways, end, way);
        write_end(end, "", way->ports[i]);
        index_way(ways, end, way);
    }
    return way;
}

/* The same for both directions. */
static void
write_key(char key[2 * END_LENGTH], const struct om_frame *frame)
{
    int order = strcmp(frame->src, frame->dst);
    gboolean forth = order < 0 || (order == 0 && frame->src_port <= frame->dst_port);

    g_snprintf(key, 2 * END_LENGTH, "%.64s %u %.64s %u", forth ? frame->src : frame->dst,
               (guint) (forth ? frame->src_port : frame->dst_port), forth ? frame->dst : frame->src,
               (guint) (forth ? frame->dst_port : frame->src_port));
}

static guint
side_of(const struct om_way *way, const struct om_frame *frame)
{
    return way->ports[0] == frame->src_port && strcmp(way->hosts[0], frame->src) == 0 ? 0 : 1;
}

static gboolean
opens(const struct om_tcp_segment *segment)
{
    return (segment->flags & OM_SEGMENT_SYN) && !(segment->flags & OM_SEGMENT_ACK);
}

/* A SYN with another number is a new connection between the same ends. */
static struct om_way *
way_of(struct om_ways *ways, struct om_context *context, const struct om_frame *frame,
       const struct om_tcp_segment *segment)
{
    char key[2 * END_LENGTH];
    struct om_way *way;

    write_key(key, frame);
    way = g_hash_table_lookup(ways->current, key);
    if (way && !(opens(segment) && way->opener >= 0 && way->syn_seq != segment->seq &&
                 (way->rst_frame || way->fin_frame || way->answered_frame)))
        return way;
    return open_way(ways, context, frame, key);
}

static void
take_syn(struct om_way *way, const struct om_frame *frame, const struct om_tcp_segment *segment, guint side)
{
    if (!opens(segment)) {
        if (!way->answered_frame)
            way->answered_frame = frame->number;
        if (way->opener < 0)
            way->opener = (gint) (1 - side);
        return;
    }
    if (!way->syns++) {
        way->syn_frame = frame->number;
        way->syn_time = frame->time;
        way->syn_seq = segment->seq;
        way->opener = (gint) side;
    }
    way->last_syn_frame = frame->number;
    way->last_syn_time = frame->time;
}

static enum om_way_bytes
begins_like(struct om_slice bytes)
{
    if (om_slice_starts_str(bytes, "MSRP "))
        return OM_WAY_MSRP;
    /* A record of handshake or data (RFC 8446 section 5.1). */
    if (bytes.l >= 2 && (bytes.p[0] == 0x16 || bytes.p[0] == 0x17) && bytes.p[1] == 0x03)
        return OM_WAY_TLS;
    if (om_slice_starts_str(bytes, "GET ") || om_slice_starts_str(bytes, "HTTP/"))
        return OM_WAY_HTTP;
    return OM_WAY_OTHER;
}

/* Keep-alives (RFC 9293 section 3.8.4) and repetitions bring nothing new. */
static void
take_bytes(struct om_way *way, const struct om_frame *frame, const struct om_tcp_segment *segment, guint side)
{
    guint32 end = segment->seq + segment->length;

    if (way->seen[side] && (gint32) (end - way->next[side]) <= 0)
        return;
    if (segment->bytes.l < segment->length && !way->cut_frame)
        way->cut_frame = frame->number;
    if (way->bytes == OM_WAY_NOTHING && segment->bytes.l) {
        way->bytes = begins_like(segment->bytes);
        way->bytes_frame = frame->number;
    }
}

/* A SYN and a FIN take a number each. */
static void
take_numbers(struct om_way *way, const struct om_tcp_segment *segment, guint side)
{
    guint32 end = segment->seq + segment->length + ((segment->flags & (OM_SEGMENT_SYN | OM_SEGMENT_FIN)) != 0);

    if ((segment->flags & OM_SEGMENT_RST) || (way->seen[side] && (gint32) (end - way->next[side]) <= 0))
        return;
    way->next[side] = end;
}

static gboolean
is_ahead(const struct om_way *way, guint side, guint32 number)
{
    return way->seen[side] && (gint32) (number - way->next[side]) > 0;
}

static void
lose(struct om_way *way, const struct om_frame *frame, guint side, guint32 up_to)
{
    way->lost[side] += up_to - way->next[side];
    way->next[side] = up_to;
    if (!way->lost_frame)
        way->lost_frame = frame->number;
}

static void
note_lost(struct om_way *way, const struct om_frame *frame, const struct om_tcp_segment *segment, guint side)
{
    if (segment->flags & OM_SEGMENT_RST)
        return;
    if (is_ahead(way, side, segment->seq))
        lose(way, frame, side, segment->seq);
    /* A FIN takes a number, too. */
    if ((segment->flags & OM_SEGMENT_ACK) && is_ahead(way, 1 - side, segment->ack - 1))
        lose(way, frame, 1 - side, segment->ack);
}

static void
take_segment(struct om_way *way, const struct om_frame *frame, const struct om_tcp_segment *segment)
{
    guint side = side_of(way, frame);

    if (segment->flags & OM_SEGMENT_SYN)
        take_syn(way, frame, segment, side);
    else if (way->answered_frame && !way->connected_frame && way->opener == (gint) side &&
             !(segment->flags & OM_SEGMENT_RST))
        way->connected_frame = frame->number;
    if (segment->length && !(segment->flags & OM_SEGMENT_RST))
        take_bytes(way, frame, segment, side);
    if ((segment->flags & OM_SEGMENT_RST) && !way->rst_frame) {
        way->rst_frame = frame->number;
        way->rst_by = (gint) side;
    }
    if ((segment->flags & OM_SEGMENT_FIN) && !way->fin_frame)
        way->fin_frame = frame->number;
    note_lost(way, frame, segment, side);
    take_numbers(way, segment, side);
    way->seen[side] = TRUE;
    way->last_frame = frame->number;
}

void
om_ways_segment(struct om_ways *ways, struct om_context *context, const struct om_frame *frame,
                const struct om_tcp_segment *segment)
{
    struct om_way *way = way_of(ways, context, frame, segment);

    if (way)
        take_segment(way, frame, segment);
}

guint32
om_ways_lost(const struct om_ways *ways, const struct om_frame *frame, guint64 lost[2])
{
    char key[2 * END_LENGTH];
    const struct om_way *way;
    guint side;

    write_key(key, frame);
    way = g_hash_table_lookup(ways->current, key);
    if (!way || !way->lost_frame)
        return 0;
    side = side_of(way, frame);
    lost[0] = way->lost[side];
    lost[1] = way->lost[1 - side];
    return way->lost_frame;
}

static gboolean
is_address(const char *host)
{
    guint8 address[16];

    return om_ip6_parse(om_slice_str(host), address) || strspn(host, "0123456789.") == strlen(host);
}

const GPtrArray *
om_ways_to(const struct om_ways *ways, const struct om_media *media)
{
    char end[END_LENGTH];
    struct om_msrp_uri uri;
    char *host;

    if (!media || !media->path->len)
        return NULL;
    om_msrp_uri_parse(om_slice_str(g_ptr_array_index(media->path, 0)), &uri);
    host = g_strndup(uri.host.p ? (const char *) uri.host.p : "", MIN(uri.host.l, 64));
    write_end(end, is_address(host) ? host : "", uri.port ? uri.port : media->port);
    g_free(host);
    return g_hash_table_lookup(ways->by_end, end);
}

gboolean
om_way_is_refused(const struct om_way *way)
{
    return way->rst_frame && !way->answered_frame && way->opener >= 0 && way->rst_by != way->opener && way->syns;
}

gboolean
om_way_is_open(const struct om_way *way)
{
    return way->answered_frame || way->connected_frame || way->bytes != OM_WAY_NOTHING;
}
