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
    /* A 413 may come before the end of the SEND that it stops: RFC 4975 section 10.5. */
    om_json_seconds(json, "seconds", chunk->response_frame && chunk->ended && chunk->response_time >= chunk->end_time,
                    chunk->response_time - chunk->end_time);
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

static void
report_value(json_dumper *json, const struct om_report *report)
{
    const struct om_chunk *chunk = report->chunk;

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
    om_json_array(json, "reports");
    for (guint i = 0; i < object->reports->len; i++) {
        const struct om_report *report = g_ptr_array_index(object->reports, i);

        if (!report->repeated)
            report_value(json, report);
    }
    json_dumper_end_array(json);
}
