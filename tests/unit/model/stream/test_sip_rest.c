/* test_sip_rest.c
 * SIP messages in segments: when they are whole, what is lost, what is too much.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/stream/sip_rest.h"

#define HEAD                                                          \
    "MESSAGE sip:a@b SIP/2.0\r\nv: SIP/2.0/TCP h;branch=z9hG4bK1\r\n" \
    "f: <sip:c@d>;tag=1\r\nt: <sip:a@b>\r\ni: x\r\nCSeq: 1 MESSAGE\r\n"

static const struct {
    const char *text;
    gsize whole; /* length of the message; all of the text where it is 0 */
} rows[] = {
    {HEAD "l: 5\r\n\r\nhello", 0},
    {HEAD "Content-Length: 0\r\n\r\n", 0},
    {HEAD "l: 5\r\n\r\nhello" HEAD "l: 0\r\n\r\n", sizeof(HEAD "l: 5\r\n\r\nhello") - 1},
    {"\r\n\r\n" HEAD "l: 5\r\n\r\nhello", 0},
};

/* In three pieces, cut anywhere: whole with the piece that has the last byte. */
static void
test_pieces(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_slice text = om_slice_str(rows[i].text);
        gsize whole = rows[i].whole ? rows[i].whole : text.l;

        for (gsize first = 5; first < whole; first++) {
            for (gsize second = first + 1; second <= text.l; second += 13) {
                struct om_sip_rest *rest = om_sip_rest_new(1000);
                struct om_slice piece = om_slice_head(om_slice_from(text, first), second - first);

                g_assert_cmpint(om_sip_rest_add(rest, 1000, om_slice_head(text, first)), ==, OM_SIP_REST_WAITS);
                g_assert_cmpint(om_sip_rest_add(rest, 1000 + (guint32) first, piece), ==,
                                second < whole ? OM_SIP_REST_WAITS : OM_SIP_REST_WHOLE);
                if (second < whole)
                    g_assert_cmpint(om_sip_rest_add(rest, 1000 + (guint32) second, om_slice_from(text, second)), ==,
                                    OM_SIP_REST_WHOLE);
                g_assert_true(
                    om_slice_eq(om_sip_rest_bytes(rest), om_slice_head(text, second < whole ? text.l : second)));
                om_sip_rest_free(rest);
            }
        }
    }
}

/* Messages one behind the other, an octet a segment, across the wrap of sequence numbers. */
static void
test_octets(void)
{
    static const char message[] = HEAD "l: 5\r\n\r\nhello\r\n\r\n";
    guint32 seq = G_MAXUINT32 - 100;
    struct om_sip_rest *rest = om_sip_rest_new(seq);
    guint messages = 0;

    for (gsize i = 0; i < 3 * (sizeof message - 1); i++) {
        if (om_sip_rest_add(rest, seq++, om_slice(message + i % (sizeof message - 1), 1)) != OM_SIP_REST_WHOLE)
            continue;
        g_assert_cmpuint(om_sip_rest_bytes(rest).l, ==, sizeof message - 1 - 4);
        om_sip_rest_take(rest, sizeof message - 1 - 4);
        messages++;
    }
    g_assert_cmpuint(messages, ==, 3);
    g_assert_cmpuint(om_sip_rest_bytes(rest).l, ==, 0);
    om_sip_rest_free(rest);
}

static struct om_slice
piece_of(struct om_slice text, gsize from, gsize to)
{
    return om_slice_head(om_slice_from(text, from), to - from);
}

/* Sent again, with the same cuts or with others, and out of order. */
static void
test_order(void)
{
    struct om_slice text = om_slice_str(rows[0].text);
    struct om_sip_rest *rest = om_sip_rest_new(0);

    g_assert_cmpint(om_sip_rest_add(rest, 0, piece_of(text, 0, 80)), ==, OM_SIP_REST_WAITS);
    g_assert_cmpint(om_sip_rest_add(rest, 0, piece_of(text, 0, 80)), ==, OM_SIP_REST_NONE);
    g_assert_cmpint(om_sip_rest_add(rest, 60, piece_of(text, 60, 90)), ==, OM_SIP_REST_WAITS);
    g_assert_cmpuint(om_sip_rest_bytes(rest).l, ==, 90);
    g_assert_cmpint(om_sip_rest_add(rest, 110, om_slice_from(text, 110)), ==, OM_SIP_REST_WAITS);
    g_assert_cmpint(om_sip_rest_add(rest, 100, piece_of(text, 100, 112)), ==, OM_SIP_REST_WAITS);
    g_assert_cmpint(om_sip_rest_add(rest, 90, piece_of(text, 90, 100)), ==, OM_SIP_REST_WHOLE);
    g_assert_true(om_slice_eq(om_sip_rest_bytes(rest), text));
    om_sip_rest_free(rest);
}

/* A lost segment costs its message, not the next one. */
static void
test_lost(void)
{
    struct om_slice text = om_slice_str(rows[0].text);
    struct om_sip_rest *rest = om_sip_rest_new(0);

    g_assert_cmpint(om_sip_rest_add(rest, 0, piece_of(text, 0, 80)), ==, OM_SIP_REST_WAITS);
    g_assert_cmpint(om_sip_rest_add(rest, 90, om_slice_from(text, 90)), ==, OM_SIP_REST_WAITS);
    g_assert_cmpint(om_sip_rest_add(rest, (guint32) text.l, text), ==, OM_SIP_REST_WHOLE);
    g_assert_true(om_slice_eq(om_sip_rest_bytes(rest), text));
    om_sip_rest_free(rest);
}

/* What claims a long body is given up at once, what never ends its head at the limit, what waits for a segment that
 * does not come after some. */
static void
test_limits(void)
{
    struct om_sip_rest *rest = om_sip_rest_new(0);
    guint32 seq;

    g_assert_cmpint(om_sip_rest_add(rest, 0, om_slice_str(HEAD "l: 99999999\r\n\r\nx")), ==, OM_SIP_REST_LOST);
    om_sip_rest_free(rest);

    rest = om_sip_rest_new(0);
    g_assert_cmpint(om_sip_rest_add(rest, 0, om_slice_str(HEAD)), ==, OM_SIP_REST_WAITS);
    for (seq = sizeof HEAD - 1; om_sip_rest_add(rest, seq, om_slice_str("X: y\r\n")) == OM_SIP_REST_WAITS; seq += 6)
        ;
    g_assert_cmpuint(seq, >, OM_SIP_REST_LIMIT - 6);
    g_assert_cmpuint(om_sip_rest_bytes(rest).l, <=, OM_SIP_REST_LIMIT);
    om_sip_rest_free(rest);

    rest = om_sip_rest_new(0);
    for (seq = 1; om_sip_rest_add(rest, seq, om_slice_str("lost")) == OM_SIP_REST_WAITS; seq += 4)
        ;
    g_assert_cmpuint(seq, ==, 1 + 4 * OM_SIP_REST_HELD);
    om_sip_rest_free(rest);
}

/* Nothing begins here, or has come yet. */
static void
test_none(void)
{
    struct om_sip_rest *rest = om_sip_rest_new(7);

    g_assert_cmpint(om_sip_rest_add(rest, 7, om_slice_str("garbage\r\n")), ==, OM_SIP_REST_NONE);
    g_assert_cmpint(om_sip_rest_add(rest, 16, om_slice_str("\r\n\r\n")), ==, OM_SIP_REST_WAITS);
    g_assert_cmpuint(om_sip_rest_bytes(rest).l, ==, 0);
    g_assert_cmpint(om_sip_rest_add(rest, 20, om_slice_str(HEAD)), ==, OM_SIP_REST_WAITS);
    om_sip_rest_free(rest);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sip-rest/pieces", test_pieces);
    g_test_add_func("/sip-rest/octets", test_octets);
    g_test_add_func("/sip-rest/order", test_order);
    g_test_add_func("/sip-rest/lost", test_lost);
    g_test_add_func("/sip-rest/limits", test_limits);
    g_test_add_func("/sip-rest/none", test_none);
    return g_test_run();
}
