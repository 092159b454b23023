/* menu.h
 * The menu "OMA Push" of Wireshark's own menu bar: about the frame that is selected.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_MENU_H
#define OMAPUSH_MENU_H

void omapush_menu_register(void);

#endif
