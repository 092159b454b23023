/* json_object.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "json_object.h"

#include "json_chunks.h"
#include "json_values.h"

static void
gaps(json_dumper *json, const struct om_object *object)
{
    GArray *list = om_object_gaps(object);

    om_json_array(json, "gaps");
    for (guint i = 0; i < list->len; i++) {
        const struct om_range *gap = &g_array_index(list, struct om_range, i);

        json_dumper_begin_array(json);
        json_dumper_value_anyf(json, "%" G_GUINT64_FORMAT, gap->from + 1);
        json_dumper_value_anyf(json, "%" G_GUINT64_FORMAT, gap->to);
        json_dumper_end_array(json);
    }
    json_dumper_end_array(json);
    g_array_unref(list);
}

static void
digests(json_dumper *json, const struct om_object *object)
{
    const struct om_digest *digest;

    om_json_object(json, "digests");
    for (guint i = 0; (digest = om_object_digest(object, i)); i++)
        om_json_hex(json, digest->algorithm, digest->value, digest->length);
    json_dumper_end_object(json);
}

static void
verification(json_dumper *json, const struct om_verification *check)
{
    om_json_object(json, "verification");
    om_json_string(json, "result", om_verification_name(check->result));
    om_json_string(json, "algorithm", check->algorithm);
    om_json_hex(json, "offered", check->offered.value, check->offered.length);
    om_json_hex(json, "computed", check->computed.value, check->computed.length);
    om_json_string(json, "covers", check->result == OM_MATCH ? om_covers_name(check->covers) : NULL);
    json_dumper_end_object(json);
}

static void
body_headers(json_dumper *json, const GPtrArray *headers)
{
    om_json_array(json, "headers");
    for (guint i = 0; headers && i < headers->len; i++) {
        const struct om_push_header *header = g_ptr_array_index(headers, i);

        json_dumper_begin_object(json);
        om_json_string(json, "name", header->name);
        om_json_string(json, "value", header->value);
        json_dumper_end_object(json);
    }
    json_dumper_end_array(json);
}

/* Outermost first; the model bounds how many envelopes are opened. */
static void
body(json_dumper *json, const struct om_body *held)
{
    guint open = 0;

    json_dumper_set_member_name(json, "body");
    for (; held; held = held->inner, open++) {
        json_dumper_begin_object(json);
        om_json_string(json, "encoding", om_body_encoding_name(held->encoding));
        body_headers(json, held->headers.list);
        om_json_string(json, "content_type", held->content_type);
        om_json_number(json, "content_size", held->content.l);
        json_dumper_set_member_name(json, "inner");
    }
    json_dumper_value_anyf(json, "null");
    for (; open; open--)
        json_dumper_end_object(json);
}

static void
frames_and_times(json_dumper *json, const struct om_object *object)
{
    const struct om_session *session = om_object_session(object);
    gint64 first = om_object_first_time(object), last = om_object_last_time(object);
    gint64 report = om_object_report_time(object), setup = 0;
    gboolean answered = session && om_session_setup_time(session, &setup);

    om_json_object(json, "frames");
    om_json_nonzero(json, "first", om_object_first_frame(object));
    om_json_nonzero(json, "last", om_object_last_frame(object));
    om_json_nonzero(json, "report", om_object_report_frame(object));
    json_dumper_end_object(json);

    om_json_object(json, "seconds");
    om_json_seconds(json, "setup", answered, setup);
    om_json_seconds(json, "transfer", om_object_last_frame(object) != 0, last - first);
    om_json_seconds(json, "report", om_object_report_frame(object) && report >= last, report - last);
    json_dumper_end_object(json);
}

static void
identity(json_dumper *json, struct om_object *object, const struct om_conclusion *conclusion)
{
    guint32 session = om_object_session_id(object);
    char *name = om_object_name(object);

    om_json_number(json, "id", om_object_id(object));
    om_json_string(json, "delivery", om_delivery_name(om_object_delivery(object, conclusion)));
    om_json_string(json, "diagnosis", om_object_diagnosis(object, conclusion));
    om_json_seconds(json, "time", om_object_first_frame(object) != 0, om_object_first_time(object));
    om_json_string(json, "carrier", om_carrier_name(om_object_carrier(object)));
    om_json_nonzero(json, "session", session);
    om_json_string(json, "call_id", om_object_call_id(object));
    om_json_string(json, "message_id", om_object_message_id(object));
    om_json_nonzero(json, "status", om_object_status(object));
    om_json_strings(json, "event_apps", om_object_event_apps(object));
    om_json_strings(json, "icsis", om_object_icsis(object));
    om_json_string(json, "from_path", om_object_from_path(object));
    om_json_string(json, "to_path", om_object_to_path(object));
    om_json_string(json, "content_type", om_object_content_type(object));
    om_json_string(json, "name", name);
    g_free(name);
}

void
om_json_push_object(json_dumper *json, struct om_object *object, const struct om_conclusion *conclusion,
                    const GArray *findings)
{
    guint64 total;
    gboolean has_total;

    om_object_assess(object);
    json_dumper_begin_object(json);
    identity(json, object, conclusion);
    om_json_number(json, "size", om_object_size(object));
    has_total = om_object_total(object, &total);
    om_json_known(json, "total", has_total, total);
    om_json_string(json, "state", om_state_name(om_object_state(object)));
    gaps(json, object);
    om_json_number(json, "hops", om_object_hops(object));
    digests(json, object);
    verification(json, om_object_verification(object));
    body(json, om_object_body(object));
    om_json_chunks(json, object);
    om_json_reports(json, object);
    frames_and_times(json, object);
    om_json_string(json, "verdict", om_verdict_name(om_object_verdict(object, conclusion)));
    om_json_array(json, "findings");
    for (guint i = 0; findings && i < findings->len; i++)
        json_dumper_value_anyf(json, "%u", g_array_index(findings, guint, i));
    json_dumper_end_array(json);
    json_dumper_end_object(json);
}
