/* chunk_view.h
 * Chunks in the tree: one with its place in the object, and all frames of an object.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_CHUNK_VIEW_H
#define OMAPUSH_CHUNK_VIEW_H

#include "wireshark/glue/frame.h"

void omapush_chunk_view_register(void);

/** The chunk that a SEND carries: n of m, its range, its neighbours. */
void omapush_chunk_view(tvbuff_t *tvb, proto_tree *tree, const struct om_chunk *chunk);
/** A link to another chunk of the same object. */
proto_item *omapush_other_chunk(tvbuff_t *tvb, proto_tree *tree, guint32 frame);
/** The frames of an object: its chunks with their answers, its REPORTs. */
void omapush_object_frames(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_object *object);

#endif
