/* registration.h
 * Registrations of push capabilities: first party, third party, de-registration. What others ask of them
 * is in registration_ask.h.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_REGISTRATION_H
#define OM_REGISTRATION_H

#include "registration_ask.h"

#include "model/base/context.h"

/**
 * One REGISTER transaction, repeated with credentials or not. Owned by the sip state; one that
 * is no push (yet) by its struct om_register.
 */
struct om_registration {
    gboolean push; /**< it counts: it is among the push registrations. A later message can make it count */
    enum om_registration_kind kind;
    gboolean deregistration;
    guint32 frame;
    guint32 answer_frame; /**< 0: none seen */
    guint status;         /**< final answer; 0: none seen */
    char *call_id;
    char *aor;     /**< URI */
    char *contact; /**< URI, NULL where there is none */
    char *instance;
    GPtrArray *event_apps; /**< char * */
    GPtrArray *icsis;      /**< char * */
    gboolean has_expires;
    guint64 expires; /**< granted, else asked */
};

void om_registration_free(struct om_registration *registration);

#endif
