/* fuzz_sip_rest.c
 * SIP messages on TCP in segments: the first octet of each piece tells how long it is.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "check_inside.h"
#include "model/sip_rest.h"

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
    struct om_slice first = take_piece(&all);
    struct om_sip_rest *rest = om_sip_rest_new(first, (guint32) first.l);
    enum om_sip_rest_state state = OM_SIP_REST_WAITS;
    gsize came = first.l;

    while (all.l && state == OM_SIP_REST_WAITS) {
        struct om_slice piece = take_piece(&all);

        state = om_sip_rest_add(rest, (guint32) came, piece);
        if (state == OM_SIP_REST_LOST)
            break;
        came += piece.l;
        g_assert_cmpuint(om_sip_rest_bytes(rest).l, ==, came);
    }
    om_sip_rest_free(rest);
    return 0;
}
