/* check_inside.h
 * What every slice parser owes: its parts lie in what it was given.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef CHECK_INSIDE_H
#define CHECK_INSIDE_H

#include "core/text/slice.h"

static inline void
check_inside(struct om_slice part, struct om_slice all)
{
    if (part.l)
        g_assert_true(part.p >= all.p && part.p + part.l <= all.p + all.l);
}

#endif
