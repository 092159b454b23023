/* primed.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "primed.h"

#include "compat.h"

#include <epan/epan_dissect.h>
#include <epan/tap.h>

static GArray *primed_fields; /* int */
static gboolean stay_primed;

void
omapush_primed_fields(const GArray *fields)
{
    primed_fields = g_array_new(FALSE, FALSE, sizeof(int));
    g_array_append_vals(primed_fields, fields->data, fields->len);
}

/* "sip || udp.length || ..." */
static char *
any_of_them(void)
{
    GString *filter = g_string_new(NULL);

    for (guint i = 0; i < primed_fields->len; i++)
        g_string_append_printf(filter, "%s%s", i ? " || " : "",
                               proto_registrar_get_abbrev(g_array_index(primed_fields, int, i)));
    return g_string_free(filter, FALSE);
}

/* A frame that is dissected with taps asks for what their filters name, so one that listens to nothing will do. */
void
omapush_stay_primed(void)
{
    GString *error;
    char *filter;

    if (stay_primed || !primed_fields)
        return;
    stay_primed = TRUE;
    filter = any_of_them();
    error = register_tap_listener("omapush", &stay_primed, filter, TL_IS_DISSECTOR_HELPER, NULL, NULL, NULL, NULL);
    if (error) {
        g_warning("omapush: %s", error->str);
        g_string_free(error, TRUE);
    }
    g_free(filter);
}

/* A frame that is dissected without taps (sharkd, rows of the packet list) begins with this. */
static void
prime(epan_dissect_t *edt)
{
    if (!stay_primed || !edt->tree)
        return;
    for (guint i = 0; i < primed_fields->len; i++)
        epan_dissect_prime_with_hfid(edt, g_array_index(primed_fields, int, i));
}

static void
nothing_of(epan_dissect_t *edt G_GNUC_UNUSED)
{
}

static void
nothing(void)
{
}

void
omapush_register_primed(void)
{
    /* libwireshark calls the first five without asking whether they are there. */
    static const epan_plugin plugin = {
        .init = nothing,
        .post_init = nothing,
        .dissect_init = prime,
        .dissect_cleanup = nothing_of,
        .cleanup = nothing,
    };

    epan_register_plugin(&plugin);
}
