/* registration.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "registration.h"

void
om_registration_free(struct om_registration *registration)
{
    g_free(registration->call_id);
    g_free(registration->aor);
    g_free(registration->contact);
    g_free(registration->instance);
    g_ptr_array_unref(registration->event_apps);
    g_ptr_array_unref(registration->icsis);
    g_free(registration);
}
