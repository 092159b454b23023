/* fuzz_wsp.c
 * libFuzzer target: the envelope's head as text and as WSP has it, and WSP's values one by one.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "check_inside.h"
#include "core/push/push_headers.h"
#include "core/push/wsp_header.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void
check_headers(struct om_push_headers *headers, struct om_slice body)
{
    gsize last = 0;

    check_inside(headers->content, body);
    g_assert_cmpuint(headers->list->len, <=, OM_PUSH_HEADERS_MAX);
    for (guint i = 0; i < headers->list->len; i++) {
        const struct om_push_header *header = g_ptr_array_index(headers->list, i);

        g_assert_true(header->offset <= body.l && header->length <= body.l - header->offset);
        g_assert_cmpuint(header->offset, >=, last);
        last = header->offset;
        g_assert_true(g_utf8_validate(header->name, -1, NULL) && g_utf8_validate(header->value, -1, NULL));
        g_assert_nonnull(om_push_headers_get(headers, header->name));
    }
    g_assert_true(!headers->content_type || g_utf8_validate(headers->content_type, -1, NULL));
    om_push_headers_clear(headers);
}

/* Each value takes at least a byte, and says where it stood. */
static void
try_values(struct om_slice all)
{
    struct om_slice rest = all;
    struct om_wsp_value value;
    guint code = 0;

    while (om_wsp_take_value(&rest, &value)) {
        char *text = om_wsp_header_value(code++ & 0x7f, &value);
        guint64 number;

        check_inside(value.raw, all);
        check_inside(value.bytes, value.raw);
        g_assert_cmpuint(value.raw.l, >, 0);
        g_assert_true(value.raw.p + value.raw.l == rest.p);
        g_assert_true(g_utf8_validate(text, -1, NULL));
        om_wsp_integer(&value, &number);
        g_free(text);
    }
}

static void
try_content_type(struct om_slice all)
{
    GString *text = g_string_new(NULL);
    struct om_slice rest = all;
    guint32 number;

    if (om_wsp_take_content_type(&rest, text)) {
        check_inside(rest, all);
        g_assert_true(g_utf8_validate(text->str, -1, NULL));
    }
    g_string_truncate(text, 0);
    rest = all;
    if (om_wsp_take_params(&rest, text))
        g_assert_true(g_utf8_validate(text->str, -1, NULL));
    rest = all;
    if (om_wsp_take_uintvar(&rest, &number))
        g_assert_true(rest.l < all.l && all.l - rest.l <= 5);
    g_string_free(text, TRUE);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    struct om_slice all = om_slice(data, size);
    struct om_push_headers headers;

    if (om_push_headers_parse_text(all, &headers))
        check_headers(&headers, all);
    if (om_push_headers_parse_wsp(all, &headers))
        check_headers(&headers, all);
    try_values(all);
    try_content_type(all);
    return 0;
}
