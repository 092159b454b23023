/* finding.h
 * Making findings and indexing them, for the context and the conclusion.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_FINDING_H
#define OM_FINDING_H

#include "context.h"

struct om_finding *om_finding_new(enum om_rule rule, guint32 frame, struct om_session *session,
                                  struct om_object *object, const char *format, va_list args);
void om_finding_free(gpointer finding);

/** Finds out who did it, once: who sent its frame, or who should have answered it. */
void om_finding_blame(struct om_finding *finding, const struct om_context *context);

/** A table of lists: key (by its address) -> GPtrArray of struct om_finding *, borrowed. */
GHashTable *om_findings_index_new(void);
void om_findings_index_add(GHashTable *table, gpointer key, struct om_finding *finding);

/** Records it: takes it over. */
void om_context_add(struct om_context *context, struct om_finding *finding);

#endif
