/* message_ask.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_events.h"

#include "model/base/getter.h"

OM_GETTER(enum om_msrp_method, message, method)
OM_GETTER(guint, message, status)
OM_GETTER(const char *, message, tid)
OM_GETTER(guint32, message, frame)
OM_GETTER(gboolean, message, ended)
OM_GETTER(struct om_session *, message, session)
OM_GETTER(struct om_object *, message, object)
OM_GETTER(struct om_chunk *, message, chunk)
OM_GETTER(struct om_report *, message, report)
OM_GETTER(const struct om_message *, message, request)
OM_GETTER(const struct om_message *, message, response)

guint32
om_message_session_id(const struct om_message *message)
{
    return message->session ? message->session->id : 0;
}

struct om_chunk *
om_message_answered_chunk(const struct om_message *message)
{
    return message->request ? message->request->chunk : NULL;
}

gboolean
om_message_response_time(const struct om_message *message, gint64 *taken)
{
    const struct om_message *request = message->request ? message->request : message;
    const struct om_message *response = message->request ? message : message->response;

    if (!response || !request->ended || request->time > response->time)
        return FALSE;
    *taken = response->time - request->time;
    return TRUE;
}
