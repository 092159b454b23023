/* sip_heuristic.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_heuristic.h"

#include "../core/sip_msg.h"
#include "plugin.h"

/** Longest start line of a datagram that is looked at, shortest datagram, most bytes of line ends before it. */
#define START_LINE_LIMIT 1024
#define SHORTEST         20
#define BLANKS_LIMIT     16

/* Takes nothing: the datagram goes on as before, but has its mark. */
static om_bool
heuristic_udp(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree _U_, void *data _U_)
{
    gint length = (gint) tvb_captured_length(tvb);
    gint start = 0;
    struct om_slice bytes, line;
    struct om_sip_msg msg;

    while (start < MIN(length, BLANKS_LIMIT) &&
           (tvb_get_uint8(tvb, start) == '\r' || tvb_get_uint8(tvb, start) == '\n'))
        start++;
    if (length < start + SHORTEST || !g_ascii_isupper(tvb_get_uint8(tvb, start)))
        return FALSE;
    bytes = om_slice(tvb_get_ptr(tvb, start, length - start), (gsize) (length - start));
    line = om_slice_head(bytes, (gsize) MAX(om_slice_chr(om_slice_head(bytes, START_LINE_LIMIT), 0, '\n'), 0));
    if (om_slice_find(line, 0, OM_SLICE_LIT("SIP/2.0")) < 0 || !om_sip_msg_parse(bytes, &msg))
        return FALSE;
    if ((start > 0 || (msg.flaws & OM_SIP_START_LINE)) && om_slice_isset(msg.call_id))
        p_add_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_SIP_HANDED, GINT_TO_POINTER(TRUE));
    om_sip_msg_clear(&msg);
    return FALSE;
}

void
omapush_sip_heuristic_handoff(void)
{
    heur_dissector_add("udp", heuristic_udp, "SIP (OMA Push) with a malformed start line", "omapush_sip_udp",
                       proto_omapush, HEURISTIC_ENABLE);
}
