/* peers.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "peers.h"

#include "table.h"

enum column {
    COLUMN_ADDRESS,
    COLUMN_ROLE,
    COLUMN_NAMES,
    COLUMN_ERRORS,
    COLUMN_WARNINGS,
    COLUMN_NOTES,
    COLUMN_RULES,
    COLUMNS
};

static const struct omapush_column columns[COLUMNS] = {
    [COLUMN_ADDRESS] = {"Address", FALSE, FALSE, 15},         [COLUMN_ROLE] = {"Role", FALSE, FALSE, 8},
    [COLUMN_NAMES] = {"User-Agent, Server", FALSE, FALSE, 0}, [COLUMN_ERRORS] = {"Errors", TRUE, TRUE, 0},
    [COLUMN_WARNINGS] = {"Warnings", TRUE, TRUE, 0},          [COLUMN_NOTES] = {"Notes", TRUE, TRUE, 0},
    [COLUMN_RULES] = {"Findings", FALSE, FALSE, 0},
};

/* Those that sent or received a tapped frame. */
static gboolean
listed(const struct omapush_table *table, guint seen, gpointer *peer)
{
    struct om_model *model = table->selection.model;
    const char *address;

    *peer = NULL;
    if (seen >= table->addresses->len)
        return FALSE;
    address = om_model_intern(model, g_ptr_array_index(table->addresses, seen));
    *peer = (gpointer) om_conclusion_peer(om_model_conclude(model), address);
    return TRUE;
}

/* Findings that are its doing. */
static guint
count(const struct om_peer *peer, enum om_severity severity)
{
    guint findings = 0;

    for (guint rule = 0; rule < OM_RULE_COUNT; rule++) {
        if (om_rule_info(rule)->severity == severity)
            findings += om_peer_findings(peer, rule);
    }
    return findings;
}

/* "MSRP-END-LINE 3, SIP-TAG-NAME 1", the gravest first. */
static char *
rules(const struct om_peer *peer)
{
    static const enum om_severity order[] = {OM_ERROR, OM_WARN, OM_NOTE};
    GString *text = g_string_new(NULL);
    char *cell;

    for (guint i = 0; i < G_N_ELEMENTS(order); i++) {
        for (guint rule = 0; rule < OM_RULE_COUNT; rule++) {
            if (om_rule_info(rule)->severity == order[i] && om_peer_findings(peer, rule))
                g_string_append_printf(text, "%s%s %u", text->len ? ", " : "", om_rule_info(rule)->id,
                                       om_peer_findings(peer, rule));
        }
    }
    cell = omapush_cell_text(text->str);
    g_string_free(text, TRUE);
    return cell;
}

static char *
cell(struct om_model *model G_GNUC_UNUSED, gpointer row, guint column, guint *number)
{
    const struct om_peer *peer = row;

    switch (column) {
    case COLUMN_ADDRESS:
        return omapush_cell_text(om_peer_address(peer));
    case COLUMN_ROLE:
        return omapush_cell_text(om_peer_role(peer));
    case COLUMN_NAMES:
        return omapush_cell_list(om_peer_names(peer));
    case COLUMN_RULES:
        return rules(peer);
    default:
        *number = count(peer, column == COLUMN_ERRORS ? OM_ERROR : column == COLUMN_WARNINGS ? OM_WARN : OM_NOTE);
        return NULL;
    }
}

void
omapush_peers_register(void)
{
    static struct omapush_table table = {.title = "OMA Push Peers",
                                         .rows = "Peers",
                                         .command = "omapush,peers",
                                         .columns = columns,
                                         .column_count = COLUMNS,
                                         .listed = listed,
                                         .cell = cell};

    omapush_table_register(&table);
}
