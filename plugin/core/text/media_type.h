/* media_type.h
 * Content-Type values: type "/" subtype *( ";" parameter ), RFC 2045 / RFC 3261.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_MEDIA_TYPE_H
#define OM_MEDIA_TYPE_H

#include "slice.h"

struct om_media_type {
    struct om_slice type;   /**< "type/subtype" as sent, trimmed */
    struct om_slice params; /**< all after the first ";", may be absent */
};

/** Never fails; an empty text gives an empty type. */
void om_media_type_parse(struct om_slice text, struct om_media_type *media);

/** "type/subtype" equal, case ignored, parameters of either left out. */
gboolean om_media_type_same(struct om_slice a, struct om_slice b);
gboolean om_media_type_is(struct om_slice text, const char *type);

/**
 * Does an accept-types list (SP separated types; "*", "text/" "*" wildcards;
 * RFC 4975 section 8.6) hold this type?
 */
gboolean om_media_type_in_list(struct om_slice text, struct om_slice list);

/**
 * A parameter's value, quotes taken off (escapes left in), case of the name ignored.
 * @return absent where there is none
 */
struct om_slice om_media_type_param(struct om_slice params, const char *name);

/** File name extension for a media type, without dot; "bin" where none is known. */
const char *om_media_type_extension(struct om_slice text);

#endif
