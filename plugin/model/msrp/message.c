/* message.c
 * The messages that a stream tells of: made, followed and ended, and which bytes of a call are theirs.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "orphan.h"

/** Bytes of a message that is no object's and goes over several calls: kept for showing, up to this many. */
#define KEPT_LIMIT (256u << 10)

static void
drop_findings(struct om_message *message)
{
    if (message->findings)
        om_finding_queue_clear(message->findings);
    g_clear_pointer(&message->findings, g_free);
}

void
om_message_free(gpointer data)
{
    struct om_message *message = data;

    g_free(message->tid);
    if (message->raw_head)
        g_bytes_unref(message->raw_head);
    if (message->kept)
        g_byte_array_unref(message->kept);
    drop_findings(message);
    om_send_free(message->send);
    g_free(message);
}

void
om_message_find(struct om_message *message, enum om_rule rule, const char *format, ...)
{
    struct om_context *context = message->connection->context;
    char *text;
    va_list args;

    va_start(args, format);
    text = om_vprintf_utf8(format, args);
    va_end(args);
    if (message->ended) {
        om_context_find(context, rule, message->frame, message->session, message->object, "%s", text);
    } else {
        if (!message->findings) {
            message->findings = g_new0(struct om_finding_queue, 1);
            message->findings->context = context;
        }
        om_finding_queue_find(message->findings, rule, 0, "%s", text);
    }
    g_free(text);
}

static void
tell_findings(struct om_message *message)
{
    if (message->findings && message->push) {
        message->findings->session = message->session;
        message->findings->object = message->object;
        om_finding_queue_open(message->findings, message->frame);
    }
    drop_findings(message);
}

/* --- what the stream tells --- */

/* The path of one message is nearly always that of the one before. */
static const char *
intern_path(struct om_context *context, struct om_slice text, const char *last)
{
    const char *interned;
    char *copy;

    if (last && om_slice_isset(text) && om_slice_eq(text, om_slice_str(last)))
        return last;
    copy = om_slice_dup_utf8(text);
    interned = om_context_intern(context, copy);
    g_free(copy);
    return interned;
}

static void *
on_begin(void *user, const struct om_msrp_head *head, struct om_slice raw, om_position begin)
{
    struct om_side *side = user;
    struct om_context *context = side->connection->context;
    struct om_message *message = g_new0(struct om_message, 1);

    g_ptr_array_add(side->connection->messages, message);
    message->connection = side->connection;
    message->direction = side->direction;
    message->method = head->method;
    message->status = head->status;
    message->tid = om_slice_dup_utf8(head->tid);
    message->from_path = side->last_from = intern_path(context, head->from_path, side->last_from);
    message->to_path = side->last_to = intern_path(context, head->to_path, side->last_to);
    message->begin = begin;
    message->head_length = raw.l;
    om_side_when(side, begin, &message->begin_frame, &message->begin_time);
    message->frame = side->call->frame;
    message->time = side->call->time;
    if (!om_side_in_call(side, begin, begin + raw.l))
        message->raw_head = g_bytes_new(raw.p, raw.l);

    if (head->method != OM_MSRP_RESPONSE)
        om_request_begin(side, message);
    if (head->method == OM_MSRP_SEND)
        om_send_begin(side, message, head);
    om_orphan_place(side, message);
    side->last_chunk = message->chunk ? message->chunk : side->last_chunk;
    if (head->method == OM_MSRP_RESPONSE)
        om_response_begin(side, message);
    else if (head->method == OM_MSRP_REPORT)
        om_report_begin(side, message, head);
    om_rules_head(side, message, head);
    return message;
}

static void
keep_body(struct om_message *message, struct om_slice bytes)
{
    if (!message->kept)
        message->kept = g_byte_array_new();
    if (message->kept->len < KEPT_LIMIT)
        g_byte_array_append(message->kept, (const guint8 *) bytes.p, MIN(bytes.l, KEPT_LIMIT - message->kept->len));
}

static void
on_body(void *user, void *data, guint64 offset, struct om_slice bytes, gboolean guessed)
{
    struct om_side *side = user;
    struct om_message *message = data;

    side->touched = message;
    if (!message->ended) {
        message->frame = side->call->frame;
        message->time = side->call->time;
        message->body_length = MAX(message->body_length, offset + bytes.l);
    }
    if (message->send)
        om_send_body(side, message, offset, bytes, guessed);
    if (!message->chunk && !message->ended)
        keep_body(message, bytes);
}

static void
on_lost(void *user, void *data, guint64 offset, guint64 length)
{
    struct om_message *message = data;

    if (message->send)
        om_send_lost(user, message, offset, length);
}

static void
on_retract(void *user, void *data, guint64 offset)
{
    struct om_message *message = data;

    message->body_length = MIN(message->body_length, offset);
    if (message->send)
        om_send_retract(user, message, offset);
}

static void
on_end(void *user, void *data, const struct om_message_end *info, om_position end)
{
    struct om_side *side = user;
    struct om_message *message = data;

    if (side->call) {
        message->frame = side->call->frame;
        message->time = side->call->time;
        om_side_add_piece(side, OM_PIECE_MESSAGE, message, message->begin, end, 0);
    }
    message->end = end;
    message->end_info = *info;
    message->body_length = info->body_length;
    if (message->send)
        om_send_end(side, message);
    else
        om_answer_end(message);
    if (message->method != OM_MSRP_RESPONSE)
        om_request_end(side, message);
    om_rules_end(side, message);
    message->ended = TRUE;
    message->push = om_message_is_push(message);
    tell_findings(message);
    if (side->call && om_side_in_call(side, message->begin, end) && message->kept) {
        g_byte_array_unref(message->kept); /* the call's own bytes show it */
        message->kept = NULL;
    }
    if (side->touched == message)
        side->touched = NULL;
}

static void
on_junk(void *user, enum om_junk why, struct om_slice bytes, om_position at)
{
    struct om_side *side = user;

    if (why == OM_JUNK_LATE_START)
        side->late_start = TRUE;
    om_orphan_junk(side, why, bytes, at);
    if (side->call && om_side_in_call(side, at, at + bytes.l))
        om_side_add_piece(side, OM_PIECE_JUNK, NULL, at, at + bytes.l, why);
}

const struct om_stream_handler om_message_handler = {on_begin, on_body, on_lost, on_retract, on_end, on_junk};

/* --- what others ask --- */

gboolean
om_message_is_push(const struct om_message *message)
{
    if (message->object || message->push)
        return TRUE;
    if (message->request && om_message_is_push(message->request))
        return TRUE;
    return message->session && message->session->id != 0;
}

enum om_procedure
om_message_procedure(const struct om_message *message)
{
    if (!om_message_is_push(message))
        return OM_PROC_NONE;
    if (message->method == OM_MSRP_REPORT)
        return OM_PROC_REPORT;
    if (message->request && message->request->method == OM_MSRP_REPORT)
        return OM_PROC_REPORT;
    return OM_PROC_MSRP;
}
