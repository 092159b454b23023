/* fuzz_mime.c
 * libFuzzer target: what wraps a content: header fields, CPIM, multiparts in multiparts, transfer encodings. The first
 * line is the Content-Type (its first character picks the transfer encoding), the rest the body.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "check_inside.h"
#include "core/push/cpim.h"
#include "core/text/header_field.h"
#include "core/text/multipart.h"
#include "core/text/transfer_encoding.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void
check_part(const struct om_part *part, struct om_slice body)
{
    check_inside(part->headers, body);
    check_inside(part->content_type, part->headers);
    check_inside(part->content_id, part->headers);
    check_inside(part->content_disposition, part->headers);
    check_inside(part->content_transfer_encoding, part->headers);
    check_inside(part->body, body);
}

static void
try_multipart(struct om_slice type, struct om_slice body)
{
    struct om_multipart_iter it;
    struct om_part part;
    const char *last = body.p;

    if (!om_multipart_begin(&it, type, body))
        return;
    while (om_multipart_next(&it, &part)) {
        check_part(&part, body);
        if (part.body.l) {
            g_assert_true(part.body.p >= last);
            last = part.body.p + part.body.l;
        }
    }
    if (om_multipart_find(type, body, "application/sdp", &part))
        check_part(&part, body);
}

static void
try_cpim(struct om_slice body)
{
    struct om_cpim cpim;

    if (!om_cpim_parse(body, &cpim))
        return;
    check_inside(cpim.headers.content, body);
    for (guint i = 0; i < cpim.headers.list->len; i++) {
        const struct om_push_header *header = g_ptr_array_index(cpim.headers.list, i);

        g_assert_true(header->offset <= body.l && header->length <= body.l - header->offset);
        g_assert_true(g_utf8_validate(header->name, -1, NULL) && g_utf8_validate(header->value, -1, NULL));
    }
    om_cpim_clear(&cpim);
}

/* All bytes are of some line, in order, each once. */
static void
try_fields(struct om_slice all)
{
    struct om_slice rest = all;
    struct om_header_field field;
    enum om_header_line line;
    gsize before = rest.l;

    while ((line = om_header_field_next(&rest, &field)) != OM_LINE_END) {
        g_assert_cmpuint(rest.l, <, before);
        before = rest.l;
        if (line != OM_LINE_FIELD)
            continue;
        check_inside(field.line, all);
        check_inside(field.name, field.line);
        check_inside(field.after, field.line);
        check_inside(field.value, field.after);
        char *value = om_unfold(field.value);
        g_assert_true(g_utf8_validate(value, -1, NULL) && !strpbrk(value, "\r\n"));
        g_free(value);
    }
    g_assert_cmpuint(rest.l, ==, 0);
}

static void
try_transfer(struct om_slice body, gboolean base64)
{
    GBytes *bytes = om_transfer_decode(om_slice_str(base64 ? "base64" : "quoted-printable"), body);

    if (!bytes)
        return;
    g_assert_cmpuint(g_bytes_get_size(bytes), <=, body.l);
    g_bytes_unref(bytes);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    struct om_slice body = om_slice(data, size), type = OM_SLICE_NULL;

    if (!om_slice_line(&body, &type))
        return 0;
    try_fields(body);
    try_cpim(body);
    try_multipart(type, body);
    try_transfer(body, type.l && (type.p[0] & 1));
    return 0;
}
