/* verdict.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "verdict.h"

#include "model/base/conclusion.h"
#include "model/object/object.h"

static enum om_severity
worst_finding(const struct om_object *object, const struct om_conclusion *conclusion)
{
    guint concluded = conclusion ? GPOINTER_TO_UINT(g_hash_table_lookup(conclusion->worst, object)) : 0;
    enum om_severity worst = concluded ? concluded - 1 : OM_NOTE;

    for (enum om_severity severity = OM_ERROR; severity > worst; severity--) {
        if (om_context_proved(object->context, object, severity))
            return severity;
    }
    return worst;
}

/* By events alone: what its receiver has said by now. */
static enum om_delivery
delivery_by_now(const struct om_object *object)
{
    if (object->status >= 300 || object->turned_down || object->report_failed)
        return OM_DELIVERY_REFUSED;
    if (om_object_state(object) == OM_ABORTED)
        return OM_DELIVERY_FAILED;
    if (object->status >= 200)
        return object->status == 202 ? OM_DELIVERY_ACCEPTED : OM_DELIVERY_CONFIRMED;
    return object->report_frame ? OM_DELIVERY_CONFIRMED : OM_DELIVERY_UNKNOWN;
}

enum om_delivery
om_object_delivery(struct om_object *object, const struct om_conclusion *conclusion)
{
    const struct om_outcome *outcome = conclusion ? om_conclusion_outcome(conclusion, object) : NULL;

    return outcome ? outcome->delivery : delivery_by_now(object);
}

enum om_verdict
om_object_verdict(struct om_object *object, const struct om_conclusion *conclusion)
{
    enum om_severity worst = worst_finding(object, conclusion);
    enum om_verdict verdict = om_delivery_verdict(om_object_delivery(object, conclusion));

    if (worst == OM_ERROR || object->verification.result == OM_MISMATCH)
        return OM_FAIL;
    return MAX(verdict, worst == OM_WARN ? OM_WARNED : OM_PASS);
}

const char *
om_object_diagnosis(const struct om_object *object, const struct om_conclusion *conclusion)
{
    const struct om_outcome *outcome = conclusion ? om_conclusion_outcome(conclusion, object) : NULL;

    return outcome ? outcome->diagnosis : NULL;
}
