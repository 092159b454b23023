/* sip_record.h
 * What a SIP message turned out to be.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_RECORD_H
#define OM_SIP_RECORD_H

#include "core/sip/sip_msg.h"
#include "model/base/procedure.h"
#include "model/session/session.h"

struct om_registration;

/**
 * What one SIP message at one frame turned out to be. Made at the first visit,
 * kept by the caller (om_sip_record_free()); points into the model.
 */
struct om_sip_record {
    enum om_procedure procedure; /**< for a session frame that is no push yet: valid once session->id != 0 */
    struct om_session *session;
    struct om_registration *registration;
    struct om_object *object;     /**< of a MESSAGE and its answers */
    struct om_exchange *exchange; /**< whose offer or answer the message carries, or NULL */
};

void om_sip_record_free(struct om_sip_record *record);

#endif
