/* transfers.h
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_TRANSFERS_H
#define OMAPUSH_TRANSFERS_H

/** The table of objects. */
void omapush_transfers_register(void);

#endif
