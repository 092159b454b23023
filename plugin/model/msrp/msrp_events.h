/* msrp_events.h
 * Connections that carry MSRP, and what comes on them: a public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_MSRP_EVENTS_H
#define OM_MSRP_EVENTS_H

#include "message_ask.h"

#include "model/base/base_ask.h"

enum om_transport { OM_TRANSPORT_TCP, OM_TRANSPORT_TLS, OM_TRANSPORT_WS };

/** Lives as long as the model. */
struct om_connection;

enum om_transport om_connection_transport(const struct om_connection *connection);

/** Payload bytes with a TCP sequence number. direction: 0 or 1, the caller's choice, constant for one host. */
struct om_payload *om_connection_segment(struct om_connection *connection, guint direction,
                                         const struct om_frame *frame, guint32 seq, struct om_slice bytes);
/** Payload bytes that follow on directly (TLS). */
struct om_payload *om_connection_bytes(struct om_connection *connection, guint direction, const struct om_frame *frame,
                                       struct om_slice bytes);
/** One data frame of a WebSocket message; the last one (`fin`) ends an MSRP message (RFC 7977 section 5). */
struct om_payload *om_connection_ws(struct om_connection *connection, guint direction, const struct om_frame *frame,
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
/** The same, as the receiver's acknowledgement tells: bytes before it that have not come are not far any more. */
void om_connection_acknowledged(struct om_connection *connection, guint direction, guint32 frame, guint32 seq);
/** Who opened it: 0 or 1. */
void om_connection_opened_by(struct om_connection *connection, guint direction);
/**
 * FIN of this direction. Where all its bytes were seen nothing more can come (RFC 9293 section 3.6): what is undecided
 * is decided, an open message is cut off. Else nothing happens: late segments may follow.
 * @param seq  behind its last byte
 */
void om_connection_fin(struct om_connection *connection, guint direction, const struct om_frame *frame, guint32 seq);
gboolean om_connection_is_closed(const struct om_connection *connection);
/** What its carrier remembers it by: for its carrier alone. NULL as long as nothing was set. */
void om_connection_set_carrier(struct om_connection *connection, gpointer carrier);
gpointer om_connection_carrier(const struct om_connection *connection);
/** FIN or RST of this direction: the first one counts. */
void om_connection_closed(struct om_connection *connection, guint direction, const struct om_frame *frame,
                          gboolean reset);
/** A segment of this direction was captured, with payload or without: what its sender does not say, it does not say. */
void om_connection_heard(struct om_connection *connection, guint direction);
/** Its SYN-ACK is in the capture. */
void om_connection_taken(struct om_connection *connection, guint direction);

/** The segment that carries TLS or WebSocket: what was lost below is lost here. next: the number behind it. */
void om_connection_carried(struct om_connection *connection, guint direction, const struct om_frame *frame, guint32 seq,
                           guint32 next);
/** ... and what it acknowledges of the other direction. */
void om_connection_carrier_acknowledged(struct om_connection *connection, guint direction, guint32 frame, guint32 ack);

#endif
