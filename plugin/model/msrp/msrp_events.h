/* msrp_events.h
 * MSRP as the model takes it: connections, the messages on them, and what each is for objects and sessions.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_MSRP_EVENTS_H
#define OM_MSRP_EVENTS_H

#include "message_ask.h"

#include "model/base/conclusion.h"
#include "model/object/object.h"
#include "model/stream/stream.h"

enum om_transport { OM_TRANSPORT_TCP, OM_TRANSPORT_TLS, OM_TRANSPORT_WS };

struct om_connection;
struct om_msrp_state;

/**
 * One MSRP message on one connection. Owned by the connection, kept as long as
 * the context. Small for a message of one segment: bytes are copied only where
 * the message goes over several calls.
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
    GBytes *raw_head; /**< start line and headers with the empty line, where it spans calls; else NULL */
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
    struct om_finding_queue *findings; /**< kept back until it ends: private to the MSRP side; else NULL */
    struct om_send *send;              /**< of a SEND: private to the MSRP side */
};

enum om_piece_kind {
    OM_PIECE_MESSAGE, /**< a message that ends here, whether or not it began here */
    OM_PIECE_PART,    /**< bytes of a message that goes on */
    OM_PIECE_HEAD,    /**< bytes of a head that is not complete */
    OM_PIECE_JUNK,
};

/** Bytes of one call; offsets into the call's bytes. */
struct om_piece {
    enum om_piece_kind kind;
    struct om_message *message; /**< NULL for HEAD and JUNK */
    guint32 from, to;
    enum om_junk junk;
};

/**
 * What one run of payload bytes (a TCP segment, a TLS record, a WebSocket message)
 * turned out to be. Made at the first visit, owned by the connection.
 */
struct om_call {
    struct om_connection *connection;
    guint direction;
    guint32 frame;
    gint64 time;
    om_position begin;
    guint32 length;
    guint32 gap_before;
    GArray *pieces; /**< struct om_piece */
};

/** A connection, made at its first MSRP bytes. Owned by the MSRP side. */
struct om_connection *om_connection_new(struct om_msrp_state *state, enum om_transport transport);

/** Has any connection been made? Where there is none, no payload needs to be looked up. */
gboolean om_msrp_has_connections(const struct om_msrp_state *state);

enum om_transport om_connection_transport(const struct om_connection *connection);

/** Payload bytes with a TCP sequence number. direction: 0 or 1, the caller's choice, constant for a side. */
struct om_call *om_connection_segment(struct om_connection *connection, guint direction, const struct om_frame *frame,
                                      guint32 seq, struct om_slice bytes);
/** Payload bytes that follow on directly (TLS). */
struct om_call *om_connection_bytes(struct om_connection *connection, guint direction, const struct om_frame *frame,
                                    struct om_slice bytes);
/** One data frame of a WebSocket message; the last one (`fin`) ends an MSRP message (RFC 7977 section 5). */
struct om_call *om_connection_ws(struct om_connection *connection, guint direction, const struct om_frame *frame,
                                 struct om_slice bytes, gboolean fin);
/** The WebSocket handshake named no sub-protocol msrp (RFC 7977 section 5). */
void om_connection_no_subprotocol(struct om_connection *connection);
/** Sequence number of the first byte of a direction (behind the SYN), before any segment of it. */
void om_connection_starts(struct om_connection *connection, guint direction, guint32 seq);
/**
 * The sender of this direction has come to this sequence number: a segment of its own ends there, or the peer
 * acknowledged it. What is missing before it was sent, and the capture lost it.
 */
void om_connection_reached(struct om_connection *connection, guint direction, guint32 frame, guint32 seq);
/** Who opened it: 0 or 1. */
void om_connection_opened_by(struct om_connection *connection, guint direction);
/**
 * FIN of this direction. Where all its bytes were seen nothing more can come (RFC 9293 section 3.6): what is undecided
 * is decided, an open message is cut off. Else nothing happens: late segments may follow.
 * @param seq  behind its last byte
 */
void om_connection_fin(struct om_connection *connection, guint direction, const struct om_frame *frame, guint32 seq);
/** FIN or RST seen. */
void om_connection_closed(struct om_connection *connection, const struct om_frame *frame);

/** The lists are borrowed; findings go to their context. */
struct om_msrp_state *om_msrp_state_new(struct om_sessions *sessions, struct om_objects *objects);
void om_msrp_state_free(struct om_msrp_state *state);
/** Adds what only the end of the capture proves. */
void om_msrp_conclude(struct om_msrp_state *state, struct om_conclusion *conclusion);

#endif
