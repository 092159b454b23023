/* object.c
 * An object's life, and what can be told of it at once.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "object.h"

static void
chunk_free(gpointer data)
{
    struct om_chunk *chunk = data;

    g_free(chunk->tid);
    g_free(chunk);
}

struct om_objects *
om_objects_new(struct om_context *context)
{
    struct om_objects *objects = g_new0(struct om_objects, 1);

    objects->context = context;
    objects->all = g_ptr_array_new_with_free_func((GDestroyNotify) om_object_free);
    return objects;
}

void
om_objects_free(struct om_objects *objects)
{
    g_ptr_array_unref(objects->all);
    g_free(objects);
}

struct om_object *
om_object_new(struct om_objects *objects, enum om_carrier carrier, const struct om_frame *frame)
{
    struct om_object *object = g_new0(struct om_object, 1);

    g_ptr_array_add(objects->all, object);
    object->id = objects->all->len;
    object->context = objects->context;
    object->carrier = carrier;
    object->event_apps = g_ptr_array_new_with_free_func(g_free);
    object->icsis = g_ptr_array_new_with_free_func(g_free);
    object->legs = g_ptr_array_new_with_free_func(om_leg_free);
    object->chunks = g_ptr_array_new_with_free_func(chunk_free);
    object->reports = g_ptr_array_new_with_free_func(g_free);
    object->reported = om_ranges_new();
    object->store = om_store_new(object->context->options.max_object);
    object->digests = g_array_new(FALSE, FALSE, sizeof(struct om_digest));
    object->first_frame = object->last_frame = frame->number;
    object->first_time = object->last_time = frame->time;
    object->dirty = TRUE;
    return object;
}

void
om_object_free(struct om_object *object)
{
    g_free(object->call_id);
    g_free(object->message_id);
    g_free(object->from_path);
    g_free(object->to_path);
    g_free(object->content_type);
    g_ptr_array_unref(object->event_apps);
    g_ptr_array_unref(object->icsis);
    if (object->chunk_table)
        g_hash_table_unref(object->chunk_table);
    g_ptr_array_unref(object->chunks);
    g_clear_pointer(&object->reported_words, g_hash_table_unref);
    g_clear_pointer(&object->refused_chunks, g_ptr_array_unref);
    g_ptr_array_unref(object->reports);
    g_clear_pointer(&object->leg_table, g_hash_table_unref);
    g_ptr_array_unref(object->legs);
    om_ranges_free(object->reported);
    om_running_digest_free(object->running);
    om_body_free(object->body);
    g_clear_pointer(&object->bytes, g_bytes_unref);
    om_store_free(object->store);
    g_array_unref(object->digests);
    if (object->content_digests)
        g_array_unref(object->content_digests);
    g_free(object->verification.hint);
    g_free(object);
}

/* A total is what the sender announces, "$" is what ends the message (RFC 4975 section 7.3.1): bytes behind the total
 * say that it is too low, and then only the end tells how many there are. */
static gboolean
holds_all(const struct om_object *object)
{
    const struct om_ranges *held = om_store_ranges(object->store);
    guint64 end = om_ranges_end(held);

    if (end <= object->total)
        return om_ranges_covers(held, 0, object->total);
    return object->last_seen && object->last_chunk && object->last_chunk->ended && om_ranges_prefix(held) == end;
}

enum om_state
om_object_state(const struct om_object *object)
{
    /* An abort counts whatever bytes are held, unless the sender finished after all. */
    if (object->aborted && !object->last_seen)
        return OM_ABORTED;
    if (object->has_total && holds_all(object))
        return OM_COMPLETE;
    return object->aborted ? OM_ABORTED : OM_INCOMPLETE;
}

guint64
om_object_size(const struct om_object *object)
{
    return om_ranges_size(om_store_ranges(object->store));
}

guint64
om_object_length(const struct om_object *object)
{
    return MAX(object->total, om_ranges_prefix(om_store_ranges(object->store)));
}

GArray *
om_object_gaps(const struct om_object *object)
{
    guint more;

    return om_object_first_gaps(object, G_MAXUINT, &more);
}

static guint64
known_end(const struct om_object *object)
{
    guint64 end = om_ranges_end(om_store_ranges(object->store));

    return object->has_total ? MAX(object->total, end) : end;
}

GArray *
om_object_first_gaps(const struct om_object *object, guint most, guint *more)
{
    return om_ranges_first_missing(om_store_ranges(object->store), 0, known_end(object), most, more);
}

guint64
om_object_missing(const struct om_object *object)
{
    return known_end(object) - om_object_size(object);
}

struct om_slice
om_object_bytes(struct om_object *object)
{
    return om_store_prefix(object->store);
}

static void
add_distinct(GPtrArray *list, const char *text)
{
    for (guint i = 0; i < list->len; i++) {
        if (strcmp(g_ptr_array_index(list, i), text) == 0)
            return;
    }
    g_ptr_array_add(list, g_strdup(text));
}

void
om_object_add_event_app(struct om_object *object, const char *app)
{
    add_distinct(object->event_apps, app);
}

void
om_object_add_icsi(struct om_object *object, const char *icsi)
{
    add_distinct(object->icsis, icsi);
}
