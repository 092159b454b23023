/* leg.c
 * The ways on which an object was seen.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "object.h"

/** More legs than these are found by a table: a transfer has one or two. */
#define LEGS_WALKED 8

void
om_leg_free(gpointer data)
{
    struct om_leg *leg = data;

    om_ranges_free(leg->held);
    g_free(leg);
}

/* A space behind each URI. */
static gboolean
path_names(const char *path, const char *key, gsize length)
{
    for (const char *at = path; (at = strstr(at, key)); at += length) {
        if ((at == path || at[-1] == ' ') && at[length] == ' ')
            return TRUE;
    }
    return FALSE;
}

gboolean
om_leg_names(const struct om_leg *leg, const char *key)
{
    gsize length = strlen(key);

    if (!length || !leg->from_path || !leg->to_path)
        return FALSE;
    return path_names(leg->from_path, key, length) || path_names(leg->to_path, key, length);
}

/* All strings are interned. */
static guint
leg_hash(gconstpointer data)
{
    const struct om_leg *leg = data;

    return ((g_direct_hash(leg->src) * 31 + g_direct_hash(leg->dst)) * 31 + g_direct_hash(leg->from_path)) * 31 +
           g_direct_hash(leg->to_path) + leg->via_count;
}

static gboolean
leg_equal(gconstpointer a, gconstpointer b)
{
    const struct om_leg *x = a, *y = b;

    return x->src == y->src && x->dst == y->dst && x->from_path == y->from_path && x->to_path == y->to_path &&
           x->via_count == y->via_count;
}

static struct om_leg *
find(struct om_object *object, const struct om_leg *key)
{
    if (object->leg_table)
        return g_hash_table_lookup(object->leg_table, key);
    for (guint i = 0; i < object->legs->len; i++) {
        if (leg_equal(g_ptr_array_index(object->legs, i), key))
            return g_ptr_array_index(object->legs, i);
    }
    return NULL;
}

static void
add(struct om_object *object, struct om_leg *leg)
{
    g_ptr_array_add(object->legs, leg);
    if (object->leg_table) {
        g_hash_table_add(object->leg_table, leg);
    } else if (object->legs->len > LEGS_WALKED) {
        object->leg_table = g_hash_table_new(leg_hash, leg_equal);
        for (guint i = 0; i < object->legs->len; i++)
            g_hash_table_add(object->leg_table, g_ptr_array_index(object->legs, i));
    }
}

struct om_leg *
om_object_leg(struct om_object *object, const struct om_frame *frame, const char *from_path, const char *to_path,
              guint via_count)
{
    struct om_leg key = {.src = om_context_intern(object->context, frame->src),
                         .dst = om_context_intern(object->context, frame->dst),
                         .from_path = from_path,
                         .to_path = to_path,
                         .via_count = via_count};
    struct om_leg *leg = find(object, &key);

    if (leg)
        return leg;
    leg = g_new(struct om_leg, 1);
    *leg = key;
    if (object->carrier == OM_CARRIER_MSRP)
        leg->held = om_ranges_new();
    add(object, leg);
    return leg;
}
