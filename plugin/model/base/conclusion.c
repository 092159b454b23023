/* conclusion.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "conclusion.h"

#include "core/text/visible.h"
#include "finding.h"
#include "finding_group.h"

static void
outcome_free(gpointer data)
{
    struct om_outcome *outcome = data;

    g_free(outcome->diagnosis);
    g_free(outcome);
}

struct om_conclusion *
om_conclusion_new(const struct om_context *context)
{
    struct om_conclusion *conclusion = g_new0(struct om_conclusion, 1);

    conclusion->generation = context->generation;
    conclusion->time = context->last_time;
    conclusion->findings = g_ptr_array_new();
    conclusion->groups = g_ptr_array_new_with_free_func(om_finding_group_free);
    conclusion->peer_table = g_hash_table_new(NULL, NULL);
    conclusion->peers = g_ptr_array_new();
    conclusion->own = g_ptr_array_new_with_free_func(om_finding_free);
    conclusion->by_frame = om_findings_index_new();
    conclusion->by_object = om_findings_index_new();
    conclusion->worst = g_hash_table_new(NULL, NULL);
    conclusion->worst_loose = g_hash_table_new(NULL, NULL);
    conclusion->carried = g_hash_table_new(NULL, NULL);
    conclusion->outcomes = g_hash_table_new_full(NULL, NULL, NULL, outcome_free);
    conclusion->reasons = g_ptr_array_new_with_free_func(g_free);
    return conclusion;
}

void
om_conclusion_free(struct om_conclusion *conclusion)
{
    if (!conclusion)
        return;
    g_hash_table_unref(conclusion->by_frame);
    g_hash_table_unref(conclusion->by_object);
    g_hash_table_unref(conclusion->worst);
    g_hash_table_unref(conclusion->worst_loose);
    g_hash_table_unref(conclusion->carried);
    g_hash_table_unref(conclusion->outcomes);
    g_ptr_array_unref(conclusion->reasons);
    g_free(conclusion->capture.diagnosis);
    g_hash_table_unref(conclusion->peer_table);
    g_ptr_array_unref(conclusion->peers);
    g_ptr_array_unref(conclusion->groups);
    g_ptr_array_unref(conclusion->findings);
    g_ptr_array_unref(conclusion->own);
    g_free(conclusion);
}

void
om_conclusion_find(struct om_conclusion *conclusion, enum om_rule rule, guint32 frame, struct om_session *session,
                   struct om_object *object, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_ptr_array_add(conclusion->own, om_finding_new(rule, frame, session, object, format, args));
    va_end(args);
}

void
om_conclusion_deliver(struct om_conclusion *conclusion, const void *what, enum om_delivery delivery, const char *format,
                      ...)
{
    struct om_outcome *outcome = g_new0(struct om_outcome, 1);
    va_list args;

    outcome->delivery = delivery;
    outcome->verdict = om_delivery_verdict(delivery);
    if (format) {
        va_start(args, format);
        outcome->diagnosis = om_vprintf_utf8(format, args);
        va_end(args);
    }
    g_hash_table_replace(conclusion->outcomes, (gpointer) what, outcome);
}

struct om_outcome *
om_conclusion_outcome(const struct om_conclusion *conclusion, const void *what)
{
    return g_hash_table_lookup(conclusion->outcomes, what);
}

struct ordered {
    struct om_finding *finding;
    guint order;
};

static gint
compare_frames(gconstpointer a, gconstpointer b)
{
    const struct ordered *x = a, *y = b;

    if (x->finding->frame != y->finding->frame)
        return x->finding->frame < y->finding->frame ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void
note_worst(GHashTable *worst, gpointer what, const struct om_finding *finding)
{
    guint severity = 1 + om_rule_info(finding->rule)->severity;

    if (severity > GPOINTER_TO_UINT(g_hash_table_lookup(worst, what)))
        g_hash_table_insert(worst, what, GUINT_TO_POINTER(severity));
}

/* Of several as grave the first. */
static void
note_loose(struct om_conclusion *conclusion, const struct om_finding *finding)
{
    const struct om_finding *known = g_hash_table_lookup(conclusion->worst_loose, finding->session);

    if (!known || om_rule_info(finding->rule)->severity > om_rule_info(known->rule)->severity)
        g_hash_table_insert(conclusion->worst_loose, finding->session, (gpointer) finding);
}

void
om_conclusion_sort(struct om_conclusion *conclusion, const struct om_context *context)
{
    const GPtrArray *proved = context->findings;
    guint most = proved->len + conclusion->own->len;
    struct ordered *rows = g_new(struct ordered, most);
    guint n = 0;

    for (guint i = 0; i < most; i++) {
        struct om_finding *finding =
            i < proved->len ? g_ptr_array_index(proved, i) : g_ptr_array_index(conclusion->own, i - proved->len);

        if (!finding->withdrawn)
            rows[n++] = (struct ordered){finding, i};
    }
    if (n)
        qsort(rows, n, sizeof *rows, compare_frames);
    for (guint i = 0; i < n; i++) {
        struct om_finding *finding = rows[i].finding;

        om_finding_blame(finding, context);
        g_ptr_array_add(conclusion->findings, finding);
        om_findings_index_add(conclusion->by_frame, GUINT_TO_POINTER(finding->frame), finding);
        if (finding->object) {
            om_findings_index_add(conclusion->by_object, finding->object, finding);
            note_worst(conclusion->worst, finding->object, finding);
        } else {
            note_loose(conclusion, finding);
        }
    }
    g_free(rows);
    om_finding_groups(conclusion->findings, conclusion->groups);
}
