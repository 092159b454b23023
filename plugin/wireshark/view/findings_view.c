/* findings_view.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "findings_view.h"

#include <epan/exceptions.h>
#include <epan/expert.h>
#include <epan/show_exception.h>

#include "model/base/rules.h"
#include "long_text.h"
#include "push_tree.h"

static int hf_omapush_finding_rule = -1;
static int hf_omapush_finding_text = -1;
static int hf_omapush_finding_severity = -1;
static int hf_omapush_finding_section = -1;
static int hf_omapush_finding_peer = -1;

static gint ett_omapush_finding = -1;

/** By rule (model/base/rules.def). */
static expert_field rule_infos[OM_RULE_COUNT];

/** Of a frame that holds many broken messages the further findings have no items of their own below them. */
#define DETAILED_MAX 24
/** More findings than these stay at the end of the tree: moving one costs a walk through it. */
#define MOVED_MAX 200

static void
view_details(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_finding *finding,
             const struct om_rule_info *rule)
{
    omapush_long_text(tvb, pinfo, tree, hf_omapush_finding_text, om_finding_text(finding));
    proto_item_set_generated(
        proto_tree_add_string(tree, hf_omapush_finding_severity, tvb, 0, 0, om_severity_name(rule->severity)));
    proto_item_set_generated(proto_tree_add_string(tree, hf_omapush_finding_section, tvb, 0, 0, rule->section));
    if (om_finding_peer(finding))
        proto_item_set_generated(
            proto_tree_add_string(tree, hf_omapush_finding_peer, tvb, 0, 0, om_finding_peer(finding)));
}

/* The expert info is told without a tree, too: windows and statistics of them ask for none. */
static proto_item *
view_finding(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_finding *finding, gboolean detailed)
{
    const struct om_rule_info *rule = om_rule_info(om_finding_rule(finding));
    proto_item *item = proto_tree_add_string_format_value(tree, hf_omapush_finding_rule, tvb, 0, 0, rule->id, "%s, %s",
                                                          rule->id, rule->summary);

    if (item != tree)
        proto_item_set_generated(item);
    expert_add_info_format(pinfo, item, &rule_infos[om_finding_rule(finding)], "%s: %s", rule->id,
                           omapush_short_text(pinfo, om_finding_text(finding)));
    if (tree && detailed)
        view_details(tvb, pinfo, proto_item_add_subtree(item, ett_omapush_finding), finding, rule);
    return item;
}

/* At the first visit what events have proved; later also what the rest of the capture proves. */
static const GPtrArray *
findings_at(packet_info *pinfo)
{
    struct om_model *model = omapush_model();

    if (!PINFO_FD_VISITED(pinfo))
        return om_model_findings_at(model, pinfo->num);
    return om_conclusion_findings_at(om_model_conclude(model), pinfo->num);
}

static void
view_findings(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const GPtrArray *findings)
{
    struct omapush_remarks place = omapush_remarks_place(tvb, pinfo, tree);

    for (guint i = 0; i < findings->len; i++) {
        proto_item *item = view_finding(tvb, pinfo, place.tree, g_ptr_array_index(findings, i), i < DETAILED_MAX);

        if (place.behind && i < MOVED_MAX && item != place.tree) {
            proto_tree_move_item(place.tree, place.behind, item);
            place.behind = item;
        }
    }
}

void
omapush_findings_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    const GPtrArray *findings = findings_at(pinfo);

    if (!findings)
        return;
    TRY
    {
        view_findings(tvb, pinfo, tree, findings);
    }
    CATCH_BOUNDS_AND_DISSECTOR_ERRORS
    {
        show_exception(tvb, pinfo, tree, EXCEPT_CODE, GET_MESSAGE);
    }
    ENDTRY;
}

/* --- registration --- */

static int
expert_group(enum om_group group)
{
    static const int groups[] = {PI_PROTOCOL,   PI_MALFORMED, PI_SEQUENCE, PI_RESPONSE_CODE,
                                 PI_REASSEMBLE, PI_CHECKSUM,  PI_UNDECODED};

    return groups[group];
}

static int
expert_severity(enum om_severity severity)
{
    static const int severities[] = {PI_NOTE, PI_WARN, PI_ERROR};

    return severities[severity];
}

/* One expert info a rule: "omapush.rule.sip_tag_name". */
static void
register_rules(void)
{
    static ei_register_info ei[OM_RULE_COUNT];

    for (guint i = 0; i < OM_RULE_COUNT; i++) {
        const struct om_rule_info *rule = om_rule_info(i);
        char *name = g_ascii_strdown(rule->id, -1);

        /* Names and texts live as long as the program. */
        ei[i].ids = &rule_infos[i];
        ei[i].eiinfo.name = g_strconcat("omapush.rule.", g_strdelimit(name, "-", '_'), NULL);
        ei[i].eiinfo.group = expert_group(rule->group);
        ei[i].eiinfo.severity = expert_severity(rule->severity);
        ei[i].eiinfo.summary = g_strconcat(rule->id, ": ", rule->summary, NULL);
        rule_infos[i] = (expert_field) EI_INIT;
        g_free(name);
    }
    expert_register_field_array(expert_register_protocol(proto_omapush), ei, array_length(ei));
}

void
omapush_findings_view_register(void)
{
    static hf_register_info hf[] = {
        {&hf_omapush_finding_rule,
         {"Finding", "omapush.finding.rule", FT_STRING, BASE_NONE, NULL, 0x0, "Id of a broken rule", HFILL}},
        {&hf_omapush_finding_text,
         {"What", "omapush.finding.text", FT_STRING, BASE_NONE, NULL, 0x0, "What was expected, and what was seen",
          HFILL}},
        {&hf_omapush_finding_severity,
         {"Severity", "omapush.finding.severity", FT_STRING, BASE_NONE, NULL, 0x0, "error, warn or note", HFILL}},
        {&hf_omapush_finding_section,
         {"Where it stands", "omapush.finding.section", FT_STRING, BASE_NONE, NULL, 0x0,
          "Document and section of the rule", HFILL}},
        {&hf_omapush_finding_peer,
         {"Peer", "omapush.finding.peer", FT_STRING, BASE_NONE, NULL, 0x0, "Address of who broke it", HFILL}},
    };
    static gint *ett[] = {
        &ett_omapush_finding,
    };

    proto_register_field_array(proto_omapush, hf, array_length(hf));
    proto_register_subtree_array(ett, array_length(ett));
    register_rules();
}
