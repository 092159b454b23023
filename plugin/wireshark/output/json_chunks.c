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
    char flag[2] = {om_chunk_flag(chunk), '\0'};
    gint64 taken = om_chunk_response_time(chunk) - om_chunk_end_time(chunk);
    guint64 total;
    gboolean has_total = om_chunk_total(chunk, &total);

    json_dumper_begin_object(json);
    om_json_nonzero(json, "frame", om_chunk_frame(chunk));
    om_json_number(json, "start", om_chunk_offset(chunk) + 1);
    om_json_number(json, "end", om_chunk_offset(chunk) + om_chunk_length(chunk));
    om_json_known(json, "total", has_total, total);
    om_json_string(json, "flag", *flag ? flag : NULL);
    om_json_string(json, "transaction", om_chunk_tid(chunk));
    om_json_nonzero(json, "response_frame", om_chunk_response_frame(chunk));
    om_json_nonzero(json, "status", om_chunk_response_status(chunk));
    /* A 413 may come before the end of the SEND that it stops: RFC 4975 section 10.5. */
    om_json_seconds(json, "seconds", om_chunk_response_frame(chunk) && om_chunk_ended(chunk) && taken >= 0, taken);
    json_dumper_end_object(json);
}

/* A line each: there may be tens of thousands, and the dumper writes to a file character by character. */
void
om_json_chunks(json_dumper *json, const struct om_object *object)
{
    GString *line = g_string_new(NULL);
    const struct om_chunk *chunk;

    om_json_array(json, "chunks");
    for (guint i = 0; (chunk = om_object_chunk(object, i)); i++) {
        if (om_chunk_repeated(chunk))
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
    const struct om_chunk *chunk = om_report_answers(report);
    guint64 start, end, total;
    gboolean has_range = om_report_range(report, &start, &end), has_total = om_report_total(report, &total);

    json_dumper_begin_object(json);
    om_json_nonzero(json, "frame", om_report_frame(report));
    om_json_known(json, "start", has_range, start);
    om_json_known(json, "end", has_range, end);
    om_json_known(json, "total", has_total, total);
    om_json_nonzero(json, "status", om_report_status(report));
    om_json_seconds(json, "seconds", chunk != NULL, chunk ? om_report_time(report) - om_chunk_end_time(chunk) : 0);
    json_dumper_end_object(json);
}

void
om_json_reports(json_dumper *json, const struct om_object *object)
{
    const struct om_report *report;

    om_json_array(json, "reports");
    for (guint i = 0; (report = om_object_report(object, i)); i++) {
        if (!om_report_repeated(report))
            report_value(json, report);
    }
    json_dumper_end_array(json);
}
