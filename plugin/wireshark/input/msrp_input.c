/* msrp_input.c
 * TCP is not asked to desegment: the model's streams take segments as they come (model/stream/stream.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_input.h"

#include "msrp_carrier.h"

/* Counts the payloads of a frame in the order in which they come, at later visits. */
static guint
next_ordinal(packet_info *pinfo)
{
    guint *count = p_get_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_CALLS);

    if (!count) {
        count = wmem_new0(pinfo->pool, guint);
        p_add_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_CALLS, count);
    }
    return (*count)++;
}

static struct om_payload *
take(tvbuff_t *tvb, packet_info *pinfo, enum om_transport transport, const struct tcpinfo *tcpinfo)
{
    struct om_connection *connection = omapush_connection(pinfo, transport, tcpinfo);
    guint direction = omapush_direction(pinfo);
    struct om_frame frame;

    omapush_frame(pinfo, &frame);
    if (tcpinfo)
        return om_connection_segment(
            connection, direction, &frame,
            omapush_sequence(connection, find_or_create_conversation(pinfo), TRUE, tcpinfo->seq), omapush_bytes(tvb));
    return om_connection_bytes(connection, direction, &frame, omapush_bytes(tvb));
}

struct om_payload *
omapush_msrp_feed(tvbuff_t *tvb, packet_info *pinfo, enum om_transport transport, const struct tcpinfo *tcpinfo)
{
    struct om_frame_record *record = omapush_frame_record(pinfo, !PINFO_FD_VISITED(pinfo));
    guint ordinal;

    if (!PINFO_FD_VISITED(pinfo)) {
        if (!record->calls)
            record->calls = g_ptr_array_new();
        g_ptr_array_add(record->calls, take(tvb, pinfo, transport, tcpinfo));
        return g_ptr_array_index(record->calls, record->calls->len - 1);
    }
    ordinal = next_ordinal(pinfo);
    if (!record || !record->calls || ordinal >= record->calls->len)
        return NULL;
    return g_ptr_array_index(record->calls, ordinal);
}
