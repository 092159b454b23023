/* plugin.h
 * What the files of this room share: protocol, registry of the capture, what each frame was.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_PLUGIN_H
#define OMAPUSH_PLUGIN_H

#include "fields.h"
#include "tap.h"

extern int proto_omapush;

/** Keys of proto data. The first is of file scope, the others of packet scope. */
enum omapush_data {
    OMAPUSH_DATA_RECORD,     /**< struct om_frame_record */
    OMAPUSH_DATA_CALLS,      /**< number of the payloads that came to the MSRP input (msrp_input.c) */
    OMAPUSH_DATA_INFO,       /**< what stands in the columns (columns.c) */
    OMAPUSH_DATA_FINDINGS,   /**< where findings go (findings_view.c) */
    OMAPUSH_DATA_CONTENT,    /**< a push content was shown (body_view.c) */
    OMAPUSH_DATA_WS_HANDED,  /**< WebSocket messages that stock handed over (msrp_late.c) */
    OMAPUSH_DATA_SHOWN,      /**< objects that were shown (push_view.c) */
    OMAPUSH_DATA_SIP_HANDED  /**< a datagram that only the heuristic takes for SIP (sip_input.c) */
};

/** The registry of the capture at hand; NULL between captures. */
struct om_registry *omapush_registry(void);

const char *omapush_procedure_name(guint procedure);

/** Where a frame's SIP messages stand. */
enum omapush_sip_place {
    OMAPUSH_SIP_BUFFERS, /**< in buffers of stock dissectors */
    OMAPUSH_SIP_SEGMENT, /**< from the beginning of the TCP segment on */
    OMAPUSH_SIP_REST     /**< in bytes of several segments that were put together here (sip_segments.h) */
};

/**
 * What a frame's first visit found: views and outputs read it at every visit.
 * File-scope proto data; freed when the capture is closed.
 */
struct om_frame_record {
    GPtrArray *sip;   /**< struct om_sip_record * of each SIP message, NULL entries where one is nothing to us */
    GArray *sip_starts; /**< struct om_sip_start of each SIP message */
    GPtrArray *calls; /**< struct om_call *, in the order the frame's payloads came to the MSRP input */
    GPtrArray *late;  /**< struct om_call *: segments that TCP kept from its subdissectors (out of order, retransmitted) */
    enum omapush_sip_place sip_place; /**< of the messages in `sip` */
    gboolean sip_stream;              /**< they came on a stream, where several may follow each other */
    GBytes *sip_rest;                 /**< with OMAPUSH_SIP_REST; else NULL */
};

/** @param make  at the first visit */
struct om_frame_record *omapush_frame_record(packet_info *pinfo, gboolean make);

/** Fills in what the model wants to know of a frame; strings live in pinfo's pool. */
void omapush_frame(packet_info *pinfo, struct om_frame *frame);

/** Did a dissector of this protocol read the frame? Cheaper than by name, as epan offers it. */
gboolean omapush_has_layer(const packet_info *pinfo, int proto);

/** Is it worth building items of our protocol (or another's) for this tree? */
gboolean omapush_wants_tree(proto_tree *tree, int proto);

#endif
