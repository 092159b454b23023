/* frame.h
 * What all rooms of the plugin share: protocol, proto data, the frame as the model wants it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_FRAME_H
#define OMAPUSH_FRAME_H

#include "capture.h"

extern int proto_omapush;

/** Keys of proto data. The first is of file scope, the others of packet scope. */
enum omapush_data {
    OMAPUSH_DATA_RECORD,    /**< struct om_frame_record */
    OMAPUSH_DATA_CALLS,     /**< number of the payloads that came to the MSRP input (msrp_input.c) */
    OMAPUSH_DATA_INFO,      /**< what stands in the columns (columns.c) */
    OMAPUSH_DATA_TREE,      /**< the frame's item and what stands in it (push_tree.c) */
    OMAPUSH_DATA_PAYLOADS,  /**< payloads whose pushes are to be shown (msrp_view.c) */
    OMAPUSH_DATA_CONTENT,   /**< a push content was shown (body_view.c) */
    OMAPUSH_DATA_WS_HANDED, /**< WebSocket messages that stock handed over (msrp_late.c) */
    OMAPUSH_DATA_SHOWN,     /**< objects that were shown (push_view.c) */
    OMAPUSH_DATA_SIP_HANDED /**< what a heuristic takes for SIP (sip_heuristic.c) */
};

/** Fills in what the model wants to know of a frame; strings live in pinfo's pool. */
void omapush_frame(packet_info *pinfo, struct om_frame *frame);

/** The captured bytes of a buffer; empty, not NULL, where there are none. */
struct om_slice omapush_bytes(tvbuff_t *tvb);

/**
 * Frees what is not of a pool once the frame's dissection is over: what is malloc'ed and alive over a call that may throw
 * (any that adds to a tree) would leak otherwise.
 */
void omapush_free_later(packet_info *pinfo, GDestroyNotify free_data, gpointer data);
/** Text of pinfo's pool in place of one of the heap, which is freed. @param text  or NULL, which stays NULL */
char *omapush_pooled(packet_info *pinfo, char *text);

/** Did a dissector of this protocol read the frame? Cheaper than by name, as epan offers it. */
gboolean omapush_has_layer(const packet_info *pinfo, int proto);

/** Is it worth building items of our protocol (or another's) for this tree? */
gboolean omapush_wants_tree(proto_tree *tree, int proto);

#endif
