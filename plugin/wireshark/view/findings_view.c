/* findings_view.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "findings_view.h"

/** More findings than these stay at the end of the tree: moving one costs a walk through it. */
#define MOVED_MAX 200

/** What a dissection of a frame keeps for this. */
struct place {
    proto_tree *tree;
    proto_item *behind; /* NULL: at the end */
    gboolean shown;
};

static struct place *
place_of(packet_info *pinfo)
{
    struct place *place = p_get_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_FINDINGS);

    if (!place) {
        place = wmem_new0(pinfo->pool, struct place);
        p_add_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_FINDINGS, place);
    }
    return place;
}

void
omapush_findings_into(packet_info *pinfo, proto_tree *push_tree)
{
    struct place *place = place_of(pinfo);

    if (!place->tree)
        place->tree = push_tree;
}

void
omapush_findings_behind(packet_info *pinfo, const proto_tree *push_tree, proto_item *item)
{
    struct place *place = place_of(pinfo);

    if (place->tree == push_tree)
        place->behind = item;
}

static proto_item *
view_finding(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_finding *finding)
{
    const struct om_rule_info *rule = om_rule_info(finding->rule);
    proto_item *item = proto_tree_add_string_format_value(tree, HF(FINDING_RULE), tvb, 0, 0, rule->id, "%s: %s",
                                                          rule->id, finding->text);
    proto_tree *below;

    proto_item_set_generated(item);
    expert_add_info_format(pinfo, item, &om_ei[finding->rule], "%s: %s", rule->id, finding->text);
    below = proto_item_add_subtree(item, om_ett[OM_T_FINDING]);
    proto_item_set_generated(
        proto_tree_add_string(below, HF(FINDING_SEVERITY), tvb, 0, 0, om_severity_name(rule->severity)));
    proto_item_set_generated(proto_tree_add_string(below, HF(FINDING_SECTION), tvb, 0, 0, rule->section));
    return item;
}

/* At the first visit what events have proved; later also what the rest of the capture proves. */
static const GPtrArray *
findings_at(packet_info *pinfo)
{
    struct om_model *model = omapush_model();

    if (!PINFO_FD_VISITED(pinfo))
        return om_model_findings_at(model, pinfo->num);
    return g_hash_table_lookup(om_model_conclude(model)->by_frame, GUINT_TO_POINTER(pinfo->num));
}

void
omapush_findings_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    const GPtrArray *findings = findings_at(pinfo);
    struct place *place;

    if (!findings)
        return;
    place = place_of(pinfo);
    if (place->shown)
        return;
    place->shown = TRUE;
    for (guint i = 0; i < findings->len; i++) {
        proto_item *item = view_finding(tvb, pinfo, place->tree ? place->tree : tree, g_ptr_array_index(findings, i));

        if (place->behind && i < MOVED_MAX) {
            proto_tree_move_item(place->tree, place->behind, item);
            place->behind = item;
        }
    }
}
