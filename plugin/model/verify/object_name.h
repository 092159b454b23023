/* object_name.h
 * What an object is called: a public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_OBJECT_NAME_H
#define OM_OBJECT_NAME_H

#include "model/object/object_ask.h"

/** Decoded name for people: its selector's name, else Content-Location, else NULL. g_free() it. */
char *om_object_name(struct om_object *object);

#endif
