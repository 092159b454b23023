/* sip_glance.h
 * As much of a SIP message as tells whether it is worth reading.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_GLANCE_H
#define OM_SIP_GLANCE_H

#include "core/text/slice.h"

/** Each as om_sip_msg_parse() has it. Slices point into the text given to om_sip_glance(). */
struct om_sip_glance {
    gboolean request;
    struct om_slice method; /**< of a response: from CSeq */
    guint status;           /**< of a response, else 0 */
    struct om_slice call_id;
    struct om_slice body;
};

/**
 * Looks at a message that is as RFC 3261 has it and fills `text` from the first byte to the last. Allocates nothing.
 * @return FALSE where there is none, or anything about it is out of the ordinary: then om_sip_msg_parse() may tell
 */
gboolean om_sip_glance(struct om_slice text, struct om_sip_glance *glance);

/** Does a SIP message begin here, possibly behind line ends, as om_sip_msg_parse() sees it? */
gboolean om_sip_begins(struct om_slice text);

#endif
