/* carrier.c
 * What TCP tells beside the bytes: of those that the capture lost below TLS and WebSocket, and whose segments it has.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/msrp/msrp_private.h"
#include "model/msrp/msrp_events.h"
#include "model/session/ways.h"

static void
carry(struct om_direction *dir, guint32 frame, guint32 from, guint32 to)
{
    if (dir->carried && (gint32) (from - dir->carried_to) > 0) {
        if (!dir->carrier_lost)
            dir->carrier_frame = frame;
        dir->carrier_lost += from - dir->carried_to;
    }
    if (!dir->carried || (gint32) (to - dir->carried_to) > 0)
        dir->carried_to = to;
    dir->carried = TRUE;
}

/* Before there was a connection of ours. */
static void
note_lost_before(struct om_connection *connection, guint direction, const struct om_frame *frame)
{
    guint64 lost[2] = {0, 0};
    guint32 number = om_ways_lost(connection->state->all_sessions->ways, frame, lost);

    for (guint i = 0; number && i < 2; i++) {
        struct om_direction *dir = &connection->directions[i ? 1 - direction : direction];

        dir->carrier_lost = lost[i];
        dir->carrier_frame = number;
    }
}

void
om_connection_carried(struct om_connection *connection, guint direction, const struct om_frame *frame, guint32 seq,
                      guint32 next)
{
    if (!connection->directions[0].carried && !connection->directions[1].carried)
        note_lost_before(connection, direction, frame);
    carry(&connection->directions[direction], frame->number, seq, next);
}

void
om_connection_carrier_acknowledged(struct om_connection *connection, guint direction, guint32 frame, guint32 ack)
{
    struct om_direction *dir = &connection->directions[direction];

    /* A FIN takes a number, too. */
    if (dir->carried && (gint32) (ack - dir->carried_to) > 1)
        carry(dir, frame, ack, ack);
}

void
om_connection_heard(struct om_connection *connection, guint direction)
{
    connection->directions[direction].heard = TRUE;
}

void
om_connection_taken(struct om_connection *connection, guint direction)
{
    connection->directions[direction].taken = TRUE;
}
