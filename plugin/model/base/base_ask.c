/* base_ask.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "conclusion.h"
#include "finding_group.h"
#include "getter.h"

OM_GETTER(enum om_rule, finding, rule)
OM_GETTER(guint32, finding, frame)
OM_GETTER(struct om_object *, finding, object)
OM_GETTER(struct om_session *, finding, session)
OM_GETTER(const char *, finding, text)
OM_GETTER(const char *, finding, peer)

OM_GETTER(const struct om_finding *, finding_group, first)
OM_GETTER(const GArray *, finding_group, frames)

OM_GETTER(const GPtrArray *, conclusion, findings)
OM_GETTER(const GPtrArray *, conclusion, groups)

const GPtrArray *
om_conclusion_findings_at(const struct om_conclusion *conclusion, guint32 frame)
{
    return g_hash_table_lookup(conclusion->by_frame, GUINT_TO_POINTER(frame));
}

const GPtrArray *
om_conclusion_findings_of(const struct om_conclusion *conclusion, const struct om_object *object)
{
    return g_hash_table_lookup(conclusion->by_object, object);
}
