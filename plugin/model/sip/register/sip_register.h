/* sip_register.h
 * One REGISTER and what was granted: private to the files that handle them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_REGISTER_H
#define OM_SIP_REGISTER_H

#include "registration.h"

#include "model/sip/sip_party.h"
#include "model/sip/sip_private.h"

/** Owned by the sip state. */
struct om_register {
    struct om_sip_usage usage;
    struct om_registration *registration; /* the sip state owns it once it counts */
    gboolean counted;
    char *aor_key;
    char *contact_key; /* NULL where there is none */
};

/** An Expires value or parameter. @return FALSE where it is absent or no number (*expires untouched) */
gboolean om_expires_of(struct om_slice text, guint64 *expires);
/** The Expires header of a message. */
gboolean om_expires_header(const struct om_sip_msg *msg, guint64 *expires);

/* --- which ones count: sip_register_count.c --- */

/** It told a push capability itself: it counts, and so do its AOR's (and device's) other REGISTERs that wait. */
void om_register_count_with_party(struct om_sip_event *event, struct om_register *reg);
/** It tells no capability: third-party and de-registration count where (or once) their party has one. */
void om_register_count_by_party(struct om_sip_event *event, struct om_register *reg);
/** This party has a push registration: those count that waited for it. */
void om_register_mark(struct om_sip_state *state, enum om_party_kind kind, const char *key);

struct om_sip_record *om_register_record(const struct om_sip_transaction *transaction);

#endif
