/* sip_summary.h
 * One line for a SIP message of a push: what it is, for whom, of which session.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_SIP_SUMMARY_H
#define OMAPUSH_SIP_SUMMARY_H

#include "wireshark/glue/frame.h"

#include "core/sip/sip_msg.h"

/** What is kept of a SIP message's text for later visits, which may have no tree to find it by. */
struct om_sip_start {
    const char *text; /**< "INVITE", "200 OK for INVITE"; interned in the model. NULL: not kept */
    guint status;     /**< 0: a request */
    gboolean body;    /**< it has one */
};

void omapush_sip_start(const struct om_sip_msg *msg, struct om_sip_start *start);

/**
 * "INVITE offer wml.ua pushid-1 (4385 bytes), push session 1", in pinfo's pool.
 * @param record  NULL or no push: the start alone
 */
const char *omapush_sip_summary(packet_info *pinfo, const struct om_sip_start *start,
                                const struct om_sip_record *record);

#endif
