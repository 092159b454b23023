/* verify.h
 * Size and offered hashes of an object, and what a complete one proves.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_VERIFY_H
#define OM_VERIFY_H

#include "model/base/conclusion.h"
#include "model/object/object.h"
#include "assess.h"

/** Records what a complete object proves (OBJ-, BODY-, CPIM- rules), once. */
void om_object_judge(struct om_object *object);

/** Is it of a known algorithm, with a value? */
gboolean om_offered_hash_usable(const struct om_offered_hash *hash);

/** What an object that is not what its selector says does fit, as a phrase; NULL where nothing was found. Costs work.
 * g_free() it. */
char *om_verification_hint(struct om_object *object);

/** struct om_digest of this algorithm (as om_digest_algorithm() spells it) over a complete object and over what its
 * envelopes hold. g_array_unref() it. */
GArray *om_object_digests_of(struct om_object *object, const char *algorithm);

/** Sizes that a selector may say of it: the object's and those of what its envelopes hold; of one that is not complete
 * the announced total. @return how many */
#define OM_OBJECT_SIZES 16
guint om_object_sizes(struct om_object *object, guint64 sizes[OM_OBJECT_SIZES]);

/** Is its media type, or one inside its envelopes, the selector's? Also where one of them says none. */
gboolean om_object_type_fits(const struct om_object *object, const struct om_file *file);

/* content.c: OBJ-HASH, OBJ-SIZE, OBJ-TYPE, OBJ-EXTRA */

/** What a complete object breaks against its selector, told at once where nothing that comes later can change it. */
void om_object_judge_content(struct om_object *object);
/** The same of all others. */
void om_content_conclude(const struct om_objects *objects, struct om_conclusion *conclusion);
/** Once deliveries are told: objects that came and are not what was offered, or were changed on the way, get their
 * diagnosis. */
void om_content_explain(const struct om_objects *objects, struct om_conclusion *conclusion);

#endif
