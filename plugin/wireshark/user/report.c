/* report.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "report.h"

#define U64 "%" G_GUINT64_FORMAT
/** Findings that are told in full. */
#define FINDINGS_TOLD 50

static void
add_line(GString *text, const char *title, const char *value)
{
    if (value && *value)
        g_string_append_printf(text, "%s: %s\n", title, value);
}

static void
add_seconds(GString *text, const char *title, gint64 taken)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd(number, sizeof number, "%.6f", (double) taken / 1e9);
    g_string_append_printf(text, "%s: %s s\n", title, number);
}

static void
add_ends(GString *text, const struct om_object *object)
{
    const struct om_session *session = om_object_session_id(object) ? om_object_session(object) : NULL;

    if (session) {
        g_string_append_printf(text, "Session: %u\n", om_session_id(session));
        add_line(text, "From", om_session_from(session));
        add_line(text, "To", om_session_to(session));
    }
    add_line(text, session ? "From-Path" : "From", om_object_from_path(object));
    add_line(text, session ? "To-Path" : "To", om_object_to_path(object));
    add_line(text, "Call-ID", om_object_call_id(object));
    add_line(text, "Message-ID", om_object_message_id(object));
}

static void
add_digest(GString *text, const char *title, const char *algorithm, const struct om_digest *digest)
{
    char *value = digest->length ? om_digest_text(digest->value, digest->length) : NULL;

    if (value)
        g_string_append_printf(text, "%s: %s:%s\n", title, algorithm ? algorithm : "", value);
    g_free(value);
}

static void
add_content(GString *text, const struct om_object *object)
{
    const struct om_verification *verification = om_object_verification(object);
    guint64 total;

    add_line(text, "Content", om_object_innermost_type(object));
    g_string_append_printf(text, "Size: " U64, om_object_size(object));
    if (om_object_total(object, &total))
        g_string_append_printf(text, " of " U64, total);
    g_string_append_printf(text, " bytes, %s\n", om_state_name(om_object_state(object)));
    add_line(text, "Verification", om_verification_name(verification->result));
    add_digest(text, "Offered", verification->algorithm, &verification->offered);
    add_digest(text, "Computed", verification->algorithm, &verification->computed);
}

static void
add_frames(GString *text, const struct om_object *object)
{
    const struct om_session *session = om_object_session(object);
    gint64 setup;

    g_string_append_printf(text, "Frames: %u to %u", om_object_first_frame(object), om_object_last_frame(object));
    if (om_object_report_frame(object))
        g_string_append_printf(text, ", REPORT in %u", om_object_report_frame(object));
    if (om_object_answer_frame(object))
        g_string_append_printf(text, ", answer in %u", om_object_answer_frame(object));
    g_string_append(text, "\n");
    if (session && om_session_setup_time(session, &setup))
        add_seconds(text, "Setup", setup);
    add_seconds(text, "Transfer", om_object_last_time(object) - om_object_first_time(object));
}

static void
add_findings(GString *text, const GPtrArray *findings)
{
    guint count = findings ? findings->len : 0;

    for (guint i = 0; i < MIN(count, FINDINGS_TOLD); i++) {
        const struct om_finding *finding = g_ptr_array_index(findings, i);
        const struct om_rule_info *rule = om_rule_info(om_finding_rule(finding));

        g_string_append_printf(text, "Frame %u, %s, %s (%s): %s\n", om_finding_frame(finding),
                               om_severity_name(rule->severity), rule->id, rule->section, om_finding_text(finding));
    }
    if (count > FINDINGS_TOLD)
        g_string_append_printf(text, "and %u findings more\n", count - FINDINGS_TOLD);
}

GString *
omapush_object_report(struct om_model *model, struct om_object *object)
{
    const struct om_conclusion *conclusion = om_model_conclude(model);
    GString *text = g_string_new(NULL);
    char *name;

    om_object_assess(object);
    name = om_object_name(object);
    g_string_append_printf(text, "OMA Push object %u%s%s\n", om_object_id(object), name ? ": " : "", name ? name : "");
    g_free(name);
    add_line(text, "Verdict", om_verdict_name(om_object_verdict(object, conclusion)));
    add_line(text, "Delivery", om_delivery_name(om_object_delivery(object, conclusion)));
    add_line(text, "Diagnosis", om_object_diagnosis(object, conclusion));
    add_ends(text, object);
    add_content(text, object);
    add_frames(text, object);
    add_findings(text, om_conclusion_findings_of(conclusion, object));
    return text;
}
