/* test_multipart.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/text/multipart.h"

#include <time.h>

/* RFC 2046 section 5.1.1, its own example with preamble and epilogue. */
#define RFC2046_TYPE "multipart/mixed; boundary=\"simple boundary\""
#define RFC2046_BODY                                            \
    "This is the preamble.  It is to be ignored, though it\r\n" \
    "is a handy place for composition agents to include an\r\n" \
    "explanatory note to non-MIME conformant readers.\r\n"      \
    "\r\n"                                                      \
    "--simple boundary\r\n"                                     \
    "\r\n"                                                      \
    "This is implicitly typed plain US-ASCII text.\r\n"         \
    "It does NOT end with a linebreak.\r\n"                     \
    "--simple boundary\r\n"                                     \
    "Content-type: text/plain; charset=us-ascii\r\n"            \
    "\r\n"                                                      \
    "This is explicitly typed plain US-ASCII text.\r\n"         \
    "It DOES end with a linebreak.\r\n"                         \
    "\r\n"                                                      \
    "--simple boundary--\r\n"                                   \
    "\r\n"                                                      \
    "This is the epilogue.  It is also to be ignored.\r\n"      \
    "--simple boundary\r\n"                                     \
    "\r\n"                                                      \
    "nor is this a part\r\n"

/* An INVITE's body: SDP and a file-icon (RFC 5547 section 9.1), compact boundary, folded header. */
#define INVITE_TYPE "multipart/related; type=\"application/sdp\";\r\n boundary=boundary71"
#define INVITE_BODY                                                       \
    "--boundary71\r\n"                                                    \
    "Content-Type: application/sdp\r\n"                                   \
    "Content-Length: 5\r\n"                                               \
    "\r\n"                                                                \
    "v=0\r\n\r\n"                                                         \
    "--boundary71 \t\r\n"                                                 \
    "Content-Type: image/jpeg;\r\n"                                       \
    "  name=\"x.jpg\"\r\n"                                                \
    "Content-Transfer-Encoding: binary\r\n"                               \
    "Content-ID: <id2@alicepc.example.com>\r\n"                           \
    "Content-Disposition: icon\r\n"                                       \
    "\r\n"                                                                \
    "\xff\xd8\r\n--boundary7\r\n--boundary711\r\n--boundary71x\r\n--\r\n" \
    "--boundary71--\r\n"

#define NESTED_TYPE "multipart/mixed;boundary=a"
#define NESTED_BODY                                         \
    "--a\n"                                                 \
    "Content-Type: text/plain\n"                            \
    "\n"                                                    \
    "text\n"                                                \
    "--a\n"                                                 \
    "content-type: multipart/alternative; boundary=\"b\"\n" \
    "\n"                                                    \
    "--b\n"                                                 \
    "Content-Type: multipart/related; boundary=c\n"         \
    "\n"                                                    \
    "--c\n"                                                 \
    "Content-Type: Application/Vnd.Oma.Push; x=y\n"         \
    "\n"                                                    \
    "push\n"                                                \
    "--c--\n"                                               \
    "--b--\n"                                               \
    "--a\n"                                                 \
    "Content-Type: application/sdp\n"                       \
    "\n"                                                    \
    "v=0\n"                                                 \
    "--a--"

static void
assert_text(struct om_slice slice, const char *want)
{
    char *text = om_slice_dup(slice);

    g_assert_cmpstr(text, ==, want);
    g_free(text);
}

static void
test_rfc2046(void)
{
    struct om_multipart_iter it;
    struct om_part part;

    g_assert_true(om_multipart_begin(&it, om_slice_str(RFC2046_TYPE), om_slice_str(RFC2046_BODY)));
    g_assert_true(om_multipart_next(&it, &part));
    assert_text(part.body, "This is implicitly typed plain US-ASCII text.\r\nIt does NOT end with a linebreak.");
    assert_text(part.headers, "");
    g_assert_false(om_slice_isset(part.content_type));
    g_assert_true(om_multipart_next(&it, &part));
    assert_text(part.body, "This is explicitly typed plain US-ASCII text.\r\nIt DOES end with a linebreak.\r\n");
    assert_text(part.headers, "Content-type: text/plain; charset=us-ascii");
    assert_text(part.content_type, "text/plain; charset=us-ascii");
    g_assert_false(om_multipart_next(&it, &part));
    g_assert_false(om_multipart_next(&it, &part));
}

static void
test_invite(void)
{
    struct om_multipart_iter it;
    struct om_part part;

    g_assert_true(om_multipart_begin(&it, om_slice_str(INVITE_TYPE), om_slice_str(INVITE_BODY)));
    g_assert_true(om_multipart_next(&it, &part));
    assert_text(part.content_type, "application/sdp");
    assert_text(part.body, "v=0\r\n");
    g_assert_true(om_multipart_next(&it, &part));
    assert_text(part.content_type, "image/jpeg;\r\n  name=\"x.jpg\"");
    assert_text(part.content_id, "<id2@alicepc.example.com>");
    assert_text(part.content_disposition, "icon");
    assert_text(part.content_transfer_encoding, "binary");
    assert_text(part.body, "\xff\xd8\r\n--boundary7\r\n--boundary711\r\n--boundary71x\r\n--");
    g_assert_false(om_multipart_next(&it, &part));
}

static const struct {
    const char *type;
    const char *body;
    const char *parts[4]; /* content type "|" body */
} rows[] = {
    {NESTED_TYPE, "--a\r\nContent-Type: x/y\r\n\r\none\r\n--a\r\n\r\ntwo", {"x/y|one", "|two"}},
    {NESTED_TYPE, "--a\r\n\r\n\r\n--a\r\n\r\n--a--", {"|", "|"}},
    {NESTED_TYPE, "--a\r\n--a\r\n--a--", {"|", "|"}},
    {NESTED_TYPE, "--a\r\nContent-Type: x/y\r\n--a--", {"x/y|"}},
    {NESTED_TYPE, "--a\r\nno header at all\r\n\r\nmore\r\n--a--", {"|no header at all\r\n\r\nmore"}},
    {NESTED_TYPE, "--a\r\nContent-Type: x/y\r\nno colon\r\nContent-Id: z\r\n\r\nbody\r\n--a--", {"x/y|body"}},
    {NESTED_TYPE, "--a\r\nContent-Type: x/y\r\nContent-Type: z/z\r\n\r\nbody\r\n--a--", {"x/y|body"}},
    {NESTED_TYPE, "--a\r\n\r\nlines\r\n\r\n\r\n--a--", {"|lines\r\n\r\n"}},
    {NESTED_TYPE, "no delimiter", {NULL}},
    {NESTED_TYPE, "--a--\r\n--a\r\n\r\nx", {NULL}},
    {NESTED_TYPE, "--a", {NULL}},
    {NESTED_TYPE, "--a\r\n", {NULL}},
    {NESTED_TYPE, "", {NULL}},
};

static void
test_rows(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_multipart_iter it;
        struct om_part part;
        gsize n = 0;

        g_test_message("row %u", (guint) i);
        g_assert_true(om_multipart_begin(&it, om_slice_str(rows[i].type), om_slice_str(rows[i].body)));
        for (; om_multipart_next(&it, &part); n++) {
            char *type = om_slice_dup(part.content_type);
            char *body = om_slice_dup(part.body);
            char *seen = g_strdup_printf("%s|%s", type ? type : "", body);

            g_assert_cmpstr(seen, ==, rows[i].parts[n]);
            g_free(seen);
            g_free(body);
            g_free(type);
        }
        g_assert_null(rows[i].parts[n]);
    }
}

static void
test_not_multipart(void)
{
    static const char *const types[] = {"text/plain; boundary=a", "multipart/mixed", "multipart/mixed; boundary=\"\"",
                                        "multipart", ""};

    for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
        struct om_multipart_iter it;
        struct om_part part;

        g_assert_false(om_multipart_begin(&it, om_slice_str(types[i]), OM_SLICE_LIT("--a\r\n\r\nx\r\n--a--")));
        g_assert_false(om_multipart_next(&it, &part));
    }
}

static void
test_find(void)
{
    struct om_slice type = OM_SLICE_LIT(NESTED_TYPE);
    struct om_slice body = OM_SLICE_LIT(NESTED_BODY);
    struct om_part part;

    g_assert_true(om_multipart_find(type, body, "application/vnd.oma.push", &part));
    assert_text(part.body, "push");
    g_assert_true(om_multipart_find(type, body, "application/sdp", &part));
    assert_text(part.body, "v=0");
    g_assert_false(om_multipart_find(type, body, "image/png", &part));
    g_assert_false(om_multipart_find(OM_SLICE_LIT("application/sdp"), body, "application/sdp", &part));
}

/* The type is found at depth 4, not at depth 5. */
static void
test_find_depth(void)
{
    for (guint levels = 1; levels <= 6; levels++) {
        GString *body = g_string_new("Content-Type: x/y\r\n\r\ndeep");
        struct om_part part;
        char type[] = "multipart/mixed; boundary=0";

        for (guint i = 1; i <= levels; i++) {
            char *inner = g_string_free(body, FALSE);

            body = g_string_new(NULL);
            if (i < levels)
                g_string_append_printf(body, "Content-Type: multipart/mixed; boundary=%u\r\n\r\n", i);
            else
                type[sizeof(type) - 2] = (char) ('0' + i);
            g_string_append_printf(body, "--%u\r\n%s\r\n--%u--", i, inner, i);
            g_free(inner);
        }
        g_assert_cmpint(om_multipart_find(om_slice_str(type), om_slice(body->str, body->len), "x/y", &part), ==,
                        levels <= 4);
        g_string_free(body, TRUE);
    }
}

static void
test_prefixes(void)
{
    static const struct {
        const char *type;
        const char *body;
    } texts[] = {{RFC2046_TYPE, RFC2046_BODY}, {INVITE_TYPE, INVITE_BODY}, {NESTED_TYPE, NESTED_BODY}};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        for (gsize n = 0; n <= strlen(texts[i].body); n++) {
            char *copy = g_memdup2(texts[i].body, n);
            struct om_multipart_iter it;
            struct om_part part;
            guint parts = 0;

            g_assert_true(om_multipart_begin(&it, om_slice_str(texts[i].type), om_slice(copy, n)));
            while (om_multipart_next(&it, &part))
                parts++;
            g_assert_cmpuint(parts, <=, 3);
            om_multipart_find(om_slice_str(texts[i].type), om_slice(copy, n), "x/y", &part);
            g_free(copy);
        }
    }
}

static void
test_bulk(void)
{
    static const char *const units[] = {"-",
                                        "\n",
                                        "--a",
                                        "--a\n",
                                        "--a  ",
                                        "--a\n\n",
                                        "--a\nx:",
                                        "--a\nx:y\n z\n",
                                        "--a\nContent-Type: multipart/mixed; boundary=a\n\n"};

    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        GString *text = g_string_new("--a\n");
        struct om_part part;

        while (text->len < 1024 * 1024)
            g_string_append(text, units[i]);
        g_assert_false(om_multipart_find(OM_SLICE_LIT(NESTED_TYPE), om_slice(text->str, text->len), "x/y", &part));
        g_string_free(text, TRUE);
    }
    g_assert_cmpfloat((double) clock() / CLOCKS_PER_SEC, <, 30);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/multipart/rfc2046", test_rfc2046);
    g_test_add_func("/multipart/invite", test_invite);
    g_test_add_func("/multipart/rows", test_rows);
    g_test_add_func("/multipart/not-multipart", test_not_multipart);
    g_test_add_func("/multipart/find", test_find);
    g_test_add_func("/multipart/find-depth", test_find_depth);
    g_test_add_func("/multipart/prefixes", test_prefixes);
    g_test_add_func("/multipart/bulk", test_bulk);
    return g_test_run();
}
