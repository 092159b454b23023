/* wanted.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "wanted.h"

#include "primed.h"

static dissector_handle_t handle;
static GArray *few;  /* int */
static GArray *many;
static gboolean segments_wanted;

/* libwireshark keeps the array that it is given. */
static void
want(const GArray *fields)
{
    GArray *copy = g_array_new(FALSE, FALSE, sizeof(int));

    g_array_append_vals(copy, fields->data, fields->len);
    set_postdissector_wanted_hfids(handle, copy);
}

void
omapush_wanted_fields(dissector_handle_t postdissector, GArray *always, GArray *segments)
{
    handle = postdissector;
    few = always;
    many = segments;
    g_array_append_vals(many, few->data, few->len);
    omapush_primed_fields(many);
    want(few);
}

void
omapush_want_no_segments(void)
{
    if (segments_wanted)
        want(few);
    segments_wanted = FALSE;
}

gboolean
omapush_segments_wanted(void)
{
    return segments_wanted;
}

void
omapush_want_segments(void)
{
    if (!segments_wanted)
        want(many);
    segments_wanted = TRUE;
}
