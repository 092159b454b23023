/* ws_frames.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ws_frames.h"

#include "packet_buffers.h"

#define MASKED   0x80
#define KEY_SIZE 4
#define OPCODE   0x0f
/** Bytes of a payload that are held against what stock has unmasked. */
#define COMPARED 64

struct head {
    guint8 flags;
    gboolean masked;
    guint length; /* of the head */
    guint payload;
};

/* Stock gives every frame a buffer of its own: is this one? */
static gboolean
read_head(tvbuff_t *tvb, struct head *head)
{
    guint captured = tvb_captured_length(tvb);
    guint64 payload;

    if (captured < 2)
        return FALSE;
    head->flags = tvb_get_uint8(tvb, 0);
    head->masked = (tvb_get_uint8(tvb, 1) & MASKED) != 0;
    payload = tvb_get_uint8(tvb, 1) & ~MASKED;
    head->length = 2 + (payload == 126 ? 2 : payload == 127 ? 8 : 0);
    if (captured < head->length + (head->masked ? KEY_SIZE : 0))
        return FALSE;
    if (payload == 126)
        payload = tvb_get_ntohs(tvb, 2);
    else if (payload == 127)
        payload = tvb_get_ntoh64(tvb, 2);
    head->length += head->masked ? KEY_SIZE : 0;
    head->payload = (guint) payload;
    return payload <= G_MAXINT && head->length + payload == tvb_reported_length(tvb);
}

/* Has stock unmasked this frame into that buffer? */
static gboolean
is_unmasked(tvbuff_t *tvb, const struct head *head, tvbuff_t *other)
{
    guint compared = MIN(MIN(tvb_captured_length(tvb) - head->length, tvb_captured_length(other)), COMPARED);

    for (guint i = 0; i < compared; i++) {
        guint8 key = tvb_get_uint8(tvb, (gint) (head->length - KEY_SIZE + i % KEY_SIZE));

        if ((tvb_get_uint8(tvb, (gint) (head->length + i)) ^ key) != tvb_get_uint8(other, (gint) i))
            return FALSE;
    }
    return TRUE;
}

/* An unmasked payload is a part of its frame. */
static struct omapush_buffer *
plain_payload(wmem_array_t *buffers, guint at, const struct head *head)
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
unmasked_payload(wmem_array_t *buffers, guint at, const struct head *head, guint *next)
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
        struct head head;

        if (!read_head(frame->tvb, &head) || !head.payload)
            continue;
        payload = head.masked ? unmasked_payload(buffers, i, &head, &next) : plain_payload(buffers, i, &head);
        if (!payload)
            continue;
        payload->used = TRUE;
        payloads[i] = payload->tvb;
    }
    return payloads;
}

/* Of an empty frame there is only the head to be told by. */
static gboolean
is_empty_frame(const struct omapush_buffer *buffer, const struct head *head)
{
    return !head->payload && !buffer->used && (head->flags & ~(OM_WS_FIN | OM_WS_CONTROL)) <= 2;
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
        struct head head;

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
