/* msrp_uri.h
 * MSRP URIs and paths, RFC 4975 sections 6 and 9.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_MSRP_URI_H
#define OM_MSRP_URI_H

#include "core/text/slice.h"

enum om_msrp_uri_flaw {
    OM_MSRP_URI_SCHEME = 1 << 0, /**< neither msrp nor msrps */
    OM_MSRP_URI_NO_PORT = 1 << 1,
    OM_MSRP_URI_BAD_PORT = 1 << 2,
    OM_MSRP_URI_NO_SESSION = 1 << 3,
    OM_MSRP_URI_NO_TRANSPORT = 1 << 4, /**< no ";tcp" or other transport */
    OM_MSRP_URI_HOST = 1 << 5,         /**< empty or malformed host */
};

struct om_msrp_uri {
    struct om_slice text; /**< the whole URI */
    gboolean secure;      /**< msrps */
    struct om_slice user; /**< absent where there is none */
    struct om_slice host; /**< without the brackets of an IPv6 literal */
    gboolean ipv6_literal;
    guint port;                /**< 0 where there is none */
    struct om_slice session;   /**< session-id, absent where there is none */
    struct om_slice transport; /**< "tcp", "ws", ... without the semicolon */
    guint flaws;               /**< enum om_msrp_uri_flaw */
};

/** Never fails: what cannot be found is absent, and a flaw. No allocation. */
void om_msrp_uri_parse(struct om_slice text, struct om_msrp_uri *uri);

/**
 * Takes the next URI off a path (SP separated).
 * @return FALSE at the end
 */
gboolean om_msrp_path_next(struct om_slice *rest, struct om_slice *uri);

/** The last URI of a path: the endpoint itself, RFC 4976. Empty path: absent. */
struct om_slice om_msrp_path_last(struct om_slice path);
/** The first URI of a path. */
struct om_slice om_msrp_path_first(struct om_slice path);
guint om_msrp_path_count(struct om_slice path);

/**
 * A key under which URIs that RFC 4975 section 6.1 calls equal are one string:
 * scheme, host and transport in lower case, user part left out, IPv6 literals
 * in one spelling, session-id as it is. g_free() it.
 */
char *om_msrp_uri_key(struct om_slice uri);

#endif
