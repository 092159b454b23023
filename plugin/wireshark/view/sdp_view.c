/* sdp_view.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sdp_view.h"

#include "core/text/visible.h"
#include "core/sdp/file_selector.h"
#include "core/msrp/msrp_uri.h"
#include "core/sdp/sdp.h"

static int hf_omapush_media = -1;
static int hf_omapush_path = -1;
static int hf_omapush_setup = -1;
static int hf_omapush_direction = -1;
static int hf_omapush_accept_type = -1;
static int hf_omapush_file_name = -1;
static int hf_omapush_file_type = -1;
static int hf_omapush_file_size = -1;
static int hf_omapush_file_transfer_id = -1;
static int hf_omapush_file_disposition = -1;
static int hf_omapush_file_hash_algorithm = -1;
static int hf_omapush_file_hash_value = -1;

static gint ett_omapush_media = -1;
static gint ett_omapush_file = -1;

struct where {
    tvbuff_t *tvb;
    gint start;
    const char *base;
    packet_info *pinfo;
};

static gint
at(const struct where *where, struct om_slice text)
{
    return where->start + (gint) (text.p - where->base);
}

static void
add_slice(const struct where *where, proto_tree *tree, int field, struct om_slice text)
{
    const char *value = omapush_pooled(where->pinfo, om_slice_dup_utf8(text));

    if (value && text.l)
        proto_tree_add_string(tree, field, where->tvb, at(where, text), (gint) text.l, value);
}

static void
view_hash(const struct where *where, proto_tree *tree, const struct om_file_hash *hash)
{
    add_slice(where, tree, hf_omapush_file_hash_algorithm, hash->algorithm);
    if (hash->length)
        proto_tree_add_bytes_with_length(tree, hf_omapush_file_hash_value, where->tvb, at(where, hash->value_text),
                                         (gint) hash->value_text.l, hash->value, (gint) hash->length);
}

static void
view_selector(const struct where *where, proto_tree *tree, struct om_slice text)
{
    struct om_file_selector *selector = wmem_new(where->pinfo->pool, struct om_file_selector);
    proto_item *item;
    proto_tree *below =
        proto_tree_add_subtree(tree, where->tvb, at(where, text), (gint) text.l, ett_omapush_file, &item, "File");

    om_file_selector_parse(text, selector);
    omapush_free_later(where->pinfo, (GDestroyNotify) om_file_selector_clear, selector);
    if (selector->name) {
        proto_item_append_text(item, ": %s", selector->name);
        proto_tree_add_string(below, hf_omapush_file_name, where->tvb, at(where, text), (gint) text.l, selector->name);
    }
    add_slice(where, below, hf_omapush_file_type, selector->type);
    if (selector->size_ok) {
        proto_item_append_text(item, ", %" G_GUINT64_FORMAT " bytes", selector->size);
        proto_tree_add_uint64(below, hf_omapush_file_size, where->tvb, at(where, text), (gint) text.l, selector->size);
    }
    for (guint i = 0; i < selector->hashes->len; i++)
        view_hash(where, below, &g_array_index(selector->hashes, struct om_file_hash, i));
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
    const char *line = omapush_pooled(where->pinfo, om_slice_dup_utf8(media->line));
    proto_item *item = proto_tree_add_string(tree, hf_omapush_media, where->tvb, at(where, media->line),
                                             (gint) media->line.l, line ? line : "");
    proto_tree *below = proto_item_add_subtree(item, ett_omapush_media);

    view_list(where, below, hf_omapush_path, media->path);
    add_slice(where, below, hf_omapush_setup, media->setup_text);
    add_slice(where, below, hf_omapush_direction, media->direction_text);
    view_list(where, below, hf_omapush_accept_type, media->accept_types);
    for (guint i = 0; i < media->transfer_ids->len; i++)
        add_slice(where, below, hf_omapush_file_transfer_id, g_array_index(media->transfer_ids, struct om_slice, i));
    add_slice(where, below, hf_omapush_file_disposition, media->disposition);
    for (guint i = 0; i < media->selectors->len; i++) {
        struct om_slice selector = g_array_index(media->selectors, struct om_slice, i);

        if (selector.p)
            view_selector(where, below, selector);
    }
}

void
omapush_sdp_view(tvbuff_t *tvb, gint start, packet_info *pinfo, proto_tree *tree, struct om_slice text)
{
    struct where where = {tvb, start, text.p, pinfo};
    struct om_sdp *sdp;

    if (!text.l)
        return;
    sdp = wmem_new(pinfo->pool, struct om_sdp);
    om_sdp_parse(text, sdp);
    omapush_free_later(pinfo, (GDestroyNotify) om_sdp_clear, sdp);
    for (guint i = 0; i < sdp->media->len; i++) {
        const struct om_sdp_media *media = &g_array_index(sdp->media, struct om_sdp_media, i);

        if (om_sdp_media_is_msrp(media))
            view_media(&where, tree, media);
    }
}

void
omapush_sdp_view_register(void)
{
    static hf_register_info hf[] = {
        {&hf_omapush_media,
         {"MSRP media", "omapush.media", FT_STRING, BASE_NONE, NULL, 0x0, "An m=message section", HFILL}},
        {&hf_omapush_path,
         {"Path", "omapush.path", FT_STRING, BASE_NONE, NULL, 0x0, "a=path, one for each URI", HFILL}},
        {&hf_omapush_setup, {"Setup", "omapush.setup", FT_STRING, BASE_NONE, NULL, 0x0, "a=setup, RFC 6135", HFILL}},
        {&hf_omapush_direction,
         {"Direction", "omapush.direction", FT_STRING, BASE_NONE, NULL, 0x0, "sendonly, recvonly, sendrecv or inactive",
          HFILL}},
        {&hf_omapush_accept_type,
         {"Accept type", "omapush.accept_type", FT_STRING, BASE_NONE, NULL, 0x0, "a=accept-types, one for each type",
          HFILL}},
        {&hf_omapush_file_name,
         {"File name", "omapush.file.name", FT_STRING, BASE_NONE, NULL, 0x0, "Name in the file-selector, decoded",
          HFILL}},
        {&hf_omapush_file_type,
         {"File type", "omapush.file.type", FT_STRING, BASE_NONE, NULL, 0x0, "Type in the file-selector", HFILL}},
        {&hf_omapush_file_size,
         {"File size", "omapush.file.size", FT_UINT64, BASE_DEC, NULL, 0x0, "Size in the file-selector, bytes", HFILL}},
        {&hf_omapush_file_transfer_id,
         {"File transfer id", "omapush.file.transfer_id", FT_STRING, BASE_NONE, NULL, 0x0, "a=file-transfer-id",
          HFILL}},
        {&hf_omapush_file_disposition,
         {"File disposition", "omapush.file.disposition", FT_STRING, BASE_NONE, NULL, 0x0, "a=file-disposition",
          HFILL}},
        {&hf_omapush_file_hash_algorithm,
         {"Hash algorithm", "omapush.file.hash.algorithm", FT_STRING, BASE_NONE, NULL, 0x0,
          "Hash algorithm in the file-selector", HFILL}},
        {&hf_omapush_file_hash_value,
         {"Hash value", "omapush.file.hash.value", FT_BYTES, SEP_COLON, NULL, 0x0, "Hash in the file-selector", HFILL}},
    };
    static gint *ett[] = {
        &ett_omapush_media,
        &ett_omapush_file,
    };

    proto_register_field_array(proto_omapush, hf, array_length(hf));
    proto_register_subtree_array(ett, array_length(ett));
}
