/* frame.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "frame.h"

#include <epan/to_str.h>

int proto_omapush = -1;

void
omapush_frame(packet_info *pinfo, struct om_frame *frame)
{
    frame->number = pinfo->num;
    frame->time = om_frame_time(pinfo->abs_ts.secs, pinfo->abs_ts.nsecs);
    frame->src = address_to_str(pinfo->pool, &pinfo->src);
    frame->dst = address_to_str(pinfo->pool, &pinfo->dst);
    frame->src_port = (guint16) pinfo->srcport;
    frame->dst_port = (guint16) pinfo->destport;
    frame->cut = pinfo->fd->cap_len < pinfo->fd->pkt_len;
    frame->peer_heard = FALSE;
}

struct om_slice
omapush_bytes(tvbuff_t *tvb)
{
    guint length = tvb ? tvb_captured_length(tvb) : 0;

    return om_slice(length ? tvb_get_ptr(tvb, 0, (gint) length) : (const guint8 *) "", length);
}

/** In the frame's pool, until that is emptied. */
struct garbage {
    GDestroyNotify free_data;
    gpointer data;
};

static om_pool_bool
pool_emptied(wmem_allocator_t *pool _U_, wmem_cb_event_t event _U_, void *data)
{
    const struct garbage *garbage = data;

    garbage->free_data(garbage->data);
    return FALSE;
}

void
omapush_free_later(packet_info *pinfo, GDestroyNotify free_data, gpointer data)
{
    struct garbage *garbage = wmem_new(pinfo->pool, struct garbage);

    garbage->free_data = free_data;
    garbage->data = data;
    wmem_register_callback(pinfo->pool, pool_emptied, garbage);
}

char *
omapush_pooled(packet_info *pinfo, char *text)
{
    char *copy = text ? wmem_strdup(pinfo->pool, text) : NULL;

    g_free(text);
    return copy;
}

gboolean
omapush_has_layer(const packet_info *pinfo, int proto)
{
    for (wmem_list_frame_t *at = wmem_list_head(pinfo->layers); at; at = wmem_list_frame_next(at)) {
        if (GPOINTER_TO_INT(wmem_list_frame_data(at)) == proto)
            return TRUE;
    }
    return FALSE;
}

gboolean
omapush_wants_tree(proto_tree *tree, int proto)
{
    return tree && proto_field_is_referenced(tree, proto);
}
