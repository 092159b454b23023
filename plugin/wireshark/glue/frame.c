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
