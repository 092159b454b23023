/* sip_record.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_private.h"

#include "model/base/getter.h"

void
om_sip_record_free(struct om_sip_record *sip_record)
{
    if (sip_record && sip_record->shared)
        sip_record->shared = FALSE;
    else
        g_free(sip_record);
}

OM_GETTER(enum om_procedure, sip_record, procedure)
OM_GETTER(struct om_session *, sip_record, session)
OM_GETTER(struct om_registration *, sip_record, registration)

struct om_object *
om_sip_record_object(const struct om_sip_record *record, guint i)
{
    return record->objects && i < record->objects->len ? g_ptr_array_index(record->objects, i) : NULL;
}

OM_GETTER(const struct om_exchange *, sip_record, exchange)
