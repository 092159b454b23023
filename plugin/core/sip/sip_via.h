/* sip_via.h
 * One Via value, RFC 3261 section 20.42: protocol, sent-by, parameters.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_VIA_H
#define OM_SIP_VIA_H

#include "core/text/param.h"
#include "core/text/slice.h"

struct om_sip_via {
    struct om_slice protocol;  /**< "SIP" */
    struct om_slice version;   /**< "2.0" */
    struct om_slice transport; /**< "UDP" */
    struct om_slice sent_by;   /**< as sent */
    struct om_slice host;      /**< of sent_by, without the brackets of an IPv6 literal */
    gboolean ipv6_literal;
    guint port;             /**< 0 where there is none */
    gboolean sent_by_ok;    /**< sent_by is host[:port] to the letter */
    struct om_slice params; /**< behind sent-by, for om_param_get(); may be empty */
};

/**
 * Takes one element of Via's comma list (om_sip_list_next()). LWS around "/", ":", ";" and "=" is legal.
 * @return FALSE where it does not begin with a protocol, a version and a transport; then all is absent
 */
gboolean om_sip_via_parse(struct om_slice text, struct om_sip_via *via);

#endif
