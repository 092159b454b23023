/* sdp_view.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sdp_view.h"

#include "core/sdp/file_selector.h"
#include "core/msrp/msrp_uri.h"
#include "core/sdp/sdp.h"

struct where {
    tvbuff_t *tvb;
    gint start;
    const char *base;
};

static gint
at(const struct where *where, struct om_slice text)
{
    return where->start + (gint) (text.p - where->base);
}

static void
add_slice(const struct where *where, proto_tree *tree, int field, struct om_slice text)
{
    char *value = om_slice_dup_utf8(text);

    if (value && text.l)
        proto_tree_add_string(tree, field, where->tvb, at(where, text), (gint) text.l, value);
    g_free(value);
}

static void
view_hash(const struct where *where, proto_tree *tree, const struct om_file_hash *hash)
{
    add_slice(where, tree, HF(FILE_HASH_ALGORITHM), hash->algorithm);
    if (hash->length)
        proto_tree_add_bytes_with_length(tree, HF(FILE_HASH_VALUE), where->tvb, at(where, hash->value_text),
                                         (gint) hash->value_text.l, hash->value, (gint) hash->length);
}

static void
view_selector(const struct where *where, proto_tree *tree, struct om_slice text)
{
    struct om_file_selector selector;
    proto_item *item;
    proto_tree *below =
        proto_tree_add_subtree(tree, where->tvb, at(where, text), (gint) text.l, om_ett[OM_T_FILE], &item, "File");

    om_file_selector_parse(text, &selector);
    if (selector.name) {
        proto_item_append_text(item, ": %s", selector.name);
        proto_tree_add_string(below, HF(FILE_NAME), where->tvb, at(where, text), (gint) text.l, selector.name);
    }
    add_slice(where, below, HF(FILE_TYPE), selector.type);
    if (selector.size_ok) {
        proto_item_append_text(item, ", %" G_GUINT64_FORMAT " bytes", selector.size);
        proto_tree_add_uint64(below, HF(FILE_SIZE), where->tvb, at(where, text), (gint) text.l, selector.size);
    }
    for (guint i = 0; i < selector.hashes->len; i++)
        view_hash(where, below, &g_array_index(selector.hashes, struct om_file_hash, i));
    om_file_selector_clear(&selector);
}

static void
view_list(const struct where *where, proto_tree *tree, int field, struct om_slice list)
{
    struct om_slice item;

    while (om_slice_isset(list) && om_msrp_path_next(&list, &item))
        add_slice(where, tree, field, item);
}

static void
view_media(const struct where *where, proto_tree *tree, const struct om_sdp_media *media)
{
    char *line = om_slice_dup_utf8(media->line);
    proto_item *item = proto_tree_add_string(tree, HF(MEDIA), where->tvb, at(where, media->line), (gint) media->line.l,
                                             line ? line : "");
    proto_tree *below = proto_item_add_subtree(item, om_ett[OM_T_MEDIA]);

    g_free(line);
    view_list(where, below, HF(PATH), media->path);
    add_slice(where, below, HF(SETUP), media->setup_text);
    add_slice(where, below, HF(DIRECTION), media->direction_text);
    view_list(where, below, HF(ACCEPT_TYPE), media->accept_types);
    for (guint i = 0; i < media->transfer_ids->len; i++)
        add_slice(where, below, HF(FILE_TRANSFER_ID), g_array_index(media->transfer_ids, struct om_slice, i));
    add_slice(where, below, HF(FILE_DISPOSITION), media->disposition);
    for (guint i = 0; i < media->selectors->len; i++) {
        struct om_slice selector = g_array_index(media->selectors, struct om_slice, i);

        if (selector.p)
            view_selector(where, below, selector);
    }
}

void
omapush_sdp_view(tvbuff_t *tvb, gint start, proto_tree *tree, struct om_slice text)
{
    struct where where = {tvb, start, text.p};
    struct om_sdp sdp;

    if (!text.l)
        return;
    om_sdp_parse(text, &sdp);
    for (guint i = 0; i < sdp.media->len; i++) {
        const struct om_sdp_media *media = &g_array_index(sdp.media, struct om_sdp_media, i);

        if (om_sdp_media_is_msrp(media))
            view_media(&where, tree, media);
    }
    om_sdp_clear(&sdp);
}
