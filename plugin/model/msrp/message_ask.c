/* message_ask.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "message.h"

#include "model/base/getter.h"

OM_GETTER(enum om_msrp_method, message, method)
OM_GETTER(guint, message, status)
OM_GETTER(const char *, message, tid)
OM_GETTER(guint32, message, frame)
OM_GETTER(gboolean, message, ended)
OM_GETTER(gsize, message, head_length)
OM_GETTER(GBytes *, message, raw_head)
OM_GETTER(const char *, message, from_path)
OM_GETTER(guint64, message, body_length)
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

/* --- as it was sent --- */

const struct om_piece *
om_payload_piece(const struct om_payload *payload, guint i)
{
    return i < payload->pieces->len ? &g_array_index(payload->pieces, struct om_piece, i) : NULL;
}

gboolean
om_message_lies_in(const struct om_message *message, const struct om_payload *payload, guint32 *begin)
{
    if (message->begin < payload->begin || message->end > payload->begin + payload->length)
        return FALSE;
    *begin = (guint32) (message->begin - payload->begin);
    return TRUE;
}

char
om_message_flag(const struct om_message *message)
{
    return message->end_info.flag;
}

gboolean
om_message_ends_well(const struct om_message *message)
{
    return !message->end_info.spaced && !message->end_info.lost && !message->end_info.other_id;
}

gboolean
om_message_end_is_missing(const struct om_message *message)
{
    return message->end_info.lost || message->end_info.other_id;
}

gboolean
om_message_has_body(const struct om_message *message)
{
    return message->end_info.has_body;
}

guint64
om_message_body_kept(const struct om_message *message)
{
    if (message->kept)
        return MIN(message->kept->len, message->body_length);
    return message->chunk && !om_store_given_up(message->chunk->object->store) ? message->body_length : 0;
}

void
om_message_body_copy(const struct om_message *message, gsize length, guint8 *to)
{
    if (message->kept)
        memcpy(to, message->kept->data, length);
    else
        om_store_copy(message->chunk->object->store, message->chunk->offset, length, to);
}

gboolean
om_message_is_whole(const struct om_message *message)
{
    return !message->object && message->end_info.flag == '$' &&
           (!message->kept || message->kept->len >= message->body_length);
}
