/* last_hop.h
 * What came to the receiver itself, where there are relays on the way (RFC 4976).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_LAST_HOP_H
#define OM_LAST_HOP_H

#include "object.h"

/** Does this leg lead from a relay to the receiver: nobody else in To-Path, more than the sender in From-Path? */
gboolean om_leg_is_last_hop(const struct om_leg *leg);

/**
 * Of a complete object that was seen on the way to a relay and behind the last one: what was not sent there.
 *
 * @param last  out: the chunk with which the message ended there, else the last one there
 * @return array of struct om_range, g_array_unref() it; NULL where all was sent, or where it was not seen on both
 */
GArray *om_last_hop_missing(const struct om_object *object, const struct om_chunk **last);

#endif
