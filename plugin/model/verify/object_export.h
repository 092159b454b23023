/* object_export.h
 * What of an object goes into a file: a public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_OBJECT_EXPORT_H
#define OM_OBJECT_EXPORT_H

#include "model/object/object_ask.h"

/** What is exported: bytes the hash covers where it matched, else the content of an opened envelope, else the
 * object; an incomplete one with zeros for gaps (bounded: a gap larger than the bytes held is left out).
 * @return g_bytes_unref() it; NULL where nothing is held or the content was given up */
GBytes *om_object_export(struct om_object *object);
/** Media type of the bytes that are exported, owned by the object; NULL where none was told. */
const char *om_object_export_type(struct om_object *object);
/** Safe file name for it, g_free() it. */
char *om_object_export_name(struct om_object *object);

#endif
