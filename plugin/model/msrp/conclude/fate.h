/* fate.h
 * What the connections that carried an object say of it when no more frames come.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_FATE_H
#define OM_FATE_H

#include "model/msrp/msrp_private.h"

/** RFC 4975 section 7.1.1: a transaction times out after 30 s. */
#define OM_RESPONSE_SECONDS 30
#define OM_NANOSECONDS      G_GINT64_CONSTANT(1000000000)

/** What became of the answer to a SEND. */
enum om_answer {
    OM_ANSWER_NONE_DUE, /**< Failure-Report excuses it, or its end is not known */
    OM_ANSWER_CAME,
    OM_ANSWER_LATE,      /**< after more than 30 s */
    OM_ANSWER_TIMED_OUT, /**< 30 s went by in the capture */
    OM_ANSWER_CUT_SHORT, /**< the session or connection ended before, by the side that should have answered or orderly */
    OM_ANSWER_PREVENTED, /**< ... by the other side's reset */
    OM_ANSWER_PENDING,   /**< the capture ends before */
    OM_ANSWER_NOT_SEEN   /**< the capture does not have the direction, or lost bytes of it */
};

/** Of one object. Owned by the table that om_fates_new() makes. */
struct om_fate {
    gboolean closed;       /**< a connection that carried it was closed behind its last chunk */
    gboolean late_start;   /**< the capture begins in the middle of it */
    gboolean answers_seen; /**< anything of the other direction, an acknowledgement at least */
    gboolean answers_lost; /**< the capture lost bytes of that, or begins in the middle of it */
    gboolean lost;         /**< the capture lost bytes of the sending side that may be the object's */
    guint64 lost_bytes;
    guint32 lost_frame;
    const struct om_connection *closing; /**< the one that was closed */

    /* Of the SENDs nearest to the receiver: behind the last relay, where the capture has those. */
    gboolean near_closed, near_late_start, near_lost;
    const struct om_message *first, *last;
    const struct om_message *refused;                         /**< the first one that was answered with 4xx or 5xx */
    const struct om_message *answers[OM_ANSWER_NOT_SEEN + 1]; /**< the first one of each fate */
    guint counts[OM_ANSWER_NOT_SEEN + 1];
    const struct om_message *unasked;     /**< the last one of which no answer is due */
    const struct om_message *without_end; /**< the last one without an end-line, though nothing is lost */
};

/** struct om_object * -> struct om_fate *, of all objects that MSRP carried. g_hash_table_unref() it. */
GHashTable *om_fates_new(const struct om_msrp_state *state);

enum om_answer om_answer_of(const struct om_message *message);

/** Has its session been released, or its connection closed? */
gboolean om_fate_ended(const struct om_fate *fate, const struct om_object *object);

/** "sender", "relay" or "receiver": who sends on this leg, and who gets it. */
const char *om_leg_sender(const struct om_leg *leg);
const char *om_leg_receiver(const struct om_leg *leg);

/** "1-10, 21-30 (20 bytes)"; g_free() it. */
char *om_gap_text(GArray *gaps);

/** msrp_delivery.c: tells whether it arrived. */
void om_msrp_deliver(struct om_conclusion *conclusion, const struct om_object *object, const struct om_fate *fate);

#endif
