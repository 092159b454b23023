/* sip_heuristic.h
 * Datagrams that stock takes for no SIP, because of their start line, or of line ends before it, and segments that begin
 * with a start line: OMAPUSH_DATA_SIP_HANDED is set where one is, and sip_input.c reads it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_SIP_HEURISTIC_H
#define OMAPUSH_SIP_HEURISTIC_H

/** Once. */
void omapush_sip_heuristic_handoff(void);

#endif
