/* early_answers.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "early_answers.h"

#include "core/text/text_hash.h"

/** How far apart frames that changed places may be, nanoseconds. An id that is used again comes later. */
#define EARLY_TIME G_GINT64_CONSTANT(1000000000)

/** As many for one key: each REPORT of an object whose first SEND waits for missing bytes. */
#define EARLY_MAX 4096

struct om_early_answers {
    GHashTable *waiting; /* key -> GQueue of struct waiting *, in order */
};

struct waiting {
    struct om_message *message;
    struct om_report *report;
    gint64 time;
};

static void
waiting_free(gpointer data)
{
    struct waiting *waiting = data;

    g_free(waiting->report);
    g_free(waiting);
}

static void
queue_free(gpointer data)
{
    g_queue_free_full(data, waiting_free);
}

void
om_early_answers_free(struct om_early_answers *early)
{
    if (!early)
        return;
    g_hash_table_unref(early->waiting);
    g_free(early);
}

void
om_early_answers_keep(struct om_early_answers **early, const char *key, struct om_message *message, gint64 time,
                      struct om_report *report)
{
    struct waiting *waiting = g_new(struct waiting, 1);
    GQueue *queue;

    if (!*early) {
        *early = g_new(struct om_early_answers, 1);
        (*early)->waiting = g_hash_table_new_full(om_text_hash, g_str_equal, g_free, queue_free);
    }
    queue = g_hash_table_lookup((*early)->waiting, key);
    if (!queue) {
        queue = g_queue_new();
        g_hash_table_insert((*early)->waiting, g_strdup(key), queue);
    }
    *waiting = (struct waiting){message, report, time};
    g_queue_push_tail(queue, waiting);
    if (g_queue_get_length(queue) > EARLY_MAX)
        waiting_free(g_queue_pop_head(queue));
}

struct om_message *
om_early_answers_take(struct om_early_answers *early, const char *key, gint64 begun, struct om_report **report)
{
    GQueue *queue = early ? g_hash_table_lookup(early->waiting, key) : NULL;
    struct om_message *message = NULL;

    while (!message && queue && !g_queue_is_empty(queue)) {
        struct waiting *waiting = g_queue_pop_head(queue);

        message = begun - waiting->time <= EARLY_TIME ? waiting->message : NULL;
        if (message && report)
            *report = g_steal_pointer(&waiting->report);
        waiting_free(waiting);
    }
    if (queue && g_queue_is_empty(queue))
        g_hash_table_remove(early->waiting, key);
    return message;
}
