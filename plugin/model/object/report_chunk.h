/* report_chunk.h
 * Which chunk a REPORT answers: the time of its answer counts from there.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_REPORT_CHUNK_H
#define OM_REPORT_CHUNK_H

#include "object.h"

/**
 * Of the chunks that have ended by now and carry bytes of the REPORT's range (without one: any), the one that came
 * last: no receiver could have sent the REPORT before it.
 * @return NULL where none is known
 */
const struct om_chunk *om_report_chunk(const struct om_object *object, const struct om_report *report);

#endif
