/* stats.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "stats.h"

#include "core/text/text_hash.h"
#include "core/text/visible.h"
#include "wireshark/glue/at_end.h"
#include "wireshark/glue/compat.h"
#include "wireshark/view/push_view.h"
#include "stats_numbers.h"
#include "tap_walk.h"

#include <epan/stats_tree.h>

/* What is counted, each under a node of its own. */
enum counter {
    BY_PROCEDURE,
    BY_EVENT_APP,
    BY_ICSI,
    BY_CONTENT_TYPE,
    BY_DELIVERY,
    BY_VERDICT,
    BY_RULE,
    BY_PEER,
    BY_REPORT,
    COUNTERS
};

static const char *const titles[COUNTERS] = {
    [BY_PROCEDURE] = "Frames by procedure",
    [BY_EVENT_APP] = "Event apps (registrations, sessions, messages)",
    [BY_ICSI] = "ICSIs (registrations, sessions, messages)",
    [BY_CONTENT_TYPE] = "Objects by content type",
    [BY_DELIVERY] = "Objects by delivery",
    [BY_VERDICT] = "Objects by verdict",
    [BY_RULE] = "Findings by rule",
    [BY_PEER] = "Findings by peer",
    [BY_REPORT] = "Reports by status",
};

/* One tree at work: its tap's, from init to cleanup. A few at most. Owned by the list below. */
struct tree {
    stats_tree *stats;
    int nodes[COUNTERS];
    struct omapush_numbers numbers;
    struct om_selection selection;
    GHashTable *counts[COUNTERS]; /* name -> guint; "": all of them */
    GHashTable *findings;         /* struct om_finding *, those that were counted */
    GArray *frames;               /* guint32: tapped, findings not counted yet */
    GPtrArray *unknown;           /* GPtrArray * of struct om_payload *: tapped, not known yet what they are part of */
    guint registrations, sessions, objects; /* of the selection's, those that were counted */
};

static GPtrArray *trees;

/* One more of this key. @param key  taken over */
static int
one_more(GHashTable *counts, char *key)
{
    guint seen = GPOINTER_TO_UINT(g_hash_table_lookup(counts, key)) + 1;

    g_hash_table_insert(counts, key, GUINT_TO_POINTER(seen));
    return (int) seen;
}

/* A tick would also make a burst of the moment in which it is counted: only frames have those.
 * @param below  what is counted below the name; NULL: nothing */
static void
count_below(const struct tree *tree, enum counter counter, const char *name, const char *below)
{
    /* Names come from the wire: one line of valid text. */
    char *clean = om_slice_dup_utf8(om_slice_str(name));
    GHashTable *counts = tree->counts[counter];
    int node;

    stats_tree_manip_node_int(MN_SET, tree->stats, titles[counter], 0, TRUE, one_more(counts, g_strdup("")));
    node = stats_tree_manip_node_int(MN_SET, tree->stats, clean, tree->nodes[counter], below != NULL,
                                     one_more(counts, g_strdup(clean)));
    if (below)
        stats_tree_manip_node_int(MN_SET, tree->stats, below, node, FALSE,
                                  one_more(counts, g_strdup_printf("%s\n%s", clean, below)));
    g_free(clean);
}

static void
count(const struct tree *tree, enum counter counter, const char *name)
{
    count_below(tree, counter, name, NULL);
}

static void
count_frame(const struct tree *tree, enum om_procedure procedure)
{
    tick_stat_node(tree->stats, titles[BY_PROCEDURE], 0, TRUE);
    tick_stat_node(tree->stats, omapush_procedure_name(procedure), tree->nodes[BY_PROCEDURE], FALSE);
}

static void
count_all(const struct tree *tree, enum counter counter, const GPtrArray *names)
{
    for (guint i = 0; names && i < names->len; i++)
        count(tree, counter, g_ptr_array_index(names, i));
}

/* "192.0.2.4, ExampleUA/1.2 (receiver)" */
static char *
peer_label(const struct om_conclusion *conclusion, const char *address)
{
    const struct om_peer *peer = om_conclusion_peer(conclusion, address);
    const GPtrArray *names = peer ? om_peer_names(peer) : NULL;
    const char *role = peer ? om_peer_role(peer) : NULL;
    GString *label = g_string_new(address);

    for (guint i = 0; names && i < names->len; i++)
        g_string_append_printf(label, ", %s", (const char *) g_ptr_array_index(names, i));
    if (role)
        g_string_append_printf(label, " (%s)", role);
    return g_string_free(label, FALSE);
}

static void
count_peer(const struct tree *tree, const struct om_finding *finding)
{
    const char *address = om_finding_peer(finding);
    char *label = address ? peer_label(om_model_conclude(tree->selection.model), address) : NULL;

    if (label)
        count_below(tree, BY_PEER, label, om_rule_info(om_finding_rule(finding))->id);
    g_free(label);
}

static void
count_findings(const struct tree *tree, const GPtrArray *findings)
{
    for (guint i = 0; findings && i < findings->len; i++) {
        struct om_finding *finding = g_ptr_array_index(findings, i);

        if (!g_hash_table_add(tree->findings, finding))
            continue;
        count(tree, BY_RULE, om_rule_info(om_finding_rule(finding))->id);
        count_peer(tree, finding);
    }
}

static void
count_reports(const struct tree *tree, const struct om_object *object)
{
    const struct om_report *report;

    for (guint i = 0; (report = om_object_report(object, i)); i++) {
        guint status = om_report_status(report);
        char *text = status ? g_strdup_printf("%03u", status) : g_strdup("unreadable");

        if (!om_report_repeated(report))
            count(tree, BY_REPORT, text);
        g_free(text);
    }
}

static void
count_object(struct tree *tree, struct om_object *object)
{
    struct om_model *model = tree->selection.model;
    const struct om_conclusion *conclusion = om_model_conclude(model);
    const char *type;

    om_object_assess(object);
    type = om_object_innermost_type(object);
    count(tree, BY_CONTENT_TYPE, type ? type : "unknown");
    count(tree, BY_DELIVERY, om_delivery_name(om_object_delivery(object, conclusion)));
    count(tree, BY_VERDICT, om_verdict_name(om_object_verdict(object, conclusion)));
    omapush_numbers_add(&tree->numbers, object);
    count_reports(tree, object);
    count_findings(tree, om_conclusion_findings_of(conclusion, object));
    if (om_object_carrier(object) == OM_CARRIER_MESSAGE) {
        count_all(tree, BY_EVENT_APP, om_object_event_apps(object));
        count_all(tree, BY_ICSI, om_object_icsis(object));
    }
}

/* Counts what was tapped and not counted yet. */
static void
count_new(struct tree *tree)
{
    const struct om_selection *selection = &tree->selection;
    const struct om_conclusion *conclusion = om_model_conclude(selection->model);

    for (; tree->registrations < selection->registrations->len; tree->registrations++) {
        const struct om_registration *registration = g_ptr_array_index(selection->registrations, tree->registrations);

        count_all(tree, BY_EVENT_APP, om_registration_event_apps(registration));
        count_all(tree, BY_ICSI, om_registration_icsis(registration));
    }
    for (; tree->sessions < selection->sessions->len; tree->sessions++) {
        const struct om_session *session = g_ptr_array_index(selection->sessions, tree->sessions);

        if (om_session_id(session)) {
            count_all(tree, BY_EVENT_APP, om_session_event_apps(session));
            count_all(tree, BY_ICSI, om_session_icsis(session));
        }
    }
    for (; tree->objects < selection->objects->len; tree->objects++)
        count_object(tree, g_ptr_array_index(selection->objects, tree->objects));
    for (guint i = 0; i < tree->frames->len; i++)
        count_findings(tree, om_conclusion_findings_at(conclusion, g_array_index(tree->frames, guint32, i)));
    g_array_set_size(tree->frames, 0);
}

static void
finish(void)
{
    for (guint i = 0; i < trees->len; i++) {
        struct tree *tree = g_ptr_array_index(trees, i);

        om_selection_end(&tree->selection);
        for (guint k = 0; k < tree->unknown->len; k++) {
            enum om_procedure procedure = om_tap_calls_procedure(g_ptr_array_index(tree->unknown, k));

            if (procedure != OM_PROC_NONE)
                count_frame(tree, procedure);
        }
        g_ptr_array_set_size(tree->unknown, 0);
        if (tree->selection.model)
            count_new(tree);
    }
}

static struct om_at_end at_end = {finish, FALSE};

static struct tree *
tree_of(const stats_tree *stats)
{
    for (guint i = 0; i < trees->len; i++) {
        struct tree *tree = g_ptr_array_index(trees, i);

        if (tree->stats == stats)
            return tree;
    }
    return NULL;
}

static void
cleanup(stats_tree *stats)
{
    struct tree *tree = tree_of(stats);

    if (tree)
        g_ptr_array_remove_fast(trees, tree);
}

static void
free_tree(gpointer data)
{
    struct tree *tree = data;

    om_selection_free(&tree->selection);
    for (int counter = 0; counter < COUNTERS; counter++)
        g_hash_table_unref(tree->counts[counter]);
    g_hash_table_unref(tree->findings);
    g_array_unref(tree->frames);
    g_ptr_array_unref(tree->unknown);
    g_free(tree);
}

/* Also the reset: Wireshark calls it again for a tree that begins anew. */
static void
init(stats_tree *stats)
{
    struct tree *tree;

    cleanup(stats);
    tree = g_new0(struct tree, 1);
    tree->stats = stats;
    om_selection_init(&tree->selection);
    tree->findings = g_hash_table_new(NULL, NULL);
    tree->frames = g_array_new(FALSE, FALSE, sizeof(guint32));
    tree->unknown = g_ptr_array_new();
    for (int counter = 0; counter < COUNTERS; counter++) {
        tree->counts[counter] = g_hash_table_new_full(om_text_hash, g_str_equal, g_free, NULL);
        tree->nodes[counter] = stats_tree_create_node(stats, titles[counter], 0, STAT_DT_INT, TRUE);
    }
    omapush_numbers_begin(&tree->numbers, stats);
    g_ptr_array_add(trees, tree);
}

static tap_packet_status
packet(stats_tree *stats, packet_info *pinfo G_GNUC_UNUSED, epan_dissect_t *edt G_GNUC_UNUSED, const void *data,
       tap_flags_t flags G_GNUC_UNUSED)
{
    const struct om_tap_record *record = data;
    struct tree *tree = tree_of(stats);
    enum om_procedure procedure;

    if (!tree)
        return TAP_PACKET_DONT_REDRAW;
    om_selection_add(&tree->selection, record);
    g_array_append_val(tree->frames, record->frame);
    procedure = om_tap_record_procedure(record);
    if (procedure != OM_PROC_NONE)
        count_frame(tree, procedure);
    else if (record->calls && record->first_visit)
        g_ptr_array_add(tree->unknown, record->calls);
    if (record->first_visit)
        om_at_end(&at_end);
    else
        count_new(tree);
    return TAP_PACKET_REDRAW;
}

void
omapush_register_stats(void)
{
    trees = g_ptr_array_new_with_free_func(free_tree);
    stats_tree_register_plugin("omapush", "omapush", "OMA Push", TL_REQUIRES_NOTHING, packet, init, cleanup);
}
