/* fuzz_msrp_head.c
 * libFuzzer target: heads with their ranges and paths, and where they end, in one piece and byte by byte.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "check_inside.h"
#include "core/msrp/msrp_head.h"
#include "core/msrp/msrp_head_end.h"
#include "core/msrp/msrp_opening.h"
#include "core/msrp/msrp_uri.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void
try_path(struct om_slice path)
{
    struct om_slice rest = path, text;
    guint count = 0;

    while (om_msrp_path_next(&rest, &text)) {
        struct om_msrp_uri uri;
        char *key = om_msrp_uri_key(text);

        om_msrp_uri_parse(text, &uri);
        check_inside(uri.host, text);
        check_inside(uri.session, text);
        check_inside(uri.transport, text);
        g_assert_true(g_utf8_validate(key, -1, NULL));
        g_free(key);
        count++;
    }
    g_assert_cmpuint(om_msrp_path_count(path), ==, count);
    check_inside(om_msrp_path_last(path), path);
}

static void
try_head(struct om_slice all)
{
    struct om_msrp_head head;
    struct om_slice rest = all, first = OM_SLICE_NULL;
    gboolean start = om_slice_line(&rest, &first) && om_msrp_is_start_line(first);

    if (!om_msrp_head_parse(all, &head))
        return;
    g_assert_true(start || rest.l == 0); /* a line cut within its end is a line */
    check_inside(head.tid, all);
    check_inside(head.phrase, all);
    check_inside(head.message_id, all);
    check_inside(head.content_type, all);
    check_inside(head.byte_range_text, all);
    g_assert_true((head.method == OM_MSRP_RESPONSE) == (head.method_name.p == NULL));
    try_path(head.to_path);
    try_path(head.from_path);
    try_path(head.use_path);
}

/* The same end, however the bytes come. */
static void
try_end(struct om_slice all)
{
    struct om_head_scan whole = {0}, bytewise = {0};
    enum om_head_end want, got = OM_HEAD_MORE;
    gsize length;

    if (om_msrp_start_line_match(all, &length) != OM_MATCH_YES)
        return;
    want = om_head_scan(&whole, all, FALSE);
    for (gsize l = length; l <= all.l && got == OM_HEAD_MORE; l++)
        got = om_head_scan(&bytewise, om_slice_head(all, l), FALSE);
    g_assert_cmpint(got, ==, want);
    if (want == OM_HEAD_MORE || want == OM_HEAD_TOO_LONG)
        return;
    g_assert_cmpuint(bytewise.length, ==, whole.length);
    g_assert_cmpuint(whole.length, <=, all.l);
    if (want == OM_HEAD_END_LINE) {
        g_assert_cmpuint(whole.length + whole.end_line.length, <=, all.l);
        g_assert_cmpuint(whole.end_line.length, ==, bytewise.end_line.length);
        g_assert_true(whole.end_line.flag && strchr("$+#", whole.end_line.flag));
    }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    struct om_slice all = om_slice(data, size);
    struct om_msrp_opening opening;

    try_head(all);
    try_path(all);
    if (size < 4096)
        try_end(all);
    if (om_msrp_opening_match(all, &opening) == OM_MATCH_YES) {
        check_inside(opening.to_path, all);
        check_inside(opening.from_path, all);
    }
    return 0;
}
