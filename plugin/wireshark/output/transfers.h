/* transfers.h
 * -z omapush,transfers[,FILTER] and the same table in the GUI: one row per object.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_TRANSFERS_H
#define OMAPUSH_TRANSFERS_H

void omapush_register_transfers(void);

#endif
