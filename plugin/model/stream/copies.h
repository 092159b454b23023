/* copies.h
 * One thing seen twice: a capture on both sides of a firewall that randomises sequence numbers has each segment with two
 * of them, some time apart. The numbers of the second are those of the first, shifted: they are shifted back, and what
 * comes is old.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_COPIES_H
#define OM_COPIES_H

#include "core/text/slice.h"

/** Of one direction of a connection. Owned by it. */
struct om_copies;

void om_copies_free(struct om_copies *copies);

/**
 * A segment comes: its sequence number as the first capture point has it.
 * @param copies  made where there are none
 * @param first   out: TRUE where it begins a count of its own, for it is near nothing known and no copy of anything
 */
guint32 om_copies_segment(struct om_copies **copies, guint32 seq, struct om_slice bytes, gboolean *first);

/** The same of a number that is only mentioned (an acknowledgement, a FIN). @return FALSE where it is near nothing known */
gboolean om_copies_mentioned(const struct om_copies *copies, guint32 *seq);

/** Can both numbers be of one count? */
gboolean om_copies_is_near(guint32 seq, guint32 other);

#endif
