/* finding.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "finding.h"

#include "core/text/visible.h"

void
om_finding_free(gpointer data)
{
    struct om_finding *finding = data;

    g_free(finding->text);
    g_free(finding);
}

struct om_finding *
om_finding_new(enum om_rule rule, guint32 frame, struct om_session *session, struct om_object *object,
               const char *format, va_list args)
{
    struct om_finding *finding = g_new0(struct om_finding, 1);

    finding->rule = rule;
    finding->frame = frame;
    finding->session = session;
    finding->object = object;
    finding->text = om_vprintf_utf8(format, args);
    return finding;
}

void
om_finding_blame(struct om_finding *finding, const struct om_context *context)
{
    const struct om_frame_hosts *hosts = finding->peer ? NULL : om_context_hosts(context, finding->frame);
    enum om_blame blame = om_rule_blame(finding->rule);

    if (hosts && blame != OM_BLAME_NOBODY)
        finding->peer = blame == OM_BLAME_RECEIVER ? hosts->dst : hosts->src;
}

GHashTable *
om_findings_index_new(void)
{
    return g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
}

void
om_findings_index_add(GHashTable *table, gpointer key, struct om_finding *finding)
{
    GPtrArray *list = g_hash_table_lookup(table, key);

    if (!list) {
        list = g_ptr_array_new();
        g_hash_table_insert(table, key, list);
    }
    g_ptr_array_add(list, finding);
}
