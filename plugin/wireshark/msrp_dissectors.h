/* msrp_dissectors.h
 * What TCP, TLS and WebSocket call for MSRP, and how they find out that it is.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_MSRP_DISSECTORS_H
#define OMAPUSH_MSRP_DISSECTORS_H

void omapush_msrp_dissectors_register(void);
void omapush_msrp_dissectors_handoff(void);

#endif
