/* transfers.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "transfers.h"

#include "table.h"
#include "transfer_row.h"

static const struct omapush_column columns[TRANSFER_COLUMNS] = {
    [TRANSFER_ID] = {"Object", TRUE, TRUE, 8}, /* the GUI's sign of the sorted column takes some of it */
    [TRANSFER_VERDICT] = {"Verdict", FALSE, FALSE, 0},
    [TRANSFER_DELIVERY] = {"Delivery", FALSE, FALSE, 0},
    [TRANSFER_FROM] = {"From", FALSE, FALSE, 0},
    [TRANSFER_TO] = {"To", FALSE, FALSE, 0},
    [TRANSFER_START] = {"Start", FALSE, TRUE, 12},
    [TRANSFER_SECONDS] = {"Seconds", FALSE, TRUE, 12},
    [TRANSFER_STATE] = {"State", FALSE, FALSE, 0},
    [TRANSFER_VERIFICATION] = {"Verification", FALSE, FALSE, 0},
    [TRANSFER_REPORT] = {"Report", FALSE, FALSE, 0},
    [TRANSFER_SESSION] = {"Session", FALSE, TRUE, 7},
    [TRANSFER_CARRIER] = {"Carrier", FALSE, FALSE, 0},
    [TRANSFER_EVENT_APP] = {"Event app", FALSE, FALSE, 0},
    [TRANSFER_CONTENT_TYPE] = {"Content type", FALSE, FALSE, 0},
    [TRANSFER_SIZE] = {"Size", FALSE, TRUE, 10},
    [TRANSFER_TOTAL] = {"Total", FALSE, TRUE, 10},
    [TRANSFER_CHUNKS] = {"Chunks", FALSE, TRUE, 0},
    [TRANSFER_FIRST_FRAME] = {"First", TRUE, TRUE, 0},
    [TRANSFER_LAST_FRAME] = {"Last", TRUE, TRUE, 0},
    [TRANSFER_NAME] = {"Name", FALSE, FALSE, 0},
};

static gboolean
listed(const struct omapush_table *table, guint seen, gpointer *object)
{
    const GPtrArray *objects = table->selection.objects;

    *object = seen < objects->len ? g_ptr_array_index(objects, seen) : NULL;
    return seen < objects->len;
}

static char *
cell(struct om_model *model, gpointer object, guint column, guint *number)
{
    om_model_conclude(model); /* which may give it another selector */
    om_object_assess(object);
    if (column == TRANSFER_ID)
        *number = om_object_id(object);
    else if (column == TRANSFER_FIRST_FRAME)
        *number = om_object_first_frame(object);
    else if (column == TRANSFER_LAST_FRAME)
        *number = om_object_last_frame(object);
    return omapush_transfer_text(model, object, column);
}

void
omapush_transfers_register(void)
{
    static struct omapush_table table = {.title = "OMA Push Transfers",
                                         .rows = "Objects",
                                         .command = "omapush,transfers",
                                         .columns = columns,
                                         .column_count = TRANSFER_COLUMNS,
                                         .listed = listed,
                                         .cell = cell};

    omapush_table_register(&table);
}
