/* table.h
 * A table of Wireshark's: a window in the GUI, -z in tshark. One row for each thing that tapped frames belong to.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_TABLE_H
#define OMAPUSH_TABLE_H

#include "wireshark/glue/compat.h"
#include "wireshark/output/tap_walk.h"

#include <epan/stat_tap_ui.h>

#define OMAPUSH_COLUMNS_MAX 24

struct omapush_column {
    const char *name;
    gboolean number; /**< a whole one that is always there: the GUI sorts it as one */
    gboolean right;
    guint width; /**< at first, so that most rows sort alike; 0: as the name */
};

/** One kind of table: static, registered once. The first part says what it is. */
struct omapush_table {
    const char *title, *rows, *command;
    const struct omapush_column *columns;
    guint column_count;
    /** What was tapped first of `seen` and the following, as the table's rows: NULL where it has none.
     * @return FALSE: there is no more */
    gboolean (*listed)(const struct omapush_table *table, guint seen, gpointer *listed);
    /** A cell: of a column that is a number `number`, of others the text that is returned, heap. */
    char *(*cell)(struct om_model *model, gpointer listed, guint column, guint *number);

    /* private */
    stat_tap_table_ui ui;
    stat_tap_table_item fields[OMAPUSH_COLUMNS_MAX];
    struct om_selection selection;
    GHashTable *address_set; /* char *, of the tapped frames: owned */
    GPtrArray *addresses;    /* the same in order */
    guint seen, filled;      /* what was listed; those that have a row */
    guint width[OMAPUSH_COLUMNS_MAX];
    char *padded[OMAPUSH_COLUMNS_MAX], *format[OMAPUSH_COLUMNS_MAX];
};

void omapush_table_register(struct omapush_table *table);

/* Texts of cells: "-" where nothing is known. */
char *omapush_cell_text(const char *text);
char *omapush_cell_number(gboolean known, guint64 number);
char *omapush_cell_list(const GPtrArray *values);
/** Seconds since the capture's first frame. @param time  nanoseconds */
char *omapush_cell_time(struct om_model *model, gint64 time);
char *omapush_cell_seconds(gint64 taken);

#endif
