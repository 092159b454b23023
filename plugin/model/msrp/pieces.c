/* pieces.c
 * Which bytes of which payload are what: told by position, for bytes that waited are framed while a later payload is
 * under way.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_private.h"

/** Positions that a payload was the first to bring. */
struct om_place {
    om_position from, to;
    struct om_payload *payload;
};

static struct om_place *
place_at(const struct om_direction *dir, guint number)
{
    return &g_array_index(dir->places, struct om_place, number);
}

/* Index of the first place that ends behind this position. Nearly always it is one of the last. */
static guint
find(const struct om_direction *dir, om_position position)
{
    guint low = 0, high = dir->places->len;

    if (high && place_at(dir, high - 1)->to <= position)
        return high;
    if (high && place_at(dir, high - 1)->from <= position)
        return high - 1;
    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (place_at(dir, middle)->to <= position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Pieces of a payload stand in order. */
static void
add_piece(struct om_payload *payload, struct om_piece piece)
{
    guint number = payload->pieces->len;

    while (number && g_array_index(payload->pieces, struct om_piece, number - 1).from > piece.from)
        number--;
    if (number == payload->pieces->len)
        g_array_append_val(payload->pieces, piece);
    else
        g_array_insert_val(payload->pieces, number, piece);
}

/* What was said of bytes that were not decided makes room: [from, to) of the payload is decided, and what is behind
 * will be told next. */
static void
make_room(struct om_payload *payload, guint32 from, guint32 to)
{
    for (guint i = payload->pieces->len; i > 0; i--) {
        struct om_piece *piece = &g_array_index(payload->pieces, struct om_piece, i - 1);

        if (piece->to <= from)
            return;
        if (piece->from >= to || piece->kind == OM_PIECE_MESSAGE || piece->kind == OM_PIECE_JUNK)
            continue;
        if (piece->from < from)
            piece->to = from;
        else
            g_array_remove_index(payload->pieces, i - 1);
    }
}

static void
paint(struct om_direction *dir, enum om_piece_kind kind, struct om_message *message, om_position from, om_position to,
      enum om_junk junk)
{
    for (guint i = find(dir, from); i < dir->places->len && place_at(dir, i)->from < to; i++) {
        const struct om_place *place = place_at(dir, i);
        om_position begin = place->payload->begin;
        struct om_piece piece = {.kind = kind, .message = message, .junk = junk};

        piece.from = (guint32) (MAX(from, place->from) - begin);
        piece.to = (guint32) (MIN(to, place->to) - begin);
        make_room(place->payload, piece.from, piece.to);
        add_piece(place->payload, piece);
    }
    dir->painted = to;
}

/* Where the last of the bytes before `to` came: the beginning of what its payload brought. */
static om_position
last_part(const struct om_direction *dir, om_position to)
{
    guint number = find(dir, to - 1);

    return number < dir->places->len ? MIN(place_at(dir, number)->from, to) : to;
}

void
om_direction_place(struct om_direction *dir, struct om_payload *payload, gsize length)
{
    om_position end = payload->begin + length;
    om_position at = MAX(payload->begin, om_stream_front(dir->stream));

    while (at < end) {
        guint number = find(dir, at);
        const struct om_place *next = number < dir->places->len ? place_at(dir, number) : NULL;
        struct om_place place = {at, end, payload};

        if (next && next->from <= at) {
            at = next->to;
            continue;
        }
        if (next)
            place.to = MIN(end, next->from);
        g_array_insert_val(dir->places, number, place);
        at = place.to;
    }
}

const struct om_payload *
om_direction_payload_at(const struct om_direction *dir, om_position position)
{
    guint number = find(dir, position);

    if (number < dir->places->len && place_at(dir, number)->from <= position)
        return place_at(dir, number)->payload;
    /* A missing byte: as if it had come with those before it. */
    if (number)
        return place_at(dir, number - 1)->payload;
    return dir->places->len ? place_at(dir, 0)->payload : dir->last_payload;
}

gboolean
om_direction_in_one_payload(const struct om_direction *dir, om_position from, om_position to)
{
    const struct om_payload *payload = om_direction_payload_at(dir, to - 1);

    return from >= payload->begin && to <= payload->begin + payload->length;
}

/* The parts of its head that were told before it was complete are its own. */
static void
name_head(struct om_direction *dir, struct om_message *message)
{
    for (guint i = find(dir, message->begin); i < dir->places->len && place_at(dir, i)->from < dir->painted; i++) {
        struct om_payload *payload = place_at(dir, i)->payload;

        for (guint k = 0; k < payload->pieces->len; k++) {
            struct om_piece *piece = &g_array_index(payload->pieces, struct om_piece, k);

            if (piece->kind == OM_PIECE_HEAD && payload->begin + piece->from >= message->begin)
                piece->message = message;
        }
    }
}

void
om_direction_paint_head(struct om_direction *dir, struct om_message *message, om_position end)
{
    om_position last = last_part(dir, end);
    om_position begin = MAX(message->begin, dir->painted);

    name_head(dir, message);
    if (begin < last)
        paint(dir, OM_PIECE_HEAD, message, begin, last, 0);
}

void
om_direction_paint_message(struct om_direction *dir, struct om_message *message, om_position end)
{
    om_position last = last_part(dir, end);
    om_position begin = MAX(message->begin, dir->painted);

    if (begin < last)
        paint(dir, message->end_info.has_body ? OM_PIECE_PART : OM_PIECE_HEAD, message, begin, last, 0);
    paint(dir, OM_PIECE_MESSAGE, message, MAX(message->begin, last), end, 0);
}

void
om_direction_paint_junk(struct om_direction *dir, enum om_junk why, om_position from, om_position to)
{
    paint(dir, OM_PIECE_JUNK, NULL, from, to, why);
}

/* Its own bytes fill a gap in a body that was passed. */
static void
add_late(struct om_direction *dir, struct om_message *message, om_position from, om_position to)
{
    struct om_payload *payload = dir->payload;
    struct om_piece piece = {.kind = OM_PIECE_PART, .message = message};

    piece.from = (guint32) (from - payload->begin);
    piece.to = (guint32) (to - payload->begin);
    add_piece(payload, piece);
}

gboolean
om_direction_paint_late(struct om_direction *dir, struct om_message *message, om_position from, om_position to)
{
    if (!dir->payload || to > dir->front || from < dir->payload->begin ||
        to > dir->payload->begin + dir->payload->length)
        return FALSE;
    add_late(dir, message, from, to);
    return TRUE;
}

void
om_direction_paint_undecided(struct om_direction *dir)
{
    struct om_message *open = om_stream_open_message(dir->stream);
    om_position front = om_stream_front(dir->stream);
    const struct om_payload *last;

    if (dir->painted >= front)
        return;
    if (open) {
        last = om_direction_payload_at(dir, front - 1);
        open->frame = last->frame;
        open->time = last->time;
        paint(dir, OM_PIECE_PART, open, MAX(dir->painted, open->begin), front, 0);
    } else if (om_stream_in_head(dir->stream)) {
        paint(dir, OM_PIECE_HEAD, NULL, dir->painted, front, 0);
    }
    dir->painted = front;
}

void
om_direction_paint_waiting(struct om_direction *dir)
{
    om_position front = om_stream_front(dir->stream);
    const struct om_payload *payload = dir->payload;

    for (guint i = find(dir, MAX(front, payload->begin)); i < dir->places->len; i++) {
        const struct om_place *place = place_at(dir, i);
        struct om_piece piece = {.kind = OM_PIECE_WAITING};

        if (place->from >= payload->begin + payload->length)
            return;
        piece.from = (guint32) (place->from - payload->begin);
        piece.to = (guint32) (place->to - payload->begin);
        if (place->payload == payload)
            add_piece(place->payload, piece);
    }
}

void
om_direction_pieces_init(struct om_direction *dir)
{
    dir->places = g_array_new(FALSE, FALSE, sizeof(struct om_place));
}
