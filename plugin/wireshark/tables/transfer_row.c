/* transfer_row.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "transfer_row.h"

#include "table.h"
#include "wireshark/summary/sides.h"

static char *
name(struct om_object *object)
{
    char *known = om_object_name(object);
    char *text = omapush_cell_text(known ? known : om_object_message_id(object));

    g_free(known);
    return text;
}

static char *
verification(const struct om_verification *check)
{
    switch (check->result) {
    case OM_MATCH:
        return g_strdup_printf("%s match (%s)", check->algorithm ? check->algorithm : "size",
                               check->covers == OM_COVERS_CONTENT ? "content" : "object");
    case OM_MISMATCH:
        return g_strdup_printf("%s mismatch", check->hash_wrong && check->algorithm ? check->algorithm : "size");
    default:
        return g_strdup(om_verification_name(check->result));
    }
}

/* How the delivery was confirmed: by REPORTs, or by the answer to the MESSAGE. */
static char *
report(const struct om_object *object)
{
    guint status = om_object_status(object), failed = om_object_failed_report(object, G_MAXUINT);

    if (om_object_carrier(object) == OM_CARRIER_MESSAGE)
        return status ? g_strdup_printf("SIP %u", status) : g_strdup("-");
    if (failed)
        return g_strdup_printf("%u", failed);
    if (om_object_report_frame(object))
        return g_strdup("200");
    return g_strdup(om_object_report(object, 0) ? "200 in part" : "-");
}

static guint
chunks(const struct om_object *object)
{
    const struct om_chunk *chunk;
    guint count = 0;

    for (guint i = 0; (chunk = om_object_chunk(object, i)); i++)
        count += om_chunk_repeated(chunk) ? 0 : 1;
    return count;
}

static char *
taken(char *text)
{
    char *cell = omapush_cell_text(text);

    g_free(text);
    return cell;
}

char *
omapush_transfer_text(struct om_model *model, struct om_object *object, enum transfer_column column)
{
    guint32 session = om_object_session_id(object);
    guint64 total;
    gboolean has_total = om_object_total(object, &total);

    switch (column) {
    case TRANSFER_FROM:
        return taken(omapush_sender(object));
    case TRANSFER_TO:
        return taken(omapush_receiver(object));
    case TRANSFER_START:
        return omapush_cell_time(model, om_object_first_time(object));
    case TRANSFER_SESSION:
        return omapush_cell_number(session != 0, session);
    case TRANSFER_CARRIER:
        return g_strdup(om_carrier_name(om_object_carrier(object)));
    case TRANSFER_EVENT_APP:
        return omapush_cell_list(om_object_event_apps(object));
    case TRANSFER_CONTENT_TYPE:
        return omapush_cell_text(om_object_innermost_type(object));
    case TRANSFER_SIZE:
        return omapush_cell_number(TRUE, om_object_size(object));
    case TRANSFER_TOTAL:
        return omapush_cell_number(has_total, total);
    case TRANSFER_CHUNKS:
        return omapush_cell_number(TRUE, chunks(object));
    case TRANSFER_STATE:
        return g_strdup(om_state_name(om_object_state(object)));
    case TRANSFER_VERIFICATION:
        return verification(om_object_verification(object));
    case TRANSFER_REPORT:
        return report(object);
    case TRANSFER_VERDICT:
        return g_strdup(om_verdict_name(om_object_verdict(object, om_model_conclude(model))));
    case TRANSFER_DELIVERY:
        return g_strdup(om_delivery_name(om_object_delivery(object, om_model_conclude(model))));
    case TRANSFER_SECONDS:
        return omapush_cell_seconds(om_object_last_time(object) - om_object_first_time(object));
    case TRANSFER_NAME:
        return name(object);
    default:
        return NULL;
    }
}
