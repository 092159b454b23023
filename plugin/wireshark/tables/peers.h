/* peers.h
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_PEERS_H
#define OMAPUSH_PEERS_H

/** The table of hosts. */
void omapush_peers_register(void);

#endif
