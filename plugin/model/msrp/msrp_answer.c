/* msrp_answer.c
 * Responses to their requests (RFC 4975 section 7.2).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_private.h"
#include "model/verify/selector.h"

#include "core/msrp/msrp_uri.h"

/* --- requests --- */

void
om_request_begin(struct om_direction *dir, struct om_message *message)
{
    const struct om_session_match *match = om_direction_match(dir, message);
    struct om_message *first = g_hash_table_lookup(dir->requests, message->tid);
    const struct om_message *before = first && first->newest_id ? first->newest_id : first;

    message->session = match ? match->session : NULL;
    /* One that was answered is over: its id may come again, though it should be random (RFC 4975 section 7.1). */
    if (before && !before->response && om_message_is_push(before))
        OM_FIND(message, MSRP_TRANSACTION_REUSE, "transaction id %s was used by the request in frame %u", message->tid,
                before->frame);
    if (first && (!first->response || first->same_id)) {
        if (first->newest_id)
            first->newest_id->same_id = message;
        else
            first->same_id = message;
        first->newest_id = message;
    } else {
        g_hash_table_replace(dir->requests, message->tid, message);
    }
}

/* What a response with this id answers: of several requests the first that has none yet. */
static struct om_message *
answered_request(struct om_direction *dir, const char *tid)
{
    struct om_message *first = g_hash_table_lookup(dir->requests, tid);
    struct om_message *next;

    while (first && first->response && (next = first->same_id)) {
        next->newest_id = first->newest_id == next ? NULL : first->newest_id;
        g_hash_table_replace(dir->requests, next->tid, next);
        first = next;
    }
    return first;
}

/* --- responses --- */

const char *
om_status_meaning(guint status)
{
    static const struct {
        guint status;
        const char *meaning;
    } meanings[] = {
        {400, "the request was unintelligible"},
        {403, "the attempted action is not allowed"},
        {408, "a downstream transaction did not complete in time"},
        {413, "the receiver wants no more of this message: stop sending it"},
        {415, "the media type is not understood by the receiver"},
        {423, "a parameter is out of bounds"},
        {425, "the nickname is reserved or in use"},
        {481, "the session does not exist at the receiver"},
        {501, "the method is not understood by the receiver"},
        {506, "the session is already bound to another connection"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(meanings); i++) {
        if (meanings[i].status == status)
            return meanings[i].meaning;
    }
    return "no code of RFC 4975 section 10";
}

static gboolean
same_uri(struct om_slice a, struct om_slice b)
{
    char *x = om_msrp_uri_key(a);
    char *y = om_msrp_uri_key(b);
    gboolean same = g_strcmp0(x, y) == 0;

    g_free(x);
    g_free(y);
    return same;
}

static gboolean
same_id(const char *path, const char *other, gboolean first)
{
    struct om_slice uri = om_slice_str(path), against = om_slice_str(other);
    struct om_msrp_uri a, b;

    om_msrp_uri_parse(first ? om_msrp_path_first(uri) : om_msrp_path_last(uri), &a);
    om_msrp_uri_parse(first ? om_msrp_path_first(against) : om_msrp_path_last(against), &b);
    return a.session.l && om_slice_eq(a.session, b.session);
}

gboolean
om_paths_rewritten(struct om_direction *dir, const struct om_message *message, const char *to, const char *from,
                   gboolean first)
{
    const struct om_session_match *match = om_direction_match(dir, message);

    return match && !match->exact && message->to_path && message->from_path && to && from &&
           same_id(message->to_path, to, first) && same_id(message->from_path, from, first);
}

/* Section 7.2: a response goes to the hop the request came from: the first URIs change places. */
static void
check_response_paths(struct om_message *message, const struct om_message *request)
{
    struct om_slice to, from;

    if (!message->to_path || !message->from_path || !request->from_path || !request->to_path)
        return;
    /* Both are interned: the usual case needs no look into them. */
    if (message->to_path == request->from_path && message->from_path == request->to_path)
        return;
    to = om_msrp_path_first(om_slice_str(message->to_path));
    from = om_msrp_path_first(om_slice_str(message->from_path));
    if (om_paths_rewritten(&message->connection->directions[message->direction], message, request->from_path,
                           request->to_path, TRUE))
        return;
    if (!same_uri(to, om_msrp_path_first(om_slice_str(request->from_path))))
        OM_FIND(message, MSRP_PATH, "the response's To-Path is %s, the request of frame %u came from %.*s",
                message->to_path, request->frame, OM_QUOTE_TEXT(request->from_path));
    else if (!same_uri(from, om_msrp_path_first(om_slice_str(request->to_path))))
        OM_FIND(message, MSRP_PATH, "the response's From-Path is %s, the request of frame %u went to %.*s",
                message->from_path, request->frame, OM_QUOTE_TEXT(request->to_path));
}

static void
check_wanted(struct om_message *message, const struct om_message *request)
{
    const struct om_send *send = request->send;

    if (request->method == OM_MSRP_REPORT)
        OM_FIND(message, MSRP_RESPONSE_UNWANTED, "a REPORT (frame %u) is never answered", request->frame);
    else if (send && send->failure_report == OM_MSRP_FAILURE_NO)
        OM_FIND(message, MSRP_RESPONSE_UNWANTED, "the SEND of frame %u says Failure-Report: no", request->frame);
    else if (send && send->failure_report == OM_MSRP_FAILURE_PARTIAL && message->status == 200)
        OM_FIND(message, MSRP_RESPONSE_UNWANTED,
                "the SEND of frame %u says Failure-Report: partial: no 200 is sent for it", request->frame);
    else if (request->response)
        OM_FIND(message, MSRP_RESPONSE_UNWANTED, "transaction %s was answered with %u in frame %u already",
                message->tid, request->response->status, request->response->frame);
}

#define REFUSED_MAX 16 /* that may be overcome */

static void
note_refused(struct om_object *object, struct om_chunk *chunk)
{
    if (!object->refused_chunks)
        object->refused_chunks = g_ptr_array_new();
    if (object->refused_chunks->len <= REFUSED_MAX) /* with one more none is overcome */
        g_ptr_array_add(object->refused_chunks, chunk);
}

/* These bytes were taken: what refused the same ones before on this leg, a 408 of a relay mostly, is overcome. */
static void
overcome(struct om_object *object, const struct om_chunk *taken)
{
    GPtrArray *refused = object->refused_chunks;

    for (guint i = refused && refused->len <= REFUSED_MAX ? refused->len : 0; i > 0; i--) {
        struct om_chunk *chunk = g_ptr_array_index(refused, i - 1);

        if (chunk->index >= taken->index || chunk->leg != taken->leg || !chunk->ended ||
            chunk->offset < taken->offset || chunk->length > taken->length ||
            chunk->offset - taken->offset > taken->length - chunk->length)
            continue;
        chunk->overcome = TRUE;
        om_context_withdraw(object->context, OM_RULE_MSRP_RESPONSE_ERROR, chunk->response_frame, object->session,
                            object);
        g_ptr_array_remove_index(refused, i - 1);
        if (!refused->len) {
            object->refused_status = 0;
            om_line_update(object);
        }
    }
}

static void
answer_chunk(struct om_message *message, struct om_message *request)
{
    struct om_chunk *chunk = request->chunk;
    gboolean refused = message->status / 100 != 2;

    if (chunk && !chunk->response_frame) {
        chunk->response_frame = message->frame;
        chunk->response_status = message->status;
        chunk->response_time = message->time;
    }
    if (request->method != OM_MSRP_SEND)
        return;
    if (message->object && !request->response && message->object->turned_down != refused) {
        message->object->turned_down = refused;
        om_line_update(message->object);
    }
    if (!refused && chunk && !request->response)
        overcome(chunk->object, chunk);
    if (!refused)
        return;
    OM_FIND(message, MSRP_RESPONSE_ERROR, "the SEND of frame %u was answered with %u: %s", request->frame,
            message->status, om_status_meaning(message->status));
    if (chunk && message->status == 413 && !chunk->leg->stopped_by) {
        chunk->leg->stopped_by = message;
        chunk->leg->stopped_in_flight = chunk->number < chunk->leg->chunks;
    }
    if (chunk && !request->response)
        note_refused(chunk->object, chunk);
    if (message->object && !message->object->refused_status) {
        message->object->refused_status = message->status;
        om_line_update(message->object);
    }
}

static void
unknown_response(struct om_direction *dir, struct om_message *message)
{
    struct om_direction *other = &dir->connection->directions[1 - dir->direction];
    const struct om_session_match *match = om_direction_match(dir, message);

    message->session = match ? match->session : NULL;
    /* Where the capture lost or never had what it answers, that is no news. */
    message->unknown = other->seen && !other->late_start && !om_direction_lost(other);
    om_early_answers_keep(&other->early, message->tid, message, message->time, NULL);
}

static void
answer(struct om_message *message, struct om_message *request)
{
    message->request = request;
    message->session = request->session;
    message->object = request->object;
    check_wanted(message, request);
    check_response_paths(message, request);
    answer_chunk(message, request);
    if (!request->response)
        request->response = message;
}

void
om_response_begin(struct om_direction *dir, struct om_message *message)
{
    struct om_direction *other = &dir->connection->directions[1 - dir->direction];
    struct om_message *request = answered_request(other, message->tid);

    if (!request) {
        unknown_response(dir, message);
        return;
    }
    answer(message, request);
}

void
om_request_end(struct om_direction *dir, struct om_message *message)
{
    struct om_message *response = om_early_answers_take(dir->early, message->tid, message->begin_time, NULL);

    if (response && !message->response)
        answer(response, message);
}

void
om_answer_end(struct om_message *message)
{
    if (message->request && message->request->response == message && message->request->chunk &&
        message->request->chunk->response_time <= message->time) {
        message->request->chunk->response_frame = message->frame;
        message->request->chunk->response_time = message->time;
    }
    if (message->report)
        om_report_end(message);
}
