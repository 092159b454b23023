/* tables.h
 * -z omapush,transfers, omapush,sessions and omapush,peers, and their windows in the Telephony menu.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_TABLES_H
#define OMAPUSH_TABLES_H

void omapush_tables_register(void);

#endif
