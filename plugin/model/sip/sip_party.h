/* sip_party.h
 * Who has registered a push capability: AORs, Contacts, instances. REGISTERs that tell no capability
 * themselves (third-party, de-registration) count where one of theirs has.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_PARTY_H
#define OM_SIP_PARTY_H

#include <glib.h>

enum om_party_kind { OM_PARTY_AOR, OM_PARTY_CONTACT, OM_PARTY_INSTANCE };

/** Owned by the sip state. */
GHashTable *om_parties_new(void);

/**
 * Has this party a push registration?
 * @param waiter  kept where it has not, and told by om_party_mark() when it has; NULL: nobody waits
 */
gboolean om_party_is_push(GHashTable *parties, enum om_party_kind kind, const char *key, gpointer waiter);

/**
 * It has one.
 * @return those that waited for it, or NULL; g_ptr_array_unref() it
 */
GPtrArray *om_party_mark(GHashTable *parties, enum om_party_kind kind, const char *key);

#endif
