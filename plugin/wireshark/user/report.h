/* report.h
 * One object in words, to be pasted into a letter.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_REPORT_H
#define OMAPUSH_REPORT_H

#include "model/model.h"

/** Lines of text; g_string_free() it. */
GString *omapush_object_report(struct om_model *model, struct om_object *object);

#endif
