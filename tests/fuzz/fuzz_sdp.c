/* fuzz_sdp.c
 * libFuzzer target: SDP, and each file-selector in it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "check_inside.h"
#include "core/sdp/file_selector.h"
#include "core/sdp/sdp.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void
try_selector(struct om_slice text)
{
    struct om_file_selector selector;

    om_file_selector_parse(text, &selector);
    check_inside(selector.type, text);
    g_assert_true(!selector.name || g_utf8_validate(selector.name, -1, NULL));
    for (guint i = 0; i < selector.hashes->len; i++) {
        const struct om_file_hash *hash = &g_array_index(selector.hashes, struct om_file_hash, i);

        check_inside(hash->algorithm, text);
        check_inside(hash->value_text, text);
        g_assert_cmpuint(hash->length, <=, OM_HASH_MAX);
    }
    om_file_selector_clear(&selector);
}

static void
check_section(const struct om_sdp_media *media, struct om_slice all)
{
    const struct om_slice slices[] = {
        media->line,         media->media,       media->proto,       media->format,
        media->connection,   media->path,        media->setup_text,  media->direction_text,
        media->accept_types, media->disposition, media->transfer_id, media->accept_wrapped_types,
        media->date,         media->icon,        media->range,
    };

    for (gsize i = 0; i < G_N_ELEMENTS(slices); i++)
        check_inside(slices[i], all);
    for (guint i = 0; i < media->attrs->len; i++)
        check_inside(g_array_index(media->attrs, struct om_sdp_attr, i).line, all);
    for (guint i = 0; i < media->selectors->len; i++)
        try_selector(g_array_index(media->selectors, struct om_slice, i));
    om_sdp_media_is_msrp(media);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    struct om_slice all = om_slice(data, size);
    struct om_sdp sdp;

    om_sdp_parse(all, &sdp);
    g_assert_cmpuint(sdp.media->len, <=, OM_SDP_MAX_MEDIA);
    for (guint i = 0; i < sdp.media->len; i++)
        check_section(&g_array_index(sdp.media, struct om_sdp_media, i), all);
    om_sdp_clear(&sdp);
    try_selector(all);
    return 0;
}
