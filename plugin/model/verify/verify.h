/* verify.h
 * Size and offered hashes of an object: see om_object_assess() in object.h.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_VERIFY_H
#define OM_VERIFY_H

#include "model/object/object.h"

/** Is it of a known algorithm, with a value? */
gboolean om_offered_hash_usable(const struct om_offered_hash *hash);

/** What the offered hash that mismatches does fit, as a phrase; NULL where nothing was found. Costs work. g_free() it. */
char *om_verification_hint(struct om_object *object);

#endif
