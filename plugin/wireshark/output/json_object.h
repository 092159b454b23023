/* json_object.h
 * Objects of the JSON report.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_JSON_OBJECT_H
#define OMAPUSH_JSON_OBJECT_H

#include <wsutil/json_dumper.h>

#include "model/model.h"

/** @param findings  guint: where its findings stand in the list that is printed; NULL: it has none */
void om_json_push_object(json_dumper *json, struct om_object *object, const struct om_conclusion *conclusion,
                         const GArray *findings);

#endif
