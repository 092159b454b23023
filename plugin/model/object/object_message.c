/* object_message.c
 * Objects carried by SIP MESSAGE (RFC 3428): one request, one object.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "object.h"

#include "core/text/visible.h"
#include "model/body/entity.h"

static void
replace(char **text, const char *with)
{
    g_free(*text);
    *text = g_strdup(with);
}

void
om_object_message_body(struct om_object *object, const struct om_frame *frame, const char *from, const char *to,
                       const struct om_entity *entity)
{
    struct om_store_added added;

    replace(&object->from_path, from);
    replace(&object->to_path, to);
    g_free(object->content_type);
    object->content_type = om_slice_dup_utf8(entity->content_type);
    om_store_free(object->store);
    object->store = om_store_new(object->context->options.max_object);
    om_store_add(object->store, 0, entity->bytes, &added);
    object->has_total = TRUE;
    object->total = entity->bytes.l;
    object->last_frame = frame->number;
    object->last_time = frame->time;
    object->dirty = TRUE;
}

struct om_object *
om_object_open_message(struct om_objects *objects, const struct om_frame *frame, const char *call_id, guint32 cseq,
                       const char *from, const char *to, const struct om_entity *entity, guint via_count)
{
    struct om_object *object = om_object_new(objects, OM_CARRIER_MESSAGE, frame);

    object->call_id = g_strdup(call_id);
    object->cseq = cseq;
    om_object_message_body(object, frame, from, to, entity);
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
