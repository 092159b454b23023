/* json_out.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "json_out.h"

#include <stdio.h>

#include "wireshark/glue/compat.h"
#include "json_object.h"
#include "json_sip.h"
#include "json_values.h"
#include "wireshark/glue/frame.h"
#include "tap_walk.h"

#include <epan/epan.h>
#include <epan/stat_tap_ui.h>
#include <wsutil/report_message.h>

#define COMMAND        "omapush,json"
#define FORMAT_VERSION 2

/* One -z: owned by its tap listener. */
struct report {
    char *filter;                  /* NULL: everything is listed */
    struct om_selection selection; /* what the filter let through; unused without one */
};

/* One document as it is written. */
struct document {
    json_dumper *json;
    const struct report *report;
    const struct om_conclusion *conclusion;
    GPtrArray *findings;   /* struct om_finding_group *, as they are listed */
    GHashTable *by_object; /* object -> GArray of guint, indexes into findings */
};

static gboolean
listed(const struct document *document, const void *member)
{
    return !document->report->filter || om_selection_has(&document->report->selection, member);
}

static void
index_finding(struct document *document, struct om_object *object, guint place)
{
    GArray *list = g_hash_table_lookup(document->by_object, object);

    if (!list) {
        list = g_array_new(FALSE, FALSE, sizeof(guint));
        g_hash_table_insert(document->by_object, object, list);
    }
    g_array_append_val(list, place);
}

static void
choose_findings(struct document *document)
{
    const GPtrArray *all = om_conclusion_groups(document->conclusion);

    for (guint i = 0; i < all->len; i++) {
        struct om_finding_group *group = g_ptr_array_index(all, i);
        const struct om_finding *finding = om_finding_group_first(group);

        if (document->report->filter && !om_selection_has_group(&document->report->selection, group))
            continue;
        if (om_finding_object(finding))
            index_finding(document, om_finding_object(finding), document->findings->len);
        g_ptr_array_add(document->findings, group);
    }
}

static void
write_capture(const struct document *document, const struct om_frames *frames)
{
    json_dumper *json = document->json;

    om_json_object(json, "capture");
    om_json_seconds(json, "first_time", frames->all != 0, frames->first_time);
    om_json_seconds(json, "last_time", frames->all != 0, frames->last_time);
    om_json_number(json, "frames", frames->all);
    om_json_number(json, "cut_frames", frames->cut);
    om_json_string(json, "verdict", om_verdict_name(om_capture_verdict(document->conclusion)));
    om_json_strings(json, "reasons", om_capture_reasons(document->conclusion));
    json_dumper_end_object(json);
}

static void
write_peer(json_dumper *json, const struct om_peer *peer)
{
    json_dumper_begin_object(json);
    om_json_string(json, "address", om_peer_address(peer));
    om_json_strings(json, "names", om_peer_names(peer));
    om_json_string(json, "role", om_peer_role(peer));
    om_json_object(json, "findings");
    for (guint rule = 0; rule < OM_RULE_COUNT; rule++) {
        if (om_peer_findings(peer, rule))
            om_json_number(json, om_rule_info(rule)->id, om_peer_findings(peer, rule));
    }
    json_dumper_end_object(json);
    json_dumper_end_object(json);
}

static void
write_peers(const struct document *document)
{
    const GPtrArray *peers = om_conclusion_peers(document->conclusion);

    om_json_array(document->json, "peers");
    for (guint i = 0; i < peers->len; i++)
        write_peer(document->json, g_ptr_array_index(peers, i));
    json_dumper_end_array(document->json);
}

static void
write_registration(const struct document *document, gpointer registration)
{
    om_json_registration(document->json, registration);
}

static void
write_session(const struct document *document, gpointer session)
{
    om_json_session(document->json, session, document->conclusion);
}

static void
write_object(const struct document *document, gpointer object)
{
    om_json_push_object(document->json, object, document->conclusion, g_hash_table_lookup(document->by_object, object));
}

static void
write_list(const struct document *document, const char *key, const GPtrArray *all,
           void (*write)(const struct document *document, gpointer member))
{
    om_json_array(document->json, key);
    for (guint i = 0; i < all->len; i++) {
        if (listed(document, g_ptr_array_index(all, i)))
            write(document, g_ptr_array_index(all, i));
    }
    json_dumper_end_array(document->json);
}

/* The session that it is about, itself or by its object; 0: none. */
static guint32
session_of(const struct om_finding *finding)
{
    const struct om_session *session = om_finding_session(finding);
    const struct om_object *object = om_finding_object(finding);

    return session ? om_session_id(session) : object ? om_object_session_id(object) : 0;
}

/* In one line: there may be thousands. */
static void
write_frames(json_dumper *json, const GArray *frames)
{
    GString *line = g_string_new("[");

    for (guint i = 0; i < frames->len; i++)
        g_string_append_printf(line, "%s%u", i ? "," : "", g_array_index(frames, guint32, i));
    json_dumper_set_member_name(json, "frames");
    json_dumper_value_anyf(json, "%s]", line->str);
    g_string_free(line, TRUE);
}

static void
write_finding(json_dumper *json, const struct om_finding_group *group)
{
    const struct om_finding *finding = om_finding_group_first(group);
    const GArray *frames = om_finding_group_frames(group);
    const struct om_rule_info *rule = om_rule_info(om_finding_rule(finding));
    const struct om_object *object = om_finding_object(finding);

    json_dumper_begin_object(json);
    om_json_string(json, "rule", rule->id);
    om_json_string(json, "severity", om_severity_name(rule->severity));
    om_json_nonzero(json, "frame", om_finding_frame(finding));
    om_json_nonzero(json, "session", session_of(finding));
    om_json_known(json, "object", object != NULL, object ? om_object_id(object) : 0);
    om_json_string(json, "peer", om_finding_peer(finding));
    om_json_string(json, "section", rule->section);
    om_json_string(json, "text", om_finding_text(finding));
    om_json_number(json, "count", frames->len);
    write_frames(json, frames);
    json_dumper_end_object(json);
}

static void
write_findings(const struct document *document)
{
    om_json_array(document->json, "findings");
    for (guint i = 0; i < document->findings->len; i++)
        write_finding(document->json, g_ptr_array_index(document->findings, i));
    json_dumper_end_array(document->json);
}

static void
write_document(const struct report *report, struct om_model *model)
{
    json_dumper json = {.output_file = stdout, .flags = JSON_DUMPER_FLAGS_PRETTY_PRINT};
    struct document document = {.json = &json, .report = report};

    document.conclusion = om_model_conclude(model);
    document.findings = g_ptr_array_new();
    document.by_object = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
    choose_findings(&document);
    json_dumper_begin_object(&json);
    om_json_number(&json, "omapush", FORMAT_VERSION);
    om_json_string(&json, "plugin", OMAPUSH_VERSION);
    om_json_string(&json, "wireshark", epan_get_version());
    write_capture(&document, om_model_frames(model));
    write_peers(&document);
    write_list(&document, "registrations", om_model_registrations(model), write_registration);
    write_list(&document, "sessions", om_model_sessions(model), write_session);
    write_list(&document, "objects", om_model_objects(model), write_object);
    write_findings(&document);
    json_dumper_end_object(&json);
    json_dumper_finish(&json);
    fflush(stdout);
    g_hash_table_unref(document.by_object);
    g_ptr_array_unref(document.findings);
}

static void
reset(void *data)
{
    struct report *report = data;

    om_selection_clear(&report->selection);
}

static tap_packet_status
packet(void *data, packet_info *pinfo G_GNUC_UNUSED, epan_dissect_t *edt G_GNUC_UNUSED, const void *record,
       tap_flags_t flags G_GNUC_UNUSED)
{
    struct report *report = data;

    if (report->filter)
        om_selection_add(&report->selection, record);
    return TAP_PACKET_REDRAW;
}

static void
draw(void *data)
{
    struct om_model *model = omapush_model();
    struct report *report = data;

    om_selection_end(&report->selection);
    if (model)
        write_document(report, model);
}

static void
finish(void *data)
{
    struct report *report = data;

    om_selection_free(&report->selection);
    g_free(report->filter);
    g_free(report);
}

static om_stat_init
init(const char *argument, void *data G_GNUC_UNUSED)
{
    const char *rest = argument + strlen(COMMAND);
    struct report *report;
    GString *error;

    if (*rest != '\0' && *rest != ',') {
        report_failure("omapush: -z %s: unknown report, \"%s[,FILTER]\" is one", argument, COMMAND);
        OM_STAT_INIT_FAILED;
    }
    report = g_new0(struct report, 1);
    om_selection_init(&report->selection);
    report->filter = *rest && rest[1] ? g_strdup(rest + 1) : NULL;
    error = register_tap_listener("omapush", report, report->filter, TL_REQUIRES_NOTHING, reset, packet, draw, finish);
    if (error) {
        report_failure("omapush: -z %s: %s", argument, error->str);
        g_string_free(error, TRUE);
        finish(report);
        OM_STAT_INIT_FAILED;
    }
    OM_STAT_INIT_DONE;
}

void
omapush_register_json(void)
{
    static stat_tap_ui ui = {
        REGISTER_STAT_GROUP_GENERIC, NULL, COMMAND, init, 0, NULL,
    };

    register_stat_tap_ui(&ui, NULL);
}
