/* ws_frames.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ws_frames.h"

#include "packet_buffers.h"

/** Bytes of a payload that are held against what stock has unmasked. */
#define COMPARED 64

/* Stock gives every frame a buffer of its own: is this one? */
static gboolean
read_head(tvbuff_t *tvb, struct om_ws_head *head)
{
    gint size = (gint) MIN(tvb_captured_length(tvb), OM_WS_HEAD_LIMIT);

    return size > 0 && om_ws_head_parse(om_slice(tvb_get_ptr(tvb, 0, size), (gsize) size), head) &&
           head->payload <= G_MAXINT && head->length + head->payload == tvb_reported_length(tvb);
}

/* Has stock unmasked this frame into that buffer? */
static gboolean
is_unmasked(tvbuff_t *tvb, const struct om_ws_head *head, tvbuff_t *other)
{
    guint payload = tvb_captured_length(tvb) - (guint) head->length;
    guint compared = MIN(MIN(payload, tvb_captured_length(other)), COMPARED);

    for (guint i = 0; i < compared; i++) {
        if (om_ws_unmask(head, i, tvb_get_uint8(tvb, (gint) (head->length + i))) != tvb_get_uint8(other, (gint) i))
            return FALSE;
    }
    return TRUE;
}

/* An unmasked payload is a part of its frame. */
static struct omapush_buffer *
plain_payload(wmem_array_t *buffers, guint at, const struct om_ws_head *head)
{
    const struct omapush_buffer *frame = wmem_array_index(buffers, at);
    gint start = frame->start + (gint) head->length;

    for (guint i = at + 1; i < wmem_array_get_count(buffers); i++) {
        struct omapush_buffer *buffer = wmem_array_index(buffers, i);

        if (buffer->source != frame->source || buffer->start > start)
            break;
        if (buffer->start == start && tvb_reported_length(buffer->tvb) == head->payload)
            return buffer;
    }
    return NULL;
}

/* One that was masked is a source of its own. They come in the order of their frames: the search begins at `next`. */
static struct omapush_buffer *
unmasked_payload(wmem_array_t *buffers, guint at, const struct om_ws_head *head, guint *next)
{
    const struct omapush_buffer *frame = wmem_array_index(buffers, at);
    guint count = wmem_array_get_count(buffers);

    for (guint i = 0; i < count; i++) {
        struct omapush_buffer *buffer = wmem_array_index(buffers, (*next + i) % count);

        if (buffer->used || buffer->tvb != buffer->source || tvb_reported_length(buffer->tvb) != head->payload ||
            !is_unmasked(frame->tvb, head, buffer->tvb))
            continue;
        *next += i + 1;
        return buffer;
    }
    return NULL;
}

/* A buffer that only looks like a frame has no payload, and one of a payload is no frame. */
static tvbuff_t **
find_payloads(packet_info *pinfo, wmem_array_t *buffers)
{
    guint count = wmem_array_get_count(buffers);
    tvbuff_t **payloads = wmem_alloc0_array(pinfo->pool, tvbuff_t *, count);
    guint next = 0;

    for (guint i = 0; i < count; i++) {
        const struct omapush_buffer *frame = wmem_array_index(buffers, i);
        struct omapush_buffer *payload;
        struct om_ws_head head;

        if (!read_head(frame->tvb, &head) || !head.payload)
            continue;
        payload =
            om_slice_isset(head.key) ? unmasked_payload(buffers, i, &head, &next) : plain_payload(buffers, i, &head);
        if (!payload)
            continue;
        payload->used = TRUE;
        payloads[i] = payload->tvb;
    }
    return payloads;
}

/* Of an empty frame there is only its head to be told by. */
static gboolean
is_empty_frame(const struct omapush_buffer *buffer, const struct om_ws_head *head)
{
    return !head->payload && !buffer->used;
}

wmem_array_t *
omapush_ws_frames(tvbuff_t *frame, packet_info *pinfo)
{
    wmem_array_t *frames = wmem_array_new(pinfo->pool, sizeof(struct omapush_ws_frame));
    wmem_array_t *buffers = omapush_buffers(frame, pinfo);
    tvbuff_t **payloads = find_payloads(pinfo, buffers);
    const struct omapush_buffer *last = NULL;

    for (guint i = 0; i < wmem_array_get_count(buffers); i++) {
        const struct omapush_buffer *buffer = wmem_array_index(buffers, i);
        struct omapush_ws_frame found = {0, payloads[i]};
        struct om_ws_head head;

        if (last && last->source == buffer->source && buffer->start < last->end)
            continue;
        if (!read_head(buffer->tvb, &head) || (!found.tvb && !is_empty_frame(buffer, &head)))
            continue;
        found.flags = head.flags;
        if (found.tvb && tvb_captured_length(found.tvb) < head.payload)
            found.tvb = NULL;
        wmem_array_append_one(frames, found);
        last = buffer;
    }
    return frames;
}
