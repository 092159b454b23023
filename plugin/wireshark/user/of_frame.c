/* of_frame.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "of_frame.h"

static void
note(struct omapush_of_frame *of, const struct om_session *session, struct om_object *object)
{
    if (!of->object)
        of->object = object;
    if (!of->session && session && om_session_id(session))
        of->session = session;
}

static void
note_calls(struct omapush_of_frame *of, const GPtrArray *calls)
{
    const struct om_piece *piece;

    for (guint i = 0; calls && i < calls->len; i++) {
        for (guint k = 0; (piece = om_payload_piece(g_ptr_array_index(calls, i), k)); k++) {
            if (piece->message && om_message_is_push(piece->message))
                note(of, om_message_session(piece->message), om_message_object(piece->message));
        }
    }
}

struct omapush_of_frame
omapush_of_record(const struct om_frame_record *record)
{
    struct omapush_of_frame of = {NULL, NULL};

    for (guint i = 0; record && record->sip && i < record->sip->len; i++) {
        const struct om_sip_record *sip = g_ptr_array_index(record->sip, i);

        if (sip && om_sip_record_is_push(sip))
            note(&of, om_sip_record_session(sip), om_sip_record_object(sip, 0));
    }
    if (record)
        note_calls(&of, record->calls);
    if (record)
        note_calls(&of, record->late);
    if (of.object && !of.session && om_object_session_id(of.object))
        of.session = om_object_session(of.object);
    return of;
}

char *
omapush_session_filter(const struct om_session *session)
{
    return session ? g_strdup_printf(OMAPUSH_SESSION_FILTER, om_session_id(session)) : NULL;
}

char *
omapush_object_filter(const struct om_object *object)
{
    return object ? g_strdup_printf("omapush.object.id == %u", om_object_id(object)) : NULL;
}
