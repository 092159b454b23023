/* msrp_traffic.c
 * What the MSRP connections say of sessions and of the ways on which objects came, told anew before each conclusion.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/msrp/msrp_uri.h"
#include "model/msrp/msrp_private.h"

/** Binding SENDs of a session that are kept. */
#define BINDS_MAX 64

/* Has the capture holes in this direction that may have held more messages? What it lost within the body of a SEND whose
 * end was seen was nothing else. */
static gboolean
has_holes(const struct om_connection *connection, guint direction)
{
    const struct om_direction *dir = &connection->directions[direction];
    guint64 lost = om_direction_lost(dir);

    for (guint i = 0; lost && i < connection->messages->len; i++) {
        const struct om_message *message = g_ptr_array_index(connection->messages, i);

        if (message->direction == direction && message->chunk && message->ended && !message->end_info.lost)
            lost -= MIN(lost, message->chunk->lost);
    }
    return lost || dir->late_start || (dir->seen && !dir->started);
}

static char *
key_of(const char *path)
{
    return path ? om_msrp_uri_key(om_msrp_path_last(om_slice_str(path))) : NULL;
}

/* An empty SEND that is no object (RFC 4975 section 5.4): which m-line it binds. */
static void
note_bind(const struct om_connection *connection, const struct om_message *message, struct om_traffic *traffic)
{
    char *from = key_of(message->from_path), *to = key_of(message->to_path);
    struct om_bind bind = {.frame = message->frame, .time = message->time, .waited_to = connection->context->last_time};
    struct om_session_match match;

    if (from && to && traffic->binds->len < BINDS_MAX &&
        om_session_by_endpoints(connection->state->all_sessions, from, to, &match) &&
        match.session == message->session) {
        bind.exchange = match.exchange;
        bind.media_index = match.media_index;
        bind.from_offerer = match.from_offerer;
        bind.answer_frame = message->response ? message->response->frame : 0;
        bind.status = message->response ? message->response->status : 0;
        if (connection->closed)
            bind.waited_to = MIN(bind.waited_to, connection->closed_time);
        g_array_append_val(traffic->binds, bind);
    }
    g_free(from);
    g_free(to);
}

static void
note_message(const struct om_connection *connection, const struct om_message *message, const gboolean holes[2])
{
    struct om_traffic *traffic = message->session ? &message->session->traffic : NULL;
    const struct om_direction *dir = &connection->directions[message->direction];
    guint32 lost = om_direction_lost_frame(dir);

    if (message->object && holes[message->direction])
        message->object->neighbours_lost = TRUE;
    if (!traffic)
        return;
    if (!traffic->binds)
        traffic->binds = g_array_new(FALSE, FALSE, sizeof(struct om_bind));
    if (!traffic->first_frame || message->begin_frame < traffic->first_frame)
        traffic->first_frame = message->begin_frame;
    traffic->requests |= message->send != NULL;
    if (holes[0] || holes[1]) {
        traffic->holes = TRUE;
        if (!traffic->lost_frame)
            traffic->lost_frame = om_direction_lost(dir) ? lost : message->begin_frame;
    }
    if (connection->closed && connection->closed_time >= message->time)
        traffic->closed_frame = connection->closed_frame;
    if (message->send && !message->object && message->ended && !message->body_length)
        note_bind(connection, message, traffic);
}

static void
forget(struct om_msrp_state *state)
{
    for (guint i = 0; i < state->all_sessions->pushes->len; i++)
        om_traffic_clear(&((struct om_session *) g_ptr_array_index(state->all_sessions->pushes, i))->traffic);
    for (guint i = 0; i < state->all_objects->all->len; i++)
        ((struct om_object *) g_ptr_array_index(state->all_objects->all, i))->neighbours_lost = FALSE;
}

void
om_msrp_note_traffic(struct om_msrp_state *state)
{
    forget(state);
    for (guint i = 0; i < state->connections->len; i++) {
        const struct om_connection *connection = g_ptr_array_index(state->connections, i);
        const gboolean holes[] = {has_holes(connection, 0), has_holes(connection, 1)};

        for (guint k = 0; k < connection->messages->len; k++) {
            const struct om_message *message = g_ptr_array_index(connection->messages, k);

            if (message->object || (message->session && message->session->id))
                note_message(connection, message, holes);
        }
    }
}
