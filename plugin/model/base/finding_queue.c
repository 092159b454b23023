/* finding_queue.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "finding_queue.h"

#include "finding.h"

void
om_finding_queue_clear(struct om_finding_queue *queue)
{
    g_clear_pointer(&queue->held, g_ptr_array_unref);
}

static void
add(struct om_finding_queue *queue, struct om_finding *finding)
{
    if (queue->open) {
        om_context_add(queue->context, finding);
        return;
    }
    if (!queue->held)
        queue->held = g_ptr_array_new_with_free_func(om_finding_free);
    g_ptr_array_add(queue->held, finding);
}

static gboolean
has_room(struct om_finding_queue *queue, guint32 frame)
{
    if (queue->frame != frame)
        queue->count = 0;
    queue->frame = frame;
    return queue->count++ < OM_FINDINGS_OF_A_FRAME;
}

void
om_finding_queue_find(struct om_finding_queue *queue, enum om_rule rule, guint32 frame, const char *format, ...)
{
    va_list args;

    if (!has_room(queue, frame))
        return;
    va_start(args, format);
    add(queue, om_finding_new(rule, frame, queue->session, queue->object, format, args));
    va_end(args);
}

void
om_finding_queue_withdraw(struct om_finding_queue *queue, enum om_rule rule, guint32 frame)
{
    if (queue->open) {
        om_context_withdraw(queue->context, rule, frame, queue->session, queue->object);
        return;
    }
    for (guint i = queue->held ? queue->held->len : 0; i > 0; i--) {
        const struct om_finding *held = g_ptr_array_index(queue->held, i - 1);

        if (held->rule == rule && held->frame == frame) {
            g_ptr_array_remove_index(queue->held, i - 1);
            return;
        }
    }
}

void
om_finding_queue_open(struct om_finding_queue *queue, guint32 frame)
{
    GPtrArray *held = g_steal_pointer(&queue->held);

    queue->open = TRUE;
    if (!held)
        return;
    g_ptr_array_set_free_func(held, NULL);
    for (guint i = 0; i < held->len; i++) {
        struct om_finding *finding = g_ptr_array_index(held, i);

        finding->frame = finding->frame ? finding->frame : frame;
        finding->session = queue->session;
        finding->object = queue->object;
        om_context_add(queue->context, finding);
    }
    g_ptr_array_unref(held);
}

void
om_finding_queue_conclude(const struct om_finding_queue *queue, guint32 frame, struct om_conclusion *conclusion)
{
    for (guint i = 0; queue->held && i < queue->held->len; i++) {
        const struct om_finding *held = g_ptr_array_index(queue->held, i);

        om_conclusion_find(conclusion, held->rule, held->frame ? held->frame : frame, queue->session, queue->object,
                           "%s", held->text);
    }
}
