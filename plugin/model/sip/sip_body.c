/* sip_body.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_body.h"

#include "core/text/media_type.h"
#include "core/text/multipart.h"

gboolean
om_sip_body_find(const struct om_sip_msg *msg, const char *type, struct om_slice *body)
{
    struct om_part part;

    *body = msg->body;
    if (msg->body.l == 0 || om_media_type_is(msg->content_type, type))
        return msg->body.l > 0;
    if (!om_multipart_find(msg->content_type, msg->body, type, &part))
        return FALSE;
    *body = part.body;
    return TRUE;
}
