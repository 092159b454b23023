/* sip_uri.h
 * name-addr / addr-spec header values and SIP URIs (RFC 3261 section 25, RFC 5627 for GRUU).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_URI_H
#define OM_SIP_URI_H

#include "core/text/param.h"
#include "core/text/slice.h"

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
    struct om_slice params;   /**< header parameters behind the URI, may be empty */
    guint flaws;              /**< enum om_sip_addr_flaw */
};

/**
 * Never fails: what cannot be found is absent. Takes one element of a comma list
 * (om_sip_list_next()), or a Request-URI. Where nothing tells the URI's own parameters from
 * the header's (no <>, or no ">"), those of the header begin with the first that is known for
 * one: tag, expires, q, a feature tag, ... An element that is a mere parameter (a feature tag
 * after a wrong ",") has no URI, all of it is params, and that is no flaw here.
 */
void om_sip_addr_parse(struct om_slice text, struct om_sip_addr *addr);

/** "sip", "tel", ... without the ":"; absent where there is none. */
struct om_slice om_sip_uri_scheme(struct om_slice uri);

/** The URI up to its parameters and headers. */
struct om_slice om_sip_uri_bare(struct om_slice uri);

/** Is it a SIP or SIPS URI to the letter of RFC 3261 section 25.1? */
gboolean om_sip_uri_is_strict(struct om_slice uri);

/**
 * The `gr` parameter of a URI (RFC 5627 section 5.1).
 * @param value  the gr value; l 0 for the valueless form of a temporary GRUU
 * @param well_formed  the URI is one to the letter
 * @return FALSE where the URI is no GRUU
 */
gboolean om_sip_uri_gruu(struct om_slice uri, struct om_slice *value, gboolean *well_formed);

/**
 * Is a pub-gruu or temp-gruu value of a registrar's answer (without its quotes) a SIP URI to the
 * letter, with a `gr` parameter: with a value in a public one, without in a temporary one?
 */
gboolean om_sip_gruu_is_strict(struct om_slice text, gboolean temporary);

/**
 * A key for comparing AORs: scheme and host in lower case, parameters off, escapes of letters that
 * need none undone, visual separators of a tel number off; "sip:" where there is no scheme.
 * NULL for an absent slice. g_free() it.
 */
char *om_sip_uri_key(struct om_slice uri);

#endif
