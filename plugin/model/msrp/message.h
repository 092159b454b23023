/* message.h
 * Messages and the payloads that they came in. What others ask of them is in message_ask.h.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_MESSAGE_H
#define OM_MESSAGE_H

#include "message_ask.h"

#include "model/object/object.h"
#include "model/stream/stream.h"

struct om_connection;

/**
 * One MSRP message on one connection. Owned by the connection, kept as long as
 * the context. Small for a message of one segment: bytes are copied only where
 * the message goes over several payloads.
 */
struct om_message {
    struct om_connection *connection;
    guint direction; /**< 0 or 1 */
    enum om_msrp_method method;
    guint status; /**< of a response */
    char *tid;
    guint32 begin_frame;
    guint32 frame; /**< where it ends; last frame with a byte of it while it is open */
    gint64 begin_time, time;
    om_position begin, end; /**< end valid once `ended` */
    gsize head_length;      /**< bytes of start line and headers, with the empty line */
    const char *from_path;  /**< interned; NULL where there is none */
    const char *to_path;
    gboolean ended;
    struct om_message_end end_info;
    gboolean unknown; /**< of a response: what it answers should have been seen before it, and was not */
    gboolean push;    /**< to be shown, counted, tapped */
    GBytes *raw_head; /**< start line and headers with the empty line, where it spans payloads; else NULL */
    GByteArray *kept; /**< body of a spanning message that is no object's; else NULL */
    guint64 body_length;
    struct om_session *session;        /**< may have id 0 */
    struct om_object *object;          /**< of a SEND, response or REPORT */
    struct om_chunk *chunk;            /**< of a SEND that carries object bytes */
    struct om_report *report;          /**< of a REPORT that belongs to an object */
    struct om_message *request;        /**< of a response: what it answers */
    struct om_message *response;       /**< of a request: its (first) response */
    struct om_message *same_id;        /**< of a request: the next one with its transaction id; else NULL */
    struct om_message *newest_id;      /**< ... and on the first one that waits for its response: the last of them */
    struct om_finding_queue *findings; /**< kept back until it ends: private to the MSRP room; else NULL */
    struct om_send *send;              /**< of a SEND: private to the MSRP room */
};

/**
 * What one run of payload bytes (a TCP segment, a TLS record, a WebSocket message)
 * turned out to be. Made at the first visit, owned by the connection.
 */
struct om_payload {
    struct om_connection *connection;
    guint direction;
    guint32 frame;
    gint64 time;
    om_position begin;
    guint32 length;
    guint32 gap_before;
    GArray *pieces; /**< struct om_piece */
};

#endif
