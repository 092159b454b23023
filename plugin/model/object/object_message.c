/* object_message.c
 * Objects carried by SIP MESSAGE (RFC 3428): one request, one object.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "object.h"

#include "model/body/entity.h"

struct om_object *
om_object_open_message(struct om_objects *objects, const struct om_frame *frame, const char *call_id, guint32 cseq,
                       const char *from, const char *to, const struct om_entity *entity, guint via_count)
{
    struct om_object *object = om_object_new(objects, OM_CARRIER_MESSAGE, frame);
    struct om_store_added added;

    object->call_id = g_strdup(call_id);
    object->cseq = cseq;
    object->from_path = g_strdup(from);
    object->to_path = g_strdup(to);
    object->content_type = om_slice_dup_utf8(entity->content_type);
    om_store_add(object->store, 0, entity->bytes, &added);
    object->has_total = TRUE;
    object->total = entity->bytes.l;
    om_object_leg(object, frame, NULL, NULL, via_count);
    return object;
}

void
om_object_message_hop(struct om_object *object, const struct om_frame *frame, guint via_count)
{
    /* The same hosts with the same number of Via headers are the same hop: a retransmission. */
    om_object_leg(object, frame, NULL, NULL, via_count);
}

void
om_object_message_answer(struct om_object *object, guint32 frame, guint status)
{
    object->status = status;
    object->answer_frame = frame;
}
