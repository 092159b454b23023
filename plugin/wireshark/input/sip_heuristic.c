/* sip_heuristic.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_heuristic.h"

#include "core/sip/sip_msg.h"
#include "wireshark/glue/frame.h"

/** Longest start line of a datagram that is looked at, shortest datagram, most bytes of line ends before it. */
#define START_LINE_LIMIT 1024
#define SHORTEST         20
#define BLANKS_LIMIT     16

static gint
behind_line_ends(tvbuff_t *tvb, gint length)
{
    gint at = 0;

    while (at < MIN(length, BLANKS_LIMIT) && (tvb_get_uint8(tvb, at) == '\r' || tvb_get_uint8(tvb, at) == '\n'))
        at++;
    return at;
}

/* A start line with its end that may be SIP's; NULL where there is none. */
static struct om_slice
start_line(struct om_slice bytes)
{
    gssize end = om_slice_isset(bytes) ? om_slice_chr(om_slice_head(bytes, START_LINE_LIMIT), 0, '\n') : -1;
    struct om_slice line = om_slice_head(bytes, (gsize) MAX(end, 0));

    return om_slice_find(line, 0, OM_SLICE_LIT("SIP/2.0")) >= 0 ? line : OM_SLICE_NULL;
}

/* The bytes from the first capital letter on; NULL where it is another. */
static struct om_slice
text_of(tvbuff_t *tvb, gint *start)
{
    gint length = (gint) tvb_captured_length(tvb);

    *start = behind_line_ends(tvb, length);
    if (length < *start + SHORTEST || !g_ascii_isupper(tvb_get_uint8(tvb, *start)))
        return OM_SLICE_NULL;
    return om_slice(tvb_get_ptr(tvb, *start, length - *start), (gsize) (length - *start));
}

static void
mark(packet_info *pinfo)
{
    p_add_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_SIP_HANDED, GINT_TO_POINTER(TRUE));
    omapush_capture()->sip_handed = TRUE;
}

/* Takes nothing: the datagram goes on as before, but has its mark. */
static om_bool
heuristic_udp(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree _U_, void *data _U_)
{
    gint start;
    struct om_slice bytes = text_of(tvb, &start);
    struct om_sip_msg msg;

    if (!om_slice_isset(start_line(bytes)) || !om_sip_msg_parse(bytes, &msg))
        return FALSE;
    if ((start > 0 || (msg.flaws & OM_SIP_START_LINE)) && om_slice_isset(msg.call_id))
        mark(pinfo);
    om_sip_msg_clear(&msg);
    return FALSE;
}

/* The same for a segment that begins with a message: stock finds it too, but where the rest of the message is still to
 * come the frame does not tell (sip_segments.c). */
static om_bool
heuristic_tcp(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree _U_, void *data _U_)
{
    gint start;
    struct om_slice line = start_line(text_of(tvb, &start));

    if (om_slice_isset(line) && om_sip_is_start_line(om_slice_trim(line)))
        mark(pinfo);
    return FALSE;
}

void
omapush_sip_heuristic_handoff(void)
{
    heur_dissector_add("udp", heuristic_udp, "SIP (OMA Push) with a malformed start line", "omapush_sip_udp",
                       proto_omapush, HEURISTIC_ENABLE);
    heur_dissector_add("tcp", heuristic_tcp, "SIP (OMA Push) over TCP", "omapush_sip_tcp", proto_omapush,
                       HEURISTIC_ENABLE);
}
