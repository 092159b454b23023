/* carried.h
 * What is remembered of a message while its body comes.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_CARRIED_H
#define OM_CARRIED_H

#include "core/msrp/msrp_opening.h"
#include "stream.h"

/** How long the body can be, as the head says. */
enum om_bound {
    OM_BOUND_NONE,
    OM_BOUND_MOST,  /**< range end "*": at most up to the total */
    OM_BOUND_EXACT, /**< fixed range end; a response has no body */
};

/** Counted references: framers before and behind a gap share it. */
struct om_carried {
    guint references;
    void *message; /**< the handler's */
    om_position begin;
    enum om_bound bound_kind;
    guint64 bound; /**< body bytes */
    gboolean has_start;
    guint64 start;       /**< Byte-Range start */
    gsize tid_dashes;    /**< dashes that the transaction id begins with */
    struct om_slice tid; /**< this and the following point into `text` */
    struct om_slice message_id;
    struct om_msrp_opening paths;
    char text[];
};

struct om_carried *om_carried_new(const struct om_msrp_head *head, om_position begin);
struct om_carried *om_carried_ref(struct om_carried *carried);
void om_carried_unref(struct om_carried *carried);

/** Is this the head of the chunk that goes on where the carried one's body has come to `length` bytes? */
gboolean om_carried_continues(const struct om_carried *carried, guint64 length, const struct om_msrp_head *head);

#endif
