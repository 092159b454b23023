/* test_sip_rest.c
 * SIP messages in segments: when they are whole, what is lost, what is too much.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/sip_rest.h"

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

/* In two and in three pieces, cut anywhere: whole with the piece that has the last byte. */
static void
test_pieces(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_slice text = om_slice_str(rows[i].text);
        gsize whole = rows[i].whole ? rows[i].whole : text.l;

        for (gsize first = 50; first < whole; first++) {
            for (gsize second = first + 1; second <= text.l; second += 13) {
                struct om_sip_rest *rest = om_sip_rest_new(om_slice_head(text, first), (guint32) first - 10);
                struct om_slice piece = om_slice_head(om_slice_from(text, first), second - first);

                g_assert_cmpint(om_sip_rest_add(rest, (guint32) first - 10, piece), ==,
                                second < whole ? OM_SIP_REST_WAITS : OM_SIP_REST_WHOLE);
                if (second < whole)
                    g_assert_cmpint(om_sip_rest_add(rest, (guint32) second - 10, om_slice_from(text, second)), ==,
                                    OM_SIP_REST_WHOLE);
                g_assert_true(
                    om_slice_eq(om_sip_rest_bytes(rest), om_slice_head(text, second < whole ? text.l : second)));
                om_sip_rest_free(rest);
            }
        }
    }
}

static void
test_order(void)
{
    struct om_slice text = om_slice_str(rows[0].text);
    struct om_sip_rest *rest = om_sip_rest_new(om_slice_head(text, 80), 1080);

    g_assert_cmpint(om_sip_rest_add(rest, 1000, om_slice_head(text, 80)), ==, OM_SIP_REST_WAITS); /* again */
    g_assert_cmpint(om_sip_rest_add(rest, 1080, om_slice_head(om_slice_from(text, 80), 10)), ==, OM_SIP_REST_WAITS);
    g_assert_cmpint(om_sip_rest_add(rest, 1091, om_slice_from(text, 91)), ==, OM_SIP_REST_LOST);
    om_sip_rest_free(rest);
}

/* What claims a long body is given up at once, what never ends its head after some segments. */
static void
test_limits(void)
{
    struct om_sip_rest *rest = om_sip_rest_new(om_slice_str(HEAD "l: 99999999\r\n\r\nx"), 0);
    guint32 seq = 0;

    g_assert_cmpint(om_sip_rest_add(rest, 0, om_slice_str("y")), ==, OM_SIP_REST_LOST);
    om_sip_rest_free(rest);
    rest = om_sip_rest_new(om_slice_str(HEAD), 0);
    while (om_sip_rest_add(rest, seq, om_slice_str("X: y\r\n")) == OM_SIP_REST_WAITS)
        seq += 6;
    g_assert_cmpuint(seq, ==, 6 * OM_SIP_REST_HEAD_SEGMENTS);
    om_sip_rest_free(rest);
}

/* Nothing begins here, or has come yet. */
static void
test_none(void)
{
    struct om_sip_rest *rest = om_sip_rest_new(OM_SLICE_NULL, 7);

    g_assert_cmpint(om_sip_rest_add(rest, 7, om_slice_str("garbage\r\n")), ==, OM_SIP_REST_WHOLE);
    om_sip_rest_free(rest);
    rest = om_sip_rest_new(OM_SLICE_NULL, 7);
    g_assert_cmpint(om_sip_rest_add(rest, 7, om_slice_str(HEAD)), ==, OM_SIP_REST_WAITS);
    om_sip_rest_free(rest);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sip-rest/pieces", test_pieces);
    g_test_add_func("/sip-rest/order", test_order);
    g_test_add_func("/sip-rest/limits", test_limits);
    g_test_add_func("/sip-rest/none", test_none);
    return g_test_run();
}
