/* sip_events.h
 * SIP messages as the model takes them: what each means for registrations, sessions and MESSAGE objects.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_EVENTS_H
#define OM_SIP_EVENTS_H

#include "core/sip/sip_msg.h"
#include "model/sip/register/registration.h"
#include "model/session/session.h"

enum om_procedure {
    OM_PROC_NONE,
    OM_PROC_REGISTRATION,
    OM_PROC_THIRD_PARTY_REGISTRATION,
    OM_PROC_DEREGISTRATION,
    OM_PROC_MESSAGE, /**< Push by MESSAGE */
    OM_PROC_SESSION_OFFER,
    OM_PROC_SESSION_ANSWER,
    OM_PROC_SESSION_RELEASE,
    OM_PROC_MSRP,   /**< Push by MSRP */
    OM_PROC_REPORT, /**< Delivery report */
};

/**
 * What one SIP message at one frame turned out to be. Made at the first visit,
 * kept by the caller (om_sip_record_free()); points into the registry.
 */
struct om_sip_record {
    enum om_procedure procedure; /**< for a session frame that is no push yet: valid once session->id != 0 */
    struct om_session *session;
    struct om_registration *registration;
    struct om_object *object;     /**< of a MESSAGE and its answers */
    struct om_exchange *exchange; /**< whose offer or answer the message carries, or NULL */
};

/**
 * Takes one SIP message. Requests, answers, retransmissions and copies on other hops alike.
 * Findings go to the registry.
 * @return NULL where it has nothing to do with MSRP sessions or push
 */
struct om_sip_record *om_sip_event(struct om_registry *registry, const struct om_frame *frame,
                                   const struct om_sip_msg *msg);
void om_sip_record_free(struct om_sip_record *record);

/** Is there something a user is to be shown (a session that is a push by now, a registration, an object)? */
gboolean om_sip_record_is_push(const struct om_sip_record *record);

struct om_sip_state *om_sip_state_new(void);
void om_sip_state_free(struct om_sip_state *state);

/** Adds what only the end of the capture proves: SIP-NO-ANSWER, SDP-TRANSFER-ID not echoed, ... */
void om_sip_conclude(struct om_registry *registry, struct om_conclusion *conclusion);

#endif
