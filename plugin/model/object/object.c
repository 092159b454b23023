/* object.c
 * An object's life, and what can be told of it at once.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "object.h"

#include "model/body/export_name.h"
#include "model/verify/selector.h"

#include "core/text/media_type.h"

/** Gaps that are added up one by one, where bytes beyond the total are held, too. */
#define GAPS_COUNTED 1000

static void
chunk_free(gpointer data)
{
    struct om_chunk *chunk = data;

    g_free(chunk->tid);
    g_free(chunk);
}

struct om_object *
om_object_new(struct om_registry *registry, enum om_carrier carrier, const struct om_frame *frame)
{
    struct om_object *object = g_new0(struct om_object, 1);

    g_ptr_array_add(registry->objects, object);
    object->id = registry->objects->len;
    object->carrier = carrier;
    object->event_apps = g_ptr_array_new_with_free_func(g_free);
    object->icsis = g_ptr_array_new_with_free_func(g_free);
    object->legs = g_ptr_array_new_with_free_func(om_leg_free);
    object->chunks = g_ptr_array_new_with_free_func(chunk_free);
    object->reports = g_ptr_array_new_with_free_func(g_free);
    object->reported = om_ranges_new();
    object->store = om_store_new(registry->options.max_object);
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
    g_ptr_array_unref(object->chunks);
    g_clear_pointer(&object->reported_words, g_hash_table_unref);
    g_ptr_array_unref(object->reports);
    g_clear_pointer(&object->leg_table, g_hash_table_unref);
    g_ptr_array_unref(object->legs);
    om_ranges_free(object->reported);
    om_ranges_free(object->inferred);
    om_running_digest_free(object->running);
    om_body_free(object->body);
    om_store_free(object->store);
    g_array_unref(object->digests);
    if (object->content_digests)
        g_array_unref(object->content_digests);
    g_free(object->verification.hint);
    g_free(object);
}

enum om_state
om_object_state(const struct om_object *object)
{
    /* An abort counts whatever bytes are held, unless the sender finished after all. */
    if (object->aborted && !object->last_seen)
        return OM_ABORTED;
    if (object->has_total && om_ranges_covers(om_store_ranges(object->store), 0, object->total))
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
    return object->has_total ? object->total : om_ranges_end(om_store_ranges(object->store));
}

GArray *
om_object_first_gaps(const struct om_object *object, guint most, guint *more)
{
    return om_ranges_first_missing(om_store_ranges(object->store), 0, known_end(object), most, more);
}

guint64
om_object_missing(const struct om_object *object)
{
    guint64 end = known_end(object);
    guint64 missing = 0;
    GArray *gaps;
    guint more;

    if (om_ranges_end(om_store_ranges(object->store)) <= end)
        return end - om_object_size(object);
    gaps = om_object_first_gaps(object, GAPS_COUNTED, &more);
    for (guint i = 0; i < gaps->len && !more; i++)
        missing += g_array_index(gaps, struct om_range, i).to - g_array_index(gaps, struct om_range, i).from;
    g_array_unref(gaps);
    return missing;
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

/* The last part of a URI's path, without what asks or points (RFC 3986 section 3): what a user would call the file.
 * NULL: a URI with a host and no path. */
static char *
uri_name(const char *uri)
{
    struct om_slice text = om_slice_head(om_slice_str(uri), strcspn(uri, "?#"));
    gssize host = om_slice_find(text, 0, OM_SLICE_LIT("://"));
    gsize from;

    if (host >= 0)
        text = om_slice_from(text, (gsize) host + 3);
    while (text.l && text.p[text.l - 1] == '/')
        text.l--;
    for (from = text.l; from && text.p[from - 1] != '/';)
        from--;
    if (!text.l || (host >= 0 && !from))
        return NULL;
    return om_slice_dup_unescaped(om_slice_from(text, from));
}

static char *
location_name(const struct om_body *body)
{
    const char *location = NULL;

    for (; body && !location; body = body->inner) {
        if (body->headers.list)
            location = om_push_headers_get(&body->headers, "Content-Location");
    }
    return location ? uri_name(location) : NULL;
}

char *
om_object_name(struct om_object *object)
{
    gboolean extra;
    const struct om_file *file = om_object_selector(object, &extra);

    if (file && file->name)
        return g_strdup(file->name);
    return location_name(object->body);
}

enum om_verdict
om_object_verdict(struct om_registry *registry G_GNUC_UNUSED, struct om_object *object,
                  const struct om_conclusion *conclusion)
{
    enum om_severity worst = object->proved[OM_ERROR] ? OM_ERROR : object->proved[OM_WARN] ? OM_WARN : OM_NOTE;
    guint concluded = conclusion ? GPOINTER_TO_UINT(g_hash_table_lookup(conclusion->worst, object)) : 0;

    if (concluded)
        worst = MAX(worst, concluded - 1);
    if (worst == OM_ERROR || om_object_state(object) != OM_COMPLETE || object->verification.result == OM_MISMATCH ||
        object->status >= 400)
        return OM_FAIL;
    return worst == OM_WARN ? OM_VERDICT_WARN : OM_PASS;
}

/* What the export holds: what the matching hash covers, else the content of an opened envelope, else all. */
static struct om_slice
export_slice(struct om_object *object)
{
    const struct om_body *body = object->body;
    struct om_slice all = om_object_bytes(object);

    if (object->verification.result == OM_MATCH && object->verification.covers == OM_COVERS_OBJECT)
        return all;
    if (object->verification.result == OM_MATCH && object->verification.covers == OM_COVERS_CONTENT)
        return object->verification.covered;
    if (!body)
        return all;
    body = om_body_innermost(body);
    return body->envelope ? body->content : body->whole;
}

const char *
om_object_export_type(struct om_registry *registry, struct om_object *object)
{
    struct om_slice bytes;

    om_object_assess(registry, object);
    if (om_object_state(object) != OM_COMPLETE || !object->body)
        return object->content_type;
    bytes = export_slice(object);
    for (const struct om_body *body = object->body; body; body = body->inner) {
        if (bytes.p == body->whole.p && bytes.l == body->whole.l)
            return body->media_type;
        if ((bytes.p == body->content.p && bytes.l == body->content.l) ||
            (bytes.p == body->carried.p && bytes.l == body->carried.l))
            return body->content_type;
    }
    return object->content_type;
}

/* An incomplete object with zeros where bytes are missing, so that offsets stay right. A gap is
 * what a peer claims: one larger than all bytes held (and 64 KB) is left out. */
static GBytes *
export_incomplete(const struct om_object *object)
{
    const struct om_ranges *held = om_store_ranges(object->store);
    guint64 most = MAX(om_ranges_size(held), 65536);
    GByteArray *out = g_byte_array_new();
    GArray *list = om_ranges_list(held);
    guint64 filled = 0;
    guint64 end = 0;

    for (guint i = 0; i < list->len; i++) {
        struct om_range range = g_array_index(list, struct om_range, i);
        guint64 gap = range.from - end;
        guint64 length = range.to - range.from;
        guint at = out->len;

        if (gap > most - filled)
            gap = 0;
        if (gap + length > (guint64) G_MAXINT - at)
            break;
        g_byte_array_set_size(out, at + (guint) (gap + length));
        if (gap)
            memset(out->data + at, 0, gap);
        om_store_copy(object->store, range.from, length, out->data + at + gap);
        filled += gap;
        end = range.to;
    }
    g_array_unref(list);
    return g_byte_array_free_to_bytes(out);
}

GBytes *
om_object_export(struct om_registry *registry, struct om_object *object)
{
    struct om_slice bytes;

    if (om_store_given_up(object->store))
        return NULL;
    if (om_object_state(object) != OM_COMPLETE)
        return om_object_size(object) ? export_incomplete(object) : NULL;
    om_object_assess(registry, object);
    bytes = export_slice(object);
    return g_bytes_new(bytes.p, bytes.l);
}

/* XML that comes bare has no type of its own: it is told by its encoding. */
static const char *
export_extension(struct om_registry *registry, struct om_object *object)
{
    const struct om_body *body = om_body_innermost(object->body);
    const char *type = om_object_export_type(registry, object);

    if (body && !body->envelope && body->encoding == OM_BODY_XML && type == body->media_type &&
        om_media_type_is(om_slice_str(type), "application/vnd.oma.push"))
        return "xml";
    return om_media_type_extension(om_slice_str(type));
}

/* Of a MESSAGE without a name, whose Call-ID says nothing to people: the application and the object's number. */
static char *
made_up_name(const struct om_object *object)
{
    const GPtrArray *apps = om_object_event_apps(object);

    return g_strdup_printf("%s-%u", apps->len ? (const char *) g_ptr_array_index(apps, 0) : "push", object->id);
}

char *
om_object_export_name(struct om_registry *registry, struct om_object *object)
{
    gboolean complete = om_object_state(object) == OM_COMPLETE;
    const char *extension = export_extension(registry, object);
    char *name = om_object_name(object);
    char *file;

    if (!name)
        name = object->message_id ? g_strdup(object->message_id) : made_up_name(object);
    file = om_export_name(name, extension, !complete);
    g_free(name);
    return file;
}
