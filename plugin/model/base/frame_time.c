/* frame_time.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "frame_time.h"

#define NANOSECONDS G_GINT64_CONSTANT(1000000000)

gint64
om_frame_time(gint64 seconds, gint64 nanoseconds)
{
    /* One second from either end: less than a second of the other kind is added. */
    gint64 whole = CLAMP(seconds, OM_TIME_MIN / NANOSECONDS, OM_TIME_MAX / NANOSECONDS) * NANOSECONDS;

    nanoseconds = CLAMP(nanoseconds, -NANOSECONDS, NANOSECONDS);
    return CLAMP(whole + nanoseconds, OM_TIME_MIN, OM_TIME_MAX);
}
