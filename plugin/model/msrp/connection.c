/* connection.c
 * Connections: a stream each way, and what each payload turned out to be.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/stream/copies.h"
#include "headless.h"

#include "core/text/text_hash.h"

static void
payload_free(gpointer data)
{
    struct om_payload *payload = data;

    g_array_unref(payload->pieces);
    g_free(payload);
}

struct om_connection *
om_connection_new(struct om_msrp_state *state, enum om_transport transport)
{
    struct om_connection *connection = g_new0(struct om_connection, 1);

    connection->state = state;
    connection->context = state->context;
    connection->transport = transport;
    connection->messages = g_ptr_array_new_with_free_func(om_message_free);
    connection->payloads = g_ptr_array_new_with_free_func(payload_free);
    connection->opened_by = -1;
    for (guint i = 0; i < 2; i++) {
        struct om_direction *dir = &connection->directions[i];

        dir->connection = connection;
        dir->direction = i;
        dir->stream = om_stream_new(&om_message_handler, dir);
        dir->requests = g_hash_table_new(om_text_hash, g_str_equal);
        dir->match_generation = G_MAXUINT64;
        om_direction_pieces_init(dir);
        dir->started = transport != OM_TRANSPORT_TCP; /* there is no reading TLS from the middle */
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
        struct om_direction *dir = &connection->directions[i];

        om_headless_clear(dir);
        om_stream_free(dir->stream);
        g_hash_table_unref(dir->requests);
        om_early_answers_free(dir->early);
        om_ranges_free(dir->lost);
        g_array_unref(dir->places);
        om_copies_free(dir->copies);
        g_free(dir->from_key);
        g_free(dir->to_key);
    }
    g_ptr_array_unref(connection->payloads);
    g_ptr_array_unref(connection->messages);
    g_free(connection);
}

/* The hosts stay the same. */
static void
note_where(struct om_direction *dir, const struct om_frame *frame)
{
    const char *src = dir->where.src, *dst = dir->where.dst;

    dir->where = *frame;
    dir->where.src = src ? src : om_context_intern(dir->connection->context, frame->src);
    dir->where.dst = dst ? dst : om_context_intern(dir->connection->context, frame->dst);
}

static struct om_direction *
payload_begin(struct om_connection *connection, guint direction, const struct om_frame *frame, struct om_slice bytes)
{
    struct om_direction *dir = &connection->directions[direction];
    struct om_payload *payload = g_new0(struct om_payload, 1);

    om_context_event(connection->context, frame);
    payload->connection = connection;
    payload->direction = direction;
    payload->frame = frame->number;
    payload->time = frame->time;
    payload->length = (guint32) bytes.l;
    payload->pieces = g_array_new(FALSE, FALSE, sizeof(struct om_piece));
    payload->begin = om_stream_position(dir->stream);
    g_ptr_array_add(connection->payloads, payload);
    dir->payload = dir->last_payload = payload;
    dir->bytes = bytes;
    note_where(dir, frame);
    dir->front = om_stream_front(dir->stream);
    dir->seen = dir->heard = TRUE;
    return dir;
}

/* A head that lies in this payload and whose message goes on: copied, since the payload's bytes will be gone. */
static void
keep_head(struct om_direction *dir)
{
    const struct om_payload *payload = dir->payload;
    struct om_message *open = om_stream_open_message(dir->stream);

    if (open && !open->raw_head && open->begin >= payload->begin)
        open->raw_head = g_bytes_new(dir->bytes.p + (open->begin - payload->begin), open->head_length);
}

static struct om_payload *
payload_end(struct om_direction *dir)
{
    struct om_payload *payload = dir->payload;

    keep_head(dir);
    om_direction_paint_undecided(dir);
    om_direction_paint_waiting(dir);
    dir->payload = NULL;
    return payload;
}

/* A segment has come: patience with missing ones runs out, in both directions. */
static void
tick(struct om_connection *connection)
{
    for (guint i = 0; i < 2; i++) {
        om_stream_tick(connection->directions[i].stream);
        om_direction_paint_undecided(&connection->directions[i]);
    }
}

/* The sequence number as the capture point has it that was first. What is far from the SYN's is not of its count. */
static guint32
known_number(struct om_direction *dir, guint32 seq, struct om_slice bytes)
{
    gboolean begins = !dir->copies && bytes.l, first;

    if (!bytes.l)
        return seq;
    seq = om_copies_segment(&dir->copies, seq, bytes, &first);
    if (begins && dir->started && om_copies_is_near(seq, dir->start))
        om_stream_start(dir->stream, dir->start);
    return seq;
}

struct om_payload *
om_connection_segment(struct om_connection *connection, guint direction, const struct om_frame *frame, guint32 seq,
                      struct om_slice bytes)
{
    struct om_direction *dir = payload_begin(connection, direction, frame, bytes);
    struct om_segment_result result;
    struct om_payload *payload;

    seq = known_number(dir, seq, bytes);
    /* The stream tells what is in the segment: where that lies is known before. */
    dir->payload->begin = om_stream_locate(dir->stream, seq);
    om_direction_place(dir, dir->payload, bytes.l - om_stream_before_start(dir->stream, seq, bytes.l));
    om_stream_segment(dir->stream, seq, bytes, &result);
    dir->payload->gap_before = result.gap_before;
    om_direction_count_lost(dir, &result, bytes.l);
    payload = payload_end(dir);
    tick(connection);
    return payload;
}

struct om_payload *
om_connection_bytes(struct om_connection *connection, guint direction, const struct om_frame *frame,
                    struct om_slice bytes)
{
    struct om_direction *dir = payload_begin(connection, direction, frame, bytes);
    struct om_segment_result result;

    om_direction_place(dir, dir->payload, bytes.l);
    om_stream_bytes(dir->stream, bytes, &result);
    return payload_end(dir);
}

/* The two disagree: who takes the m-line at its word opens no WebSocket. */
static void
check_ws_proto(struct om_connection *connection, struct om_message *message)
{
    const struct om_object *object = om_message_object(message);
    const struct om_media *media;

    if (!object || !object->session || connection->proto_told)
        return;
    media = om_session_match_ws_without_proto(&object->match);
    if (!media)
        return;
    connection->proto_told = TRUE;
    OM_FIND(message, SDP_MEDIA,
            "over WebSocket, as a=path %.100s has it, but m= has the proto %.40s: expected TCP/WS/MSRP or TCP/WSS/MSRP",
            (const char *) g_ptr_array_index(media->path, 0), media->proto);
}

/* RFC 7977 section 5: one WebSocket message carries one MSRP message. */
static void
check_ws_framing(struct om_connection *connection, const struct om_payload *payload)
{
    struct om_message *first = NULL;
    guint messages = 0;

    for (guint i = 0; i < payload->pieces->len; i++) {
        const struct om_piece *piece = &g_array_index(payload->pieces, struct om_piece, i);

        if (piece->kind != OM_PIECE_MESSAGE)
            continue;
        messages++;
        if (!first && om_message_is_push(piece->message))
            first = piece->message;
    }
    if (first && messages > 1)
        OM_FIND(first, MSRP_WS_FRAMING, "one WebSocket message carries %u MSRP messages: one is allowed", messages);
    if (first)
        check_ws_proto(connection, first);
    if (first && connection->no_subprotocol) {
        OM_FIND(first, MSRP_WS_FRAMING, "the WebSocket handshake agreed on no sub-protocol \"msrp\"");
        connection->no_subprotocol = FALSE; /* told once */
    }
}

struct om_payload *
om_connection_ws(struct om_connection *connection, guint direction, const struct om_frame *frame, struct om_slice bytes,
                 gboolean fin)
{
    struct om_direction *dir = payload_begin(connection, direction, frame, bytes);
    struct om_segment_result result;
    struct om_payload *payload;

    om_direction_place(dir, dir->payload, bytes.l);
    om_stream_bytes(dir->stream, bytes, &result);
    if (fin)
        om_stream_boundary(dir->stream);
    payload = payload_end(dir);
    check_ws_framing(connection, payload);
    return payload;
}

void
om_connection_no_subprotocol(struct om_connection *connection)
{
    connection->no_subprotocol = TRUE;
}

void
om_connection_starts(struct om_connection *connection, guint direction, guint32 seq)
{
    struct om_direction *dir = &connection->directions[direction];

    if (!dir->started || !dir->copies)
        dir->start = seq;
    dir->started = TRUE;
    if (dir->copies)
        om_stream_start(dir->stream, seq);
}

void
om_connection_reached(struct om_connection *connection, guint direction, guint32 frame, guint32 seq)
{
    struct om_direction *dir = &connection->directions[direction];
    om_position position;

    if (dir->copies && !om_copies_mentioned(dir->copies, &seq))
        return;
    position = om_stream_locate(dir->stream, seq);
    if (position > dir->reached) {
        dir->reached = position;
        dir->reached_frame = frame;
    }
}

void
om_connection_acknowledged(struct om_connection *connection, guint direction, guint32 frame, guint32 seq)
{
    struct om_direction *dir = &connection->directions[direction];

    om_connection_reached(connection, direction, frame, seq);
    if (dir->copies && !om_copies_mentioned(dir->copies, &seq))
        return;
    om_stream_acknowledged(dir->stream, om_stream_locate(dir->stream, seq));
    dir->acknowledged = MAX(dir->acknowledged, om_stream_locate(dir->stream, seq));
}

void
om_connection_opened_by(struct om_connection *connection, guint direction)
{
    connection->opened_by = (gint) direction;
}

void
om_connection_fin(struct om_connection *connection, guint direction, const struct om_frame *frame, guint32 seq)
{
    struct om_direction *dir = &connection->directions[direction];
    om_position end = om_stream_position(dir->stream);

    om_stream_closing(dir->stream);
    if (dir->copies && !om_copies_mentioned(dir->copies, &seq))
        return;
    if (!dir->last_payload || om_direction_lost(dir) || om_stream_locate(dir->stream, seq) != end ||
        dir->last_payload->begin + dir->last_payload->length != end)
        return;
    om_context_event(connection->context, frame);
    om_stream_close(dir->stream); /* what ends now ends with the last bytes, not with the FIN */
    om_direction_paint_undecided(dir);
}

gboolean
om_connection_is_closed(const struct om_connection *connection)
{
    return connection->closed;
}

void
om_connection_set_carrier(struct om_connection *connection, gpointer carrier)
{
    connection->carrier = carrier;
}

gpointer
om_connection_carrier(const struct om_connection *connection)
{
    return connection->carrier;
}

void
om_connection_closed(struct om_connection *connection, guint direction, const struct om_frame *frame, gboolean reset)
{
    /* Behind a reset nothing is sent again, by neither side. */
    for (guint i = 0; reset && i < 2; i++)
        om_stream_closing(connection->directions[i].stream);
    if (connection->closed)
        return;
    om_context_event(connection->context, frame);
    connection->closed = TRUE;
    connection->closed_frame = frame->number;
    connection->closed_time = frame->time;
    connection->closed_by = direction;
    connection->closed_hard = reset;
}

gboolean
om_msrp_capture_ends(struct om_msrp_state *state)
{
    gboolean changed = FALSE;

    if (state->settled == state->context->generation)
        return FALSE;
    for (guint i = 0; i < state->connections->len; i++) {
        struct om_connection *connection = g_ptr_array_index(state->connections, i);

        for (guint k = 0; k < 2; k++) {
            if (!om_stream_settle(connection->directions[k].stream))
                continue;
            om_direction_paint_undecided(&connection->directions[k]);
            state->context->generation++; /* conclusions are drawn anew */
            changed = TRUE;
        }
    }
    state->settled = state->context->generation;
    return changed;
}
