/* msrp_state.h
 * The MSRP side as the model on top has it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_MSRP_STATE_H
#define OM_MSRP_STATE_H

#include "msrp_events.h"

#include "model/base/conclusion.h"
#include "model/object/object.h"

struct om_msrp_state;

/** The lists are borrowed; findings go to their context. */
struct om_msrp_state *om_msrp_state_new(struct om_sessions *sessions, struct om_objects *objects);
void om_msrp_state_free(struct om_msrp_state *state);
/** Tells sessions and objects what their connections say of them: before any conclusion about them. */
void om_msrp_note_traffic(struct om_msrp_state *state);
/** No more frames for now: what waits for missing bytes is framed without them. Costs nothing where nothing waits.
 * @return TRUE where that changed anything */
gboolean om_msrp_capture_ends(struct om_msrp_state *state);
/** Adds what only the end of the capture proves. */
void om_msrp_conclude(struct om_msrp_state *state, struct om_conclusion *conclusion);

/** A connection, made at its first MSRP bytes. Owned by the MSRP room. */
struct om_connection *om_connection_new(struct om_msrp_state *state, enum om_transport transport);

/** Has any connection been made? Where there is none, no payload needs to be looked up. */
gboolean om_msrp_has_connections(const struct om_msrp_state *state);

#endif
