/* outcomes.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "outcomes.h"

#include "assess.h"
#include "model/object/object.h"
#include "verdict.h"

#include "core/text/text_hash.h"

/* --- objects of which nobody tells why --- */

/* The gravest finding says it, the first of several. */
static const struct om_finding *
gravest(const GPtrArray *findings)
{
    const struct om_finding *worst = NULL;

    for (guint i = 0; findings && i < findings->len; i++) {
        const struct om_finding *finding = g_ptr_array_index(findings, i);

        if (om_rule_info(finding->rule)->severity > (worst ? om_rule_info(worst->rule)->severity : OM_NOTE))
            worst = finding;
    }
    return worst;
}

static void
explain_objects(const GPtrArray *objects, struct om_conclusion *conclusion)
{
    for (guint i = 0; i < objects->len; i++) {
        struct om_object *object = g_ptr_array_index(objects, i);
        const struct om_finding *finding;

        if (om_object_verdict(object, conclusion) == OM_PASS || om_object_diagnosis(object, conclusion))
            continue;
        finding = gravest(om_conclusion_findings_of(conclusion, object));
        if (finding)
            om_conclusion_deliver(conclusion, object, om_object_delivery(object, conclusion), "frame %u: %s",
                                  finding->frame, finding->text);
    }
}

/** Reasons of the capture that are told, the worst ones: each object and session has its own. */
#define REASONS_MAX 32

/* --- offered files: those of objects fare as these do --- */

enum om_delivery
om_file_delivery(const struct om_file *file, const struct om_conclusion *conclusion)
{
    const struct om_outcome *outcome = om_conclusion_outcome(conclusion, file);
    struct om_object *object = g_hash_table_lookup(conclusion->carried, file);

    if (outcome)
        return outcome->delivery;
    return object ? om_object_delivery(object, conclusion) : OM_DELIVERY_UNKNOWN;
}

gboolean
om_file_is_told(const struct om_file *file, const struct om_conclusion *conclusion)
{
    return om_conclusion_outcome(conclusion, file) || om_file_object(file, conclusion);
}

const struct om_object *
om_file_object(const struct om_file *file, const struct om_conclusion *conclusion)
{
    return g_hash_table_lookup(conclusion->carried, file);
}

/* --- sessions --- */

/** What is the worst so far, and whose words tell of it. */
struct worst {
    gboolean any;
    enum om_delivery delivery;
    enum om_verdict verdict;
    const char *diagnosis;
};

static void
take_verdict(struct worst *worst, enum om_verdict verdict, const char *diagnosis)
{
    if (verdict > worst->verdict || (verdict == worst->verdict && !worst->diagnosis))
        worst->diagnosis = diagnosis;
    worst->verdict = MAX(worst->verdict, verdict);
}

static void
take_delivery(struct worst *worst, enum om_delivery delivery)
{
    worst->delivery = worst->any ? om_delivery_worse(worst->delivery, delivery) : delivery;
    worst->any = TRUE;
}

static void
take_files(struct worst *worst, const struct om_session *session, const struct om_conclusion *conclusion)
{
    const struct om_exchange *exchange;

    for (guint i = 0; (exchange = om_session_exchange(session, i)); i++) {
        for (guint k = 0; exchange->offer && k < exchange->offer->media->len; k++) {
            const struct om_media *media = g_ptr_array_index(exchange->offer->media, k);

            for (guint n = 0; n < media->files->len; n++) {
                const struct om_file *file = g_ptr_array_index(media->files, n);
                const struct om_outcome *outcome = om_conclusion_outcome(conclusion, file);

                /* What a re-INVITE offers again is the same file: only what somebody tells of counts. */
                if (i && !outcome && !om_file_object(file, conclusion))
                    continue;
                take_delivery(worst, om_file_delivery(file, conclusion));
                take_verdict(worst, om_delivery_verdict(om_file_delivery(file, conclusion)),
                             outcome ? outcome->diagnosis : NULL);
            }
        }
    }
}

static enum om_verdict
severity_verdict(const struct om_finding *finding)
{
    enum om_severity severity = finding ? om_rule_info(finding->rule)->severity : OM_NOTE;

    return severity == OM_ERROR ? OM_FAIL : severity == OM_WARN ? OM_WARNED : OM_PASS;
}

/* What a finding says where nobody says more; g_free() it. NULL: it is not to be told. */
static char *
told_text(const struct om_finding *finding)
{
    if (severity_verdict(finding) == OM_PASS)
        return NULL;
    /* FILE-NOT-SENT and its like name the frame themselves. */
    return g_str_has_prefix(finding->text, "frame ") ? g_strdup(finding->text)
                                                     : g_strdup_printf("frame %u: %s", finding->frame, finding->text);
}

static void
conclude_session(const struct om_session *session, struct om_conclusion *conclusion)
{
    struct om_outcome *outcome = om_conclusion_outcome(conclusion, session);
    struct worst worst = {FALSE, OM_DELIVERY_UNKNOWN, OM_PASS, NULL};
    const struct om_finding *loose = g_hash_table_lookup(conclusion->worst_loose, session);
    char *told = loose ? told_text(loose) : NULL;

    for (guint i = 0; i < session->objects->len; i++) {
        struct om_object *object = g_ptr_array_index(session->objects, i);

        take_verdict(&worst, om_object_verdict(object, conclusion), om_object_diagnosis(object, conclusion));
    }
    take_files(&worst, session, conclusion);
    for (guint i = 0; !worst.any && i < session->objects->len; i++)
        worst.delivery = i ? om_delivery_worse(worst.delivery,
                                               om_object_delivery(g_ptr_array_index(session->objects, i), conclusion))
                           : om_object_delivery(g_ptr_array_index(session->objects, 0), conclusion);
    if (loose)
        take_verdict(&worst, severity_verdict(loose), told);
    if (outcome)
        take_verdict(&worst, outcome->verdict, outcome->diagnosis);
    if (!outcome) {
        om_conclusion_deliver(conclusion, session, worst.delivery, worst.diagnosis ? "%s" : NULL, worst.diagnosis);
        outcome = om_conclusion_outcome(conclusion, session);
    } else if (!outcome->diagnosis && worst.diagnosis) {
        outcome->diagnosis = g_strdup(worst.diagnosis);
    }
    outcome->verdict = worst.verdict;
    g_free(told);
}

enum om_verdict
om_session_verdict(const struct om_session *session, const struct om_conclusion *conclusion)
{
    const struct om_outcome *outcome = om_conclusion_outcome(conclusion, session);

    return outcome ? outcome->verdict : OM_UNKNOWN;
}

enum om_delivery
om_session_delivery(const struct om_session *session, const struct om_conclusion *conclusion)
{
    const struct om_outcome *outcome = om_conclusion_outcome(conclusion, session);

    return outcome ? outcome->delivery : OM_DELIVERY_UNKNOWN;
}

const char *
om_session_diagnosis(const struct om_session *session, const struct om_conclusion *conclusion)
{
    const struct om_outcome *outcome = om_conclusion_outcome(conclusion, session);

    return outcome ? outcome->diagnosis : NULL;
}

/* --- the capture --- */

static void
add_reason(struct om_conclusion *conclusion, GHashTable *told, enum om_verdict wanted, enum om_verdict verdict,
           const char *text)
{
    if (verdict == wanted && text && conclusion->reasons->len < REASONS_MAX && g_hash_table_add(told, (gpointer) text))
        g_ptr_array_add(conclusion->reasons, g_strdup(text));
}

/* Of one verdict: objects first, then sessions, then what belongs to neither. */
static void
add_reasons(const GPtrArray *sessions, const GPtrArray *objects, const char *loose, struct om_conclusion *conclusion,
            GHashTable *told, enum om_verdict wanted)
{
    for (guint i = 0; i < objects->len; i++) {
        struct om_object *object = g_ptr_array_index(objects, i);

        add_reason(conclusion, told, wanted, om_object_verdict(object, conclusion),
                   om_object_diagnosis(object, conclusion));
    }
    for (guint i = 0; i < sessions->len; i++) {
        const struct om_session *session = g_ptr_array_index(sessions, i);

        add_reason(conclusion, told, wanted, om_session_verdict(session, conclusion),
                   om_session_diagnosis(session, conclusion));
    }
    add_reason(conclusion, told, wanted, severity_verdict(g_hash_table_lookup(conclusion->worst_loose, NULL)), loose);
}

static void
worst_of_all(const GPtrArray *sessions, const GPtrArray *objects, struct om_conclusion *conclusion)
{
    const struct om_finding *loose = g_hash_table_lookup(conclusion->worst_loose, NULL);
    enum om_verdict worst = MAX(conclusion->capture.verdict, severity_verdict(loose));

    for (guint i = 0; i < objects->len; i++)
        worst = MAX(worst, om_object_verdict(g_ptr_array_index(objects, i), conclusion));
    for (guint i = 0; i < sessions->len; i++)
        worst = MAX(worst, om_session_verdict(g_ptr_array_index(sessions, i), conclusion));
    conclusion->capture.verdict = worst;
}

void
om_outcomes_conclude(const GPtrArray *sessions, const GPtrArray *objects, struct om_conclusion *conclusion)
{
    GHashTable *told = g_hash_table_new(om_text_hash, g_str_equal);
    const struct om_finding *loose = g_hash_table_lookup(conclusion->worst_loose, NULL);
    char *loose_text = loose ? told_text(loose) : NULL;

    explain_objects(objects, conclusion);
    for (guint i = 0; i < sessions->len; i++)
        conclude_session(g_ptr_array_index(sessions, i), conclusion);
    worst_of_all(sessions, objects, conclusion);
    for (enum om_verdict verdict = OM_FAIL; verdict > OM_PASS; verdict--)
        add_reasons(sessions, objects, loose_text, conclusion, told, verdict);
    g_hash_table_unref(told);
    g_free(loose_text);
}

enum om_verdict
om_capture_verdict(const struct om_conclusion *conclusion)
{
    return conclusion->capture.verdict;
}

const GPtrArray *
om_capture_reasons(const struct om_conclusion *conclusion)
{
    return conclusion->reasons;
}
