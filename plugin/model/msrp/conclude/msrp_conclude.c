/* msrp_conclude.c
 * What only the end of the capture proves: missing bytes, responses and reports.
 * Silence where the capture itself may be to blame.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/object/last_hop.h"
#include "model/msrp/msrp_private.h"

/** RFC 4975 section 7.1.1: a transaction times out after 30 s. */
#define RESPONSE_SECONDS 30
#define NANOSECONDS      G_GINT64_CONSTANT(1000000000)

/** What the connections that carried an object say of it. */
struct fate {
    gboolean closed;       /**< a connection that carried it was closed behind its last chunk */
    gboolean late_start;   /**< the capture begins in the middle of it */
    gboolean answers_seen; /**< anything of the other direction */
    gboolean answers_lost; /**< the capture lost bytes of that, or begins in the middle of it */
    gboolean lost;         /**< the capture lost bytes of the sending side that may be the object's */
    guint64 lost_bytes;
    guint32 lost_frame;
    /* The same of those that ended at the receiver. */
    gboolean last_hop_closed;
    gboolean last_hop_late_start;
    gboolean last_hop_lost;
};

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

/* Behind the last relay, if there is one. */
static void
collect_last_hop(struct fate *fate, const struct om_message *message, gboolean lost)
{
    const struct om_connection *connection = message->connection;
    const struct om_direction *dir = &connection->directions[message->direction];

    if (!om_leg_is_last_hop(message->chunk->leg))
        return;
    fate->last_hop_closed = connection->closed && connection->closed_time >= message->time;
    fate->last_hop_late_start |= dir->late_start || !dir->started;
    fate->last_hop_lost |= lost;
}

static void
collect_fate(GHashTable *fates, struct om_connection *connection)
{
    guint64 unplaced[2];

    unplaced_losses(connection, unplaced);
    for (guint i = 0; i < connection->messages->len; i++) {
        const struct om_message *message = g_ptr_array_index(connection->messages, i);
        const struct om_direction *dir = &connection->directions[message->direction];
        const struct om_direction *back = &connection->directions[1 - message->direction];
        struct fate *fate;
        gboolean lost;

        if (!message->chunk)
            continue;
        lost = unplaced[message->direction] || message->chunk->lost;
        fate = g_hash_table_lookup(fates, message->object);
        if (!fate) {
            fate = g_new0(struct fate, 1);
            g_hash_table_insert(fates, message->object, fate);
        }
        fate->closed = connection->closed && connection->closed_time >= message->time;
        fate->late_start |= dir->late_start || !dir->started;
        fate->answers_seen |= back->seen;
        fate->answers_lost |= om_direction_lost(back) || back->late_start;
        collect_last_hop(fate, message, lost);
        if (lost && !fate->lost) {
            fate->lost = TRUE;
            fate->lost_bytes += om_direction_lost(dir);
            fate->lost_frame = om_direction_lost_frame(dir);
        }
    }
}

static char *
gap_text(GArray *gaps)
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

static gboolean
session_ended(const struct om_object *object, const struct fate *fate)
{
    return (object->session && object->session->released) || (fate && fate->closed);
}

static void
conclude_gaps(struct om_conclusion *conclusion, struct om_object *object, const struct fate *fate)
{
    const struct om_chunk *last =
        object->chunks->len ? g_ptr_array_index(object->chunks, object->chunks->len - 1) : NULL;
    gboolean ended = session_ended(object, fate);
    GArray *gaps = om_object_gaps(object);
    char *text = gap_text(gaps);

    if (fate && (fate->lost || object->capture_lost))
        om_conclusion_find(conclusion, OM_RULE_MSRP_CAPTURE_LOSS, object->last_frame, object->session, object,
                           "bytes %s are missing; the capture lost %" G_GUINT64_FORMAT
                           " bytes of the connection before frame %u: if they come later in the file, turn on the TCP "
                           "preference \"Reassemble out-of-order segments\" (tcp.reassemble_out_of_order)",
                           text, MAX(fate->lost_bytes, object->capture_lost),
                           fate->lost_frame ? fate->lost_frame : object->last_frame);
    else if (fate && fate->late_start && gaps->len && g_array_index(gaps, struct om_range, 0).from == 0)
        om_conclusion_find(conclusion, OM_RULE_MSRP_CAPTURE_LOSS, object->last_frame, object->session, object,
                           "bytes %s are missing: the capture begins in the middle of the message", text);
    else if (object->refused_status || object->aborted)
        ; /* MSRP-RESPONSE-ERROR, MSRP-ABORTED say why */
    else if (last && last->ended && last->flag == '+' && !object->last_seen && ended)
        om_conclusion_find(conclusion, OM_RULE_MSRP_UNFINISHED, object->last_frame, object->session, object,
                           "the last chunk (frame %u) ended with \"+\": more was to come, then the session ended; %s%s",
                           last->frame, gaps->len ? "missing: bytes " : "the total is not known",
                           gaps->len ? text : "");
    else if (last && !last->ended && !ended)
        om_conclusion_find(conclusion, OM_RULE_MSRP_CAPTURE_ENDS, object->last_frame, object->session, object,
                           "the capture ends inside the SEND that begins in frame %u%s%s", last->begin_frame,
                           gaps->len ? ": not seen are bytes " : "", gaps->len ? text : "");
    else if (object->last_seen || ended)
        om_conclusion_find(conclusion, OM_RULE_MSRP_GAP, object->last_frame, object->session, object,
                           "the message ended and bytes %s were never sent", text);
    g_free(text);
    g_array_unref(gaps);
}

/* A relay that took all of the message and did not pass all of it on (RFC 4976 section 6). */
static void
conclude_last_hop(struct om_conclusion *conclusion, struct om_object *object, const struct fate *fate)
{
    const struct om_chunk *last = NULL;
    GArray *missing = fate && !fate->last_hop_lost ? om_last_hop_missing(object, &last) : NULL;
    char *text;

    if (!missing)
        return;
    text = gap_text(missing);
    if (fate->last_hop_late_start && g_array_index(missing, struct om_range, 0).from == 0)
        ; /* it may have been sent before the capture began */
    else if (last->flag == '$')
        om_conclusion_find(conclusion, OM_RULE_MSRP_GAP, last->frame, object->session, object,
                           "the message ended on its last hop, from %s to the receiver, and bytes %s were never sent "
                           "there: a relay did not pass on what it got",
                           last->leg->src, text);
    else if (last->flag == '+' && fate->last_hop_closed)
        om_conclusion_find(conclusion, OM_RULE_MSRP_UNFINISHED, last->frame, object->session, object,
                           "the last chunk on the last hop, from %s to the receiver, ended with \"+\", then the "
                           "connection was closed; a relay did not pass on bytes %s",
                           last->leg->src, text);
    g_free(text);
    g_array_unref(missing);
}

static void
conclude_report(struct om_conclusion *conclusion, struct om_object *object, const struct fate *fate)
{
    GArray *missing;
    char *text;

    if (!object->success_report || object->report_frame || !session_ended(object, fate) || object->refused_status ||
        !fate || !fate->answers_seen || fate->answers_lost)
        return;
    for (guint i = 0; i < object->reports->len; i++) {
        if (((const struct om_report *) g_ptr_array_index(object->reports, i))->status != 200)
            return; /* MSRP-REPORT-FAILED says so */
    }
    missing = om_ranges_missing(object->reported, 0, object->total);
    text = gap_text(missing);
    om_conclusion_find(conclusion, OM_RULE_MSRP_REPORT_MISSING, object->last_frame, object->session, object,
                       "a success report was requested and the session ended; not reported: bytes %s", text);
    g_free(text);
    g_array_unref(missing);
}

/* Does the capture go on for as long as a response may take? */
static gboolean
waited_long(const struct om_message *message)
{
    return message->connection->context->last_time - message->time >= RESPONSE_SECONDS * NANOSECONDS;
}

/* No answer to this SEND in time, and it can be told. */
static gboolean
response_missing(const struct om_connection *connection, const struct om_message *message)
{
    const struct om_direction *back = &connection->directions[1 - message->direction];
    const struct om_session *session = message->session;

    if (message->send->failure_report != OM_MSRP_FAILURE_YES || !message->ended || message->end_info.lost)
        return FALSE;
    if (message->response)
        return message->response->time - message->time > RESPONSE_SECONDS * NANOSECONDS;
    /* Half of a connection, or one with holes, proves nothing. */
    if (!back->seen || om_direction_lost(back) || back->late_start)
        return FALSE;
    if (waited_long(message))
        return TRUE;
    return (connection->closed && connection->closed_time >= message->time) ||
           (session && session->released && session->bye_time >= message->time);
}

static void
conclude_response(struct om_conclusion *conclusion, const struct om_message *message)
{
    if (message->response)
        om_conclusion_find(conclusion, OM_RULE_MSRP_RESPONSE_MISSING, message->frame, message->session, message->object,
                           "no response to transaction %s within %d s: it came in frame %u, after %.1f s", message->tid,
                           RESPONSE_SECONDS, message->response->frame,
                           (double) (message->response->time - message->time) / NANOSECONDS);
    else
        om_conclusion_find(conclusion, OM_RULE_MSRP_RESPONSE_MISSING, message->frame, message->session, message->object,
                           "no response to transaction %s%s", message->tid,
                           waited_long(message)
                               ? " within " G_STRINGIFY(RESPONSE_SECONDS) " s"
                               : ": the session ended before " G_STRINGIFY(RESPONSE_SECONDS) " s were over");
}

static void
conclude_messages(struct om_conclusion *conclusion, const struct om_connection *connection)
{
    for (guint i = 0; i < connection->messages->len; i++) {
        const struct om_message *message = g_ptr_array_index(connection->messages, i);

        if (!om_message_is_push(message))
            continue;
        om_report_conclude(message, conclusion);
        if (message->send && response_missing(connection, message))
            conclude_response(conclusion, message);
        if (message->unknown && !message->request &&
            !om_direction_lost(&connection->directions[1 - message->direction]))
            om_conclusion_find(conclusion, OM_RULE_MSRP_RESPONSE_UNKNOWN, message->frame, message->session, NULL,
                               "no request with transaction id %s was seen on this connection", message->tid);
        /* Findings of a message that never ended. */
        if (message->findings) {
            message->findings->session = message->session;
            message->findings->object = message->object;
            om_finding_queue_conclude(message->findings, message->frame, conclusion);
        }
    }
}

void
om_msrp_conclude(struct om_msrp_state *state, struct om_conclusion *conclusion)
{
    GHashTable *fates = g_hash_table_new_full(NULL, NULL, NULL, g_free);

    for (guint i = 0; i < state->connections->len; i++) {
        struct om_connection *connection = g_ptr_array_index(state->connections, i);

        collect_fate(fates, connection);
        conclude_messages(conclusion, connection);
    }
    for (guint i = 0; i < state->all_objects->all->len; i++) {
        struct om_object *object = g_ptr_array_index(state->all_objects->all, i);
        const struct fate *fate = g_hash_table_lookup(fates, object);

        if (object->carrier != OM_CARRIER_MSRP)
            continue;
        if (om_object_state(object) == OM_COMPLETE) {
            conclude_last_hop(conclusion, object, fate);
            conclude_report(conclusion, object, fate);
        } else {
            conclude_gaps(conclusion, object, fate);
        }
    }
    g_hash_table_unref(fates);
}
