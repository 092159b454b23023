/* message_ask.h
 * What may be asked of an MSRP message: a public part of the model (model/model.h). Lives as long as the model.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_MESSAGE_ASK_H
#define OM_MESSAGE_ASK_H

#include "core/msrp/msrp_head.h"
#include "model/base/procedure.h"

struct om_chunk;
struct om_object;
struct om_report;
struct om_session;

/** One MSRP message on one connection. */
struct om_message;

/** Is anything of this message a push: to be shown, counted, tapped? (A dialog may turn out to be a push session later.) */
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

#endif
