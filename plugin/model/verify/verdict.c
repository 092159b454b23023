/* verdict.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "verdict.h"

#include "model/base/conclusion.h"
#include "model/object/object.h"

static enum om_severity
worst_proved(const struct om_object *object)
{
    if (om_context_proved(object->context, object, OM_ERROR))
        return OM_ERROR;
    return om_context_proved(object->context, object, OM_WARN) ? OM_WARN : OM_NOTE;
}

enum om_verdict
om_object_verdict(struct om_object *object, const struct om_conclusion *conclusion)
{
    enum om_severity worst = worst_proved(object);
    guint concluded = conclusion ? GPOINTER_TO_UINT(g_hash_table_lookup(conclusion->worst, object)) : 0;

    if (concluded)
        worst = MAX(worst, concluded - 1);
    if (worst == OM_ERROR || om_object_state(object) != OM_COMPLETE || object->verification.result == OM_MISMATCH ||
        object->status >= 400)
        return OM_FAIL;
    return worst == OM_WARN ? OM_VERDICT_WARN : OM_PASS;
}
