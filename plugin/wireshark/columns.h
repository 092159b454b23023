/* columns.h
 * Protocol and Info columns.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_COLUMNS_H
#define OMAPUSH_COLUMNS_H

#include "plugin.h"

/** An MSRP message that ends in this frame. */
void omapush_column_message(packet_info *pinfo, const struct om_message *message);
/** Part of a message that goes on. */
void omapush_column_part(packet_info *pinfo, const struct om_message *message);
void omapush_column_text(packet_info *pinfo, const char *text);
/** A SIP message: appended to what the stock dissector says. */
void omapush_column_sip(packet_info *pinfo, const struct om_sip_record *record);

/** "SEND chunk 2/2 [2049-4385/4385] push pushid-1 complete, SHA-1 match", "200 OK for ...", "REPORT 200 ...". */
const char *omapush_message_summary(packet_info *pinfo, const struct om_message *message);
/** "complete, SHA-1 match": state and verification as known now; "" where it is not known yet. */
const char *omapush_object_summary(packet_info *pinfo, struct om_object *object);

/** What to call an object: its name, else its Message-ID. */
const char *omapush_object_label(packet_info *pinfo, struct om_object *object);

#endif
