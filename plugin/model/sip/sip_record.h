/* sip_record.h
 * What one SIP message at one frame turned out to be: a public part of the model (model/model.h). Made at the first
 * visit, kept by the caller; what it tells of lives as long as the model.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_RECORD_H
#define OM_SIP_RECORD_H

#include "model/base/procedure.h"
#include "model/session/session_ask.h"

struct om_registration;

struct om_sip_record;

void om_sip_record_free(struct om_sip_record *record);

/** Of a session's message that is no push yet: valid once it is one. */
enum om_procedure om_sip_record_procedure(const struct om_sip_record *record);
struct om_session *om_sip_record_session(const struct om_sip_record *record); /**< NULL: none; may be no push (yet) */
struct om_registration *om_sip_record_registration(const struct om_sip_record *record); /**< NULL: none */
/** The i-th of a MESSAGE, by its parts: most have one. NULL behind the last one, or where there is none. */
struct om_object *om_sip_record_object(const struct om_sip_record *record, guint i);
/** Whose offer or answer the message carries; NULL: none. */
const struct om_exchange *om_sip_record_exchange(const struct om_sip_record *record);

#endif
