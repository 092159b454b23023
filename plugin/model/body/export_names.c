/* export_names.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "export_names.h"

#include "core/text/text_hash.h"

#include <string.h>

GHashTable *
om_export_names_new(void)
{
    return g_hash_table_new_full(om_text_hash, g_str_equal, g_free, NULL);
}

static char *
folded(const char *name)
{
    char *composed = g_utf8_normalize(name, -1, G_NORMALIZE_DEFAULT_COMPOSE);
    char *key = g_utf8_casefold(composed ? composed : name, -1);

    g_free(composed);
    return key;
}

char *
om_export_names_use(GHashTable *names, char *name)
{
    for (;;) {
        char *key = folded(name);
        guint used = GPOINTER_TO_UINT(g_hash_table_lookup(names, key));
        const char *dot = strrchr(name, '.');
        gsize stem = dot && dot != name ? (gsize) (dot - name) : strlen(name);
        char *numbered;

        g_hash_table_insert(names, key, GUINT_TO_POINTER(used + 1));
        if (!used)
            return name;
        /* May itself be one that was sent: then on. */
        numbered = g_strdup_printf("%.*s(%u)%s", (int) stem, name, used, name + stem);
        g_free(name);
        name = numbered;
    }
}
