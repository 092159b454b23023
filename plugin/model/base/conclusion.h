/* conclusion.h
 * What holds if nothing more comes: all findings, those proved by events and those that only the end of the capture
 * proves (no answer, gaps, missing responses and reports).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_CONCLUSION_H
#define OM_CONCLUSION_H

#include "context.h"
#include "outcome.h"

/** Good for one generation of its context, and as long as no time goes by. Owned by whoever made it. */
struct om_conclusion {
    guint64 generation;
    gint64 time;               /**< of the last frame: timers that ran until then */
    GPtrArray *findings;       /**< struct om_finding *, by frame, then in order of events */
    GPtrArray *groups;         /**< struct om_finding_group *: the same, each rule once for an object */
    GPtrArray *own;            /**< the derived ones, owned here */
    GHashTable *by_frame;      /**< frame number -> GPtrArray of struct om_finding * */
    GHashTable *by_object;     /**< struct om_object * -> GPtrArray of struct om_finding * */
    GHashTable *worst;         /**< struct om_object * -> 1 + the worst severity of its findings */
    GHashTable *worst_loose;   /**< struct om_session * (NULL: none) -> its gravest struct om_finding * of no object */
    GHashTable *carried;       /**< struct om_file * -> struct om_object *: the first that carried it */
    GHashTable *outcomes;      /**< object, offered file or session (by its address) -> struct om_outcome *, owned */
    struct om_outcome capture; /**< the worst of all */
    GHashTable *peer_table;    /**< their addresses (interned) -> struct om_peer * */
    GPtrArray *peers;          /**< whoever took part (model/peers.h), owned */
    GPtrArray *reasons;        /**< char *, owned: why the capture is no pass, worst first */
};

/** Empty: the sides add what they derive, om_conclusion_sort() makes it whole. */
struct om_conclusion *om_conclusion_new(const struct om_context *context);
void om_conclusion_free(struct om_conclusion *conclusion);

/** Adds a derived finding. */
void om_conclusion_find(struct om_conclusion *conclusion, enum om_rule rule, guint32 frame, struct om_session *session,
                        struct om_object *object, const char *format, ...) G_GNUC_PRINTF(6, 7);

/**
 * What is known of whether an object, an offered file or a session arrived. Told again, the later one counts.
 * @param what    its address
 * @param format  the first cause, its frame and its side; NULL: nothing to say
 */
void om_conclusion_deliver(struct om_conclusion *conclusion, const void *what, enum om_delivery delivery,
                           const char *format, ...) G_GNUC_PRINTF(4, 5);

/** NULL where nothing was told of it. */
struct om_outcome *om_conclusion_outcome(const struct om_conclusion *conclusion, const void *what);

/** Joins the derived findings to those that events proved, in order. Once, when all were added. */
void om_conclusion_sort(struct om_conclusion *conclusion, const struct om_context *context);

#endif
