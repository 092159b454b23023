/* verify.h
 * Size and offered hashes of an object, and what a complete one proves.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_VERIFY_H
#define OM_VERIFY_H

#include "model/object/object.h"
#include "assess.h"

/** Records what a complete object proves (OBJ-, BODY-, CPIM- rules), once. */
void om_object_judge(struct om_object *object);

/** Is it of a known algorithm, with a value? */
gboolean om_offered_hash_usable(const struct om_offered_hash *hash);

/** What the offered hash that mismatches does fit, as a phrase; NULL where nothing was found. Costs work. g_free() it. */
char *om_verification_hint(struct om_object *object);

#endif
