/* test_ws_head.c
 * Heads of WebSocket frames: the examples of RFC 6455 section 5.7, and heads that are cut.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/msrp/ws_head.h"

static const struct {
    const char *bytes;
    gsize size;
    guint8 flags;
    gboolean masked;
    gsize length;
    guint64 payload;
} rows[] = {
    {"\x81\x05Hello", 7, 0x81, FALSE, 2, 5},
    {"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", 11, 0x81, TRUE, 6, 5},
    {"\x01\x03Hel", 5, 0x01, FALSE, 2, 3},
    {"\x80\x02lo", 4, 0x80, FALSE, 2, 2},
    {"\x82\x7e\x01\x00", 4, 0x82, FALSE, 4, 256},
    {"\x82\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10, 0x82, FALSE, 10, 65536},
    {"\x82\xff\x00\x00\x00\x00\x00\x01\x00\x00\x01\x02\x03\x04", 14, 0x82, TRUE, 14, 65536},
    {"\xc2\x7d", 2, OM_WS_FIN | OM_WS_COMPRESSED | 2, FALSE, 2, 125},
    {"\x89\x00", 2, OM_WS_FIN | OM_WS_CONTROL | 1, FALSE, 2, 0},
    {"\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff", 10, 0x82, FALSE, 10, G_MAXUINT64},
};

static void
test_heads(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_ws_head head;

        g_assert_true(om_ws_head_parse(om_slice(rows[i].bytes, rows[i].size), &head));
        g_assert_cmphex(head.flags, ==, rows[i].flags);
        g_assert_cmpint(om_slice_isset(head.key), ==, rows[i].masked);
        g_assert_cmpuint(head.length, ==, rows[i].length);
        g_assert_cmpuint(head.payload, ==, rows[i].payload);
    }
}

static void
test_impossible(void)
{
    static const struct {
        const char *bytes;
        gsize size;
    } none[] = {
        {"\xfe\x01\x12", 3},     /* the second octet of a frame, and its length: RSV bits, opcode 14 */
        {"\x83\x01x", 3},        /* opcode 3 */
        {"\x8b\x00", 2},         /* opcode 11 */
        {"\xa2\x01x", 3},        /* RSV2 */
        {"\x92\x01x", 3},        /* RSV3 */
        {"\x09\x00", 2},         /* a ping that is a fragment */
        {"\xc9\x00", 2},         /* a compressed ping */
        {"\x89\x7e\x00\x7e", 4}, /* a ping of 126 bytes */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(none); i++) {
        struct om_ws_head head;

        g_assert_false(om_ws_head_parse(om_slice(none[i].bytes, none[i].size), &head));
    }
}

static void
test_cut(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        for (gsize size = 0; size < rows[i].length; size++) {
            struct om_ws_head head;
            char *copy = g_memdup2(rows[i].bytes, size); /* of its own length, for the sanitizer */

            g_assert_false(om_ws_head_parse(om_slice(copy, size), &head));
            g_free(copy);
        }
    }
}

static void
test_unmask(void)
{
    struct om_slice bytes = om_slice(rows[1].bytes, rows[1].size);
    struct om_ws_head head;

    g_assert_true(om_ws_head_parse(bytes, &head));
    for (gsize i = 0; i < head.payload; i++)
        g_assert_cmpint(om_ws_unmask(&head, i, (guint8) bytes.p[head.length + i]), ==, "Hello"[i]);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ws-head/heads", test_heads);
    g_test_add_func("/ws-head/impossible", test_impossible);
    g_test_add_func("/ws-head/cut", test_cut);
    g_test_add_func("/ws-head/unmask", test_unmask);
    return g_test_run();
}
