/* packet_buffers.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "packet_buffers.h"

#include <epan/tvbuff-int.h>

tvbuff_t *
omapush_buffer_next(const tvbuff_t *tvb)
{
    return tvb->next;
}

/* Every buffer of every frame with SIP is asked for: tvb_get_ptr() where the bytes do not lie there yet. */
struct om_slice
omapush_buffer_bytes(tvbuff_t *tvb)
{
    return tvb->real_data ? om_slice(tvb->real_data, tvb->length) : omapush_bytes(tvb);
}

static gint
behind_line_ends(tvbuff_t *tvb)
{
    gint length = (gint) tvb_captured_length(tvb), at = 0;

    while (at < length && (tvb_get_uint8(tvb, at) == '\r' || tvb_get_uint8(tvb, at) == '\n'))
        at++;
    return at;
}

tvbuff_t *
omapush_buffer_with(tvbuff_t *frame, tvbuff_t *source, struct om_slice bytes, gsize least)
{
    for (tvbuff_t *tvb = frame; tvb; tvb = omapush_buffer_next(tvb)) {
        gint at;

        if (tvb_get_ds_tvb(tvb) == source)
            continue;
        at = behind_line_ends(tvb);
        if (tvb_captured_length(tvb) - (gsize) at >= least &&
            tvb_memeql(tvb, at, (const guint8 *) bytes.p, bytes.l) == 0)
            return tvb;
    }
    return NULL;
}

/** While the list is made: `rank` counts the sources as the chain has them, the newer before the older. */
struct ranked {
    struct omapush_buffer buffer;
    guint rank;
};

static guint
rank_of(wmem_array_t *sources, tvbuff_t *source)
{
    guint count = wmem_array_get_count(sources);

    for (guint i = 0; i < count; i++) {
        if (*(tvbuff_t **) wmem_array_index(sources, i) == source)
            return i;
    }
    wmem_array_append_one(sources, source);
    return count;
}

static void
add(wmem_array_t *list, wmem_array_t *sources, tvbuff_t *tvb)
{
    struct ranked entry = {.buffer = {.tvb = tvb, .source = tvb_get_ds_tvb(tvb), .start = tvb_raw_offset(tvb)}};

    entry.buffer.end = entry.buffer.start + (gint) tvb_captured_length(tvb);
    entry.rank = rank_of(sources, entry.buffer.source);
    wmem_array_append_one(list, entry);
}

/* Stock decompresses into buffers of no chain at later visits (packet-websocket.c, 4.0). */
static void
add_unchained(wmem_array_t *list, wmem_array_t *sources, const packet_info *pinfo)
{
    for (const GSList *at = pinfo->data_src; at; at = at->next) {
        tvbuff_t *tvb = get_data_source_tvb(at->data);
        guint known = wmem_array_get_count(sources);

        if (tvb && rank_of(sources, tvb_get_ds_tvb(tvb)) == known)
            add(list, sources, tvb);
    }
}

static int
in_order(const void *first, const void *second)
{
    const struct ranked *a = first, *b = second;

    if (a->rank != b->rank)
        return a->rank > b->rank ? -1 : 1;
    if (a->buffer.start != b->buffer.start)
        return a->buffer.start < b->buffer.start ? -1 : 1;
    return (a->buffer.end < b->buffer.end) - (a->buffer.end > b->buffer.end);
}

wmem_array_t *
omapush_buffers(tvbuff_t *frame, packet_info *pinfo)
{
    wmem_array_t *list = wmem_array_new(pinfo->pool, sizeof(struct ranked));
    wmem_array_t *sources = wmem_array_new(pinfo->pool, sizeof(tvbuff_t *));
    wmem_array_t *buffers = wmem_array_new(pinfo->pool, sizeof(struct omapush_buffer));
    const struct omapush_buffer *last = NULL;

    for (tvbuff_t *tvb = frame; tvb; tvb = omapush_buffer_next(tvb))
        add(list, sources, tvb);
    add_unchained(list, sources, pinfo);
    wmem_array_sort(list, in_order);
    for (guint i = 0; i < wmem_array_get_count(list); i++) {
        const struct omapush_buffer *next = &((struct ranked *) wmem_array_index(list, i))->buffer;

        if (!last || next->source != last->source || next->start != last->start || next->end != last->end)
            wmem_array_append(buffers, next, 1);
        last = next;
    }
    return buffers;
}
