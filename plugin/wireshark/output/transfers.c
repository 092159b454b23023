/* transfers.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "transfers.h"

#include "wireshark/glue/at_end.h"
#include "wireshark/glue/compat.h"
#include "tap_walk.h"
#include "transfer_row.h"

#include <epan/stat_tap_ui.h>

#define TITLE "OMA Push Transfers"
#define TABLE "Objects"
/* A cell beyond this makes its own line longer, not all lines. */
#define WIDEST 48

/* tshark prints names and cells by printf formats: both are made as wide as the widest cell. */
static const struct {
    const char *name;
    stat_tap_table_item_enum type;
    tap_alignment_type align;
} columns[TRANSFER_COLUMNS] = {
    [TRANSFER_ID] = {"Object", TABLE_ITEM_UINT, TAP_ALIGN_RIGHT},
    [TRANSFER_VERDICT] = {"Verdict", TABLE_ITEM_STRING, TAP_ALIGN_LEFT},
    [TRANSFER_DELIVERY] = {"Delivery", TABLE_ITEM_STRING, TAP_ALIGN_LEFT},
    [TRANSFER_STATE] = {"State", TABLE_ITEM_STRING, TAP_ALIGN_LEFT},
    [TRANSFER_VERIFICATION] = {"Verification", TABLE_ITEM_STRING, TAP_ALIGN_LEFT},
    [TRANSFER_REPORT] = {"Report", TABLE_ITEM_STRING, TAP_ALIGN_LEFT},
    [TRANSFER_SESSION] = {"Session", TABLE_ITEM_STRING, TAP_ALIGN_RIGHT},
    [TRANSFER_CARRIER] = {"Carrier", TABLE_ITEM_STRING, TAP_ALIGN_LEFT},
    [TRANSFER_EVENT_APP] = {"Event app", TABLE_ITEM_STRING, TAP_ALIGN_LEFT},
    [TRANSFER_CONTENT_TYPE] = {"Content type", TABLE_ITEM_STRING, TAP_ALIGN_LEFT},
    [TRANSFER_SIZE] = {"Size", TABLE_ITEM_STRING, TAP_ALIGN_RIGHT},
    [TRANSFER_TOTAL] = {"Total", TABLE_ITEM_STRING, TAP_ALIGN_RIGHT},
    [TRANSFER_CHUNKS] = {"Chunks", TABLE_ITEM_STRING, TAP_ALIGN_RIGHT},
    [TRANSFER_SECONDS] = {"Seconds", TABLE_ITEM_STRING, TAP_ALIGN_RIGHT},
    [TRANSFER_FIRST_FRAME] = {"First", TABLE_ITEM_UINT, TAP_ALIGN_RIGHT},
    [TRANSFER_LAST_FRAME] = {"Last", TABLE_ITEM_UINT, TAP_ALIGN_RIGHT},
    [TRANSFER_NAME] = {"Name", TABLE_ITEM_STRING, TAP_ALIGN_LEFT},
};

/* There is one table of that name, as for every table of Wireshark's. */
static stat_tap_table_ui ui;
static stat_tap_table_item fields[TRANSFER_COLUMNS];
static struct {
    struct om_selection selection;
    guint filled; /* of its objects, those that have their row */
    guint width[TRANSFER_COLUMNS];
    char *padded[TRANSFER_COLUMNS];
    char *format[TRANSFER_COLUMNS];
} state;

static void
set_width(guint column, guint width)
{
    gboolean left = columns[column].align == TAP_ALIGN_LEFT;

    state.width[column] = width;
    g_free(state.padded[column]);
    g_free(state.format[column]);
    state.padded[column] = g_strdup_printf(left ? "%-*s" : "%*s", (int) width, columns[column].name);
    state.format[column] =
        g_strdup_printf("%%%s%u%s", left ? "-" : "", width, columns[column].type == TABLE_ITEM_UINT ? "u" : "s");
    fields[column].column_name = state.padded[column];
    fields[column].field_format = state.format[column];
}

static void
widen(guint column, guint width)
{
    if (width > state.width[column])
        set_width(column, MIN(width, WIDEST));
}

/* The GUI sorts text by its bytes: numbers of one length sort as numbers. */
static char *
sortable(char *text, guint column)
{
    char *padded;

    if (columns[column].align != TAP_ALIGN_RIGHT)
        return text;
    padded = g_strdup_printf("%*s", (int) state.width[column], text);
    g_free(text);
    return padded;
}

static void
fill_row(stat_tap_table *table, guint row, struct om_model *model, struct om_object *object)
{
    stat_tap_table_item_type items[TRANSFER_COLUMNS];

    om_model_conclude(model); /* which may give it another selector */
    om_object_assess(object);
    memset(items, 0, sizeof items);
    for (guint column = 0; column < TRANSFER_COLUMNS; column++) {
        items[column].type = columns[column].type;
        if (columns[column].type == TABLE_ITEM_STRING) {
            char *text = omapush_transfer_text(model, object, column);

            widen(column, (guint) strlen(text));
            items[column].value.string_value = sortable(text, column);
        }
    }
    items[TRANSFER_ID].value.uint_value = om_object_id(object);
    items[TRANSFER_FIRST_FRAME].value.uint_value = om_object_first_frame(object);
    items[TRANSFER_LAST_FRAME].value.uint_value = om_object_last_frame(object);
    stat_tap_init_table_row(table, row, TRANSFER_COLUMNS, items);
}

/* Rows for the objects that have none yet. */
static void
fill(void)
{
    stat_tap_table *table = stat_tap_find_table(&ui, TABLE);
    const GPtrArray *objects = state.selection.objects;

    for (; table && state.filled < objects->len; state.filled++)
        fill_row(table, state.filled, state.selection.model, g_ptr_array_index(objects, state.filled));
}

static void
finish(void)
{
    om_selection_end(&state.selection);
    fill();
}

static struct om_at_end at_end = {finish, FALSE};

static tap_packet_status
packet(void *data G_GNUC_UNUSED, packet_info *pinfo G_GNUC_UNUSED, epan_dissect_t *edt G_GNUC_UNUSED,
       const void *tapped, tap_flags_t flags G_GNUC_UNUSED)
{
    const struct om_tap_record *record = tapped;

    om_selection_add(&state.selection, record);
    if (record->first_visit)
        om_at_end(&at_end);
    else
        fill();
    return TAP_PACKET_REDRAW;
}

static void
begin(void)
{
    om_selection_clear(&state.selection);
    state.filled = 0;
    for (guint column = 0; column < TRANSFER_COLUMNS; column++)
        set_width(column, (guint) strlen(columns[column].name));
    /* Room for the numbers of most captures, so that most rows sort alike. */
    set_width(TRANSFER_ID, 8); /* the GUI's sign of the sorted column takes some of it */
    set_width(TRANSFER_SESSION, 7);
    set_width(TRANSFER_SIZE, 10);
    set_width(TRANSFER_TOTAL, 10);
    set_width(TRANSFER_SECONDS, 12);
}

static void
free_item(stat_tap_table *table G_GNUC_UNUSED, guint row G_GNUC_UNUSED, guint column G_GNUC_UNUSED,
          stat_tap_table_item_type *item)
{
    if (item->type == TABLE_ITEM_STRING)
        g_free((char *) item->value.string_value);
    item->type = TABLE_ITEM_NONE;
}

static void
reset(stat_tap_table *table)
{
    for (guint row = 0; row < table->num_elements; row++) {
        for (guint column = 0; column < TRANSFER_COLUMNS; column++)
            free_item(table, row, column, stat_tap_get_field_data(table, row, column));
        g_free(table->elements[row]);
    }
    table->num_elements = 0;
    begin();
}

static void
init(stat_tap_table_ui *new_ui)
{
    stat_tap_table *table = stat_tap_find_table(new_ui, TABLE);

    if (table)
        reset(table);
    else
        stat_tap_add_table(new_ui, stat_tap_init_table(TABLE, TRANSFER_COLUMNS, 0, NULL));
    begin();
}

void
omapush_register_transfers(void)
{
    static tap_param parameters[] = {{PARAM_FILTER, "filter", "Filter", NULL, TRUE}};

    om_selection_init(&state.selection);
    for (guint column = 0; column < TRANSFER_COLUMNS; column++) {
        fields[column].type = columns[column].type;
        fields[column].align = columns[column].align;
    }
    begin();
    ui.group = OM_STAT_GROUP_TELEPHONY;
    ui.title = TITLE;
    ui.tap_name = "omapush";
    ui.cli_string = "omapush,transfers";
    ui.stat_tap_init_cb = init;
    ui.packet_func = packet;
    ui.stat_tap_reset_table_cb = reset;
    ui.stat_tap_free_table_item_cb = free_item;
    ui.nfields = TRANSFER_COLUMNS;
    ui.fields = fields;
    ui.nparams = G_N_ELEMENTS(parameters);
    ui.params = parameters;
    register_stat_tap_table_ui(&ui);
}
