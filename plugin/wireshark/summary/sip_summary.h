/* sip_summary.h
 * One line for a SIP message of a push: what it is, for whom, of which session.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_SIP_SUMMARY_H
#define OMAPUSH_SIP_SUMMARY_H

#include "wireshark/glue/frame.h"

#include "wireshark/input/sip_start.h"

/**
 * "INVITE offer wml.ua pushid-1 (4385 bytes), push session 1", in pinfo's pool.
 * @param record  NULL or no push: the start alone
 */
const char *omapush_sip_summary(packet_info *pinfo, const struct om_sip_start *start,
                                const struct om_sip_record *record);

#endif
