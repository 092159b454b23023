/* pieces.c
 * Which bytes of which call are what: told by position, for bytes that waited are framed while a later call is under way.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_private.h"

/** Positions that a call was the first to bring. */
struct om_place {
    om_position from, to;
    struct om_call *call;
};

static struct om_place *
place_at(const struct om_side *side, guint index)
{
    return &g_array_index(side->places, struct om_place, index);
}

/* Index of the first place that ends behind this position. Nearly always it is one of the last. */
static guint
find(const struct om_side *side, om_position position)
{
    guint low = 0, high = side->places->len;

    if (high && place_at(side, high - 1)->to <= position)
        return high;
    if (high && place_at(side, high - 1)->from <= position)
        return high - 1;
    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (place_at(side, middle)->to <= position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Pieces of a call stand in order. */
static void
add_piece(struct om_call *call, struct om_piece piece)
{
    guint index = call->pieces->len;

    while (index && g_array_index(call->pieces, struct om_piece, index - 1).from > piece.from)
        index--;
    g_array_insert_val(call->pieces, index, piece);
}

/* What was said of bytes that were not decided makes room: [from, to) of the call is decided, and what is behind will be
 * told next. */
static void
make_room(struct om_call *call, guint32 from, guint32 to)
{
    for (guint i = call->pieces->len; i > 0; i--) {
        struct om_piece *piece = &g_array_index(call->pieces, struct om_piece, i - 1);

        if (piece->to <= from)
            return;
        if (piece->from >= to || piece->kind == OM_PIECE_MESSAGE || piece->kind == OM_PIECE_JUNK)
            continue;
        if (piece->from < from)
            piece->to = from;
        else
            g_array_remove_index(call->pieces, i - 1);
    }
}

static void
paint(struct om_side *side, enum om_piece_kind kind, struct om_message *message, om_position from, om_position to,
      enum om_junk junk)
{
    for (guint i = find(side, from); i < side->places->len && place_at(side, i)->from < to; i++) {
        const struct om_place *place = place_at(side, i);
        om_position begin = place->call->begin;
        struct om_piece piece = {.kind = kind, .message = message, .junk = junk};

        piece.from = (guint32) (MAX(from, place->from) - begin);
        piece.to = (guint32) (MIN(to, place->to) - begin);
        make_room(place->call, piece.from, piece.to);
        add_piece(place->call, piece);
    }
    side->painted = to;
}

/* Where the last of the bytes before `to` came: the beginning of what its call brought. */
static om_position
last_part(const struct om_side *side, om_position to)
{
    guint index = find(side, to - 1);

    return index < side->places->len ? MIN(place_at(side, index)->from, to) : to;
}

void
om_side_place(struct om_side *side, struct om_call *call, gsize length)
{
    om_position end = call->begin + length;
    om_position at = MAX(call->begin, om_stream_front(side->stream));

    while (at < end) {
        guint index = find(side, at);
        const struct om_place *next = index < side->places->len ? place_at(side, index) : NULL;
        struct om_place place = {at, end, call};

        if (next && next->from <= at) {
            at = next->to;
            continue;
        }
        if (next)
            place.to = MIN(end, next->from);
        g_array_insert_val(side->places, index, place);
        at = place.to;
    }
}

const struct om_call *
om_side_call_at(const struct om_side *side, om_position position)
{
    guint index = find(side, position);

    if (index < side->places->len && place_at(side, index)->from <= position)
        return place_at(side, index)->call;
    /* A missing byte: as if it had come with those before it. */
    if (index)
        return place_at(side, index - 1)->call;
    return side->places->len ? place_at(side, 0)->call : side->last_call;
}

gboolean
om_side_in_one_call(const struct om_side *side, om_position from, om_position to)
{
    const struct om_call *call = om_side_call_at(side, to - 1);

    return from >= call->begin && to <= call->begin + call->length;
}

void
om_side_paint_head(struct om_side *side, om_position begin, om_position end)
{
    om_position last = last_part(side, end);

    begin = MAX(begin, side->painted);
    if (begin < last)
        paint(side, OM_PIECE_HEAD, NULL, begin, last, 0);
}

void
om_side_paint_message(struct om_side *side, struct om_message *message, om_position end)
{
    om_position last = last_part(side, end);
    om_position begin = MAX(message->begin, side->painted);

    if (begin < last)
        paint(side, message->end_info.has_body ? OM_PIECE_PART : OM_PIECE_HEAD,
              message->end_info.has_body ? message : NULL, begin, last, 0);
    paint(side, OM_PIECE_MESSAGE, message, MAX(message->begin, last), end, 0);
}

void
om_side_paint_junk(struct om_side *side, enum om_junk why, om_position from, om_position to)
{
    paint(side, OM_PIECE_JUNK, NULL, from, to, why);
}

/* Its own bytes fill a gap in a body that was passed. */
static void
add_late(struct om_side *side, struct om_message *message, om_position from, om_position to)
{
    struct om_call *call = side->call;
    struct om_piece piece = {.kind = OM_PIECE_PART, .message = message};

    piece.from = (guint32) (from - call->begin);
    piece.to = (guint32) (to - call->begin);
    add_piece(call, piece);
}

gboolean
om_side_paint_late(struct om_side *side, struct om_message *message, om_position from, om_position to)
{
    if (!side->call || to > side->front || from < side->call->begin || to > side->call->begin + side->call->length)
        return FALSE;
    add_late(side, message, from, to);
    return TRUE;
}

void
om_side_paint_undecided(struct om_side *side)
{
    struct om_message *open = om_stream_open_message(side->stream);
    om_position front = om_stream_front(side->stream);
    const struct om_call *last;

    if (side->painted >= front)
        return;
    if (open) {
        last = om_side_call_at(side, front - 1);
        open->frame = last->frame;
        open->time = last->time;
        paint(side, OM_PIECE_PART, open, MAX(side->painted, open->begin), front, 0);
    } else if (om_stream_in_head(side->stream)) {
        paint(side, OM_PIECE_HEAD, NULL, side->painted, front, 0);
    }
    side->painted = front;
}

void
om_side_paint_waiting(struct om_side *side)
{
    om_position front = om_stream_front(side->stream);
    const struct om_call *call = side->call;

    for (guint i = find(side, MAX(front, call->begin)); i < side->places->len; i++) {
        const struct om_place *place = place_at(side, i);
        struct om_piece piece = {.kind = OM_PIECE_WAITING};

        if (place->from >= call->begin + call->length)
            return;
        piece.from = (guint32) (place->from - call->begin);
        piece.to = (guint32) (place->to - call->begin);
        if (place->call == call)
            add_piece(place->call, piece);
    }
}

void
om_side_pieces_init(struct om_side *side)
{
    side->places = g_array_new(FALSE, FALSE, sizeof(struct om_place));
}
