/* sip_address.h
 * What is asked of the addresses of a SIP message: parties, tags, Contacts, Vias.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_ADDRESS_H
#define OM_SIP_ADDRESS_H

#include "core/sip/sip_msg.h"
#include "core/sip/sip_uri.h"

/** Bytes of a URI that are kept of it: each frame of a session tells its two. */
#define OM_PARTY_KEPT 255

/** URI of the first header of that kind, its first OM_PARTY_KEPT bytes; NULL where there is none. g_free() it. */
char *om_sip_party(const struct om_sip_msg *msg, enum om_sip_header_id id);

/** om_sip_uri_key() of that URI, "" where there is none. g_free() it. */
char *om_sip_party_key(const struct om_sip_msg *msg, enum om_sip_header_id id);

/** The tag of From or To, up to the first character that no tag has; absent where there is none. */
struct om_slice om_sip_tag(const struct om_sip_msg *msg, enum om_sip_header_id id);

/**
 * Is this element of a Contact's comma list no Contact but more of the one before it: a feature tag behind a stray
 * comma, or a further value of a feature tag whose list has no quotes (+g.x=a,b)?
 * @param open  kept by the caller from element to element, FALSE at first
 */
gboolean om_sip_contact_goes_on(struct om_slice element, gboolean *open);

/** Takes the next Contact off a header's value, with all elements that belong to it. */
gboolean om_sip_contact_next(struct om_slice *rest, struct om_slice *contact);

/** Vias, in however many header fields. */
guint om_sip_via_count(const struct om_sip_msg *msg);

/** Branch of the last Via, which is that of the client on every hop; absent where there is none. */
struct om_slice om_sip_client_branch(const struct om_sip_msg *msg);

#endif
