/* sip_input.h
 * SIP messages into the model, from the bytes that stock took for SIP.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_SIP_INPUT_H
#define OMAPUSH_SIP_INPUT_H

#include "wireshark/glue/frame.h"

#include "core/sip/sip_msg.h"

/** A SIP message of a frame. */
struct omapush_sip_message {
    tvbuff_t *tvb;         /**< the buffer that it stands in */
    gint at;               /**< where it begins there */
    struct om_sip_msg msg; /**< its slices lie in tvb */
};

/**
 * The SIP messages of a frame that stock is done with. The first visit tells the model.
 * @param frame   the tvb that a postdissector is given
 * @param wanted  somebody looks at them: else later visits read nothing
 * @return struct omapush_sip_message in the order of om_frame_record's `sip`, in pinfo's pool; NULL where nothing was
 *         read, or none is anything to us
 */
wmem_array_t *omapush_sip_read(tvbuff_t *frame, packet_info *pinfo, gboolean wanted);

void omapush_sip_handoff(void);

#endif
