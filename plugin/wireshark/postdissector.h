/* postdissector.h
 * The last to see a frame: SIP and the segments that TCP kept back are read, and the tap is told what the frame was.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_POSTDISSECTOR_H
#define OMAPUSH_POSTDISSECTOR_H

void omapush_postdissector_register(void);

#endif
