/* session_ask.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "session.h"

#include "model/base/getter.h"

OM_GETTER(guint32, session, id)
OM_GETTER(const char *, session, call_id)
OM_GETTER(const char *, session, from)
OM_GETTER(const char *, session, to)
OM_GETTER(const GPtrArray *, session, event_apps)
OM_GETTER(const GPtrArray *, session, icsis)
OM_GETTER(guint, session, status)
OM_GETTER(guint32, session, offer_frame)
OM_GETTER(guint32, session, answer_frame)
OM_GETTER(guint32, session, ack_frame)
OM_GETTER(guint32, session, bye_frame)
OM_GETTER(guint32, session, bye_answer_frame)

gboolean
om_session_setup_time(const struct om_session *session, gint64 *taken)
{
    gboolean answered = session->offer_frame && session->answer_frame && session->status / 100 == 2;

    *taken = answered ? MAX(session->answer_time - session->offer_time, 0) : 0;
    return answered;
}

const struct om_exchange *
om_session_exchange(const struct om_session *session, guint i)
{
    return i < session->exchanges->len ? g_ptr_array_index(session->exchanges, i) : NULL;
}

const struct om_object *
om_session_object(const struct om_session *session, guint i)
{
    return i < session->objects->len ? g_ptr_array_index(session->objects, i) : NULL;
}
