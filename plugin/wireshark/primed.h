/* primed.h
 * The items that the postdissector reads are in every tree, also at later visits.
 *
 * set_postdissector_wanted_hfids() holds for the first pass only: `tshark -2`, retaps, a
 * selected packet and sharkd's frames are dissected again without it, and a tree that is not
 * shown leaves out what nobody asked for.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_PRIMED_H
#define OMAPUSH_PRIMED_H

#include <glib.h>

/** Which items: field ids (int). Called once, at handoff. Takes a copy. */
void omapush_primed_fields(const GArray *fields);

/** From now on they are asked for at every visit: there is something to show. Cheap when called again. */
void omapush_stay_primed(void);

/** Called once, while the plugin is registered. */
void omapush_register_primed(void);

#endif
