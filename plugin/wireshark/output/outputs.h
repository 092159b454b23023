/* outputs.h
 * What the outputs give the rest of the plugin.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_OUTPUTS_H
#define OMAPUSH_OUTPUTS_H

#include <epan/packet.h>

#include "tap.h"

/**
 * Registers the reports, the tables and the export. Called once, while the protocol registers.
 * @param tap_id  of the tap "omapush"
 */
void omapush_register_outputs(int proto_omapush, int tap_id);

/**
 * Queues the frame's one record for all outputs. The export listens on a tap of its own
 * ("omapush_eo", which register_export_object() makes), so this is more than tap_queue_packet().
 */
void omapush_tap_queue(packet_info *pinfo, struct om_tap_record *record);

#endif
