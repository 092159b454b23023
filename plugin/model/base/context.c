/* context.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "context.h"

#include "finding.h"

#include "core/text/text_hash.h"

struct om_context *
om_context_new(const struct om_options *options)
{
    struct om_context *context = g_new0(struct om_context, 1);

    context->options = *options;
    context->options.icsis = g_strdupv(options->icsis);
    context->findings = g_ptr_array_new_with_free_func(om_finding_free);
    context->findings_by_frame = om_findings_index_new();
    context->proved = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    context->hosts = g_array_new(FALSE, FALSE, sizeof(struct om_frame_hosts));
    context->strings = g_string_chunk_new(4096);
    context->interned = g_hash_table_new(om_text_hash, g_str_equal);
    return context;
}

void
om_context_free(struct om_context *context)
{
    if (!context)
        return;
    g_array_unref(context->hosts);
    g_hash_table_unref(context->proved);
    g_hash_table_unref(context->findings_by_frame);
    g_ptr_array_unref(context->findings);
    g_hash_table_unref(context->interned);
    g_string_chunk_free(context->strings);
    g_strfreev(context->options.icsis);
    g_free(context);
}

const char *
om_context_intern(struct om_context *context, const char *text)
{
    const char *interned = text ? g_hash_table_lookup(context->interned, text) : NULL;

    if (!interned && text) {
        interned = g_string_chunk_insert(context->strings, text);
        g_hash_table_add(context->interned, (gpointer) interned);
    }
    return interned;
}

static void
note_hosts(struct om_context *context, const struct om_frame *frame)
{
    struct om_frame_hosts hosts = {frame->number, om_context_intern(context, frame->src),
                                   om_context_intern(context, frame->dst)};

    g_array_append_val(context->hosts, hosts);
}

const struct om_frame_hosts *
om_context_hosts(const struct om_context *context, guint32 frame)
{
    guint from = 0, to = context->hosts->len;

    while (from < to) {
        guint middle = from + (to - from) / 2;
        const struct om_frame_hosts *hosts = &g_array_index(context->hosts, struct om_frame_hosts, middle);

        if (hosts->frame == frame)
            return hosts;
        if (hosts->frame < frame)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

void
om_context_event(struct om_context *context, const struct om_frame *frame)
{
    if (frame->number > context->last_frame)
        note_hosts(context, frame);
    om_context_passes(context, frame->number, frame->time);
}

void
om_context_passes(struct om_context *context, guint32 frame, gint64 time)
{
    context->generation++;
    if (!context->last_frame)
        context->first_time = time;
    context->last_frame = MAX(context->last_frame, frame);
    context->last_time = MAX(context->last_time, time);
}

void
om_context_time(struct om_context *context, gint64 time)
{
    if (context->last_frame)
        context->last_time = MAX(context->last_time, time);
}

/* How many findings there are of this object, by severity. */
static guint *
count_proved(struct om_context *context, const struct om_object *object)
{
    guint *counts = g_hash_table_lookup(context->proved, object);

    if (!counts) {
        counts = g_new0(guint, OM_SEVERITIES);
        g_hash_table_insert(context->proved, (gpointer) object, counts);
    }
    return counts;
}

void
om_context_add(struct om_context *context, struct om_finding *finding)
{
    om_finding_blame(finding, context);
    g_ptr_array_add(context->findings, finding);
    om_findings_index_add(context->findings_by_frame, GUINT_TO_POINTER(finding->frame), finding);
    if (finding->object)
        count_proved(context, finding->object)[om_rule_info(finding->rule)->severity]++;
}

void
om_context_find(struct om_context *context, enum om_rule rule, guint32 frame, struct om_session *session,
                struct om_object *object, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    om_context_add(context, om_finding_new(rule, frame, session, object, format, args));
    va_end(args);
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
om_context_withdraw(struct om_context *context, enum om_rule rule, guint32 frame, const struct om_session *session,
                    const struct om_object *object)
{
    GPtrArray *list = g_hash_table_lookup(context->findings_by_frame, GUINT_TO_POINTER(frame));
    struct om_finding *gone = find_recorded(list, rule, session, object);

    if (!gone)
        return;
    gone->withdrawn = TRUE;
    g_ptr_array_remove(list, gone);
    if (object)
        count_proved(context, object)[om_rule_info(rule)->severity]--;
}

const GPtrArray *
om_context_findings_at(const struct om_context *context, guint32 frame)
{
    return g_hash_table_lookup(context->findings_by_frame, GUINT_TO_POINTER(frame));
}

guint
om_context_proved(const struct om_context *context, const struct om_object *object, enum om_severity severity)
{
    const guint *counts = g_hash_table_lookup(context->proved, object);

    return counts ? counts[severity] : 0;
}
