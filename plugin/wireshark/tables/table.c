/* table.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "table.h"

#include "core/text/visible.h"
#include <epan/to_str.h>

#include "core/text/text_hash.h"
#include "wireshark/glue/at_end.h"

/* A cell beyond this makes its own line longer, not all lines. */
#define WIDEST 48

/* As many as there are commands. */
static GPtrArray *tables;

/* --- cells --- */

char *
omapush_cell_text(const char *text)
{
    return text && *text ? om_slice_dup_utf8(om_slice_str(text)) : g_strdup("-");
}

char *
omapush_cell_number(gboolean known, guint64 number)
{
    return known ? g_strdup_printf("%" G_GUINT64_FORMAT, number) : g_strdup("-");
}

char *
omapush_cell_list(const GPtrArray *values)
{
    GString *text = g_string_new(NULL);
    char *clean;

    for (guint i = 0; values && i < values->len; i++)
        g_string_append_printf(text, "%s%s", i ? "," : "", (const char *) g_ptr_array_index(values, i));
    clean = omapush_cell_text(text->str);
    g_string_free(text, TRUE);
    return clean;
}

char *
omapush_cell_seconds(gint64 taken)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd(number, sizeof number, "%.6f", (double) taken / 1e9);
    return g_strdup(number);
}

char *
omapush_cell_time(struct om_model *model, gint64 time)
{
    return omapush_cell_seconds(time - om_model_frames(model)->first_time);
}

/* --- columns: tshark prints names and cells by printf formats, both as wide as the widest cell --- */

static void
set_width(struct omapush_table *table, guint at, guint width)
{
    const struct omapush_column *column = &table->columns[at];

    table->width[at] = width;
    g_free(table->padded[at]);
    g_free(table->format[at]);
    table->padded[at] = g_strdup_printf(column->right ? "%*s" : "%-*s", (int) width, column->name);
    table->format[at] = g_strdup_printf("%%%s%u%s", column->right ? "" : "-", width, column->number ? "u" : "s");
    table->fields[at].column_name = table->padded[at];
    table->fields[at].field_format = table->format[at];
}

static void
forget_addresses(struct omapush_table *table)
{
    g_ptr_array_set_size(table->addresses, 0);
    g_hash_table_remove_all(table->address_set);
}

static void
note_address(struct omapush_table *table, const address *addr)
{
    char *text = address_to_str(NULL, addr);

    if (g_hash_table_contains(table->address_set, text)) {
        wmem_free(NULL, text);
        return;
    }
    g_hash_table_add(table->address_set, text);
    g_ptr_array_add(table->addresses, text);
}

static void
begin(struct omapush_table *table)
{
    om_selection_clear(&table->selection);
    forget_addresses(table);
    table->seen = table->filled = 0;
    for (guint at = 0; at < table->column_count; at++)
        set_width(table, at, MAX((guint) strlen(table->columns[at].name), table->columns[at].width));
}

/* The GUI sorts text by its bytes: numbers of one length sort as numbers. */
static char *
sortable(const struct omapush_table *table, char *text, guint at)
{
    char *padded;

    if (!table->columns[at].right)
        return text;
    padded = g_strdup_printf("%*s", (int) table->width[at], text);
    g_free(text);
    return padded;
}

/* --- rows --- */

static void
fill_cell(struct omapush_table *table, gpointer listed, guint at, stat_tap_table_item_type *item)
{
    guint number = 0;
    char *text = table->cell(table->selection.model, listed, at, &number);

    item->type = table->fields[at].type;
    if (table->columns[at].number) {
        item->value.uint_value = number;
        return;
    }
    if (strlen(text) > table->width[at])
        set_width(table, at, MAX(table->width[at], MIN((guint) strlen(text), WIDEST)));
    item->value.string_value = sortable(table, text, at);
}

static void
fill_row(struct omapush_table *table, stat_tap_table *rows, gpointer listed)
{
    stat_tap_table_item_type items[OMAPUSH_COLUMNS_MAX];

    memset(items, 0, sizeof items);
    for (guint at = 0; at < table->column_count; at++)
        fill_cell(table, listed, at, &items[at]);
    stat_tap_init_table_row(rows, table->filled++, table->column_count, items);
}

/* Rows for what has none yet. */
static void
fill(struct omapush_table *table)
{
    stat_tap_table *rows = stat_tap_find_table(&table->ui, table->rows);
    gpointer listed;

    for (; rows && table->listed(table, table->seen, &listed); table->seen++) {
        if (listed)
            fill_row(table, rows, listed);
    }
}

static void
finish(void)
{
    for (guint i = 0; i < tables->len; i++) {
        struct omapush_table *table = g_ptr_array_index(tables, i);

        om_selection_end(&table->selection);
        if (table->selection.model)
            fill(table);
    }
}

static struct om_at_end at_end = {finish, FALSE};

static struct omapush_table *
of_ui(const stat_tap_table_ui *ui)
{
    for (guint i = 0; i < tables->len; i++) {
        struct omapush_table *table = g_ptr_array_index(tables, i);

        if (&table->ui == ui)
            return table;
    }
    return NULL;
}

static tap_packet_status
packet(void *data, packet_info *pinfo, epan_dissect_t *edt G_GNUC_UNUSED, const void *tapped,
       tap_flags_t flags G_GNUC_UNUSED)
{
    struct omapush_table *table = of_ui(((const stat_data_t *) data)->stat_tap_data);
    const struct om_tap_record *record = tapped;

    if (!table)
        return TAP_PACKET_DONT_REDRAW;
    if (table->selection.model != record->model || record->frame <= table->selection.last_frame)
        forget_addresses(table);
    om_selection_add(&table->selection, record);
    note_address(table, &pinfo->src);
    note_address(table, &pinfo->dst);
    if (record->first_visit)
        om_at_end(&at_end);
    else
        fill(table);
    return TAP_PACKET_REDRAW;
}

static void
free_item(stat_tap_table *rows G_GNUC_UNUSED, guint row G_GNUC_UNUSED, guint at G_GNUC_UNUSED,
          stat_tap_table_item_type *item)
{
    if (item->type == TABLE_ITEM_STRING)
        g_free((char *) item->value.string_value);
    item->type = TABLE_ITEM_NONE;
}

static void
reset(stat_tap_table *rows)
{
    for (guint row = 0; row < rows->num_elements; row++) {
        for (guint at = 0; at < rows->num_fields; at++)
            free_item(rows, row, at, stat_tap_get_field_data(rows, row, at));
        g_free(rows->elements[row]);
    }
    rows->num_elements = 0;
    for (guint i = 0; i < tables->len; i++) {
        struct omapush_table *table = g_ptr_array_index(tables, i);

        if (stat_tap_find_table(&table->ui, table->rows) == rows)
            begin(table);
    }
}

static void
init(stat_tap_table_ui *ui)
{
    struct omapush_table *table = of_ui(ui);
    stat_tap_table *rows = stat_tap_find_table(ui, table->rows);

    if (rows)
        reset(rows);
    else
        stat_tap_add_table(ui, stat_tap_init_table(table->rows, table->column_count, 0, NULL));
    begin(table);
}

static void
free_address_text(gpointer text)
{
    wmem_free(NULL, text);
}

void
omapush_table_register(struct omapush_table *table)
{
    static tap_param parameters[] = {{PARAM_FILTER, "filter", "Filter", NULL, TRUE}};

    if (!tables)
        tables = g_ptr_array_new();
    g_ptr_array_add(tables, table);
    om_selection_init(&table->selection);
    table->address_set = g_hash_table_new_full(om_text_hash, g_str_equal, free_address_text, NULL);
    table->addresses = g_ptr_array_new();
    for (guint at = 0; at < table->column_count; at++) {
        table->fields[at].type = table->columns[at].number ? TABLE_ITEM_UINT : TABLE_ITEM_STRING;
        table->fields[at].align = table->columns[at].right ? TAP_ALIGN_RIGHT : TAP_ALIGN_LEFT;
    }
    begin(table);
    table->ui.group = OM_STAT_GROUP_TELEPHONY;
    table->ui.title = table->title;
    table->ui.tap_name = "omapush";
    table->ui.cli_string = table->command;
    table->ui.stat_tap_init_cb = init;
    table->ui.packet_func = packet;
    table->ui.stat_tap_reset_table_cb = reset;
    table->ui.stat_tap_free_table_item_cb = free_item;
    table->ui.nfields = table->column_count;
    table->ui.fields = table->fields;
    table->ui.nparams = G_N_ELEMENTS(parameters);
    table->ui.params = parameters;
    register_stat_tap_table_ui(&table->ui);
}
