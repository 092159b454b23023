/* held.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "held.h"

static void
run_free(gpointer data)
{
    struct om_held_run *run = data;

    g_byte_array_unref(run->bytes);
    g_free(run);
}

/* Index of the first run that begins behind `offset`. */
static guint
place_of(const struct om_held *held, guint64 offset)
{
    guint low = 0, high = held->runs->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (((const struct om_held_run *) g_ptr_array_index(held->runs, middle))->offset <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void
om_held_add(struct om_held *held, guint64 offset, struct om_slice bytes)
{
    struct om_held_run *run;
    guint place;

    if (!held->runs)
        held->runs = g_ptr_array_new_with_free_func(run_free);
    place = place_of(held, offset);
    run = place ? g_ptr_array_index(held->runs, place - 1) : NULL;
    if (!run || run->offset + run->bytes->len != offset) {
        run = g_new(struct om_held_run, 1);
        *run = (struct om_held_run){offset, g_byte_array_new()};
        g_ptr_array_insert(held->runs, (gint) place, run);
    }
    g_byte_array_append(run->bytes, (const guint8 *) bytes.p, (guint) bytes.l);
    held->size += bytes.l;
}

void
om_held_clear(struct om_held *held)
{
    g_clear_pointer(&held->runs, g_ptr_array_unref);
    held->size = 0;
}
