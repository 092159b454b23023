/* inferred.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "inferred.h"

guint64
om_inferred_put(struct om_object *object, guint64 from, struct om_slice bytes, struct om_ranges **own)
{
    GArray *room = om_ranges_missing(om_store_ranges(object->store), from, from + bytes.l);
    guint64 placed = 0;

    if (!object->inferred && room->len)
        object->inferred = om_ranges_new();
    if (own && !*own && room->len)
        *own = om_ranges_new();
    for (guint i = 0; i < room->len; i++) {
        const struct om_range *part = &g_array_index(room, struct om_range, i);
        struct om_slice fit = om_slice(bytes.p + (part->from - from), (gsize) (part->to - part->from));
        struct om_store_added added;

        om_store_add(object->store, part->from, fit, &added);
        om_ranges_add(object->inferred, part->from, part->to);
        if (own)
            om_ranges_add(*own, part->from, part->to);
        placed += fit.l;
    }
    g_array_unref(room);
    if (placed)
        object->dirty = TRUE;
    return placed;
}

/* Those parts of [from, to) that are in `ranges`, which lose them. g_array_unref() it. */
static GArray *
take_parts(struct om_ranges *ranges, guint64 from, guint64 to)
{
    GArray *parts = om_ranges_present(ranges, from, to);

    om_ranges_remove(ranges, from, to);
    return parts;
}

void
om_inferred_yield(struct om_object *object, guint64 from, guint64 to)
{
    GArray *parts;

    if (!object->inferred)
        return;
    parts = take_parts(object->inferred, from, to);
    for (guint i = 0; i < parts->len; i++) {
        const struct om_range *part = &g_array_index(parts, struct om_range, i);

        om_store_remove(object->store, part->from, part->to);
        object->dirty = TRUE;
    }
    g_array_unref(parts);
}

void
om_inferred_retract(struct om_object *object, struct om_ranges *own, guint64 from, guint64 to)
{
    GArray *parts;

    if (!own)
        return;
    parts = take_parts(own, from, to);
    for (guint i = 0; i < parts->len; i++) {
        const struct om_range *part = &g_array_index(parts, struct om_range, i);

        om_inferred_yield(object, part->from, part->to); /* where others took its place it is inferred no more */
    }
    g_array_unref(parts);
}

void
om_inferred_settle(struct om_object *object, struct om_ranges *own, guint64 from, guint64 to, struct om_ranges *held)
{
    GArray *parts;

    if (!own)
        return;
    parts = take_parts(own, from, to);
    for (guint i = 0; i < parts->len; i++) {
        const struct om_range *part = &g_array_index(parts, struct om_range, i);

        om_ranges_add(held, part->from, part->to);
        om_ranges_remove(object->inferred, part->from, part->to);
    }
    g_array_unref(parts);
}
