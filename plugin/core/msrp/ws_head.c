/* ws_head.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ws_head.h"

#define MASKED     0x80
#define LENGTH_16  126 /* the length is in the two octets that follow */
#define LENGTH_64  127 /* in the eight octets that follow */
#define KEY_LENGTH 4

#define RESERVED_BITS     0x30 /* RSV2, RSV3 */
#define LAST_DATA_OPCODE  2    /* 0 continuation, 1 text, 2 binary */
#define LAST_CONTROL_TYPE 2    /* 0 close, 1 ping, 2 pong */

static guint64
big_endian(const guint8 *p, gsize length)
{
    guint64 value = 0;

    for (gsize i = 0; i < length; i++)
        value = value << 8 | p[i];
    return value;
}

static gboolean
is_possible(guint8 flags, guint8 length)
{
    guint8 opcode = flags & OM_WS_OPCODE;

    if (flags & RESERVED_BITS)
        return FALSE;
    if (!(opcode & OM_WS_CONTROL))
        return opcode <= LAST_DATA_OPCODE;
    return (opcode & ~OM_WS_CONTROL) <= LAST_CONTROL_TYPE && (flags & OM_WS_FIN) && !(flags & OM_WS_COMPRESSED) &&
           length < LENGTH_16;
}

gboolean
om_ws_head_parse(struct om_slice bytes, struct om_ws_head *head)
{
    const guint8 *p = (const guint8 *) bytes.p;
    gsize extended, key;
    guint8 length;

    if (bytes.l < 2)
        return FALSE;
    length = p[1] & (guint8) ~MASKED;
    extended = length == LENGTH_16 ? 2 : length == LENGTH_64 ? 8 : 0;
    key = p[1] & MASKED ? KEY_LENGTH : 0;
    if (bytes.l < 2 + extended + key || !is_possible(p[0], length))
        return FALSE;
    head->flags = p[0];
    head->payload = extended ? big_endian(p + 2, extended) : length;
    head->key = key ? om_slice(p + 2 + extended, key) : OM_SLICE_NULL;
    head->length = 2 + extended + key;
    return TRUE;
}
