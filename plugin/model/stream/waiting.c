/* waiting.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "waiting.h"

static void
waiting_bytes_free(gpointer data)
{
    struct om_waiting_bytes *run = data;

    g_bytes_unref(run->bytes);
    g_free(run);
}

void
om_waiting_clear(struct om_waiting *waiting)
{
    g_clear_pointer(&waiting->list, g_ptr_array_unref);
    waiting->size = 0;
}

gboolean
om_waiting_none(const struct om_waiting *waiting)
{
    return !waiting->list || waiting->list->len == 0;
}

static struct om_waiting_bytes *
run_at(const struct om_waiting *waiting, guint place)
{
    return g_ptr_array_index(waiting->list, place);
}

const struct om_waiting_bytes *
om_waiting_first(const struct om_waiting *waiting)
{
    return run_at(waiting, 0);
}

GBytes *
om_waiting_take_first(struct om_waiting *waiting)
{
    GBytes *bytes = g_bytes_ref(run_at(waiting, 0)->bytes);

    waiting->size -= g_bytes_get_size(bytes);
    g_ptr_array_remove_index(waiting->list, 0);
    return bytes;
}

static om_position
end_of(const struct om_waiting_bytes *run)
{
    return run->at + g_bytes_get_size(run->bytes);
}

/* Index of the first run that ends behind `at`. Nearly always it is behind the last one. */
static guint
find(const struct om_waiting *waiting, om_position at)
{
    guint low = 0, high = waiting->list->len;

    if (high && end_of(run_at(waiting, high - 1)) <= at)
        return high;
    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (end_of(run_at(waiting, middle)) <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

gsize
om_waiting_add(struct om_waiting *waiting, om_position at, struct om_slice bytes)
{
    gsize first = bytes.l;

    if (!waiting->list)
        waiting->list = g_ptr_array_new_with_free_func(waiting_bytes_free);
    for (gsize done = 0; done < bytes.l;) {
        guint place = find(waiting, at + done);
        const struct om_waiting_bytes *next = place < waiting->list->len ? run_at(waiting, place) : NULL;
        gsize n = bytes.l - done;
        struct om_waiting_bytes *run;

        if (next && next->at <= at + done) {
            done += (gsize) MIN(n, end_of(next) - (at + done));
            continue;
        }
        if (next)
            n = (gsize) MIN(n, next->at - (at + done));
        run = g_new(struct om_waiting_bytes, 1);
        *run = (struct om_waiting_bytes){at + done, g_bytes_new(bytes.p + done, n), 0};
        g_ptr_array_insert(waiting->list, (gint) place, run);
        waiting->size += n;
        first = MIN(first, done);
        done += n;
    }
    return first;
}

void
om_waiting_acknowledge(struct om_waiting *waiting, om_position position, guint segment)
{
    for (guint i = 0; waiting->list && i < waiting->list->len && run_at(waiting, i)->at <= position; i++)
        if (!run_at(waiting, i)->acknowledged)
            run_at(waiting, i)->acknowledged = segment;
}
