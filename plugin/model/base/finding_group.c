/* finding_group.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "finding_group.h"

#include "core/text/text_hash.h"

static guint
key_hash(gconstpointer key)
{
    const struct om_finding *finding = key;

    if (finding->object)
        return g_direct_hash(finding->object) * 31 + (guint) finding->rule;
    return om_text_hash(finding->text) * 31 + (guint) finding->rule;
}

static gboolean
key_equal(gconstpointer a, gconstpointer b)
{
    const struct om_finding *one = a, *other = b;

    if (one->rule != other->rule || one->object != other->object)
        return FALSE;
    return one->object || (one->session == other->session && g_str_equal(one->text, other->text));
}

void
om_finding_groups(const GPtrArray *findings, GPtrArray *groups)
{
    GHashTable *table = g_hash_table_new(key_hash, key_equal);

    for (guint i = 0; i < findings->len; i++) {
        struct om_finding *finding = g_ptr_array_index(findings, i);
        struct om_finding_group *group = g_hash_table_lookup(table, finding);

        if (!group) {
            group = g_new0(struct om_finding_group, 1);
            group->first = finding;
            group->frames = g_array_new(FALSE, FALSE, sizeof(guint32));
            g_ptr_array_add(groups, group);
            g_hash_table_insert(table, finding, group);
        }
        g_array_append_val(group->frames, finding->frame);
    }
    g_hash_table_unref(table);
}

void
om_finding_group_free(gpointer data)
{
    struct om_finding_group *group = data;

    g_array_unref(group->frames);
    g_free(group);
}
