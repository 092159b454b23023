/* push_types.h
 * Media types: pushes, what they wrap and what is pushed.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_PUSH_TYPES_H
#define OM_PUSH_TYPES_H

#include "core/text/slice.h"

#define OM_PUSH_TYPE "application/vnd.oma.push"
#define OM_CPIM_TYPE "message/cpim"

/* Parameters are left aside; an absent type is none of these. */

/** One that the applications that OMNA lists are pushed. */
gboolean om_type_is_pushed(struct om_slice content_type);
/** One of these that nothing but a push carries: in SIP it says that the message is one. */
gboolean om_type_is_only_pushed(struct om_slice content_type);
/** One that stands beside a content in a SIP body, for proxies and agents (RFC 5363, RFC 3420). */
gboolean om_type_is_for_sip(struct om_slice content_type);
/** XML: by its suffix (RFC 7303), else one of WAP's own. */
gboolean om_type_is_xml(struct om_slice content_type);

#endif
