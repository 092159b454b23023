/* sip_uri.h
 * name-addr / addr-spec header values and SIP URIs (RFC 3261 section 25, RFC 5627 for GRUU).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_URI_H
#define OM_SIP_URI_H

#include "slice.h"

enum om_sip_addr_flaw {
    OM_SIP_ADDR_NO_RAQUOT = 1 << 0,    /**< "<" without ">" */
    OM_SIP_ADDR_STRAY_QUOTE = 1 << 1,  /**< a quote in or after the URI, or unbalanced */
    OM_SIP_ADDR_STRAY_RAQUOT = 1 << 2, /**< ">" without "<" */
    OM_SIP_ADDR_NO_SEMICOLON = 1 << 3, /**< parameter separated by SP */
    OM_SIP_ADDR_TYPOGRAPHIC = 1 << 4,  /**< typographic quotes around the display name */
    OM_SIP_ADDR_NO_SCHEME = 1 << 5,
};

/** "Display" <uri>;params or uri;params. Slices point into the input. */
struct om_sip_addr {
    struct om_slice display;  /**< without quotes, absent where there is none */
    struct om_slice uri;      /**< with its own parameters, without a stray quote */
    struct om_slice bare_uri; /**< the URI without parameters and headers */
    struct om_slice params;   /**< header parameters behind the ">" (or behind an addr-spec's ";"), may be empty */
    guint flaws;              /**< enum om_sip_addr_flaw */
};

/** Never fails: what cannot be found is absent. */
void om_sip_addr_parse(struct om_slice text, struct om_sip_addr *addr);

/** A parameter of a ";name=value" run: quotes not taken off. */
struct om_sip_param {
    struct om_slice name;
    struct om_slice value; /**< absent for a flag parameter */
};
/** Takes the next parameter off; LWS around ";" and "=" is legal. Quoted strings and <> are opaque. */
gboolean om_sip_param_next(struct om_slice *rest, struct om_sip_param *param);
/** Finds a parameter by name, case ignored; value with straight quotes taken off. Absent: p NULL. A flag: l 0. */
struct om_slice om_sip_param_get(struct om_slice params, const char *name);

/**
 * The `gr` parameter of a URI (RFC 5627 section 5.1).
 * @param value  the gr value; l 0 for the valueless form of a temporary GRUU
 * @return FALSE where the URI is no GRUU
 */
gboolean om_sip_uri_gruu(struct om_slice uri, struct om_slice *value, gboolean *well_formed);

/** Scheme and host in lower case, parameters off: a key for comparing AORs. g_free() it. */
char *om_sip_uri_key(struct om_slice uri);

#endif
