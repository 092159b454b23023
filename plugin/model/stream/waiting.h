/* waiting.h
 * Bytes of segments that wait for missing ones before them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_WAITING_H
#define OM_WAITING_H

#include "stream.h"

/** Bytes of one segment. */
struct om_waiting_bytes {
    om_position at;
    GBytes *bytes;
    guint acknowledged; /**< number of the connection's segment by which they were; 0: they are not */
};

/** By position, without overlaps. Embedded in its owner. */
struct om_waiting {
    GPtrArray *list; /**< struct om_waiting_bytes *; NULL: none ever */
    gsize size;      /**< bytes in all */
};

void om_waiting_clear(struct om_waiting *waiting);
gboolean om_waiting_none(const struct om_waiting *waiting);
/** The first ones; there must be any. */
const struct om_waiting_bytes *om_waiting_first(const struct om_waiting *waiting);
/** Takes the first ones out. g_bytes_unref() what is returned. */
GBytes *om_waiting_take_first(struct om_waiting *waiting);
/** Copies those of the bytes that do not wait yet. @return offset of the first of them, or bytes.l */
gsize om_waiting_add(struct om_waiting *waiting, om_position at, struct om_slice bytes);
/** All before `position` is acknowledged, as the connection's segment of this number tells. */
void om_waiting_acknowledge(struct om_waiting *waiting, om_position position, guint segment);

#endif
