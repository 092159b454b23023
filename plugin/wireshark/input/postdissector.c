/* postdissector.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "postdissector.h"

#include "wireshark/view/msrp_late.h"
#include "wireshark/output/outputs.h"
#include "wireshark/glue/frame.h"
#include "sip_input.h"

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
tap(packet_info *pinfo)
{
    struct om_frame_record *record = omapush_frame_record(pinfo, FALSE);
    struct om_tap_record *told;

    if (!record || !any_push(record))
        return;
    told = wmem_new0(pinfo->pool, struct om_tap_record);
    told->model = omapush_model();
    told->sip = record->sip;
    told->calls = all_calls(record);
    told->frame = pinfo->num;
    omapush_tap_queue(pinfo, told);
}

static int
postdissect(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data _U_)
{
    if (!omapush_model() || !proto_is_protocol_enabled(find_protocol_by_id(proto_omapush)))
        return 0;
    omapush_sip_read(tvb, pinfo, tree);
    omapush_msrp_late(tvb, pinfo, tree);
    tap(pinfo);
    return 0;
}

void
omapush_postdissector_register(void)
{
    /* Of no protocol: its layer would be added to every frame and taken away again. */
    register_postdissector(create_dissector_handle(postdissect, -1));
}
