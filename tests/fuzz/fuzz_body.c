/* fuzz_body.c
 * libFuzzer target: bodies and their envelopes. The first byte picks the media type.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/body/body.h"
#include "model/body/export_name.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static gboolean
is_inside(struct om_slice part, struct om_slice all)
{
    return part.p >= all.p && part.p + part.l <= all.p + all.l;
}

static struct om_slice
slice_of(GBytes *bytes)
{
    return om_slice(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

/* A layer stands in its parent's content, or in bytes that were decoded and are owned. */
static void
check_layer(const struct om_body *body, struct om_slice outer)
{
    g_assert_true(body->decoded_whole ? om_slice_eq(body->whole, slice_of(body->decoded_whole))
                                      : is_inside(body->whole, outer));
    g_assert_true(body->decoded_content ? om_slice_eq(body->content, slice_of(body->decoded_content))
                                        : is_inside(body->content, body->whole));
    g_assert_true(is_inside(body->carried, body->whole));
    g_assert_cmpint(body->envelope, ==, body->headers.list != NULL);
    for (guint i = 0; body->headers.list && i < body->headers.list->len; i++) {
        const struct om_push_header *header = g_ptr_array_index(body->headers.list, i);

        g_assert_true(header->offset <= body->whole.l && header->length <= body->whole.l - header->offset);
        g_assert_true(g_utf8_validate(header->name, -1, NULL) && g_utf8_validate(header->value, -1, NULL));
    }
}

static void
try_name(struct om_slice text)
{
    char *name = om_slice_dup(text);
    char *safe = om_export_name(name, "bin", FALSE);

    g_assert_true(g_utf8_validate(safe, -1, NULL) && strlen(safe) <= 120 && !strpbrk(safe, "/\\") && safe[0] != '.');
    g_free(safe);
    g_free(name);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    static const char *const types[] = {
        "application/vnd.oma.push",
        "message/cpim",
        "multipart/mixed; boundary=b",
        "application/xml",
    };
    struct om_slice type, bytes;
    struct om_slice outer;
    struct om_body *body;
    guint layers = 0;

    if (size == 0)
        return 0;
    type = om_slice_str(types[data[0] % G_N_ELEMENTS(types)]);
    bytes = om_slice(data + 1, size - 1);
    body = om_body_open(type, bytes);
    outer = bytes;
    for (const struct om_body *layer = body; layer; layer = layer->inner, layers++) {
        check_layer(layer, outer);
        outer = layer->content;
    }
    g_assert_cmpuint(layers, <=, 4);
    om_body_is_push(type, bytes);
    try_name(om_slice_head(om_body_innermost(body)->content, 300));
    om_body_free(body);
    return 0;
}
