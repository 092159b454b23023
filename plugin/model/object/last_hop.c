/* last_hop.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "last_hop.h"

static gboolean
is_one_uri(const char *path)
{
    /* A space behind each URI. */
    const char *space = path ? strchr(path, ' ') : NULL;

    return space && !space[1];
}

gboolean
om_leg_is_last_hop(const struct om_leg *leg)
{
    return is_one_uri(leg->to_path) && !is_one_uri(leg->from_path);
}

/* The receiver's relay may have come to it from several hosts: all that they sent. NULL where no leg or all are last, and
 * where the sender sent some of it past the relays. */
static struct om_ranges *
held_there(const struct om_object *object)
{
    struct om_ranges *held = om_ranges_new();
    guint last_hops = 0, i;

    for (i = 0; i < object->legs->len; i++) {
        const struct om_leg *leg = g_ptr_array_index(object->legs, i);
        GArray *ranges;

        if (!is_one_uri(leg->to_path))
            continue;
        if (!om_leg_is_last_hop(leg))
            break;
        last_hops++;
        ranges = om_ranges_list(leg->held);
        for (guint k = 0; k < ranges->len; k++)
            om_ranges_add(held, g_array_index(ranges, struct om_range, k).from,
                          g_array_index(ranges, struct om_range, k).to);
        g_array_unref(ranges);
    }
    if (i == object->legs->len && last_hops && last_hops < object->legs->len)
        return held;
    om_ranges_free(held);
    return NULL;
}

static const struct om_chunk *
last_there(const struct om_object *object)
{
    const struct om_chunk *last = NULL;

    for (guint i = 0; i < object->chunks->len; i++) {
        const struct om_chunk *chunk = g_ptr_array_index(object->chunks, i);

        if (om_leg_is_last_hop(chunk->leg) && !(last && last->flag == '$'))
            last = chunk;
    }
    return last;
}

GArray *
om_last_hop_missing(const struct om_object *object, const struct om_chunk **last)
{
    struct om_ranges *held = object->legs->len > 1 ? held_there(object) : NULL;
    GArray *missing = NULL;

    if (!held)
        return NULL;
    if (!om_ranges_covers(held, 0, object->total)) {
        missing = om_ranges_missing(held, 0, object->total);
        *last = last_there(object);
    }
    om_ranges_free(held);
    return missing;
}
