/* model_private.h
 * For model.c and the unit tests.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_MODEL_PRIVATE_H
#define OM_MODEL_PRIVATE_H

#include "model.h"
#include "peers.h"
#include "sip_events.h"

#include "model/base/conclusion.h"
#include "model/msrp/message.h"
#include "model/msrp/msrp_state.h"
#include "model/object/object.h"
#include "model/session/session.h"
#include "model/sip/register/registration.h"
#include "model/sip/sip_private.h"
#include "model/verify/outcomes.h"

struct om_model {
    struct om_context *context;
    struct om_sessions *sessions;
    struct om_objects *objects;
    struct om_sip_state *sip;
    struct om_msrp_state *msrp;
    struct om_peers *peers;
    struct om_conclusion *conclusion; /**< of the last om_model_conclude(); NULL: none yet */
};

#endif
