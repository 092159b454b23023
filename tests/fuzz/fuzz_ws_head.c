/* fuzz_ws_head.c
 * Heads of WebSocket frames, one behind the other.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "check_inside.h"
#include "core/msrp/ws_head.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    struct om_slice rest = om_slice(data, size);
    struct om_ws_head head;

    while (om_ws_head_parse(rest, &head)) {
        struct om_slice text = om_slice_head(rest, head.length);

        g_assert_true(head.length >= 2 && head.length <= OM_WS_HEAD_LIMIT && head.length <= rest.l);
        check_inside(head.key, text);
        g_assert_true(!head.key.p || head.key.l == 4);
        rest = om_slice_from(rest, head.length);
        rest = om_slice_from(rest, (gsize) MIN(head.payload, rest.l));
    }
    return 0;
}
