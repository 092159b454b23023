/* entity.h
 * The push in a message's body: in a multipart its push part, with the encodings undone that stand between the bytes
 * as sent and their media type (RFC 3261 section 20.12, RFC 2045 section 6). A public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_ENTITY_H
#define OM_ENTITY_H

#include "core/sip/sip_msg.h"

/** Slices point into what was given to om_entity_find(), or into the bytes owned here. */
struct om_entity {
    struct om_slice content_type;
    struct om_slice bytes;
    GBytes *decoded_all;  /**< what the part was found in; NULL: as sent */
    GBytes *decoded_part; /**< NULL: no part, or as it stands in the multipart */
};

/** Most bytes that are made of so many compressed ones. */
#define OM_DECODE_LIMIT(length) (4096 + 16 * (gsize) (length))

/**
 * The part of a multipart that is a push, or CPIM with a push in it; else all of it.
 * @param content_encoding  of all of it; absent: none
 */
void om_entity_find(struct om_slice content_type, struct om_slice content_encoding, struct om_slice bytes,
                    struct om_entity *entity);
/**
 * The same of a SIP message's body. Where no part says that it is a push, its headers may: then the part that it is
 * about is the only one that is not for SIP itself, else the first whose type is one that is pushed.
 */
void om_sip_entity(const struct om_sip_msg *msg, struct om_entity *entity);
void om_entity_clear(struct om_entity *entity);

/** Pushes of one message that are told apart. */
#define OM_ENTITIES_MAX 32

/**
 * All parts of a SIP message's body that say that they are pushes, by their media type; where there are not several,
 * that of om_sip_entity().
 * @return struct om_entity, at least one; g_array_unref() it
 */
GArray *om_sip_entities(const struct om_sip_msg *msg);
/** Does its media type say that it is a push, and nothing else? */
gboolean om_entity_is_push(const struct om_entity *entity);

/**
 * Undoes both encodings of some bytes; absent ones are none.
 * @return NULL where there is nothing to undo or neither can be; else g_bytes_unref() it
 */
GBytes *om_entity_decode(struct om_slice transfer_encoding, struct om_slice content_encoding, struct om_slice bytes);

/** All of them; empty for NULL. */
struct om_slice om_slice_of_bytes(GBytes *bytes);

#endif
