/* msrp_delivery.c
 * Did an object that MSRP carried arrive? The first that holds: refused, failed, unknown, unconfirmed, confirmed, accepted;
 * each with its first cause. Where relays are on the way, what is nearest to the receiver counts.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "fate.h"

#include "model/object/last_hop.h"

#define DELIVER(what, ...) om_conclusion_deliver(conclusion, object, OM_DELIVERY_##what, __VA_ARGS__)

/** What is looked at. */
#define PARAMETERS struct om_conclusion *conclusion, const struct om_object *object, const struct om_fate *fate

static const char *
name_of(const struct om_object *object)
{
    return object->message_id ? object->message_id : "";
}

/* --- refused --- */

static const struct om_report *
failed_report(const struct om_object *object)
{
    for (guint i = 0; i < object->reports->len; i++) {
        const struct om_report *report = g_ptr_array_index(object->reports, i);

        if (report->status != 200 && report->status)
            return report;
    }
    return NULL;
}

/* Was what is nearest to the receiver refused, and not taken all the same afterwards? */
static gboolean
is_refused(PARAMETERS)
{
    const struct om_message *refused = fate->refused;
    const struct om_report *report = failed_report(object);

    if (refused && !(object->report_frame > refused->response->frame)) {
        const struct om_session *session = object->session;
        gboolean early = session && session->answer_frame > refused->frame && session->status / 100 == 2;

        DELIVER(REFUSED, "frame %u: the %s answered the SEND of frame %u with %u, %s (%s)%s", refused->response->frame,
                om_leg_receiver(refused->chunk->leg), refused->frame, refused->response->status,
                om_status_meaning(refused->response->status), om_leg_receiver(refused->chunk->leg),
                early ? "; it was sent before the 200 that accepts the session" : "");
        return TRUE;
    }
    if (report) {
        DELIVER(REFUSED, "frame %u: a REPORT tells of failure: %u, %s (%s)", report->frame, report->status,
                om_status_meaning(report->status), report->by_relay ? "relay" : "receiver");
        return TRUE;
    }
    return FALSE;
}

/* --- failed --- */

/* How the way ended, with its frame and side; g_free() it. */
static char *
end_text(const struct om_object *object, const struct om_fate *fate)
{
    const struct om_session *session = object->session;
    const struct om_connection *connection = fate->closing;
    gboolean by_sender;

    if (connection && (!session || !session->released || connection->closed_time <= session->bye_time)) {
        by_sender = connection->closed_by == fate->last->direction;
        return g_strdup_printf(
            "frame %u: the %s %s the connection (%s)", connection->closed_frame,
            by_sender ? om_leg_sender(fate->last->chunk->leg) : om_leg_receiver(fate->last->chunk->leg),
            connection->closed_hard ? "reset (RST)" : "closed (FIN)",
            by_sender ? om_leg_sender(fate->last->chunk->leg) : om_leg_receiver(fate->last->chunk->leg));
    }
    by_sender = object->match.exchange &&
                (object->match.from_offerer == object->match.exchange->by_caller) != session->bye_by_callee;
    return g_strdup_printf("frame %u: the %s ended the session with BYE (%s)", session->bye_frame,
                           by_sender ? "sender" : "receiver", by_sender ? "sender" : "receiver");
}

static const struct om_chunk *
chunk_without_place(const struct om_object *object)
{
    for (guint i = 0; i < object->chunks->len; i++) {
        const struct om_chunk *chunk = g_ptr_array_index(object->chunks, i);

        if (chunk->placeless && chunk->length)
            return chunk;
    }
    return NULL;
}

/* Of the connection: with it the capture begins to know of the message. */
static guint32
first_payload_frame(const struct om_fate *fate)
{
    return ((const struct om_payload *) g_ptr_array_index(fate->first->connection->payloads, 0))->frame;
}

/* Did the capture lose what is missing, or was it cut, or begin too late? Tells so. */
static gboolean
capture_is_to_blame(PARAMETERS)
{
    GArray *gaps = om_object_gaps(object);
    gboolean first_missing = gaps->len && g_array_index(gaps, struct om_range, 0).from == 0;
    char *text = om_gap_text(gaps);
    gboolean told = TRUE;

    if ((fate->lost || object->capture_lost) && object->context->frames.cut)
        DELIVER(UNKNOWN,
                "frame %u: frames are cut (capture): %s of bytes %s is known, for the capture kept only the "
                "beginning of each frame (snap length)",
                object->first_frame, "nothing", text);
    else if (fate->lost || object->capture_lost)
        DELIVER(UNKNOWN,
                "frame %u: the capture lost bytes before it (capture); whether bytes %s arrived cannot be told",
                fate->lost_frame ? fate->lost_frame : object->last_frame, text);
    else if (fate->late_start && first_missing)
        DELIVER(UNKNOWN, "frame %u: the capture begins in the middle of the message (capture); bytes %s are not in it",
                first_payload_frame(fate), text);
    else
        told = FALSE;
    g_free(text);
    g_array_unref(gaps);
    return told;
}

/* Not all of it is held, and the capture has all there was. */
static void
deliver_incomplete(PARAMETERS)
{
    GArray *gaps = om_object_gaps(object);
    char *missing = gaps->len ? om_gap_text(gaps) : g_strdup("of which the number is not known");
    const struct om_message *last = fate->last;
    char *end = om_fate_ended(fate, object) ? end_text(object, fate) : NULL;
    const char *sender = om_leg_sender(last->chunk->leg);

    if (fate->without_end && end)
        DELIVER(FAILED, "%s within the SEND of frame %u, which has no end-line; missing: bytes %s", end,
                last->begin_frame, missing);
    else if (fate->without_end)
        DELIVER(UNKNOWN, "frame %u: the capture ends within this SEND (capture); not seen: bytes %s", last->frame,
                missing);
    else if (object->last_seen)
        DELIVER(FAILED,
                "frame %u: the message ended with this SEND and bytes %s are missing: they were in no SEND (%s)",
                object->last_frame, missing, sender);
    else if (end)
        DELIVER(FAILED, "%s; more was announced in frame %u, and bytes %s are missing", end, last->frame, missing);
    else
        DELIVER(UNKNOWN, "frame %u: the capture ends behind this SEND (capture); more was to come: bytes %s",
                last->frame, missing);
    g_free(end);
    g_free(missing);
    g_array_unref(gaps);
}

/* A relay that took all and did not pass all on. */
static gboolean
relay_dropped(PARAMETERS)
{
    const struct om_chunk *last = NULL;
    GArray *missing = om_last_hop_missing(object, &last);
    char *text;

    if (!missing)
        return FALSE;
    text = om_gap_text(missing);
    if (fate->near_lost || (fate->near_late_start && g_array_index(missing, struct om_range, 0).from == 0))
        DELIVER(UNKNOWN,
                "frame %u: the capture lost bytes between relay and receiver (capture); bytes %s were not seen "
                "there",
                last->frame, text);
    else if (last->flag == '$' || fate->near_closed)
        DELIVER(FAILED,
                "frame %u: the relay %s did not forward bytes %s to the receiver (relay): they are missing there",
                last->frame, last->leg->src, text);
    else
        DELIVER(UNKNOWN, "frame %u: the capture ends before the relay has forwarded bytes %s (capture)", last->frame,
                text);
    g_free(text);
    g_array_unref(missing);
    return TRUE;
}

/* @return TRUE where something failed, or it cannot be told whether it did */
static gboolean
is_not_whole(PARAMETERS)
{
    const struct om_chunk *placeless = chunk_without_place(object);
    enum om_state state = om_object_state(object);

    if (state == OM_ABORTED) {
        const struct om_chunk *last = object->last_chunk;

        for (guint i = 0; i < object->chunks->len; i++) {
            const struct om_chunk *chunk = g_ptr_array_index(object->chunks, i);

            last = chunk->flag == '#' ? chunk : last;
        }
        DELIVER(FAILED,
                "frame %u: the sender aborted the message with \"#\" (sender), %" G_GUINT64_FORMAT " bytes sent",
                last ? last->frame : object->last_frame, om_object_size(object));
        return TRUE;
    }
    if (placeless) {
        DELIVER(FAILED,
                "frame %u: the Byte-Range of this SEND cannot be read (sender), so that its %" G_GUINT64_FORMAT
                " bytes have no place in the message",
                placeless->frame, placeless->length);
        return TRUE;
    }
    if (state == OM_INCOMPLETE) {
        if (!capture_is_to_blame(conclusion, object, fate))
            deliver_incomplete(conclusion, object, fate);
        return TRUE;
    }
    if (fate->without_end && om_fate_ended(fate, object)) {
        DELIVER(FAILED, "frame %u: this SEND has no end-line (%s), so that its receiver cannot know that it is over",
                fate->without_end->frame, om_leg_sender(fate->without_end->chunk->leg));
        return TRUE;
    }
    if (fate->without_end) {
        DELIVER(UNKNOWN, "frame %u: the capture ends before the end-line of this SEND (capture)",
                fate->without_end->frame);
        return TRUE;
    }
    return relay_dropped(conclusion, object, fate);
}

/* --- answers that are due --- */

/* Does the capture have the TCP acknowledgement of all of it? TLS and WebSocket do not tell. */
static gboolean
is_acknowledged(const struct om_message *message)
{
    const struct om_direction *dir = &message->connection->directions[message->direction];

    return message->connection->transport != OM_TRANSPORT_TCP || !dir->reached_frame ||
           dir->acknowledged >= message->end;
}

static gboolean
is_unanswered(PARAMETERS)
{
    const struct om_message *const *answers = fate->answers;
    const struct om_message *late = answers[OM_ANSWER_TIMED_OUT];

    if (late && !object->report_frame) {
        DELIVER(FAILED, "frame %u: the %s %s and never answers (%s): %u SEND%s without an answer for 30 s", late->frame,
                om_leg_receiver(late->chunk->leg),
                is_acknowledged(late) ? "acknowledges what it gets" : "does not even acknowledge this SEND at TCP",
                om_leg_receiver(late->chunk->leg), fate->counts[OM_ANSWER_TIMED_OUT],
                fate->counts[OM_ANSWER_TIMED_OUT] == 1 ? "" : "s");
        return TRUE;
    }
    if (answers[OM_ANSWER_NOT_SEEN] && !object->report_frame) {
        if (fate->answers_seen)
            DELIVER(UNKNOWN, "frame %u: the capture lost bytes of the direction that answers this SEND (capture)",
                    answers[OM_ANSWER_NOT_SEEN]->frame);
        else
            DELIVER(UNKNOWN, "frame %u: the capture has one direction only (capture), not the answers to this SEND",
                    answers[OM_ANSWER_NOT_SEEN]->frame);
        return TRUE;
    }
    if (answers[OM_ANSWER_PENDING] && !object->report_frame) {
        DELIVER(UNKNOWN, "frame %u: the capture ends before this SEND is answered (capture)",
                answers[OM_ANSWER_PENDING]->frame);
        return TRUE;
    }
    return FALSE;
}

static gboolean
is_unconfirmed(PARAMETERS)
{
    const struct om_message *const *answers = fate->answers;
    const struct om_message *cut =
        answers[OM_ANSWER_CUT_SHORT] ? answers[OM_ANSWER_CUT_SHORT] : answers[OM_ANSWER_PREVENTED];

    if (cut && !object->report_frame) {
        char *end = end_text(object, fate);

        DELIVER(UNCONFIRMED, "frame %u: the %s did not answer this SEND (%s) before the end; %s", cut->frame,
                om_leg_receiver(cut->chunk->leg), om_leg_receiver(cut->chunk->leg), end);
        g_free(end);
        return TRUE;
    }
    if (!object->success_report || object->report_frame)
        return FALSE;
    if (!fate->answers_seen || fate->answers_lost)
        DELIVER(UNKNOWN,
                "frame %u: the capture does not have all of the direction in which the REPORT would come (capture)",
                object->last_frame);
    else if (!om_fate_ended(fate, object))
        DELIVER(UNKNOWN, "frame %u: the capture ends before a REPORT on %s (capture)", object->last_frame,
                name_of(object));
    else
        DELIVER(UNCONFIRMED,
                "frame %u: all was sent with this SEND and %s REPORT came (receiver), though one was asked for",
                object->last_frame, object->reports->len ? "no complete" : "no");
    return TRUE;
}

void
om_msrp_deliver(struct om_conclusion *conclusion, const struct om_object *object, const struct om_fate *fate)
{
    const struct om_message *unasked = fate ? fate->unasked : NULL;

    if (!fate || !fate->last) {
        DELIVER(UNKNOWN, "frame %u: nothing is known of its connection (capture)", object->first_frame);
        return;
    }
    if (is_refused(conclusion, object, fate) || is_not_whole(conclusion, object, fate) ||
        is_unanswered(conclusion, object, fate) || is_unconfirmed(conclusion, object, fate))
        return;
    if (object->report_frame)
        DELIVER(CONFIRMED, NULL);
    else if (!fate->answers_seen)
        DELIVER(UNKNOWN, "frame %u: the capture has one direction of the connection only (capture)",
                object->last_frame);
    else if (unasked && !is_acknowledged(unasked))
        DELIVER(UNKNOWN,
                "frame %u: no answer to this SEND is due, and the capture has no acknowledgement by TCP either "
                "(capture)",
                unasked->frame);
    else
        DELIVER(ACCEPTED, NULL);
}
