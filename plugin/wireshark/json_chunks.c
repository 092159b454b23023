/* json_chunks.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "json_chunks.h"

#include "json_values.h"

static void
chunk_line(GString *line, const struct om_chunk *chunk)
{
    json_dumper dumper = {.output_string = line};
    json_dumper *json = &dumper;
    char flag[2] = {chunk->flag, '\0'};

    json_dumper_begin_object(json);
    om_json_nonzero(json, "frame", chunk->frame);
    om_json_number(json, "start", chunk->offset + 1);
    om_json_number(json, "end", chunk->offset + chunk->length);
    om_json_known(json, "total", chunk->has_total, chunk->total);
    om_json_string(json, "flag", chunk->flag ? flag : NULL);
    om_json_string(json, "transaction", chunk->tid);
    om_json_nonzero(json, "response_frame", chunk->response_frame);
    om_json_nonzero(json, "status", chunk->response_status);
    om_json_seconds(json, "seconds", chunk->response_frame && chunk->ended, chunk->response_time - chunk->end_time);
    json_dumper_end_object(json);
}

/* A line each: there may be tens of thousands, and the dumper writes to a file character by character. */
void
om_json_chunks(json_dumper *json, const struct om_object *object)
{
    GString *line = g_string_new(NULL);

    om_json_array(json, "chunks");
    for (guint i = 0; i < object->chunks->len; i++) {
        const struct om_chunk *chunk = g_ptr_array_index(object->chunks, i);

        if (chunk->repeated)
            continue;
        g_string_truncate(line, 0);
        chunk_line(line, chunk);
        json_dumper_value_anyf(json, "%s", line->str);
    }
    json_dumper_end_array(json);
    g_string_free(line, TRUE);
}

static gint
compare_places(gconstpointer a, gconstpointer b)
{
    const struct om_chunk *x = *(const struct om_chunk *const *) a;
    const struct om_chunk *y = *(const struct om_chunk *const *) b;

    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    return x->end_time < y->end_time ? -1 : x->end_time > y->end_time;
}

/* The listed chunks that ended, by place in the object, so that a REPORT finds its own without a walk. */
static GPtrArray *
chunks_by_place(const struct om_object *object)
{
    GPtrArray *sorted = g_ptr_array_new();

    for (guint i = 0; i < object->chunks->len; i++) {
        struct om_chunk *chunk = g_ptr_array_index(object->chunks, i);

        if (chunk->ended && !chunk->repeated)
            g_ptr_array_add(sorted, chunk);
    }
    g_ptr_array_sort(sorted, compare_places);
    return sorted;
}

/* How many chunks that came after the report (sent again) are passed over to find what it answers. */
#define LOOK_BACK 16

/* The last chunk that begins at or before the report's last byte: the one that this byte came in. */
static const struct om_chunk *
reported_chunk(const GPtrArray *sorted, const struct om_report *report)
{
    guint64 last = report->has_range ? MAX(report->end, 1) - 1 : G_MAXUINT64;
    guint low = 0, high = sorted->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;
        const struct om_chunk *chunk = g_ptr_array_index(sorted, middle);

        if (chunk->offset <= last)
            low = middle + 1;
        else
            high = middle;
    }
    for (guint tries = 0; low && tries < LOOK_BACK; low--, tries++) {
        const struct om_chunk *chunk = g_ptr_array_index(sorted, low - 1);

        if (chunk->end_time <= report->time)
            return chunk;
    }
    return NULL;
}

static void
report_value(json_dumper *json, const struct om_report *report, const struct om_chunk *chunk)
{
    json_dumper_begin_object(json);
    om_json_nonzero(json, "frame", report->frame);
    om_json_known(json, "start", report->has_range, report->start);
    om_json_known(json, "end", report->has_range, report->end);
    om_json_known(json, "total", report->has_total, report->total);
    om_json_nonzero(json, "status", report->status);
    om_json_seconds(json, "seconds", chunk != NULL, chunk ? report->time - chunk->end_time : 0);
    json_dumper_end_object(json);
}

void
om_json_reports(json_dumper *json, const struct om_object *object)
{
    GPtrArray *sorted = object->reports->len ? chunks_by_place(object) : g_ptr_array_new();

    om_json_array(json, "reports");
    for (guint i = 0; i < object->reports->len; i++) {
        const struct om_report *report = g_ptr_array_index(object->reports, i);

        if (!report->repeated)
            report_value(json, report, reported_chunk(sorted, report));
    }
    json_dumper_end_array(json);
    g_ptr_array_unref(sorted);
}
