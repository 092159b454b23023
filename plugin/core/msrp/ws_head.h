/* ws_head.h
 * Heads of WebSocket frames, RFC 6455 section 5.2.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_WS_HEAD_H
#define OM_WS_HEAD_H

#include "core/text/slice.h"

/** The longest head: two octets, 64 bits of length, the masking key. */
#define OM_WS_HEAD_LIMIT 14

/* Of the first octet. */
#define OM_WS_FIN        0x80
#define OM_WS_COMPRESSED 0x40 /**< RSV1, RFC 7692 section 6 */
#define OM_WS_CONTROL    0x08 /**< in the opcode */
#define OM_WS_OPCODE     0x0f

struct om_ws_head {
    guint8 flags;        /**< the first octet: FIN, RSV1 to RSV3, opcode */
    struct om_slice key; /**< of 4 bytes; OM_SLICE_NULL where the payload is not masked */
    gsize length;        /**< of the head, in bytes: 2 to OM_WS_HEAD_LIMIT */
    guint64 payload;     /**< length that is claimed, in bytes */
};

/**
 * @param bytes  begins with a frame
 * @return FALSE where the head does not end in it, or cannot be one: reserved bits or a reserved opcode
 *         (section 5.2), a control frame that is a fragment, longer than 125 bytes (section 5.5) or compressed
 */
gboolean om_ws_head_parse(struct om_slice bytes, struct om_ws_head *head);

/** Byte number `at` of a masked payload, unmasked (section 5.3). */
static inline guint8
om_ws_unmask(const struct om_ws_head *head, gsize at, guint8 byte)
{
    return (guint8) (byte ^ (guint8) head->key.p[at % head->key.l]);
}

#endif
