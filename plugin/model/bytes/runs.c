/* runs.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "runs.h"

static void
run_free(gpointer data)
{
    struct om_run *run = data;

    g_byte_array_unref(run->bytes);
    g_free(run);
}

void
om_runs_init(struct om_runs *runs)
{
    runs->list = g_ptr_array_new_with_free_func(run_free);
    runs->size = 0;
}

void
om_runs_clear(struct om_runs *runs)
{
    g_ptr_array_unref(runs->list);
    runs->list = NULL;
    runs->size = 0;
}

static struct om_run *
run_at(const struct om_runs *runs, guint index)
{
    return g_ptr_array_index(runs->list, index);
}

static om_position
run_end(const struct om_run *run)
{
    return run->at + run->bytes->len;
}

/* Index of the first run that ends behind `at`. */
static guint
find(const struct om_runs *runs, om_position at)
{
    guint low = 0, high = runs->list->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (run_end(run_at(runs, middle)) <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Bytes that no run has: to the end of the run before, or a run of their own. */
static void
insert(struct om_runs *runs, guint index, om_position at, struct om_slice bytes)
{
    struct om_run *before = index > 0 ? run_at(runs, index - 1) : NULL;
    struct om_run *after = index < runs->list->len ? run_at(runs, index) : NULL;

    runs->size += bytes.l;
    if (!before || run_end(before) != at) {
        before = g_new(struct om_run, 1);
        before->at = at;
        before->bytes = g_byte_array_new();
        g_ptr_array_insert(runs->list, (gint) index, before);
        index++;
    }
    g_byte_array_append(before->bytes, (const guint8 *) bytes.p, (guint) bytes.l);
    if (after && run_end(before) == after->at) {
        g_byte_array_append(before->bytes, after->bytes->data, after->bytes->len);
        g_ptr_array_remove_index(runs->list, index);
    }
}

gsize
om_runs_add(struct om_runs *runs, om_position at, struct om_slice bytes)
{
    gsize first = bytes.l;

    for (gsize done = 0; done < bytes.l;) {
        guint index = find(runs, at + done);
        const struct om_run *run = index < runs->list->len ? run_at(runs, index) : NULL;
        gsize n = bytes.l - done;

        if (run && run->at <= at + done) {
            done += MIN(n, (gsize) (run_end(run) - (at + done)));
            continue;
        }
        if (run)
            n = MIN(n, (gsize) (run->at - (at + done)));
        if (first == bytes.l)
            first = done;
        insert(runs, index, at + done, om_slice(bytes.p + done, n));
        done += n;
    }
    return first;
}

void
om_runs_drop_before(struct om_runs *runs, om_position at)
{
    guint whole = find(runs, at);

    for (guint i = 0; i < whole; i++)
        runs->size -= run_at(runs, i)->bytes->len;
    if (whole)
        g_ptr_array_remove_range(runs->list, 0, whole);
}

void
om_runs_drop_from(struct om_runs *runs, om_position at)
{
    while (runs->list->len) {
        struct om_run *last = run_at(runs, runs->list->len - 1);
        gsize keep = last->at < at ? (gsize) (at - last->at) : 0;

        if (last->bytes->len <= keep)
            return;
        runs->size -= last->bytes->len - keep;
        g_byte_array_set_size(last->bytes, (guint) keep);
        if (keep)
            return;
        g_ptr_array_remove_index(runs->list, runs->list->len - 1);
    }
}

struct om_slice
om_runs_at(const struct om_runs *runs, om_position at)
{
    guint index = find(runs, at);
    const struct om_run *run = index < runs->list->len ? run_at(runs, index) : NULL;

    if (!run || run->at > at)
        return OM_SLICE_NULL;
    return om_slice_from(om_slice(run->bytes->data, run->bytes->len), (gsize) (at - run->at));
}

om_position
om_runs_next(const struct om_runs *runs, om_position at)
{
    guint index = find(runs, at);

    if (index == runs->list->len)
        return G_MAXUINT64;
    return MAX(at, run_at(runs, index)->at);
}
