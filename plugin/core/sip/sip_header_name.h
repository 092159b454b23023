/* sip_header_name.h
 * Names of SIP header fields, long and compact (RFC 3261 section 7.3.3, 20 and the extensions' registry).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_HEADER_NAME_H
#define OM_SIP_HEADER_NAME_H

#include "sip_msg.h"

/** Case ignored; OM_SIP_H_OTHER for every header that a push is not told by. */
enum om_sip_header_id om_sip_header_id(struct om_slice name);

/** Is it the name of a SIP header that is common in the field, whether a push is told by it or not? */
gboolean om_sip_header_is_known(struct om_slice name);

#endif
