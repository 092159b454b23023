/* outputs.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "outputs.h"

#include "wireshark/glue/compat.h"
#include "export.h"
#include "json_out.h"
#include "stats.h"

#include <epan/tap.h>

static int report_tap;
static int export_tap;

void
omapush_register_outputs(int proto_omapush, int tap_id)
{
    report_tap = tap_id;
    omapush_register_json();
    omapush_register_stats();
    export_tap = omapush_register_export(proto_omapush);
}

void
omapush_tap_queue(packet_info *pinfo, struct om_tap_record *record)
{
    /* Only now: tap listeners are called when the frame counts as visited. */
    record->first_visit = !PINFO_FD_VISITED(pinfo);
    tap_queue_packet(report_tap, pinfo, record);
    if (have_tap_listener(export_tap))
        tap_queue_packet(export_tap, pinfo, record);
}
