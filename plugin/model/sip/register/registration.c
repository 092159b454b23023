/* registration.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "registration.h"

#include "model/base/getter.h"

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

OM_GETTER(enum om_registration_kind, registration, kind)
OM_GETTER(gboolean, registration, deregistration)
OM_GETTER(guint32, registration, frame)
OM_GETTER(guint32, registration, answer_frame)
OM_GETTER(guint, registration, status)
OM_GETTER(const char *, registration, call_id)
OM_GETTER(const char *, registration, aor)
OM_GETTER(const char *, registration, contact)
OM_GETTER(const char *, registration, instance)
OM_GETTER(const GPtrArray *, registration, event_apps)
OM_GETTER(const GPtrArray *, registration, icsis)

gboolean
om_registration_expires(const struct om_registration *registration, guint64 *seconds)
{
    *seconds = registration->has_expires ? registration->expires : 0;
    return registration->has_expires;
}
