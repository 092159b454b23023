/* connection.c
 * Connections: a stream each way, and what each call with payload bytes turned out to be.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "headless.h"

#include "core/text/text_hash.h"

static void
call_free(gpointer data)
{
    struct om_call *call = data;

    g_array_unref(call->pieces);
    g_free(call);
}

struct om_connection *
om_connection_new(struct om_msrp_state *state, enum om_transport transport)
{
    struct om_connection *connection = g_new0(struct om_connection, 1);

    connection->state = state;
    connection->context = state->context;
    connection->transport = transport;
    connection->messages = g_ptr_array_new_with_free_func(om_message_free);
    connection->calls = g_ptr_array_new_with_free_func(call_free);
    connection->opened_by = -1;
    for (guint i = 0; i < 2; i++) {
        struct om_side *side = &connection->sides[i];

        side->connection = connection;
        side->direction = i;
        side->stream = om_stream_new(&om_message_handler, side);
        side->requests = g_hash_table_new(om_text_hash, g_str_equal);
        side->match_generation = G_MAXUINT64;
        om_side_pieces_init(side);
        side->started = transport != OM_TRANSPORT_TCP; /* there is no reading TLS from the middle */
    }
    g_ptr_array_add(state->connections, connection);
    return connection;
}

gboolean
om_msrp_has_connections(const struct om_msrp_state *state)
{
    return state->connections->len > 0;
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

        om_headless_clear(side);
        om_stream_free(side->stream);
        g_hash_table_unref(side->requests);
        om_early_free(side->early);
        om_ranges_free(side->lost);
        g_array_unref(side->places);
        g_free(side->from_key);
        g_free(side->to_key);
    }
    g_ptr_array_unref(connection->calls);
    g_ptr_array_unref(connection->messages);
    g_free(connection);
}

/* The hosts stay the same. */
static void
note_where(struct om_side *side, const struct om_frame *frame)
{
    const char *src = side->where.src, *dst = side->where.dst;

    side->where = *frame;
    side->where.src = src ? src : om_context_intern(side->connection->context, frame->src);
    side->where.dst = dst ? dst : om_context_intern(side->connection->context, frame->dst);
}

static struct om_side *
call_begin(struct om_connection *connection, guint direction, const struct om_frame *frame, struct om_slice bytes)
{
    struct om_side *side = &connection->sides[direction];
    struct om_call *call = g_new0(struct om_call, 1);

    om_context_event(connection->context, frame);
    call->connection = connection;
    call->direction = direction;
    call->frame = frame->number;
    call->time = frame->time;
    call->length = (guint32) bytes.l;
    call->pieces = g_array_new(FALSE, FALSE, sizeof(struct om_piece));
    call->begin = om_stream_position(side->stream);
    g_ptr_array_add(connection->calls, call);
    side->call = side->last_call = call;
    side->bytes = bytes;
    note_where(side, frame);
    side->front = om_stream_front(side->stream);
    side->seen = side->heard = TRUE;
    return side;
}

/* A head that lies in this call and whose message goes on: copied, since the call's bytes will be gone. */
static void
keep_head(struct om_side *side)
{
    const struct om_call *call = side->call;
    struct om_message *open = om_stream_open_message(side->stream);

    if (open && !open->raw_head && open->begin >= call->begin)
        open->raw_head = g_bytes_new(side->bytes.p + (open->begin - call->begin), open->head_length);
}

static struct om_call *
call_end(struct om_side *side)
{
    struct om_call *call = side->call;

    keep_head(side);
    om_side_paint_undecided(side);
    om_side_paint_waiting(side);
    side->call = NULL;
    return call;
}

/* A segment has come: patience with missing ones runs out, in both directions. */
static void
tick(struct om_connection *connection)
{
    for (guint i = 0; i < 2; i++) {
        om_stream_tick(connection->sides[i].stream);
        om_side_paint_undecided(&connection->sides[i]);
    }
}

struct om_call *
om_connection_segment(struct om_connection *connection, guint direction, const struct om_frame *frame, guint32 seq,
                      struct om_slice bytes)
{
    struct om_side *side = call_begin(connection, direction, frame, bytes);
    struct om_segment_result result;
    struct om_call *call;

    /* The stream tells what is in the segment: where that lies is known before. */
    side->call->begin = om_stream_locate(side->stream, seq);
    om_side_place(side, side->call, bytes.l - om_stream_before_start(side->stream, seq, bytes.l));
    om_stream_segment(side->stream, seq, bytes, &result);
    side->call->gap_before = result.gap_before;
    om_side_count_lost(side, &result, bytes.l);
    call = call_end(side);
    tick(connection);
    return call;
}

struct om_call *
om_connection_bytes(struct om_connection *connection, guint direction, const struct om_frame *frame,
                    struct om_slice bytes)
{
    struct om_side *side = call_begin(connection, direction, frame, bytes);
    struct om_segment_result result;

    om_side_place(side, side->call, bytes.l);
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
om_connection_ws(struct om_connection *connection, guint direction, const struct om_frame *frame, struct om_slice bytes,
                 gboolean fin)
{
    struct om_side *side = call_begin(connection, direction, frame, bytes);
    struct om_segment_result result;
    struct om_call *call;

    om_side_place(side, side->call, bytes.l);
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
om_connection_reached(struct om_connection *connection, guint direction, guint32 frame, guint32 seq)
{
    struct om_side *side = &connection->sides[direction];
    om_position position = om_stream_locate(side->stream, seq);

    if (position > side->reached) {
        side->reached = position;
        side->reached_frame = frame;
    }
}

void
om_connection_acknowledged(struct om_connection *connection, guint direction, guint32 frame, guint32 seq)
{
    struct om_side *side = &connection->sides[direction];

    om_connection_reached(connection, direction, frame, seq);
    om_stream_acknowledged(side->stream, om_stream_locate(side->stream, seq));
}

void
om_connection_opened_by(struct om_connection *connection, guint direction)
{
    connection->opened_by = (gint) direction;
}

void
om_connection_fin(struct om_connection *connection, guint direction, const struct om_frame *frame, guint32 seq)
{
    struct om_side *side = &connection->sides[direction];
    om_position end = om_stream_position(side->stream);

    om_stream_closing(side->stream);
    if (!side->last_call || om_side_lost(side) || om_stream_locate(side->stream, seq) != end ||
        side->last_call->begin + side->last_call->length != end)
        return;
    om_context_event(connection->context, frame);
    om_stream_close(side->stream); /* what ends now ends with the last bytes, not with the FIN */
    om_side_paint_undecided(side);
}

void
om_connection_heard(struct om_connection *connection, guint direction)
{
    connection->sides[direction].heard = TRUE;
}

void
om_connection_closed(struct om_connection *connection, guint direction, const struct om_frame *frame, gboolean reset)
{
    if (connection->closed)
        return;
    om_context_event(connection->context, frame);
    connection->closed = TRUE;
    connection->closed_frame = frame->number;
    connection->closed_time = frame->time;
    connection->closed_by = direction;
    connection->closed_hard = reset;
}

void
om_msrp_capture_ends(struct om_msrp_state *state)
{
    if (state->settled == state->context->generation)
        return;
    for (guint i = 0; i < state->connections->len; i++) {
        struct om_connection *connection = g_ptr_array_index(state->connections, i);

        for (guint k = 0; k < 2; k++) {
            if (!om_stream_settle(connection->sides[k].stream))
                continue;
            om_side_paint_undecided(&connection->sides[k]);
            state->context->generation++; /* conclusions are drawn anew */
        }
    }
    state->settled = state->context->generation;
}
