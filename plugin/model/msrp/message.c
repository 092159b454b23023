/* message.c
 * The messages that a stream tells of: made, followed and ended.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "headless.h"

#include "core/text/visible.h"
#include "core/msrp/msrp_uri.h"

/** Bytes of a message that is no object's and goes over several payloads: kept for showing, up to this many. */
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
    struct om_direction *dir = user;
    struct om_context *context = dir->connection->context;
    struct om_message *message = g_new0(struct om_message, 1);

    g_ptr_array_add(dir->connection->messages, message);
    message->connection = dir->connection;
    message->direction = dir->direction;
    message->method = head->method;
    message->status = head->status;
    message->tid = om_slice_dup_utf8(head->tid);
    message->from_path = dir->last_from = intern_path(context, head->from_path, dir->last_from);
    message->to_path = dir->last_to = intern_path(context, head->to_path, dir->last_to);
    message->begin = begin;
    message->head_length = raw.l;
    om_direction_when(dir, begin, &message->begin_frame, &message->begin_time);
    om_direction_when(dir, begin + raw.l - 1, &message->frame, &message->time);
    om_direction_paint_head(dir, message, begin + raw.l);
    /* Of one that begins in the payload under way it is copied only where the message goes on behind that. */
    if (!dir->payload || begin < dir->payload->begin || begin + raw.l > dir->payload->begin + dir->payload->length)
        message->raw_head = g_bytes_new(raw.p, raw.l);

    if (head->method != OM_MSRP_RESPONSE)
        om_request_begin(dir, message);
    if (head->method == OM_MSRP_SEND)
        om_send_begin(dir, message, head);
    om_headless_place(dir, message);
    dir->last_send = message->chunk ? message : dir->last_send;
    if (head->method == OM_MSRP_RESPONSE)
        om_response_begin(dir, message);
    else if (head->method == OM_MSRP_REPORT)
        om_report_begin(dir, message, head);
    om_rules_head(dir, message, head);
    return message;
}

/* As far as no byte is missing. */
static void
keep_body(struct om_message *message, guint64 offset, struct om_slice bytes)
{
    if (!message->kept)
        message->kept = g_byte_array_new();
    if (offset == message->kept->len && message->kept->len < KEPT_LIMIT)
        g_byte_array_append(message->kept, (const guint8 *) bytes.p, MIN(bytes.l, KEPT_LIMIT - message->kept->len));
}

static void
on_body(void *user, void *data, guint64 offset, struct om_slice bytes)
{
    struct om_direction *dir = user;
    struct om_message *message = data;
    om_position at = message->begin + message->head_length + offset;

    if (!om_direction_paint_late(dir, message, at, at + bytes.l) && !message->ended)
        om_direction_when(dir, at + bytes.l - 1, &message->frame, &message->time);
    if (!message->ended)
        message->body_length = MAX(message->body_length, offset + bytes.l);
    if (message->send)
        om_send_body(dir, message, offset, bytes);
    if (!message->chunk && !message->ended)
        keep_body(message, offset, bytes);
}

static void
on_lost(void *user, void *data, guint64 offset, guint64 length)
{
    struct om_message *message = data;

    if (message->send)
        om_send_lost(user, message, offset, length);
}

static void
on_end(void *user, void *data, const struct om_message_end *info, om_position end)
{
    struct om_direction *dir = user;
    struct om_message *message = data;

    om_direction_when(dir, end - 1, &message->frame, &message->time);
    message->end = end;
    message->end_info = *info;
    om_direction_paint_message(dir, message, end);
    message->body_length = info->body_length;
    if (message->send)
        om_send_end(dir, message);
    else
        om_answer_end(message);
    if (message->method != OM_MSRP_RESPONSE)
        om_request_end(dir, message);
    om_rules_end(dir, message);
    message->ended = TRUE;
    message->push = om_message_is_push(message);
    tell_findings(message);
    if (om_direction_in_one_payload(dir, message->begin, end)) { /* the payload's own bytes show it */
        g_clear_pointer(&message->kept, g_byte_array_unref);
        g_clear_pointer(&message->raw_head, g_bytes_unref);
    }
}

static void
on_junk(void *user, enum om_junk why, struct om_slice bytes, om_position at)
{
    struct om_direction *dir = user;

    if (why == OM_JUNK_LATE_START)
        dir->late_start = TRUE;
    om_headless_junk(dir, why, bytes, at);
    om_direction_paint_junk(dir, why, at, at + bytes.l);
}

/* --- paths that a message of the connection may have --- */

/** Messages that are looked at, from the last one on. */
#define KNOWN_MESSAGES 64

static gboolean
seen_on_connection(const struct om_connection *connection, const struct om_msrp_opening *opening)
{
    const GPtrArray *messages = connection->messages;

    for (guint i = 0; i < MIN(messages->len, KNOWN_MESSAGES); i++) {
        const struct om_message *message = g_ptr_array_index(messages, messages->len - 1 - i);
        struct om_msrp_opening known = {om_slice_str(message->to_path), om_slice_str(message->from_path)};

        if (message->to_path && message->from_path && om_msrp_opening_same_ends(opening, &known))
            return TRUE;
    }
    return FALSE;
}

static gboolean
on_knows(void *user, const struct om_msrp_opening *opening)
{
    const struct om_connection *connection = ((struct om_direction *) user)->connection;
    struct om_session_match match;
    char *from, *to;
    gboolean known;

    if (!om_slice_isset(opening->to_path) || !om_slice_isset(opening->from_path))
        return FALSE;
    if (seen_on_connection(connection, opening))
        return TRUE;
    from = om_msrp_uri_key(om_msrp_path_last(opening->from_path));
    to = om_msrp_uri_key(om_msrp_path_last(opening->to_path));
    known = from && to && om_session_by_endpoints(connection->state->all_sessions, from, to, &match);
    g_free(from);
    g_free(to);
    return known;
}

const struct om_stream_handler om_message_handler = {on_begin, on_body, on_lost, on_end, on_junk, on_knows};

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
