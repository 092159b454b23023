/* push_view.h
 * The push tree of an MSRP frame: what it is, which session, which object, is it right.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_PUSH_VIEW_H
#define OMAPUSH_PUSH_VIEW_H

#include "wireshark/glue/frame.h"

void omapush_push_view_register(void);

void omapush_push_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call,
                       const struct om_piece *piece);
void omapush_push_part_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_piece *piece);

/* What the push trees of SIP messages have too. */

/** What the message is for the push. */
proto_item *omapush_procedure_view(tvbuff_t *tvb, proto_tree *tree, enum om_procedure procedure);
/** From a request to its answer. */
proto_item *omapush_answer_link(tvbuff_t *tvb, proto_tree *tree, guint32 frame);
/** From an answer to its request. */
proto_item *omapush_request_link(tvbuff_t *tvb, proto_tree *tree, guint32 frame);

/** "Push by MSRP". */
const char *omapush_procedure_name(guint procedure);

#endif
