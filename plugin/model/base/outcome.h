/* outcome.h
 * Did a push arrive, and what is one to make of it: a public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_OUTCOME_H
#define OM_OUTCOME_H

#include <glib.h>

/** What is known of whether it arrived, apart from how well the protocols were kept. */
enum om_delivery {
    OM_DELIVERY_UNKNOWN,     /**< the capture cannot tell */
    OM_DELIVERY_CONFIRMED,   /**< its receiver said so, of all of it */
    OM_DELIVERY_ACCEPTED,    /**< all of it was taken, no report was asked for */
    OM_DELIVERY_UNCONFIRMED, /**< whole on the wire, but an answer that was due did not come */
    OM_DELIVERY_REFUSED,     /**< its receiver or a hop said no */
    OM_DELIVERY_FAILED       /**< not all of it was sent, or the way broke */
};

/** What to make of it: the worse, the greater. */
enum om_verdict { OM_PASS, OM_WARNED, OM_UNKNOWN, OM_FAIL };

/** Derived, of an object, an offered file, a session or the capture. Owned by its conclusion. */
struct om_outcome {
    enum om_delivery delivery;
    enum om_verdict verdict;
    char *diagnosis; /**< the first cause, its frame and its side, one or two sentences; NULL: nothing to say */
};

const char *om_delivery_name(enum om_delivery delivery); /**< "confirmed", ... as in JSON */
const char *om_verdict_name(enum om_verdict verdict);    /**< "pass", "warn", "unknown", "fail" */

/** Of two the worse one for a session: refused, failed, unknown, unconfirmed, accepted, confirmed. */
enum om_delivery om_delivery_worse(enum om_delivery a, enum om_delivery b);
/** What a delivery alone makes of it, with nothing broken. */
enum om_verdict om_delivery_verdict(enum om_delivery delivery);

#endif
