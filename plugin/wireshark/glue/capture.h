/* capture.h
 * What this room keeps of the capture at hand: the model, what each frame was, what is looked for.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_CAPTURE_H
#define OMAPUSH_CAPTURE_H

#include "compat.h"

#include "model/model.h"

/** Made when a capture is opened, freed when it is closed. */
struct omapush_capture {
    struct om_model *model;
    GHashTable *sip_rests;                    /**< direction of a connection -> struct om_sip_rest *: SIP messages over
                                                   several segments (sip_segments.h) */
    GPtrArray *records;                       /**< struct om_frame_record *, in order of frames: owned */
    GHashTable *unproven;                     /**< conversation_t * -> GPtrArray *: first segments of what may be MSRP
                                                   (msrp_unproven.h) */
    guint8 msrp_ports[(G_MAXUINT16 + 1) / 8]; /**< announced by SDP, a bit each (announced.h) */
    guint8 way_ports[(G_MAXUINT16 + 1) / 8];  /**< the same, with those of TLS and WebSocket (tcp_watch.h) */
    gboolean ways_watched;                    /**< there is such a port */
    gboolean sip_handed;                      /**< a heuristic has taken anything for SIP (sip_heuristic.h) */
    gboolean tcp_watched;                     /**< segments are looked for in every frame (tcp_segment.h) */
    gboolean tcp_absolute;                    /**< TCP's sequence numbers do not count from the SYN */
};

/** NULL between captures. */
struct omapush_capture *omapush_capture(void);

/** omapush_capture()'s, or NULL. */
struct om_model *omapush_model(void);

/** Where a frame's SIP messages stand. */
enum omapush_sip_place {
    OMAPUSH_SIP_NOWHERE, /**< none ends in it */
    OMAPUSH_SIP_BUFFERS, /**< in buffers of stock dissectors */
    OMAPUSH_SIP_SEGMENT, /**< from the beginning of the TCP segment on */
    OMAPUSH_SIP_REST     /**< in bytes of several segments that were put together here (sip_segments.h) */
};

/**
 * What a frame's first visit found: views and outputs read it at every visit.
 * File-scope proto data; freed when the capture is closed.
 */
struct om_frame_record {
    guint32 frame;
    GPtrArray *sip;     /**< struct om_sip_record * of each SIP message, NULL entries where one is nothing to us */
    GArray *sip_starts; /**< struct om_sip_start of each SIP message */
    GPtrArray *calls;   /**< struct om_payload *, in the order the frame's payloads came to the MSRP input */
    GPtrArray *late;    /**< struct om_payload *: segments that TCP kept from its subdissectors */
    enum omapush_sip_place sip_place; /**< of the messages in `sip` */
    gboolean sip_stream;              /**< they came on a stream, where several may follow each other */
    GBytes *sip_rest;                 /**< with OMAPUSH_SIP_REST; else NULL */
};

/** @param make  at the first visit */
struct om_frame_record *omapush_frame_record(packet_info *pinfo, gboolean make);
/** By its number alone: NULL where the frame has none, or there is no capture. */
const struct om_frame_record *omapush_frame_record_at(guint32 frame);

/** @param options  as om_model_new() takes them */
void omapush_capture_begins(const struct om_options *options);
void omapush_capture_ends(void);

#endif
