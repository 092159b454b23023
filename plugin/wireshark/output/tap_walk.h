/* tap_walk.h
 * From tap records to what they are about: the registrations, sessions and objects that tapped frames belong to.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_TAP_WALK_H
#define OMAPUSH_TAP_WALK_H

#include "tap.h"

/**
 * What the tapped frames of one pass belong to, each once, in order of first tapped frame.
 * Owned by an output; what it points to is the model's: clear it before that goes.
 */
struct om_selection {
    struct om_model *model;   /**< of the records added; NULL: none added */
    GPtrArray *registrations; /**< struct om_registration * */
    GPtrArray *sessions;      /**< struct om_session *; the id may still be 0: no push (yet) */
    GPtrArray *objects;       /**< struct om_object * */
    GHashTable *members;      /**< all of these, as a set */
    GHashTable *frames;       /**< frame numbers, as a set */
    GPtrArray *undecided;     /**< GPtrArray * of struct om_payload *: what their bytes are may be known later only */
    guint32 last_frame;
};

void om_selection_init(struct om_selection *selection);
void om_selection_clear(struct om_selection *selection);
void om_selection_free(struct om_selection *selection);

/** Adds what the record's frame belongs to. A record of another model, or of an earlier frame, begins anew. */
void om_selection_add(struct om_selection *selection, const struct om_tap_record *record);

/** The first pass is over: adds what was not known when a frame was tapped. Before what was selected is used. */
void om_selection_end(struct om_selection *selection);

/** @param member  a registration, session or object */
gboolean om_selection_has(const struct om_selection *selection, const void *member);

/** Is the finding at one of the frames, or does its object or session belong to them? */
gboolean om_selection_has_finding(const struct om_selection *selection, const struct om_finding *finding);

/** The same of one of these that are told as one. */
gboolean om_selection_has_group(const struct om_selection *selection, const struct om_finding_group *group);

/** What the frame is part of, by SIP first, else by MSRP. */
enum om_procedure om_tap_record_procedure(const struct om_tap_record *record);
/** The same of its MSRP payloads (struct om_payload *, or NULL) alone: it may be known at the end of the first pass only. */
enum om_procedure om_tap_calls_procedure(const GPtrArray *calls);

#endif
