/* sip_events.h
 * SIP messages as the model takes them: what each means for registrations, sessions and MESSAGE objects.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_EVENTS_H
#define OM_SIP_EVENTS_H

#include "model/base/conclusion.h"
#include "core/sip/sip_glance.h"
#include "core/sip/sip_msg.h"
#include "model/object/object.h"
#include "model/sip/sip_record.h"

struct om_sip_state;

/** The lists are borrowed; findings go to their context. */
struct om_sip_state *om_sip_state_new(struct om_sessions *sessions, struct om_objects *objects);
void om_sip_state_free(struct om_sip_state *state);

/** See om_model_sip(). */
struct om_sip_record *om_sip_event(struct om_sip_state *state, const struct om_frame *frame,
                                   const struct om_sip_msg *msg);

/** See om_model_sip_is_nothing(). */
gboolean om_sip_is_nothing(const struct om_sip_state *state, const struct om_sip_glance *glance);

/** struct om_registration *: those that are pushes, by first frame. */
const GPtrArray *om_sip_registrations(const struct om_sip_state *state);

/** Adds what only the end of the capture proves (SIP-TIMEOUT, SIP-NO-ANSWER, ...), and what became of each MESSAGE and
 * of each session that was not accepted. */
void om_sip_conclude(struct om_sip_state *state, struct om_conclusion *conclusion);

/** Objects of a session that its receiver turned down, whatever a host on the way made of that. Behind what the MSRP
 * side says of them. */
void om_sip_conclude_refused(struct om_sip_state *state, struct om_conclusion *conclusion);

#endif
