/* push_tree.h
 * The OMA Push item of a frame: one on the frame's own level, whatever is in the frame, so that Wireshark's statistics
 * of protocols see one level of it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_PUSH_TREE_H
#define OMAPUSH_PUSH_TREE_H

#include "wireshark/glue/frame.h"

void omapush_push_tree_register(void);

/**
 * The tree of one message, for these bytes of tvb: the frame's item itself, or one in it where the frame has several.
 * @param tree     the frame's
 * @param summary  what the message is, in a line
 */
proto_tree *omapush_push_tree(tvbuff_t *tvb, gint at, gint length, packet_info *pinfo, proto_tree *tree,
                              const char *summary);
/** The frame's item alone, where nobody looks at what is in it: statistics count it. */
void omapush_push_item(tvbuff_t *tvb, gint at, gint length, packet_info *pinfo, proto_tree *tree);

/** What is said of the frame as a whole (its findings) stands behind this item of a tree of one message. */
void omapush_remarks_behind(packet_info *pinfo, const proto_tree *push_tree, proto_item *item);

/** Where that goes. */
struct omapush_remarks {
    proto_tree *tree;   /**< the frame's item; NULL where `tree` was */
    proto_item *behind; /**< an item of it; NULL: at its end */
};
/** @param tree  the frame's, or NULL; the item is made where there is none yet */
struct omapush_remarks omapush_remarks_place(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree);

#endif
