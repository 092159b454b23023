/* sip_nothing.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_nothing.h"

#include "wireshark/glue/packet_buffers.h"

/* Is it one whole message, nothing to us? */
static gboolean
is_nothing(struct om_slice bytes)
{
    struct om_sip_glance glance;

    return om_sip_glance(bytes, &glance) && om_model_sip_is_nothing(omapush_model(), &glance);
}

static gboolean
is_inside(struct om_slice part, struct om_slice whole)
{
    return part.p >= whole.p && part.p + part.l <= whole.p + whole.l;
}

gboolean
omapush_sip_is_nothing(tvbuff_t *frame, packet_info *pinfo)
{
    struct om_slice message = OM_SLICE_NULL;

    if (pinfo->fd->cap_len < pinfo->fd->pkt_len)
        return FALSE;
    for (tvbuff_t *tvb = frame; tvb; tvb = omapush_buffer_next(tvb)) {
        struct om_slice bytes = omapush_buffer_bytes(tvb);

        /* A buffer inside of a message is its body, or a part of that, and comes behind it in the chain mostly. */
        if (bytes.l == 0 || (message.p && is_inside(bytes, message)))
            continue;
        if (is_nothing(bytes))
            message = bytes;
        else if (om_sip_begins(bytes))
            return FALSE;
    }
    om_model_sip_passes(omapush_model(), pinfo->num, om_frame_time(pinfo->abs_ts.secs, pinfo->abs_ts.nsecs));
    return TRUE;
}
