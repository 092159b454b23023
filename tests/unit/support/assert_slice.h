/* assert_slice.h
 * What a slice must read, for tables of expected parts.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef ASSERT_SLICE_H
#define ASSERT_SLICE_H

#include "core/text/slice.h"

/** @param want  NULL: the slice is OM_SLICE_NULL */
static inline void
assert_slice(struct om_slice got, const char *want)
{
    char *text = om_slice_dup(got);

    g_assert_cmpstr(text, ==, want);
    g_free(text);
}

#endif
