/* sip_body.h
 * The part of a SIP message's body that is of a media type, alone or within a multipart.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_BODY_H
#define OM_SIP_BODY_H

#include "core/sip/sip_msg.h"

/** @return FALSE where the body has no such part */
gboolean om_sip_body_find(const struct om_sip_msg *msg, const char *type, struct om_slice *body);

#endif
