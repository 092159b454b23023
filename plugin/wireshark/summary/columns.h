/* columns.h
 * Protocol and Info columns.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_COLUMNS_H
#define OMAPUSH_COLUMNS_H

#include "sip_summary.h"

/** An MSRP message that ends in this frame. */
void omapush_column_message(packet_info *pinfo, const struct om_message *message);
/** Part of a message that goes on. */
void omapush_column_part(packet_info *pinfo, const struct om_message *message);
void omapush_column_text(packet_info *pinfo, const char *text);

/**
 * A SIP message: what it means for the push, in place of what stock says. Called for every
 * message of the frame in turn; nothing changes where none of them is a push.
 * @param record  NULL where the message is nothing to us
 */
void omapush_column_sip(packet_info *pinfo, const struct om_sip_start *start, const struct om_sip_record *record);

#endif
