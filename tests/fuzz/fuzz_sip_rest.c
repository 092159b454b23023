/* fuzz_sip_rest.c
 * SIP messages on TCP in segments: the first octet of each piece tells how long it is.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "check_inside.h"
#include "model/stream/sip_rest.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static struct om_slice
take_piece(struct om_slice *rest)
{
    gsize length = rest->l ? (guint8) rest->p[0] : 0;
    struct om_slice piece = om_slice_head(om_slice_from(*rest, 1), length);

    *rest = om_slice_from(*rest, 1 + piece.l);
    return piece;
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    struct om_slice all = om_slice(data, size);
    struct om_sip_rest *rest = om_sip_rest_new(0);
    gsize came = 0;

    while (all.l) {
        guint8 how = (guint8) all.p[0];
        struct om_slice piece = take_piece(&all);
        /* Some are late, some overlap. */
        guint32 seq = (guint32) came + (how % 16 == 15 ? 200 : 0) - (how % 16 == 14 ? 20 : 0);
        enum om_sip_rest_state state = om_sip_rest_add(rest, seq, piece);

        came += piece.l;
        if (state == OM_SIP_REST_LOST)
            break;
        g_assert_cmpuint(om_sip_rest_bytes(rest).l, <=, OM_SIP_REST_LIMIT);
        if (state == OM_SIP_REST_WHOLE)
            om_sip_rest_take(rest, MIN(om_sip_rest_bytes(rest).l, (gsize) how));
    }
    om_sip_rest_free(rest);
    return 0;
}
