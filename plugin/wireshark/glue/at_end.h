/* at_end.h
 * What only the end of a capture proves, in time for the outputs that Wireshark draws itself.
 *
 * In tshark's one pass an object is final at the end of the file, and the stock draw
 * callbacks of tables, trees and exports come right then. Listeners are drawn in
 * reverse order of registration: one registered while frames come is drawn first.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_AT_END_H
#define OMAPUSH_AT_END_H

#include <glib.h>

/** Static, one for each output: as long-lived as the program, as its listener is. */
struct om_at_end {
    void (*finish)(void); /**< must bear being called again, and with nothing to do */
    gboolean armed;
};

/** Has finish() called before the draws. Called for each tapped frame of a first visit; registers once. */
void om_at_end(struct om_at_end *at_end);

#endif
