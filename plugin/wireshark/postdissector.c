/* postdissector.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "postdissector.h"

#include "wireshark/input/msrp_late.h"
#include "wireshark/input/sip_input.h"
#include "wireshark/input/tcp_watch.h"
#include "wireshark/output/outputs.h"
#include "wireshark/summary/columns.h"
#include "wireshark/user/follow.h"
#include "wireshark/view/findings_view.h"
#include "wireshark/view/msrp_view.h"
#include "wireshark/view/sip_view.h"

static gboolean
any_push(const struct om_frame_record *record)
{
    for (guint i = 0; record->sip && i < record->sip->len; i++) {
        if (g_ptr_array_index(record->sip, i) && om_sip_record_is_push(g_ptr_array_index(record->sip, i)))
            return TRUE;
    }
    return (record->calls && record->calls->len) || (record->late && record->late->len);
}

static GPtrArray *
all_calls(const struct om_frame_record *record)
{
    return record->calls ? record->calls : record->late;
}

static void
tap(packet_info *pinfo, const struct om_frame_record *record)
{
    struct om_tap_record *told;

    if (!any_push(record))
        return;
    told = wmem_new0(pinfo->pool, struct om_tap_record);
    told->model = omapush_model();
    told->sip = record->sip;
    told->calls = all_calls(record);
    told->frame = pinfo->num;
    omapush_tap_queue(pinfo, told);
}

static void
show_sip(packet_info *pinfo, proto_tree *tree, const struct om_frame_record *record, wmem_array_t *messages)
{
    guint count = messages ? wmem_array_get_count(messages) : 0;

    if (!record->sip)
        return;
    for (guint i = 0; i < record->sip->len; i++) {
        const struct om_sip_record *sip = g_ptr_array_index(record->sip, i);
        const struct om_sip_start *start = &g_array_index(record->sip_starts, struct om_sip_start, i);

        omapush_column_sip(pinfo, start, sip);
        if (i < count && sip && om_sip_record_is_push(sip))
            omapush_sip_view(wmem_array_index(messages, i), pinfo, tree, sip, start);
    }
}

static void
show_late(packet_info *pinfo, proto_tree *tree, wmem_array_t *payloads)
{
    guint count = payloads ? wmem_array_get_count(payloads) : 0;

    for (guint i = 0; i < count; i++) {
        const struct omapush_payload *payload = wmem_array_index(payloads, i);

        omapush_msrp_late_view(payload->tvb, pinfo, tree, payload->call);
    }
}

/* First the model has all of the frame: nothing that views throw can cost it an event. */
static void
feed(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, wmem_array_t **messages, wmem_array_t **payloads)
{
    if (!PINFO_FD_VISITED(pinfo))
        om_model_frame(omapush_model(), om_frame_time(pinfo->abs_ts.secs, pinfo->abs_ts.nsecs),
                       pinfo->fd->cap_len < pinfo->fd->pkt_len);
    *messages = omapush_sip_read(tvb, pinfo, tree != NULL);
    omapush_tcp_watch(tvb, pinfo);
    *payloads = omapush_msrp_late(tvb, pinfo);
}

/* What a user may do with a frame of ours (follow it) hangs on its layers. Another postdissector that has nothing to
 * say (transum) is taken off them again, and then Wireshark asks for the number of the layer below: ours. */
static void
name_layer(packet_info *pinfo)
{
    int *number;

    if (omapush_has_layer(pinfo, proto_omapush))
        return;
    wmem_list_append(pinfo->layers, GINT_TO_POINTER(proto_omapush));
    if (wmem_map_contains(pinfo->proto_layers, GINT_TO_POINTER(proto_omapush)))
        return;
    number = wmem_new(pinfo->pool, int);
    *number = 1;
    wmem_map_insert(pinfo->proto_layers, GINT_TO_POINTER(proto_omapush), number);
}

static int
postdissect(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data _U_)
{
    const char *protocol = pinfo->current_proto;
    const struct om_frame_record *record;
    wmem_array_t *messages, *payloads;

    if (!omapush_model())
        return 0;
    feed(tvb, pinfo, tree, &messages, &payloads);
    record = omapush_frame_record(pinfo, FALSE);
    /* Expert infos stand under the protocol that is being dissected: a postdissector is called as "Frame". */
    pinfo->current_proto = proto_get_protocol_short_name(find_protocol_by_id(proto_omapush));
    if (record) {
        show_sip(pinfo, tree, record, messages);
        show_late(pinfo, tree, payloads);
        omapush_msrp_pushes_view(pinfo, tree);
        omapush_follow_tell(pinfo, record, messages, omapush_msrp_shown(pinfo));
    }
    omapush_findings_view(tvb, pinfo, tree);
    pinfo->current_proto = protocol;
    if (record && any_push(record))
        name_layer(pinfo);
    if (record)
        tap(pinfo, record);
    return 0;
}

void
omapush_postdissector_register(void)
{
    /* A postdissector needs an enabled protocol to be called at all, and one of its own would be a layer of every frame:
     * a helper's is none, and is enabled with ours. */
    int helper = proto_register_protocol_in_name_only("OMA Push in frames", "OMA Push in frames", "omapush.frame",
                                                      proto_omapush, FT_PROTOCOL);

    register_postdissector(create_dissector_handle(postdissect, helper));
}
