/* fate.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "fate.h"

#include "model/object/last_hop.h"

/* Bytes that each direction lost, but for those that lie in the body of a SEND whose end was seen: these are no other
 * object's. */
static void
unplaced_losses(const struct om_connection *connection, guint64 lost[2])
{
    for (guint i = 0; i < 2; i++)
        lost[i] = om_direction_lost(&connection->directions[i]);
    if (!lost[0] && !lost[1])
        return;
    for (guint i = 0; i < connection->messages->len; i++) {
        const struct om_message *message = g_ptr_array_index(connection->messages, i);

        if (message->chunk && message->ended && !message->end_info.lost)
            lost[message->direction] -= MIN(lost[message->direction], message->chunk->lost);
    }
}

/* --- answers --- */

static const struct om_direction *
back_of(const struct om_message *message)
{
    return &message->connection->directions[1 - message->direction];
}

/* Did the session or the connection end behind this SEND, and was it the sender's reset that made an answer impossible? */
static enum om_answer
cut_short(const struct om_message *message)
{
    const struct om_connection *connection = message->connection;
    const struct om_session *session = message->session;

    if (connection->closed && connection->closed_time >= message->time)
        return connection->closed_hard && connection->closed_by == message->direction ? OM_ANSWER_PREVENTED
                                                                                      : OM_ANSWER_CUT_SHORT;
    return session && session->released && session->bye_time >= message->time ? OM_ANSWER_CUT_SHORT : OM_ANSWER_PENDING;
}

/** No sender has more on its way than a window without scaling before the first acknowledgement comes. */
#define UNACKNOWLEDGED_MAX 65535

/* Is this direction in the capture? Of one with a SYN-ACK alone it has lost the rest where the other side went on beyond
 * what it may send unacknowledged. */
static gboolean
is_heard(const struct om_direction *back)
{
    const struct om_direction *forth = &back->connection->directions[back == &back->connection->directions[0]];

    return back->heard || (back->taken && om_stream_position(forth->stream) <= UNACKNOWLEDGED_MAX);
}

enum om_answer
om_answer_of(const struct om_message *message)
{
    const struct om_direction *back = back_of(message);

    if (message->response)
        return message->response->time - message->time > OM_RESPONSE_SECONDS * OM_NANOSECONDS ? OM_ANSWER_LATE
                                                                                              : OM_ANSWER_CAME;
    if (message->send->failure_report != OM_MSRP_FAILURE_YES || !message->ended || message->end_info.lost)
        return OM_ANSWER_NONE_DUE;
    if (!is_heard(back) || om_direction_lost(back) || back->late_start)
        return OM_ANSWER_NOT_SEEN; /* half of a connection, or one with holes, proves nothing */
    if (message->connection->context->last_time - message->time >= OM_RESPONSE_SECONDS * OM_NANOSECONDS &&
        !(message->connection->closed_hard && message->connection->closed_by == message->direction &&
          message->connection->closed_time - message->time < OM_RESPONSE_SECONDS * OM_NANOSECONDS))
        return OM_ANSWER_TIMED_OUT;
    return cut_short(message);
}

/* --- what is nearest to the receiver --- */

static void
note_answer(struct om_fate *fate, const struct om_message *message)
{
    enum om_answer answer = om_answer_of(message);

    if (!fate->answers[answer])
        fate->answers[answer] = message;
    fate->counts[answer]++;
    if (answer == OM_ANSWER_NONE_DUE)
        fate->unasked = message;
    if (message->response && message->response->status >= 400 && !message->chunk->overcome && !fate->refused)
        fate->refused = message;
}

static void
collect_near(struct om_fate *fate, const struct om_message *message, gboolean lost)
{
    const struct om_connection *connection = message->connection;
    const struct om_direction *dir = &connection->directions[message->direction];

    fate->near_closed = connection->closed && connection->closed_time >= message->time;
    fate->near_late_start |= dir->late_start || !dir->started;
    fate->near_lost |= lost;
    if (!fate->first)
        fate->first = message;
    fate->last = message;
    fate->without_end = !lost && (!message->ended || message->end_info.lost) ? message : NULL;
    note_answer(fate, message);
}

/* Where the capture has SENDs behind the last relay these tell, else all. */
static gboolean
is_near(const struct om_object *object, const struct om_leg *leg)
{
    if (om_leg_is_last_hop(leg))
        return TRUE;
    for (guint i = 0; i < object->legs->len; i++) {
        if (om_leg_is_last_hop(g_ptr_array_index(object->legs, i)))
            return FALSE;
    }
    return TRUE;
}

static struct om_fate *
fate_of(GHashTable *fates, struct om_object *object)
{
    struct om_fate *fate = g_hash_table_lookup(fates, object);

    if (!fate) {
        fate = g_new0(struct om_fate, 1);
        g_hash_table_insert(fates, object, fate);
    }
    return fate;
}

static void
collect(GHashTable *fates, const struct om_connection *connection)
{
    guint64 unplaced[2];

    unplaced_losses(connection, unplaced);
    for (guint i = 0; i < connection->messages->len; i++) {
        const struct om_message *message = g_ptr_array_index(connection->messages, i);
        const struct om_direction *dir = &connection->directions[message->direction];
        const struct om_direction *back = &connection->directions[1 - message->direction];
        struct om_fate *fate;
        gboolean lost;

        if (!message->chunk)
            continue;
        lost = unplaced[message->direction] || message->chunk->lost;
        fate = fate_of(fates, message->object);
        fate->closed = connection->closed && connection->closed_time >= message->time;
        fate->closing = fate->closed ? connection : NULL;
        fate->late_start |= dir->late_start || !dir->started;
        fate->answers_seen |= is_heard(back);
        fate->answers_lost |= om_direction_lost(back) || back->late_start;
        if (is_near(message->object, message->chunk->leg))
            collect_near(fate, message, lost);
        if (lost && !fate->lost) {
            fate->lost = TRUE;
            fate->lost_bytes += om_direction_lost(dir);
            fate->lost_frame = om_direction_lost_frame(dir);
        }
    }
}

GHashTable *
om_fates_new(const struct om_msrp_state *state)
{
    GHashTable *fates = g_hash_table_new_full(NULL, NULL, NULL, g_free);

    for (guint i = 0; i < state->connections->len; i++)
        collect(fates, g_ptr_array_index(state->connections, i));
    return fates;
}

gboolean
om_fate_ended(const struct om_fate *fate, const struct om_object *object)
{
    return (object->session && object->session->released) || (fate && fate->closed);
}

/* --- words --- */

/* Does a path name more than one host? The keys of its URIs have a space behind each. */
static gboolean
has_relays(const char *path)
{
    const char *space = path ? strchr(path, ' ') : NULL;

    return space && space[1];
}

const char *
om_leg_sender(const struct om_leg *leg)
{
    return has_relays(leg->from_path) ? "relay" : "sender";
}

const char *
om_leg_receiver(const struct om_leg *leg)
{
    return has_relays(leg->to_path) ? "relay" : "receiver";
}

char *
om_gap_text(GArray *gaps)
{
    GString *text = g_string_new(NULL);
    guint64 missing = 0;

    for (guint i = 0; i < gaps->len; i++) {
        const struct om_range *gap = &g_array_index(gaps, struct om_range, i);

        missing += gap->to - gap->from;
        if (i < 8)
            g_string_append_printf(text, "%s%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, i ? ", " : "", gap->from + 1,
                                   gap->to);
    }
    if (gaps->len > 8)
        g_string_append_printf(text, " and %u more", gaps->len - 8);
    g_string_append_printf(text, " (%" G_GUINT64_FORMAT " bytes)", missing);
    return g_string_free(text, FALSE);
}
