/* test_frame_time.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/base/frame_time.h"

#define SECOND G_GINT64_CONSTANT(1000000000)

static const struct {
    gint64 seconds, nanoseconds, time;
} rows[] = {
    {0, 0, 0},
    {1, 5, SECOND + 5},
    {-1, 999999999, -1},
    {1700000000, 123456789, 1700000000 * SECOND + 123456789},
    {OM_TIME_MAX / SECOND + 1, 0, OM_TIME_MAX / SECOND *SECOND},
    {OM_TIME_MAX / SECOND, 999999999, OM_TIME_MAX},
    {G_MAXINT64, 999999999, OM_TIME_MAX},
    {G_MAXINT64, G_MAXINT64, OM_TIME_MAX},
    {G_MININT64, -999999999, OM_TIME_MIN},
    {G_MININT64, G_MININT64, OM_TIME_MIN},
};

static void
test_times(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpint(om_frame_time(rows[i].seconds, rows[i].nanoseconds), ==, rows[i].time);
}

/* Unsigned numbers do not overflow: the difference is right where it has the sign of the order. */
static void
test_differences(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        for (gsize k = 0; k < G_N_ELEMENTS(rows); k++) {
            gint64 a = rows[i].time, b = rows[k].time;
            gint64 difference = (gint64) ((guint64) a - (guint64) b);

            g_assert_cmpint((difference > 0) - (difference < 0), ==, (a > b) - (a < b));
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/frame_time/times", test_times);
    g_test_add_func("/frame_time/differences", test_differences);
    return g_test_run();
}
