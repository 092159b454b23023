/* tap.h
 * What the inputs tell the outputs: one record for each frame with push in it, on the tap "omapush".
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_TAP_H
#define OMAPUSH_TAP_H

#include "model/model.h"

/** Exactly one for a frame. Lives as long as the frame's dissection; what it points to is the model's. */
struct om_tap_record {
    struct om_model *model;
    GPtrArray *sip;   /**< struct om_sip_record * (NULL entries are passed over), or NULL */
    GPtrArray *calls; /**< struct om_payload *, or NULL */
    guint32 frame;
    gboolean first_visit; /**< set by omapush_tap_queue(): more is to come that may change what it is about */
};

#endif
