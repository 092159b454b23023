/* at_end.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "at_end.h"

#include "compat.h"

#include <epan/tap.h>
#include <wsutil/wslog.h>

static void
draw(void *data)
{
    struct om_at_end *at_end = data;

    at_end->finish();
}

void
om_at_end(struct om_at_end *at_end)
{
    GString *error;

    if (at_end->armed)
        return;
    at_end->armed = TRUE;
    error = register_tap_listener("omapush", at_end, NULL, TL_REQUIRES_NOTHING, NULL, NULL, draw, NULL);
    if (error) {
        ws_warning("omapush: %s", error->str);
        g_string_free(error, TRUE);
    }
}
