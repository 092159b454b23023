/* sip_rest.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_rest.h"

#include "../core/sip_msg.h"

struct om_sip_rest {
    GByteArray *bytes;
    guint32 next;
    guint head_segments;
    guint64 wanted; /**< length of the message; 0: its head has not ended */
};

/* Without a Content-Length it goes on as far as it has come (RFC 3261 section 20.14 wants one on TCP). */
static guint64
wanted_length(struct om_slice bytes)
{
    struct om_sip_msg msg;
    guint64 wanted;

    if (!om_sip_msg_parse(bytes, &msg))
        return bytes.l;
    if (msg.flaws & OM_SIP_NO_BLANK_LINE)
        wanted = 0;
    else if (msg.flaws & OM_SIP_BODY_SHORT)
        wanted = (guint64) (msg.body.p - bytes.p) + msg.content_length;
    else
        wanted = (guint64) (msg.text.p - bytes.p) + msg.text.l;
    om_sip_msg_clear(&msg);
    return wanted;
}

struct om_sip_rest *
om_sip_rest_new(struct om_slice start, guint32 next)
{
    struct om_sip_rest *rest = g_new0(struct om_sip_rest, 1);

    rest->bytes = g_byte_array_new();
    g_byte_array_append(rest->bytes, (const guint8 *) start.p, (guint) MIN(start.l, OM_SIP_REST_LIMIT));
    rest->next = next;
    rest->wanted = wanted_length(om_sip_rest_bytes(rest));
    return rest;
}

void
om_sip_rest_free(struct om_sip_rest *rest)
{
    g_byte_array_unref(rest->bytes);
    g_free(rest);
}

enum om_sip_rest_state
om_sip_rest_add(struct om_sip_rest *rest, guint32 seq, struct om_slice segment)
{
    guint32 behind = seq + (guint32) segment.l;

    if ((gint32) (behind - rest->next) <= 0)
        return OM_SIP_REST_WAITS;
    if (seq != rest->next || segment.l > OM_SIP_REST_LIMIT - rest->bytes->len)
        return OM_SIP_REST_LOST;
    g_byte_array_append(rest->bytes, (const guint8 *) segment.p, (guint) segment.l);
    rest->next = behind;
    if (!rest->wanted && ++rest->head_segments <= OM_SIP_REST_HEAD_SEGMENTS)
        rest->wanted = wanted_length(om_sip_rest_bytes(rest));
    if (rest->wanted > OM_SIP_REST_LIMIT || rest->head_segments > OM_SIP_REST_HEAD_SEGMENTS)
        return OM_SIP_REST_LOST;
    return rest->wanted && rest->wanted <= rest->bytes->len ? OM_SIP_REST_WHOLE : OM_SIP_REST_WAITS;
}

struct om_slice
om_sip_rest_bytes(const struct om_sip_rest *rest)
{
    return om_slice(rest->bytes->data, rest->bytes->len);
}

struct om_slice
om_sip_rest_message(const struct om_sip_rest *rest)
{
    struct om_slice message = om_slice_head(om_sip_rest_bytes(rest), (gsize) rest->wanted);

    while (message.l && (message.p[0] == '\r' || message.p[0] == '\n'))
        message = om_slice_from(message, 1);
    return message;
}
