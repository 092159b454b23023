/* sdp_description.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sdp_description.h"

#include "core/push/push_types.h"
#include "core/msrp/byte_range.h"
#include "core/text/header_field.h"
#include "core/text/media_type.h"
#include "core/text/visible.h"
#include "core/msrp/msrp_uri.h"

/* A section can list any number of files; each costs some 200 bytes for the few that it takes. */
#define FILES_MAX 4096

gboolean
om_section_is_msrp(const struct om_sdp_media *section)
{
    return om_sdp_media_is_msrp(section) ||
           (om_slice_ieq_str(section->media, "message") && om_slice_find(section->proto, 0, OM_SLICE_LIT("MSRP")) >= 0);
}

gboolean
om_sdp_has_msrp(const struct om_sdp *sdp)
{
    for (guint i = 0; i < sdp->media->len; i++) {
        if (om_section_is_msrp(&g_array_index(sdp->media, struct om_sdp_media, i)))
            return TRUE;
    }
    return FALSE;
}

/* --- files --- */

static void
file_free(gpointer data)
{
    struct om_file *file = data;

    g_free(file->name);
    g_free(file->type);
    g_free(file->transfer_id);
    g_ptr_array_unref(file->hashes);
    g_free(file);
}

static void
hash_free(gpointer data)
{
    struct om_offered_hash *hash = data;

    g_free(hash->algorithm);
    g_free(hash);
}

static void
add_hash(struct om_file *file, const struct om_file_hash *sent)
{
    struct om_offered_hash *hash = g_new0(struct om_offered_hash, 1);
    const char *name = om_hash_name(sent->algorithm);
    char *text = om_slice_dup_utf8(om_slice_head_utf8(sent->algorithm, OM_ALGORITHM_KEPT));

    hash->algorithm = name ? g_strdup(name) : g_ascii_strdown(text ? text : "", -1);
    hash->length = sent->length;
    memcpy(hash->value, sent->value, sent->length);
    hash->expected_length = om_hash_length(sent->algorithm);
    g_free(text);
    g_ptr_array_add(file->hashes, hash);
}

static char *
kept_id(struct om_slice id)
{
    return om_slice_dup_utf8(om_slice_head_utf8(id, OM_TRANSFER_ID_KEPT));
}

/* The one id of a section stands beside each of its selectors, several ids beside one each. */
static char *
transfer_id(const struct om_sdp_media *section, guint selector)
{
    const GArray *ids = section->transfer_ids;

    if (ids->len == 1)
        selector = 0;
    return selector < ids->len ? kept_id(g_array_index(ids, struct om_slice, selector)) : NULL;
}

static struct om_file *
file_new(const struct om_sdp_media *section, guint place)
{
    struct om_file *file = g_new0(struct om_file, 1);
    struct om_file_selector selector;

    om_file_selector_parse(g_array_index(section->selectors, struct om_slice, place), &selector);
    file->name = om_slice_dup(om_slice_head_utf8(om_slice_str(selector.name), OM_FILE_NAME_KEPT));
    file->type = om_unfold(selector.type);
    file->has_size = selector.size_ok;
    file->size = selector.size;
    file->transfer_id = transfer_id(section, place);
    file->hashes = g_ptr_array_new_with_free_func(hash_free);
    for (guint i = 0; i < selector.hashes->len; i++)
        add_hash(file, &g_array_index(selector.hashes, struct om_file_hash, i));
    om_file_selector_clear(&selector);
    return file;
}

/* --- sections --- */

static void
media_free(gpointer data)
{
    struct om_media *media = data;

    g_ptr_array_unref(media->path);
    g_free(media->endpoint_key);
    g_free(media->proto);
    g_free(media->setup);
    g_free(media->direction);
    g_free(media->accept_types);
    g_free(media->accept_wrapped_types);
    g_free(media->transfer_id);
    g_free(media->disposition);
    g_ptr_array_unref(media->files);
    g_free(media);
}

static void
take_path(struct om_media *media, struct om_slice path)
{
    struct om_slice rest = path;
    struct om_slice last = om_msrp_path_last(path);
    struct om_slice uri;

    media->path = g_ptr_array_new_with_free_func(g_free);
    if (!path.p)
        return;
    while (om_msrp_path_next(&rest, &uri))
        g_ptr_array_add(media->path, om_slice_dup_utf8(uri));
    media->endpoint_key = last.p ? om_msrp_uri_key(last) : NULL;
}

static void
take_range(struct om_media *media, struct om_slice text)
{
    struct om_byte_range range;

    if (!om_file_range_parse(text, &range) || (!range.end_open && range.end < range.start))
        return;
    media->range_start = range.start;
    media->range_end = range.end_open ? G_MAXUINT64 : range.end;
}

/* Each SEND's type is looked for in it. */
static char *
kept_types(struct om_slice types)
{
    return types.l > OM_TYPES_KEPT ? NULL : om_unfold(types);
}

static struct om_media *
media_new(const struct om_sdp_media *section, guint line)
{
    static const char *const directions[] = {"sendrecv", "sendonly", "recvonly", "inactive"};
    struct om_media *media = g_new0(struct om_media, 1);
    struct om_msrp_uri uri;

    media->line = line;
    take_path(media, section->path);
    media->proto = om_slice_dup_utf8(section->proto);
    om_msrp_uri_parse(om_msrp_path_last(section->path), &uri);
    media->port = section->port_ok ? section->port : uri.port;
    media->setup = om_slice_dup_utf8(om_slice_head_utf8(section->setup_text, OM_SETUP_KEPT));
    media->setup_id = section->setup;
    media->direction = g_strdup(directions[section->direction]);
    media->direction_id = section->direction;
    if (section->accept_types.l) /* an empty list says no more than none */
        media->accept_types = kept_types(section->accept_types);
    media->accept_wrapped_types = kept_types(section->accept_wrapped_types);
    media->has_max_size = section->max_size_ok;
    media->max_size = section->max_size;
    take_range(media, section->range);
    media->transfer_id = kept_id(section->transfer_id);
    media->disposition = om_slice_dup_utf8(section->disposition);
    media->files = g_ptr_array_new_with_free_func(file_free);
    for (guint i = 0; i < section->selectors->len && i < FILES_MAX; i++) {
        /* a=file-selector without a value only says that file transfer is known: RFC 5547 section 8.5 */
        if (g_array_index(section->selectors, struct om_slice, i).p)
            g_ptr_array_add(media->files, file_new(section, i));
    }
    return media;
}

static gboolean
has_line(const struct om_description *offer, guint line)
{
    for (guint i = 0; i < offer->media->len; i++) {
        if (((const struct om_media *) g_ptr_array_index(offer->media, i))->line == line)
            return TRUE;
    }
    return FALSE;
}

struct om_description *
om_description_new(const struct om_sdp *sdp, guint32 frame, const struct om_description *offer)
{
    struct om_description *description = g_new0(struct om_description, 1);

    description->frame = frame;
    description->media = g_ptr_array_new_with_free_func(media_free);
    for (guint i = 0; i < sdp->media->len; i++) {
        const struct om_sdp_media *section = &g_array_index(sdp->media, struct om_sdp_media, i);

        if (offer ? has_line(offer, i) : om_section_is_msrp(section))
            g_ptr_array_add(description->media, media_new(section, i));
    }
    return description;
}

void
om_description_free(gpointer data)
{
    struct om_description *description = data;

    if (!description)
        return;
    g_ptr_array_unref(description->media);
    g_free(description);
}

gboolean
om_description_same_endpoints(const struct om_description *a, const struct om_description *b)
{
    if (a->media->len != b->media->len)
        return FALSE;
    for (guint i = 0; i < a->media->len; i++) {
        const struct om_media *x = g_ptr_array_index(a->media, i);
        const struct om_media *y = g_ptr_array_index(b->media, i);

        if (g_strcmp0(x->endpoint_key, y->endpoint_key) != 0)
            return FALSE;
    }
    return TRUE;
}

/* The type itself, not a wildcard that lets it in. */
static gboolean
names_push(const char *types)
{
    struct om_slice rest = om_slice_trim(om_slice_str(types));

    while (rest.l) {
        gssize space = om_slice_chr(rest, 0, ' ');
        struct om_slice type = space < 0 ? rest : om_slice_head(rest, (gsize) space);

        if (om_media_type_is(type, OM_PUSH_TYPE))
            return TRUE;
        rest = om_slice_trim(om_slice_from(rest, type.l));
    }
    return FALSE;
}

static gboolean
media_is_push(const struct om_media *media)
{
    if ((media->accept_types && names_push(media->accept_types)) ||
        (media->accept_wrapped_types && names_push(media->accept_wrapped_types)))
        return TRUE;
    for (guint i = 0; i < media->files->len; i++) {
        const struct om_file *file = g_ptr_array_index(media->files, i);

        if (file->type && om_media_type_is(om_slice_str(file->type), OM_PUSH_TYPE))
            return TRUE;
    }
    return FALSE;
}

gboolean
om_description_is_push(const struct om_description *description)
{
    for (guint i = 0; i < description->media->len; i++) {
        if (media_is_push(g_ptr_array_index(description->media, i)))
            return TRUE;
    }
    return FALSE;
}
