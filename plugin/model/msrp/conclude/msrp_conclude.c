/* msrp_conclude.c
 * What only the end of the capture proves: missing bytes, responses and reports.
 * Silence where the capture itself may be to blame.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "fate.h"

#include "model/object/last_hop.h"

static void
conclude_gaps(struct om_conclusion *conclusion, struct om_object *object, const struct om_fate *fate)
{
    const struct om_chunk *last =
        object->chunks->len ? g_ptr_array_index(object->chunks, object->chunks->len - 1) : NULL;
    gboolean ended = om_fate_ended(fate, object);
    GArray *gaps = om_object_gaps(object);
    char *text = om_gap_text(gaps);

    if (fate && (fate->lost || object->capture_lost) && object->context->frames.cut)
        om_conclusion_find(conclusion, OM_RULE_MSRP_CAPTURE_LOSS, object->last_frame, object->session, object,
                           "bytes %s are missing: frames are cut, the capture has the beginning of each only", text);
    else if (fate && (fate->lost || object->capture_lost))
        om_conclusion_find(conclusion, OM_RULE_MSRP_CAPTURE_LOSS, object->last_frame, object->session, object,
                           "bytes %s are missing; the capture lost %" G_GUINT64_FORMAT
                           " bytes of the connection before frame %u",
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
    else
        om_conclusion_find(conclusion, OM_RULE_MSRP_CAPTURE_ENDS, object->last_frame, object->session, object,
                           "the capture ends before the rest of the message is sent%s%s",
                           gaps->len ? ": not seen are bytes " : "", gaps->len ? text : "");
    g_free(text);
    g_array_unref(gaps);
}

/* All bytes came, and still its receiver cannot know that it is over. */
static void
conclude_end(struct om_conclusion *conclusion, struct om_object *object, const struct om_fate *fate)
{
    if (fate && fate->without_end && om_fate_ended(fate, object))
        om_conclusion_find(conclusion, OM_RULE_MSRP_UNFINISHED, fate->without_end->frame, object->session, object,
                           "the last SEND (transaction %s) has no end-line, then the session ended",
                           fate->without_end->tid);
}

/* A relay that took all of the message and did not pass all of it on (RFC 4976 section 6). */
static void
conclude_last_hop(struct om_conclusion *conclusion, struct om_object *object, const struct om_fate *fate)
{
    const struct om_chunk *last = NULL;
    GArray *missing = fate && !fate->near_lost ? om_last_hop_missing(object, &last) : NULL;
    char *text;

    if (!missing)
        return;
    text = om_gap_text(missing);
    if (fate->near_late_start && g_array_index(missing, struct om_range, 0).from == 0)
        ; /* it may have been sent before the capture began */
    else if (last->flag == '$')
        om_conclusion_find(conclusion, OM_RULE_MSRP_GAP, last->frame, object->session, object,
                           "the message ended on its last hop, from %s to the receiver, and bytes %s were never sent "
                           "there: a relay did not pass on what it got",
                           last->leg->src, text);
    else if (last->flag == '+' && fate->near_closed)
        om_conclusion_find(conclusion, OM_RULE_MSRP_UNFINISHED, last->frame, object->session, object,
                           "the last chunk on the last hop, from %s to the receiver, ended with \"+\", then the "
                           "connection was closed; a relay did not pass on bytes %s",
                           last->leg->src, text);
    g_free(text);
    g_array_unref(missing);
}

static void
conclude_report(struct om_conclusion *conclusion, struct om_object *object, const struct om_fate *fate)
{
    GArray *missing;
    char *text;

    if (!object->success_report || object->report_frame || !om_fate_ended(fate, object) || object->refused_status ||
        !fate || !fate->answers_seen || fate->answers_lost)
        return;
    for (guint i = 0; i < object->reports->len; i++) {
        if (((const struct om_report *) g_ptr_array_index(object->reports, i))->status != 200)
            return; /* MSRP-REPORT-FAILED says so */
    }
    missing = om_ranges_missing(object->reported, 0, object->total);
    text = om_gap_text(missing);
    om_conclusion_find(conclusion, OM_RULE_MSRP_REPORT_MISSING, object->last_frame, object->session, object,
                       "a success report was requested and the session ended; not reported: bytes %s", text);
    g_free(text);
    g_array_unref(missing);
}

static void
conclude_response(struct om_conclusion *conclusion, const struct om_message *message)
{
#define ANSWER(rule, ...) \
    om_conclusion_find(conclusion, rule, message->frame, message->session, message->object, __VA_ARGS__)
    switch (om_answer_of(message)) {
    case OM_ANSWER_LATE:
        ANSWER(OM_RULE_MSRP_RESPONSE_MISSING,
               "no response to transaction %s within %d s: it came in frame %u, after %.1f s", message->tid,
               OM_RESPONSE_SECONDS, message->response->frame,
               (double) (message->response->time - message->time) / OM_NANOSECONDS);
        break;
    case OM_ANSWER_TIMED_OUT:
        ANSWER(OM_RULE_MSRP_RESPONSE_TIMEOUT, "no response to transaction %s within %d s", message->tid,
               OM_RESPONSE_SECONDS);
        break;
    case OM_ANSWER_CUT_SHORT:
        ANSWER(OM_RULE_MSRP_RESPONSE_MISSING, "no response to transaction %s: the session ended before %d s were over",
               message->tid, OM_RESPONSE_SECONDS);
        break;
    default:
        break;
    }
#undef ANSWER
}

static void
conclude_messages(struct om_conclusion *conclusion, const struct om_connection *connection)
{
    for (guint i = 0; i < connection->messages->len; i++) {
        const struct om_message *message = g_ptr_array_index(connection->messages, i);

        if (!om_message_is_push(message))
            continue;
        om_report_conclude(message, conclusion);
        if (message->send)
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
    GHashTable *fates = om_fates_new(state);

    for (guint i = 0; i < state->connections->len; i++)
        conclude_messages(conclusion, g_ptr_array_index(state->connections, i));
    for (guint i = 0; i < state->all_objects->all->len; i++) {
        struct om_object *object = g_ptr_array_index(state->all_objects->all, i);
        const struct om_fate *fate = g_hash_table_lookup(fates, object);

        if (object->carrier != OM_CARRIER_MSRP)
            continue;
        if (om_object_state(object) == OM_COMPLETE) {
            om_report_settle(object); /* a last SEND whose end the capture cut has not done so */
            conclude_end(conclusion, object, fate);
            conclude_last_hop(conclusion, object, fate);
            conclude_report(conclusion, object, fate);
        } else {
            conclude_gaps(conclusion, object, fate);
        }
        om_msrp_deliver(conclusion, object, fate);
    }
    g_hash_table_unref(fates);
}
