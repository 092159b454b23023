/* failures.h
 * Where a capture fails, to be walked through.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_FAILURES_H
#define OMAPUSH_FAILURES_H

#include "model/model.h"

/**
 * The frame of the next failed object behind this frame, or of the one before it: where the object ends, and of what was
 * offered in vain where it was offered.
 * @return 0: there is none
 */
guint32 omapush_failure_after(struct om_model *model, guint32 frame);
guint32 omapush_failure_before(struct om_model *model, guint32 frame);

#endif
