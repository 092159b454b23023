/* early.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "early.h"

#include "message.h"

#include "core/text/text_hash.h"

/** How far apart frames that changed places may be, nanoseconds. An id that is used again comes later. */
#define EARLY_TIME G_GINT64_CONSTANT(1000000000)

struct om_early {
    GHashTable *waiting; /* key -> struct waiting * */
};

struct waiting {
    struct om_message *message;
    struct om_report *report;
};

static void
waiting_free(gpointer data)
{
    struct waiting *waiting = data;

    g_free(waiting->report);
    g_free(waiting);
}

void
om_early_free(struct om_early *early)
{
    if (!early)
        return;
    g_hash_table_unref(early->waiting);
    g_free(early);
}

void
om_early_keep(struct om_early **early, const char *key, struct om_message *message, struct om_report *report)
{
    struct waiting *waiting = g_new(struct waiting, 1);

    if (!*early) {
        *early = g_new(struct om_early, 1);
        (*early)->waiting = g_hash_table_new_full(om_text_hash, g_str_equal, g_free, waiting_free);
    }
    *waiting = (struct waiting){message, report};
    g_hash_table_replace((*early)->waiting, g_strdup(key), waiting);
}

struct om_message *
om_early_take(struct om_early *early, const char *key, gint64 time, struct om_report **report)
{
    struct waiting *waiting = early ? g_hash_table_lookup(early->waiting, key) : NULL;
    struct om_message *message;

    if (!waiting)
        return NULL;
    message = time - waiting->message->time <= EARLY_TIME ? waiting->message : NULL;
    if (message && report)
        *report = g_steal_pointer(&waiting->report);
    g_hash_table_remove(early->waiting, key);
    return message;
}
