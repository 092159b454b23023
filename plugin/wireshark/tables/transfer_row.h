/* transfer_row.h
 * What the transfers table says of one object, column by column.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_TRANSFER_ROW_H
#define OMAPUSH_TRANSFER_ROW_H

#include "model/model.h"

/** What one looks for first stands first: the window is narrow at first. */
enum transfer_column {
    TRANSFER_ID,
    TRANSFER_VERDICT,
    TRANSFER_DELIVERY,
    TRANSFER_FROM,
    TRANSFER_TO,
    TRANSFER_START,
    TRANSFER_SECONDS,
    TRANSFER_STATE,
    TRANSFER_VERIFICATION,
    TRANSFER_REPORT,
    TRANSFER_SESSION,
    TRANSFER_CARRIER,
    TRANSFER_EVENT_APP,
    TRANSFER_CONTENT_TYPE,
    TRANSFER_SIZE,
    TRANSFER_TOTAL,
    TRANSFER_CHUNKS,
    TRANSFER_FIRST_FRAME,
    TRANSFER_LAST_FRAME,
    TRANSFER_NAME,
    TRANSFER_COLUMNS
};

/** Text of a cell, "-" where nothing is known; g_free() it. The columns that are frame numbers have none here: NULL. */
char *omapush_transfer_text(struct om_model *model, struct om_object *object, enum transfer_column column);

#endif
