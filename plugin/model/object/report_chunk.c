/* report_chunk.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "report_chunk.h"

/* So many chunks are looked at one by one, from the end and from where the range is: work for each REPORT is bounded. */
#define LOOK_BACK 32

/* Does it carry bytes [from, to) of the object? An empty chunk stands between bytes. */
static gboolean
carries(const struct om_chunk *chunk, guint64 from, guint64 to)
{
    if (!chunk->ended || chunk->repeated)
        return FALSE;
    if (!chunk->length)
        return chunk->offset >= from && chunk->offset <= to;
    return chunk->offset < to && (chunk->offset >= from || from - chunk->offset < chunk->length);
}

/* The last one of a few that does. @param behind  index behind the first one looked at */
static const struct om_chunk *
last_before(const GPtrArray *chunks, guint behind, guint64 from, guint64 to)
{
    for (guint tries = 0; behind && tries < LOOK_BACK; tries++) {
        const struct om_chunk *chunk = g_ptr_array_index(chunks, --behind);

        if (carries(chunk, from, to))
            return chunk;
    }
    return NULL;
}

/* Where the chunk with the range's last byte is if they came about in order: index behind it. */
static guint
place_of(const GPtrArray *chunks, guint64 to)
{
    guint low = 0, high = chunks->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (((const struct om_chunk *) g_ptr_array_index(chunks, middle))->offset < to)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct om_chunk *
om_report_chunk(const struct om_object *object, const struct om_report *report)
{
    guint64 from = report->has_range && report->start ? report->start - 1 : 0;
    guint64 to = report->has_range ? report->end : G_MAXUINT64;
    const struct om_chunk *chunk = last_before(object->chunks, object->chunks->len, from, to);

    /* One REPORT for each chunk, all of them at the end: their chunks are far behind. */
    if (!chunk)
        chunk = last_before(object->chunks, MIN(place_of(object->chunks, to) + LOOK_BACK / 2, object->chunks->len),
                            from, to);
    return chunk;
}
