/* sip_start_line.h
 * Request-Line and Status-Line of SIP, RFC 3261 section 7.1, 7.2, read leniently.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_START_LINE_H
#define OM_SIP_START_LINE_H

#include "core/text/slice.h"

struct om_sip_start {
    gboolean request;
    struct om_slice method;      /**< of a request, else absent */
    struct om_slice request_uri; /**< all between the method and the version, trimmed */
    guint status;                /**< of a response, else 0 */
    struct om_slice reason;      /**< may be empty; absent in a request */
    gboolean clean;              /**< single spaces, none of them inside the Request-URI or at the end */
};

/**
 * Lenient in spaces and in what stands in the Request-URI, as long as it holds a ":" or
 * "@"; strict in the version at the end (or beginning), so that text is not taken for one.
 * @param line  without its end
 * @return FALSE where it is neither
 */
gboolean om_sip_start_line_parse(struct om_slice line, struct om_sip_start *start);

#endif
