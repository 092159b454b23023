/* message_ask.h
 * What may be asked of an MSRP message: a public part of the model (model/model.h). Lives as long as the model.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_MESSAGE_ASK_H
#define OM_MESSAGE_ASK_H

#include "core/msrp/msrp_head.h"
#include "model/base/procedure.h"
#include "model/stream/stream_ask.h"

struct om_chunk;
struct om_object;
struct om_report;
struct om_session;

/** One MSRP message on one connection. */
struct om_message;
/** What one run of payload bytes (a TCP segment, a TLS record, a WebSocket message) turned out to be. */
struct om_payload;

enum om_piece_kind {
    OM_PIECE_MESSAGE, /**< a message that ends here, whether or not it began here */
    OM_PIECE_PART,    /**< bytes of a message that goes on */
    OM_PIECE_HEAD,    /**< bytes of a head that is not complete */
    OM_PIECE_JUNK,
    OM_PIECE_WAITING, /**< bytes that wait for missing ones before them */
};

/** Bytes of one payload, a plain record; offsets into the payload's bytes. */
struct om_piece {
    enum om_piece_kind kind;
    struct om_message *message; /**< NULL for JUNK and WAITING, and for HEAD as long as that is not complete */
    guint32 from, to;
    enum om_junk junk;
};

/**
 * In order; NULL behind the last one. What bytes that waited turned out to be is known when they are framed: in a later
 * frame, or at the end of the capture.
 */
const struct om_piece *om_payload_piece(const struct om_payload *payload, guint i);

/** Is anything of this message a push: to be shown, counted, tapped? (A dialog may turn out to be a push session
 * later.) */
gboolean om_message_is_push(const struct om_message *message);
enum om_procedure om_message_procedure(const struct om_message *message);

enum om_msrp_method om_message_method(const struct om_message *message);
guint om_message_status(const struct om_message *message); /**< of a response */
const char *om_message_tid(const struct om_message *message);
guint32 om_message_frame(const struct om_message *message); /**< where it ends; last one with a byte while it is open */
gboolean om_message_ended(const struct om_message *message);

/* What it belongs to; NULL: nothing. */
struct om_session *om_message_session(const struct om_message *message); /**< may be no push (yet) */
guint32 om_message_session_id(const struct om_message *message);         /**< 0: of none that is a push */
struct om_object *om_message_object(const struct om_message *message);   /**< of a SEND, response or REPORT */
struct om_chunk *om_message_chunk(const struct om_message *message);     /**< of a SEND with bytes of an object */
struct om_report *om_message_report(const struct om_message *message);   /**< of a REPORT for an object */

const struct om_message *om_message_request(const struct om_message *message);  /**< of a response: what it answers */
const struct om_message *om_message_response(const struct om_message *message); /**< of a request: its first one */
/** Of a response: of the SEND that it answers. */
struct om_chunk *om_message_answered_chunk(const struct om_message *message);
/**
 * Of a request or its response: from the request's end to the response.
 * @param taken  out: nanoseconds
 * @return FALSE where there is no such pair, or the response came first: a 413 that stops a SEND under way (RFC 4975
 *         section 10.5) took no time
 */
gboolean om_message_response_time(const struct om_message *message, gint64 *taken);

/* --- as it was sent --- */

/** Does all of it lie in this payload? @param begin  out: offset of its first byte */
gboolean om_message_lies_in(const struct om_message *message, const struct om_payload *payload, guint32 *begin);
gsize om_message_head_length(const struct om_message *message); /**< start line and headers, with the empty line */
/** ... these bytes, where they came in several payloads; else NULL. */
GBytes *om_message_raw_head(const struct om_message *message);
const char *om_message_from_path(const struct om_message *message); /**< NULL where there is none */
char om_message_flag(const struct om_message *message); /**< '$', '+', '#', or 0 where no end-line was seen */
/** Does it end as RFC 4975 writes it: with an end-line of its own id, without spaces? */
gboolean om_message_ends_well(const struct om_message *message);
/** Has it no end-line with its own id? */
gboolean om_message_end_is_missing(const struct om_message *message);
gboolean om_message_has_body(const struct om_message *message); /**< an empty one counts */
guint64 om_message_body_length(const struct om_message *message);
/** Bytes that are kept of the body of a message that came in several payloads, from its beginning; bytes lost are
 * zero. */
guint64 om_message_body_kept(const struct om_message *message);
/** Copies the first `length` of these. */
void om_message_body_copy(const struct om_message *message, gsize length, guint8 *to);
/** Is it of no object, ended with '$', and its body there as far as bytes go? */
gboolean om_message_is_whole(const struct om_message *message);

#endif
