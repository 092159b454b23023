/* param.h
 * Runs of ";name=value": parameters of SIP headers, SIP URIs and media types (RFC 3261 section 25.1).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_PARAM_H
#define OM_PARAM_H

#include "slice.h"

/** A parameter of a ";name=value" run: quotes not taken off. */
struct om_param {
    struct om_slice name;
    struct om_slice value; /**< absent for a flag parameter */
};

/**
 * Takes the next parameter off; LWS around ";" and "=" is legal. A quoted string or <...>
 * at the beginning of a value is opaque; quotes elsewhere are text. Empty parameters are passed over.
 * @return FALSE at the end
 */
gboolean om_param_next(struct om_slice *rest, struct om_param *param);

/**
 * Finds a parameter by name, case ignored; value with straight quotes taken off (escapes left in).
 * Absent: p NULL. A flag: l 0.
 */
struct om_slice om_param_get(struct om_slice params, const char *name);

#endif
