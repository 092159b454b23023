/* framed.h
 * What is remembered of a message while its body comes, and while late bytes may fill gaps in it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_FRAMED_H
#define OM_FRAMED_H

#include "core/msrp/msrp_opening.h"
#include "stream.h"

/** How long the body can be, as the head says. */
enum om_bound {
    OM_BOUND_NONE,
    OM_BOUND_MOST,  /**< range end "*": at most up to the total */
    OM_BOUND_EXACT, /**< fixed range end; a response has no body */
};

/** Counted references: the framer's, and one for each gap in its body that late bytes may fill. */
struct om_framed {
    guint references;
    void *message; /**< the handler's */
    om_position begin;
    om_position body; /**< where its body begins */
    gboolean ended;
    guint64 length; /**< valid once ended: body bytes from the first one on that are the message's for certain */
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

struct om_framed *om_framed_new(const struct om_msrp_head *head, om_position begin);
struct om_framed *om_framed_ref(struct om_framed *framed);
void om_framed_unref(struct om_framed *framed);

/** Is this the head of the chunk that goes on where the framed one's body has come to `length` bytes? */
gboolean om_framed_continues(const struct om_framed *framed, guint64 length, const struct om_msrp_head *head);

#endif
