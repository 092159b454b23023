/* sip_hop.h
 * The hops of one request: between which hosts it went, what was answered there. The hop nearest to the receiver
 * decides what became of it: a core answers 202, or makes a 200 of a 486, for the hop behind it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_HOP_H
#define OM_SIP_HOP_H

#include "sip_private.h"

/** Hops of one request that are kept. */
#define OM_SIP_HOPS_MAX 16

/** Owned by its transaction. */
struct om_sip_hop {
    const char *src, *dst; /**< of the request; interned */
    guint vias;            /**< in the request there */
    guint32 frame;         /**< of the request; 0: only its answer was seen */
    gint64 first_sent;     /**< nanoseconds */
    gint64 last_sent;      /**< the same bytes again: a retransmission */
    gint64 t1;             /**< round-trip time that its sender goes by, by its first retransmission */
    gboolean provisional;  /**< answered 1xx */
    guint status;          /**< final answer; 0: none seen */
    guint32 answer_frame;
    gint64 answer_time;
    gboolean heard; /**< the capture has an answer to it, or the TCP handshake of who should give one */
    char *reason;   /**< of the final answer, valid UTF-8 */
};

/** The request was seen, for the first time or again. */
void om_sip_hop_sent(struct om_sip_event *event, struct om_sip_transaction *transaction);
/** An answer was seen. */
void om_sip_hop_answered(struct om_sip_event *event, struct om_sip_transaction *transaction);

/** The hop whose final answer counts; NULL: there is none. */
const struct om_sip_hop *om_sip_hop_deciding(const struct om_sip_transaction *transaction);
/** The hop nearest to the receiver on which the request was seen; NULL: there is none. */
const struct om_sip_hop *om_sip_hop_last(const struct om_sip_transaction *transaction);
/** Went the request on from where this hop leads to? Then who answers there is no receiver. */
gboolean om_sip_hop_goes_on(const struct om_sip_transaction *transaction, const struct om_sip_hop *hop);

/** Did the request come to this host, to go on from there? */
gboolean om_sip_hop_through(const struct om_sip_transaction *transaction, const char *host);

/**
 * Is it certain that the sender of the request got no final answer, when its timer has run out? Over UDP it would have sent
 * the request again (RFC 3261 section 17.1); where it did not, and nothing of the other side is in the capture, that has
 * one direction only.
 */
gboolean om_sip_hop_proves_silence(const struct om_sip_state *state, const struct om_sip_hop *hop);

/** All retransmissions that RFC 3261 section 17.1 knows were seen: nothing more can come but the timer's end. */
gboolean om_sip_hop_all_sent(const struct om_sip_hop *hop);
/** Timer B or F (64*T1), in nanoseconds. */
gint64 om_sip_hop_timer(const struct om_sip_hop *hop);

void om_sip_hop_free(gpointer hop);

#endif
