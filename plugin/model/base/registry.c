/* registry.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "registry.h"

#include "model/msrp/msrp_events.h"
#include "model/sip/register/registration.h"
#include "model/session/session.h"
#include "model/sip_events.h"
#include "model/sip/sip_rest.h"

#include "core/text/text_hash.h"

static void
finding_free(gpointer data)
{
    struct om_finding *finding = data;

    g_free(finding->text);
    g_free(finding);
}

static void
conclusion_free(struct om_conclusion *conclusion)
{
    if (!conclusion)
        return;
    g_hash_table_unref(conclusion->by_frame);
    g_hash_table_unref(conclusion->by_object);
    g_hash_table_unref(conclusion->worst);
    g_ptr_array_unref(conclusion->findings);
    g_ptr_array_unref(conclusion->own);
    g_free(conclusion);
}

struct om_registry *
om_registry_new(const struct om_options *options)
{
    struct om_registry *registry = g_new0(struct om_registry, 1);

    registry->options = *options;
    registry->options.icsis = g_strdupv(options->icsis);
    registry->registrations = g_ptr_array_new_with_free_func((GDestroyNotify) om_registration_free);
    registry->sessions = g_ptr_array_new(); /* owned by the SIP side, with those that are no push */
    registry->objects = g_ptr_array_new_with_free_func((GDestroyNotify) om_object_free);
    registry->findings = g_ptr_array_new_with_free_func(finding_free);
    registry->findings_by_frame = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
    registry->sip_rests = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify) om_sip_rest_free);
    registry->strings = g_string_chunk_new(4096);
    registry->interned = g_hash_table_new(om_text_hash, g_str_equal);
    registry->sip = om_sip_state_new();
    registry->msrp = om_msrp_state_new();
    return registry;
}

void
om_registry_free(struct om_registry *registry)
{
    if (!registry)
        return;
    conclusion_free(registry->conclusion);
    om_msrp_state_free(registry->msrp);
    g_ptr_array_unref(registry->objects);
    g_ptr_array_unref(registry->registrations);
    g_ptr_array_unref(registry->sessions);
    om_sip_state_free(registry->sip);
    g_hash_table_unref(registry->findings_by_frame);
    g_ptr_array_unref(registry->findings);
    g_hash_table_unref(registry->sip_rests);
    g_hash_table_unref(registry->interned);
    g_string_chunk_free(registry->strings);
    g_strfreev(registry->options.icsis);
    g_free(registry);
}

const char *
om_registry_intern(struct om_registry *registry, const char *text)
{
    const char *interned = text ? g_hash_table_lookup(registry->interned, text) : NULL;

    if (!interned && text) {
        interned = g_string_chunk_insert(registry->strings, text);
        g_hash_table_add(registry->interned, (gpointer) interned);
    }
    return interned;
}

void
om_registry_event(struct om_registry *registry, const struct om_frame *frame)
{
    registry->generation++;
    if (!registry->last_frame)
        registry->first_time = frame->time;
    registry->last_frame = MAX(registry->last_frame, frame->number);
    registry->last_time = MAX(registry->last_time, frame->time);
}

static struct om_finding *
finding_new(enum om_rule rule, guint32 frame, struct om_session *session, struct om_object *object, const char *format,
            va_list args)
{
    struct om_finding *finding = g_new0(struct om_finding, 1);

    finding->rule = rule;
    finding->frame = frame;
    finding->session = session;
    finding->object = object;
    finding->text = om_vprintf_utf8(format, args);
    return finding;
}

/* Adds to the array that a table holds under this key. */
static void
index_finding(GHashTable *table, gpointer key, struct om_finding *finding)
{
    GPtrArray *list = g_hash_table_lookup(table, key);

    if (!list) {
        list = g_ptr_array_new();
        g_hash_table_insert(table, key, list);
    }
    g_ptr_array_add(list, finding);
}

void
om_registry_find(struct om_registry *registry, enum om_rule rule, guint32 frame, struct om_session *session,
                 struct om_object *object, const char *format, ...)
{
    struct om_finding *finding;
    va_list args;

    va_start(args, format);
    finding = finding_new(rule, frame, session, object, format, args);
    va_end(args);
    g_ptr_array_add(registry->findings, finding);
    index_finding(registry->findings_by_frame, GUINT_TO_POINTER(frame), finding);
    if (object)
        object->proved[om_rule_info(rule)->severity]++;
}

/* The latest finding of this rule at this frame about these, or NULL. */
static struct om_finding *
find_recorded(const GPtrArray *list, enum om_rule rule, const struct om_session *session,
              const struct om_object *object)
{
    for (guint i = list ? list->len : 0; i > 0; i--) {
        struct om_finding *finding = g_ptr_array_index(list, i - 1);

        if (finding->rule == rule && finding->session == session && finding->object == object)
            return finding;
    }
    return NULL;
}

void
om_registry_withdraw(struct om_registry *registry, enum om_rule rule, guint32 frame, const struct om_session *session,
                     struct om_object *object)
{
    GPtrArray *list = g_hash_table_lookup(registry->findings_by_frame, GUINT_TO_POINTER(frame));
    struct om_finding *gone = find_recorded(list, rule, session, object);

    if (!gone)
        return;
    gone->withdrawn = TRUE;
    g_ptr_array_remove(list, gone);
    if (object)
        object->proved[om_rule_info(rule)->severity]--;
}

const GPtrArray *
om_registry_findings_at(const struct om_registry *registry, guint32 frame)
{
    return g_hash_table_lookup(registry->findings_by_frame, GUINT_TO_POINTER(frame));
}

void
om_conclusion_find(struct om_conclusion *conclusion, enum om_rule rule, guint32 frame, struct om_session *session,
                   struct om_object *object, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_ptr_array_add(conclusion->own, finding_new(rule, frame, session, object, format, args));
    va_end(args);
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
note_worst(GHashTable *worst, const struct om_finding *finding)
{
    guint severity = 1 + om_rule_info(finding->rule)->severity;

    if (severity > GPOINTER_TO_UINT(g_hash_table_lookup(worst, finding->object)))
        g_hash_table_insert(worst, finding->object, GUINT_TO_POINTER(severity));
}

static void
sort_findings(struct om_conclusion *conclusion, const GPtrArray *proved)
{
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

        g_ptr_array_add(conclusion->findings, finding);
        index_finding(conclusion->by_frame, GUINT_TO_POINTER(finding->frame), finding);
        if (finding->object) {
            index_finding(conclusion->by_object, finding->object, finding);
            note_worst(conclusion->worst, finding);
        }
    }
    g_free(rows);
}

const struct om_conclusion *
om_registry_conclude(struct om_registry *registry)
{
    struct om_conclusion *conclusion = registry->conclusion;

    if (conclusion && conclusion->generation == registry->generation)
        return conclusion;
    conclusion_free(conclusion);
    conclusion = g_new0(struct om_conclusion, 1);
    conclusion->generation = registry->generation;
    conclusion->findings = g_ptr_array_new();
    conclusion->own = g_ptr_array_new_with_free_func(finding_free);
    conclusion->by_frame = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
    conclusion->by_object = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
    conclusion->worst = g_hash_table_new(NULL, NULL);
    om_sip_conclude(registry, conclusion);
    om_msrp_conclude(registry, conclusion);
    sort_findings(conclusion, registry->findings);
    registry->conclusion = conclusion;
    return conclusion;
}
