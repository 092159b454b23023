/* tables.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "tables.h"

#include "peers.h"
#include "sessions.h"
#include "transfers.h"

void
omapush_tables_register(void)
{
    omapush_transfers_register();
    omapush_sessions_register();
    omapush_peers_register();
}
