/* entity.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "entity.h"

#include "core/push/push_types.h"
#include "core/text/multipart.h"
#include "core/text/transfer_encoding.h"
#include "body.h"
#include "content_coding.h"

struct om_slice
om_slice_of_bytes(GBytes *bytes)
{
    gsize length = 0;
    const char *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;

    return om_slice(data ? data : "", length);
}

GBytes *
om_entity_decode(struct om_slice transfer_encoding, struct om_slice content_encoding, struct om_slice bytes)
{
    GBytes *transferred = om_transfer_decode(transfer_encoding, bytes);
    GBytes *decoded;

    if (transferred)
        bytes = om_slice_of_bytes(transferred);
    decoded = om_content_decode(content_encoding, bytes, OM_DECODE_LIMIT(bytes.l));
    if (!decoded)
        return transferred;
    g_clear_pointer(&transferred, g_bytes_unref);
    return decoded;
}

static void
take_part(struct om_entity *entity, const struct om_part *part, GBytes *decoded)
{
    entity->content_type = part->content_type;
    entity->bytes = decoded ? om_slice_of_bytes(decoded) : part->body;
    entity->decoded_part = decoded;
}

static GBytes *
decode_part(const struct om_part *part)
{
    return om_entity_decode(part->content_transfer_encoding, part->content_encoding, part->body);
}

void
om_entity_find(struct om_slice content_type, struct om_slice content_encoding, struct om_slice bytes,
               struct om_entity *entity)
{
    struct om_part part;
    GBytes *decoded;

    *entity = (struct om_entity){.content_type = content_type, .bytes = bytes};
    entity->decoded_all = om_entity_decode(OM_SLICE_NULL, content_encoding, bytes);
    if (entity->decoded_all)
        entity->bytes = om_slice_of_bytes(entity->decoded_all);
    if (om_multipart_find(content_type, entity->bytes, OM_PUSH_TYPE, &part)) {
        take_part(entity, &part, decode_part(&part));
    } else if (om_multipart_find(content_type, entity->bytes, OM_CPIM_TYPE, &part)) {
        decoded = decode_part(&part);
        if (om_body_is_push(part.content_type, decoded ? om_slice_of_bytes(decoded) : part.body))
            take_part(entity, &part, decoded);
        else
            g_clear_pointer(&decoded, g_bytes_unref);
    }
}

/* Parts for the proxies and agents on the way: recipient lists (RFC 5363), SDP, signatures. */
static gboolean
is_for_sip(const struct om_part *part)
{
    return om_slice_istarts_str(part->content_disposition, "recipient-list") || om_type_is_for_sip(part->content_type);
}

/* @return FALSE where it is no multipart, or nothing says which of its parts is meant */
static gboolean
find_content(const struct om_entity *entity, struct om_part *content)
{
    struct om_multipart_walk walk;
    struct om_part part;
    guint candidates = 0;

    if (!om_multipart_walk_begin(&walk, entity->content_type, entity->bytes))
        return FALSE;
    while (om_multipart_walk_next(&walk, &part)) {
        if (is_for_sip(&part))
            continue;
        *content = part;
        candidates++;
        if (om_type_is_pushed(part.content_type))
            return TRUE;
    }
    return candidates == 1;
}

void
om_sip_entity(const struct om_sip_msg *msg, struct om_entity *entity)
{
    const struct om_sip_header *encoding = om_sip_msg_header(msg, OM_SIP_H_CONTENT_ENCODING);
    struct om_part part;

    om_entity_find(msg->content_type, encoding ? encoding->value : OM_SLICE_NULL, msg->body, entity);
    if (entity->content_type.p == msg->content_type.p && find_content(entity, &part))
        take_part(entity, &part, decode_part(&part));
}

void
om_entity_clear(struct om_entity *entity)
{
    g_clear_pointer(&entity->decoded_all, g_bytes_unref);
    g_clear_pointer(&entity->decoded_part, g_bytes_unref);
}

gboolean
om_entity_is_push(const struct om_entity *entity)
{
    return om_type_is_only_pushed(entity->content_type) || om_body_is_push(entity->content_type, entity->bytes);
}

static void
clear(gpointer entity)
{
    om_entity_clear(entity);
}

/* Takes the part as an entity of its own where it is a push. */
static void
add_part(GArray *entities, const struct om_entity *whole, const struct om_part *part)
{
    struct om_entity entity = {.decoded_all = whole->decoded_all ? g_bytes_ref(whole->decoded_all) : NULL};

    take_part(&entity, part, decode_part(part));
    if (om_entity_is_push(&entity) && entities->len < OM_ENTITIES_MAX)
        g_array_append_val(entities, entity);
    else
        om_entity_clear(&entity);
}

GArray *
om_sip_entities(const struct om_sip_msg *msg)
{
    GArray *entities = g_array_new(FALSE, FALSE, sizeof(struct om_entity));
    struct om_multipart_walk walk;
    struct om_entity entity;
    struct om_part part;

    g_array_set_clear_func(entities, clear);
    om_sip_entity(msg, &entity);
    if (om_multipart_walk_begin(&walk, msg->content_type,
                                entity.decoded_all ? om_slice_of_bytes(entity.decoded_all) : msg->body)) {
        while (om_multipart_walk_next(&walk, &part))
            add_part(entities, &entity, &part);
    }
    if (entities->len > 1) {
        om_entity_clear(&entity);
    } else {
        g_array_set_size(entities, 0);
        g_array_append_val(entities, entity);
    }
    return entities;
}
