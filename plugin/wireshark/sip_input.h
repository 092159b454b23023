/* sip_input.h
 * SIP messages into the model: a postdissector that reads the bytes of every `sip` item.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_SIP_INPUT_H
#define OMAPUSH_SIP_INPUT_H

#include "plugin.h"

void omapush_sip_register(void);
void omapush_sip_handoff(void);

#endif
