/* connection.c
 * Connections: a stream each way, the messages on them, and which bytes of a call
 * belong to which message.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "orphan.h"

#include "../core/msrp_uri.h"
#include "../core/text_hash.h"

/** Bytes of a message that is no object's and goes over several calls: kept for showing, up to this many. */
#define KEPT_LIMIT (256u << 10)

static void
pending_free(gpointer data)
{
    struct om_pending *pending = data;

    g_free(pending->text);
    g_free(pending);
}

static void
message_free(gpointer data)
{
    struct om_message *message = data;

    g_free(message->tid);
    if (message->raw_head)
        g_bytes_unref(message->raw_head);
    if (message->kept)
        g_byte_array_unref(message->kept);
    if (message->pending)
        g_ptr_array_unref(message->pending);
    om_send_free(message->send);
    g_free(message);
}

static void
call_free(gpointer data)
{
    struct om_call *call = data;

    g_array_unref(call->pieces);
    g_free(call);
}

void
om_message_find(struct om_message *message, enum om_rule rule, const char *format, ...)
{
    struct om_registry *registry = message->connection->registry;
    struct om_pending *pending;
    char *text;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    if (message->ended) {
        om_registry_find(registry, rule, message->frame, message->session, message->object, "%s", text);
        g_free(text);
        return;
    }
    if (!message->pending)
        message->pending = g_ptr_array_new_with_free_func(pending_free);
    pending = g_new(struct om_pending, 1);
    *pending = (struct om_pending){rule, text};
    g_ptr_array_add(message->pending, pending);
}

static void
flush_pending(struct om_message *message)
{
    for (guint i = 0; message->pending && i < message->pending->len; i++) {
        const struct om_pending *pending = g_ptr_array_index(message->pending, i);

        if (message->push)
            om_registry_find(message->connection->registry, pending->rule, message->frame, message->session,
                             message->object, "%s", pending->text);
    }
    g_clear_pointer(&message->pending, g_ptr_array_unref);
}

/* --- which session --- */

static char *
endpoint_key(const char *path)
{
    return path ? om_msrp_uri_key(om_msrp_path_last(om_slice_str(path))) : NULL;
}

/* The keys of a path's URIs as one interned string. */
static const char *
leg_key(struct om_registry *registry, const char *path)
{
    struct om_slice rest = om_slice_str(path), uri;
    GString *keys = g_string_new(NULL);
    const char *interned;

    while (path && om_msrp_path_next(&rest, &uri)) {
        char *key = om_msrp_uri_key(uri);

        g_string_append_printf(keys, "%s ", key ? key : "");
        g_free(key);
    }
    interned = om_registry_intern(registry, keys->str);
    g_string_free(keys, TRUE);
    return interned;
}

const struct om_session_match *
om_side_match(struct om_side *side, const struct om_message *message)
{
    struct om_registry *registry = side->connection->registry;
    /* A REPORT or response names its own sender first: the same rule as for a SEND. */
    if (side->from_path != message->from_path || side->to_path != message->to_path) {
        g_free(side->from_key);
        g_free(side->to_key);
        side->from_path = message->from_path;
        side->to_path = message->to_path;
        side->from_key = endpoint_key(side->from_path);
        side->to_key = endpoint_key(side->to_path);
        side->from_leg = leg_key(registry, side->from_path);
        side->to_leg = leg_key(registry, side->to_path);
        side->match_generation = G_MAXUINT64;
    }
    if (side->match_generation != registry->sip_generation) {
        side->match_generation = registry->sip_generation;
        side->matched = side->from_key && side->to_key &&
                        om_session_by_endpoints(registry, side->from_key, side->to_key, &side->match);
    }
    return side->matched ? &side->match : NULL;
}

/* --- what the stream tells --- */

/* The frame and time in which this position was seen: this call's or an earlier one's. */
static void
when(const struct om_side *side, om_position position, guint32 *frame, gint64 *time)
{
    const GPtrArray *calls = side->connection->calls;

    *frame = side->call->frame;
    *time = side->call->time;
    for (guint i = calls->len; position < side->call->begin && i > 0; i--) {
        const struct om_call *call = g_ptr_array_index(calls, i - 1);

        if (call->direction == side->direction && call->begin <= position) {
            *frame = call->frame;
            *time = call->time;
            return;
        }
    }
}

static void
add_piece(struct om_side *side, enum om_piece_kind kind, struct om_message *message, om_position from, om_position to,
          enum om_junk junk)
{
    struct om_call *call = side->call;
    om_position end = call->begin + call->length;
    struct om_piece piece = {.kind = kind, .message = message, .junk = junk};

    from = CLAMP(from, call->begin, end);
    to = CLAMP(to, from, end);
    piece.from = (guint32) (from - call->begin);
    piece.to = (guint32) (to - call->begin);
    g_array_append_val(call->pieces, piece);
}

/* The path of one message is nearly always that of the one before. */
static const char *
intern_path(struct om_registry *registry, struct om_slice text, const char *last)
{
    const char *interned;
    char *copy;

    if (last && om_slice_isset(text) && om_slice_eq(text, om_slice_str(last)))
        return last;
    copy = om_slice_dup_utf8(text);
    interned = om_registry_intern(registry, copy);
    g_free(copy);
    return interned;
}

static gboolean
in_call(const struct om_side *side, om_position from, om_position to)
{
    return from >= side->call->begin && to <= side->call->begin + side->call->length;
}

static void *
on_begin(void *user, const struct om_msrp_head *head, struct om_slice raw, om_position begin)
{
    struct om_side *side = user;
    struct om_registry *registry = side->connection->registry;
    struct om_message *message = g_new0(struct om_message, 1);

    g_ptr_array_add(side->connection->messages, message);
    message->connection = side->connection;
    message->direction = side->direction;
    message->method = head->method;
    message->status = head->status;
    message->tid = om_slice_dup_utf8(head->tid);
    message->from_path = side->last_from = intern_path(registry, head->from_path, side->last_from);
    message->to_path = side->last_to = intern_path(registry, head->to_path, side->last_to);
    message->begin = begin;
    message->head_length = raw.l;
    when(side, begin, &message->begin_frame, &message->begin_time);
    message->frame = side->call->frame;
    message->time = side->call->time;
    if (!in_call(side, begin, begin + raw.l))
        message->raw_head = g_bytes_new(raw.p, raw.l);

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
on_body(void *user, void *data, guint64 offset, struct om_slice bytes)
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
        om_send_body(side, message, offset, bytes);
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
        add_piece(side, OM_PIECE_MESSAGE, message, message->begin, end, 0);
    }
    message->end = end;
    message->end_info = *info;
    message->body_length = info->body_length;
    if (message->send)
        om_send_end(side, message);
    else
        om_answer_end(message);
    om_rules_end(side, message);
    message->ended = TRUE;
    message->push = om_message_is_push(message);
    flush_pending(message);
    if (side->call && in_call(side, message->begin, end) && message->kept) {
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
    if (side->call && in_call(side, at, at + bytes.l))
        add_piece(side, OM_PIECE_JUNK, NULL, at, at + bytes.l, why);
}

static const struct om_stream_handler handler = {on_begin, on_body, on_lost, on_retract, on_end, on_junk};

/* --- calls --- */

struct om_connection *
om_connection_new(struct om_registry *registry, enum om_transport transport)
{
    struct om_connection *connection = g_new0(struct om_connection, 1);

    connection->registry = registry;
    connection->transport = transport;
    connection->messages = g_ptr_array_new_with_free_func(message_free);
    connection->calls = g_ptr_array_new_with_free_func(call_free);
    connection->opened_by = -1;
    for (guint i = 0; i < 2; i++) {
        struct om_side *side = &connection->sides[i];

        side->connection = connection;
        side->direction = i;
        side->stream = om_stream_new(&handler, side);
        side->requests = g_hash_table_new(om_text_hash, g_str_equal);
        side->match_generation = G_MAXUINT64;
        side->started = transport != OM_TRANSPORT_TCP; /* there is no reading TLS from the middle */
    }
    g_ptr_array_add(registry->msrp->connections, connection);
    return connection;
}

gboolean
om_registry_has_connections(const struct om_registry *registry)
{
    return registry->msrp->connections->len > 0;
}

enum om_transport
om_connection_transport(const struct om_connection *connection)
{
    return connection->transport;
}

void
om_connection_free(gpointer data)
{
    struct om_connection *connection = data;

    for (guint i = 0; i < 2; i++) {
        struct om_side *side = &connection->sides[i];

        om_orphan_clear(side);
        om_stream_free(side->stream);
        g_hash_table_unref(side->requests);
        om_ranges_free(side->lost);
        g_free(side->from_key);
        g_free(side->to_key);
    }
    g_ptr_array_unref(connection->calls);
    g_ptr_array_unref(connection->messages);
    g_free(connection);
}

static struct om_side *
call_begin(struct om_connection *connection, guint direction, const struct om_frame *frame, struct om_slice bytes)
{
    struct om_side *side = &connection->sides[direction];
    struct om_call *call = g_new0(struct om_call, 1);

    om_registry_event(connection->registry, frame);
    call->connection = connection;
    call->direction = direction;
    call->frame = frame->number;
    call->time = frame->time;
    call->length = (guint32) bytes.l;
    call->pieces = g_array_new(FALSE, FALSE, sizeof(struct om_piece));
    call->begin = om_stream_position(side->stream);
    g_ptr_array_add(connection->calls, call);
    side->call = call;
    side->bytes = bytes;
    side->frame = frame;
    side->seen = TRUE;
    return side;
}

/* A head that lies in this call and whose message goes on: copied, since the call's bytes will be gone. */
static void
keep_head(struct om_side *side, struct om_message *message)
{
    om_position from = message->begin;

    if (!message->raw_head && in_call(side, from, from + message->head_length))
        message->raw_head = g_bytes_new(side->bytes.p + (from - side->call->begin), message->head_length);
}

static struct om_call *
call_end(struct om_side *side)
{
    struct om_call *call = side->call;
    om_position begin;
    om_position end = call->begin + call->length;
    struct om_message *open = om_stream_open_message(side->stream, &begin);

    if (open && om_stream_position(side->stream) <= end && begin < end) {
        keep_head(side, open);
        open->frame = call->frame;
        open->time = call->time;
        add_piece(side, OM_PIECE_PART, open, MAX(begin, call->begin), end, 0);
    } else if (side->touched) {
        add_piece(side, OM_PIECE_PART, side->touched, call->begin, end, 0);
    } else if (om_stream_in_head(side->stream)) {
        add_piece(side, OM_PIECE_HEAD, NULL, call->begin, end, 0);
    }
    side->touched = NULL;
    side->call = NULL;
    side->frame = NULL;
    return call;
}

guint64
om_side_lost(const struct om_side *side)
{
    return side->lost ? om_ranges_size(side->lost) : 0;
}

/* Keeps count of what is missing: a segment that only came late is no loss. */
static void
count_lost(struct om_side *side, const struct om_segment_result *result, gsize length)
{
    if (result->gap_before) {
        if (!side->lost)
            side->lost = om_ranges_new();
        if (!om_side_lost(side))
            side->lost_frame = side->frame->number;
        om_ranges_add(side->lost, result->begin - result->gap_before, result->begin);
    }
    if (result->filled_gap)
        om_ranges_remove(side->lost, result->begin, result->begin + length);
}

struct om_call *
om_connection_segment(struct om_connection *connection, guint direction, const struct om_frame *frame, guint32 seq,
                      struct om_slice bytes)
{
    struct om_side *side = call_begin(connection, direction, frame, bytes);
    struct om_segment_result result;

    /* The stream tells where the segment lies before it tells what is in it. */
    side->call->begin = om_stream_locate(side->stream, seq);
    om_stream_segment(side->stream, seq, bytes, &result);
    side->call->gap_before = result.gap_before;
    count_lost(side, &result, bytes.l);
    return call_end(side);
}

struct om_call *
om_connection_bytes(struct om_connection *connection, guint direction, const struct om_frame *frame,
                    struct om_slice bytes)
{
    struct om_side *side = call_begin(connection, direction, frame, bytes);
    struct om_segment_result result;

    om_stream_bytes(side->stream, bytes, &result);
    return call_end(side);
}

/* RFC 7977 section 5: one WebSocket message carries one MSRP message. */
static void
check_ws_framing(struct om_connection *connection, const struct om_call *call)
{
    struct om_message *first = NULL;
    guint messages = 0;

    for (guint i = 0; i < call->pieces->len; i++) {
        const struct om_piece *piece = &g_array_index(call->pieces, struct om_piece, i);

        if (piece->kind != OM_PIECE_MESSAGE)
            continue;
        messages++;
        if (!first && om_message_is_push(piece->message))
            first = piece->message;
    }
    if (first && messages > 1)
        OM_FIND(first, MSRP_WS_FRAMING, "one WebSocket message carries %u MSRP messages: one is allowed", messages);
    if (first && connection->no_subprotocol) {
        OM_FIND(first, MSRP_WS_FRAMING, "the WebSocket handshake agreed on no sub-protocol \"msrp\"");
        connection->no_subprotocol = FALSE; /* told once */
    }
}

struct om_call *
om_connection_ws(struct om_connection *connection, guint direction, const struct om_frame *frame,
                 struct om_slice bytes, gboolean fin)
{
    struct om_side *side = call_begin(connection, direction, frame, bytes);
    struct om_segment_result result;
    struct om_call *call;

    om_stream_bytes(side->stream, bytes, &result);
    if (fin)
        om_stream_boundary(side->stream);
    call = call_end(side);
    check_ws_framing(connection, call);
    return call;
}

void
om_connection_no_subprotocol(struct om_connection *connection)
{
    connection->no_subprotocol = TRUE;
}

void
om_connection_starts(struct om_connection *connection, guint direction, guint32 seq)
{
    om_stream_start(connection->sides[direction].stream, seq);
    connection->sides[direction].started = TRUE;
}

void
om_connection_opened_by(struct om_connection *connection, guint direction)
{
    connection->opened_by = (gint) direction;
}

void
om_connection_closed(struct om_connection *connection, const struct om_frame *frame)
{
    if (connection->closed)
        return;
    om_registry_event(connection->registry, frame);
    connection->closed = TRUE;
    connection->closed_frame = frame->number;
    connection->closed_time = frame->time;
}

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
