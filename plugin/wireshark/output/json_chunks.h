/* json_chunks.h
 * Chunks and reports of an object in the JSON report.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_JSON_CHUNKS_H
#define OMAPUSH_JSON_CHUNKS_H

#include <wsutil/json_dumper.h>

#include "model/model.h"

void om_json_chunks(json_dumper *json, const struct om_object *object);
void om_json_reports(json_dumper *json, const struct om_object *object);

#endif
