/* test_media_type.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/text/media_type.h"

#include "support/assert_slice.h"

#define SLICE(s) om_slice_str(s)

static void
test_parse(void)
{
    static const struct {
        const char *text;
        const char *type;
        const char *params;
    } rows[] = {
        {"application/vnd.oma.push", "application/vnd.oma.push", NULL},
        {" application/sdp ", "application/sdp", NULL},
        {"text/plain;charset=utf-8", "text/plain", "charset=utf-8"},
        {"multipart/mixed ; boundary=\"a;b\" ; x=y", "multipart/mixed", "boundary=\"a;b\" ; x=y"},
        {"text/plain;", "text/plain", ""},
        {";charset=x", "", "charset=x"},
        {"", "", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_media_type media;

        om_media_type_parse(SLICE(rows[i].text), &media);
        assert_slice(media.type, rows[i].type);
        assert_slice(media.params, rows[i].params);
    }
}

static void
test_same(void)
{
    static const struct {
        const char *a;
        const char *b;
        gboolean same;
    } rows[] = {
        {"application/vnd.oma.push", "Application/VND.OMA.Push", TRUE},
        {"text/plain;charset=utf-8", "text/plain; format=flowed", TRUE},
        {"application / sdp", "application/sdp", TRUE},
        {"application\r\n /sdp", "application/sdp", TRUE},
        {"application/sdp", "application/sdpx", FALSE},
        {"application/sdp", "text/sdp", FALSE},
        {"application", "application/", TRUE},
        {"", "application/sdp", FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_assert_cmpint(om_media_type_same(SLICE(rows[i].a), SLICE(rows[i].b)), ==, rows[i].same);
        g_assert_cmpint(om_media_type_is(SLICE(rows[i].b), rows[i].a), ==, rows[i].same);
    }
}

static void
test_list(void)
{
    static const struct {
        const char *type;
        const char *list;
        gboolean held;
    } rows[] = {
        {"application/vnd.oma.push", "application/vnd.oma.push", TRUE},
        {"application/vnd.oma.push", "message/cpim text/plain application/VND.oma.push", TRUE},
        {"application/vnd.oma.push", "message/cpim text/plain", FALSE},
        {"application/vnd.oma.push", "*", TRUE},
        {"application/vnd.oma.push", "text/* *", TRUE},
        {"application/vnd.oma.push", "*/*", TRUE},
        {"text/plain;charset=utf-8", "text/*", TRUE},
        {"text/plain", "application/*", FALSE},
        {"text/plain", "text/plain;charset=\"a b\" text/html", TRUE},
        {"text/html", "text/plain;charset=\"a text/x b\" text/html", TRUE},
        {"text/x", "text/plain;charset=\"a text/x b\" text/html", FALSE},
        {"text/plain", "", FALSE},
        {"text/plain", "   ", FALSE},
        {"text/plain", "text", FALSE},
        {"text/plain", "text/plain;charset=\"open text/html", TRUE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpint(om_media_type_in_list(SLICE(rows[i].type), SLICE(rows[i].list)), ==, rows[i].held);
    g_assert_false(om_media_type_in_list(SLICE("text/plain"), OM_SLICE_NULL));
}

static void
test_param(void)
{
    static const struct {
        const char *text;
        const char *name;
        const char *value;
    } rows[] = {
        {"text/plain;charset=utf-8", "charset", "utf-8"},
        {"text/plain; Charset = \"UTF-8\" ;x", "charset", "UTF-8"},
        {"multipart/mixed;boundary=\"a;b=c\";b=d", "b", "d"},
        {"multipart/mixed;boundary=\"a;b=c\";b=d", "boundary", "a;b=c"},
        {"multipart/mixed;boundary=\"say \\\"hi\\\"\"", "boundary", "say \\\"hi\\\""},
        {"multipart/mixed;boundary=\"never closed", "boundary", "never closed"},
        {"multipart/related;start=<a;b@c>;type=\"text/xml\"", "type", "text/xml"},
        {"text/plain;flag;x=y", "flag", ""},
        {"text/plain;;;x=y", "x", "y"},
        {"text/plain;x=", "x", ""},
        {"text/plain;x=y", "z", NULL},
        {"text/plain", "x", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_media_type media;

        om_media_type_parse(SLICE(rows[i].text), &media);
        assert_slice(om_media_type_param(media.params, rows[i].name), rows[i].value);
    }
}

static void
test_extension(void)
{
    static const struct {
        const char *type;
        const char *extension;
    } rows[] = {
        {"application/vnd.wap.mms-message", "mms"},
        {"text/vnd.wap.si;charset=utf-8", "si"},
        {"Text / Plain", "txt"},
        {"video/QuickTime", "mov"},
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
        {"application/vnd.example+xml", "xml"},
        {"text/vnd.example", "txt"},
        {"text/", "bin"},
        {"application/vnd.example", "bin"},
        {"+xml", "bin"},
        {"", "bin"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpstr(om_media_type_extension(SLICE(rows[i].type)), ==, rows[i].extension);
}

/* Every prefix in a block of exactly its size: for the address sanitizer. */
static void
test_prefixes(void)
{
    static const char *const texts[] = {
        "multipart/mixed ; boundary=\"a;b\\\"\xe2\x80\x9d\" ; start=<x=\"y\">;flag",
        "text/plain;charset=\"a b\" text/* */* application/sdp",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        for (gsize n = 0; n <= strlen(texts[i]); n++) {
            char *block = g_memdup2(texts[i], n);
            struct om_slice text = om_slice(block, n);
            struct om_media_type media;

            om_media_type_parse(text, &media);
            g_assert_cmpuint(media.type.l + media.params.l, <=, n);
            om_media_type_param(media.params, "none");
            g_assert_nonnull(om_media_type_extension(text));
            g_assert_false(om_media_type_in_list(OM_SLICE_LIT("image/none"), om_slice_head(text, n < 29 ? n : 29)));
            om_media_type_in_list(OM_SLICE_LIT("image/none"), text);
            g_free(block);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/media_type/parse", test_parse);
    g_test_add_func("/media_type/same", test_same);
    g_test_add_func("/media_type/list", test_list);
    g_test_add_func("/media_type/param", test_param);
    g_test_add_func("/media_type/extension", test_extension);
    g_test_add_func("/media_type/prefixes", test_prefixes);
    return g_test_run();
}
