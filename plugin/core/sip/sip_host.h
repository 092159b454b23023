/* sip_host.h
 * hostport of SIP URIs and Via: hostname, IPv4 or [IPv6], optional port (RFC 3261 section 25.1).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_HOST_H
#define OM_SIP_HOST_H

#include "core/text/slice.h"

struct om_sip_hostport {
    struct om_slice host; /**< without the brackets of an IPv6 literal */
    gboolean ipv6_literal;
    guint port; /**< 0 where there is none, or none that can be read */
};

/**
 * LWS around the ":" is let pass, as in Via.
 * @return TRUE where it is a host[:port] to the letter; the parts are filled in either way
 */
gboolean om_sip_hostport_parse(struct om_slice text, struct om_sip_hostport *hostport);

#endif
