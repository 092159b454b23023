/* summary.h
 * One line for each message and object: for the Info column, the head of a push tree, the flow graph.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_SUMMARY_H
#define OMAPUSH_SUMMARY_H

#include "wireshark/glue/frame.h"

/* All texts live in pinfo's pool. */

/** "SEND chunk 2/2 [2049-4385/4385] push pushid-1 complete, SHA-1 match", "200 for chunk 2 ...", "REPORT 200 ...". */
const char *omapush_message_summary(packet_info *pinfo, const struct om_message *message);
/** "[part of SEND chunk 2 push pushid-1, ends in frame 43]": bytes of a message that goes on. */
const char *omapush_part_summary(packet_info *pinfo, const struct om_message *message);
/** "200 for chunks 2-5 push pushid-1": answers of one status to chunks in a row. */
const char *omapush_answers_summary(packet_info *pinfo, const struct om_message *last, guint first_chunk);

/** "complete, SHA-1 match", "incomplete, 2048 bytes missing": state and verification as known now. */
const char *omapush_object_summary(packet_info *pinfo, struct om_object *object);
/** What to call an object: its name, else Message-ID, else (by MESSAGE) application and media type. */
const char *omapush_object_label(packet_info *pinfo, struct om_object *object);

#endif
