/* stream_gaps.c
 * What waits behind a gap, gaps that are passed or lost, and late bytes.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "stream_private.h"

static void
late_clear(gpointer data)
{
    om_framed_unref(((struct om_late *) data)->framed);
}

void
om_stream_gaps_clear(struct om_stream *stream)
{
    g_clear_pointer(&stream->missing, om_ranges_free);
    g_clear_pointer(&stream->late, g_array_unref);
}

/* --- late bytes --- */

static struct om_late *
late_at(const struct om_stream *stream, guint place)
{
    return &g_array_index(stream->late, struct om_late, place);
}

/* Positions [from, to) are missing in the body of this message. */
static void
remember_gap(struct om_stream *stream, struct om_framed *framed, om_position from, om_position to)
{
    if (from >= to)
        return;
    if (!stream->missing) {
        stream->missing = om_ranges_new();
        stream->late = g_array_new(FALSE, FALSE, sizeof(struct om_late));
        g_array_set_clear_func(stream->late, late_clear);
    }
    om_ranges_add(stream->missing, from, to);
    if (stream->late->len && late_at(stream, stream->late->len - 1)->framed == framed)
        return;
    if (stream->late->len == OM_LATE_MAX) {
        om_ranges_remove(stream->missing, 0, late_at(stream, 1)->from);
        g_array_remove_index(stream->late, 0);
    }
    g_array_append_val(stream->late, ((struct om_late){from, om_framed_ref(framed)}));
}

/* The message in whose body this missing position lies. */
static struct om_framed *
whose(const struct om_stream *stream, om_position at)
{
    guint low = 0, high = stream->late->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (late_at(stream, middle)->from <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return late_at(stream, low - 1)->framed;
}

gsize
om_stream_fill(struct om_stream *stream, om_position at, struct om_slice bytes)
{
    GArray *parts = stream->missing ? om_ranges_present(stream->missing, at, at + bytes.l) : NULL;
    gsize first = bytes.l;

    for (guint i = 0; parts && i < parts->len; i++) {
        const struct om_range *part = &g_array_index(parts, struct om_range, i);
        struct om_framed *framed = whose(stream, part->from);

        om_ranges_remove(stream->missing, part->from, part->to);
        om_framer_late(stream->framer, framed, part->from - framed->body,
                       om_slice(bytes.p + (part->from - at), (gsize) (part->to - part->from)));
        first = MIN(first, (gsize) (part->from - at));
    }
    if (parts)
        g_array_unref(parts);
    return first;
}

/* --- gaps --- */

static void
pass_gap(struct om_stream *stream, guint64 length)
{
    om_position from = om_framer_position(stream->framer);

    remember_gap(stream, om_framer_open(stream->framer), from, from + length);
    om_framer_pass_gap(stream->framer, length);
}

static void
lose_gap(struct om_stream *stream, guint64 length)
{
    om_position from = om_framer_position(stream->framer);
    struct om_framed *framed = om_framed_ref(om_framer_open(stream->framer));

    om_framer_lose(stream->framer, length);
    if (framed) /* of one that has ended only what belongs to it for certain is taken */
        remember_gap(stream, framed, from,
                     framed->ended ? MIN(from + length, framed->body + framed->length) : from + length);
    om_framed_unref(framed);
}

/* Frames what waits, as far as there is nothing to wait for. @return bytes missing before the rest; 0: none waits */
static guint64
advance(struct om_stream *stream)
{
    while (!om_waiting_none(&stream->waiting)) {
        const struct om_waiting_bytes *first = om_waiting_first(&stream->waiting);
        guint64 gap = first->at - om_framer_position(stream->framer);
        GBytes *bytes;

        if (gap && !om_framer_gap_is_body(stream->framer, gap))
            return gap;
        if (gap)
            pass_gap(stream, gap);
        bytes = om_waiting_take_first(&stream->waiting);
        om_framer_push(stream->framer, om_slice(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)));
        g_bytes_unref(bytes);
    }
    return 0;
}

void
om_stream_lose_gaps(struct om_stream *stream)
{
    for (guint64 gap = advance(stream); gap; gap = advance(stream))
        lose_gap(stream, gap);
}

static gboolean
too_many(const struct om_stream *stream)
{
    return stream->waiting.size > OM_WAITING_SIZE_MAX || stream->waiting.list->len > OM_WAITING_SEGMENTS_MAX;
}

gsize
om_stream_append(struct om_stream *stream, om_position at, struct om_slice bytes)
{
    gsize first;

    if (om_waiting_none(&stream->waiting) && at == om_framer_position(stream->framer)) {
        om_framer_push(stream->framer, bytes);
        return 0;
    }
    first = om_waiting_add(&stream->waiting, at, bytes);
    if (stream->closing)
        om_waiting_acknowledge(&stream->waiting, G_MAXUINT64, stream->segments);
    else
        om_waiting_acknowledge(&stream->waiting, stream->acknowledged, stream->segments);
    for (guint64 gap = advance(stream); gap && too_many(stream); gap = advance(stream))
        lose_gap(stream, gap);
    return first;
}

void
om_stream_acknowledged(struct om_stream *stream, om_position position)
{
    stream->acknowledged = MAX(stream->acknowledged, position);
    if (!om_waiting_none(&stream->waiting))
        om_waiting_acknowledge(&stream->waiting, stream->acknowledged, stream->segments);
}

void
om_stream_closing(struct om_stream *stream)
{
    stream->closing = TRUE;
    om_waiting_acknowledge(&stream->waiting, G_MAXUINT64, stream->segments);
}

void
om_stream_tick(struct om_stream *stream)
{
    stream->segments++;
    while (!om_waiting_none(&stream->waiting)) {
        const struct om_waiting_bytes *first = om_waiting_first(&stream->waiting);

        if (!first->acknowledged || stream->segments - first->acknowledged < OM_PATIENCE)
            return;
        lose_gap(stream, first->at - om_framer_position(stream->framer));
        advance(stream);
    }
}
