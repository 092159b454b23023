/* object_export.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "object_export.h"

#include "core/push/push_types.h"
#include "core/text/media_type.h"
#include "model/body/export_name.h"
#include "object_name.h"
#include "verify.h"

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
om_object_export_type(struct om_object *object)
{
    struct om_slice bytes;

    om_object_assess(object);
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
om_object_export(struct om_object *object)
{
    struct om_slice bytes;

    if (om_store_given_up(object->store))
        return NULL;
    if (om_object_state(object) != OM_COMPLETE)
        return om_object_size(object) ? export_incomplete(object) : NULL;
    om_object_assess(object);
    bytes = export_slice(object);
    return g_bytes_new(bytes.p, bytes.l);
}

/* XML that comes bare has no type of its own: it is told by its encoding. */
static const char *
export_extension(struct om_object *object)
{
    const struct om_body *body = om_body_innermost(object->body);
    const char *type = om_object_export_type(object);

    if (body && !body->envelope && body->encoding == OM_BODY_XML && type == body->media_type &&
        om_media_type_is(om_slice_str(type), OM_PUSH_TYPE))
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
om_object_export_name(struct om_object *object)
{
    gboolean complete = om_object_state(object) == OM_COMPLETE;
    const char *extension = export_extension(object);
    char *name = om_object_name(object);
    char *file;

    if (!name)
        name = object->message_id ? g_strdup(object->message_id) : made_up_name(object);
    file = om_export_name(name, extension, !complete);
    g_free(name);
    return file;
}
