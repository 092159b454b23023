/* exported_pdu.h
 * Frames of File, Export PDUs to File, layer 4: what TCP handed to a dissector, without the headers below it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_EXPORTED_PDU_H
#define OMAPUSH_EXPORTED_PDU_H

#include "tcp_segment.h"

gboolean omapush_is_exported(const packet_info *pinfo);

/**
 * The segment, or the message that TCP put together of several, with the number that it had there.
 * @return FALSE where the frame does not tell the number
 */
gboolean omapush_exported_segment(tvbuff_t *frame, struct omapush_segment *segment);

#endif
