/* sessions.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sessions.h"

#include "table.h"

enum column {
    COLUMN_ID,
    COLUMN_VERDICT,
    COLUMN_DELIVERY,
    COLUMN_FROM,
    COLUMN_TO,
    COLUMN_STATUS,
    COLUMN_OFFERED,
    COLUMN_ACCEPTED,
    COLUMN_SENT,
    COLUMN_DELIVERED,
    COLUMN_EVENT_APP,
    COLUMN_OFFER,
    COLUMN_ANSWER,
    COLUMN_RELEASE,
    COLUMN_CALL_ID,
    COLUMNS
};

static const struct omapush_column columns[COLUMNS] = {
    [COLUMN_ID] = {"Session", TRUE, TRUE, 9},
    [COLUMN_VERDICT] = {"Verdict", FALSE, FALSE, 0},
    [COLUMN_DELIVERY] = {"Delivery", FALSE, FALSE, 0},
    [COLUMN_FROM] = {"From", FALSE, FALSE, 0},
    [COLUMN_TO] = {"To", FALSE, FALSE, 0},
    [COLUMN_STATUS] = {"Status", FALSE, TRUE, 0},
    [COLUMN_OFFERED] = {"Offered", TRUE, TRUE, 0},
    [COLUMN_ACCEPTED] = {"Accepted", TRUE, TRUE, 0},
    [COLUMN_SENT] = {"Sent", TRUE, TRUE, 0},
    [COLUMN_DELIVERED] = {"Delivered", TRUE, TRUE, 0},
    [COLUMN_EVENT_APP] = {"Event app", FALSE, FALSE, 0},
    [COLUMN_OFFER] = {"Offer", FALSE, TRUE, 6},
    [COLUMN_ANSWER] = {"Answer", FALSE, TRUE, 0},
    [COLUMN_RELEASE] = {"Release", FALSE, TRUE, 0},
    [COLUMN_CALL_ID] = {"Call-ID", FALSE, FALSE, 0},
};

/* Only those that are pushes: rows are made when that is known. */
static gboolean
listed(const struct omapush_table *table, guint seen, gpointer *session)
{
    const GPtrArray *sessions = table->selection.sessions;

    *session = seen < sessions->len ? g_ptr_array_index(sessions, seen) : NULL;
    if (*session && !om_session_id(*session))
        *session = NULL;
    return seen < sessions->len;
}

/* Files of m-lines that the answer takes: it has the offer's order. */
static guint
accepted_of(const struct om_exchange *exchange)
{
    guint accepted = 0;

    if (!exchange->offer || !exchange->answer || exchange->status / 100 != 2)
        return 0;
    for (guint i = 0; i < MIN(exchange->offer->media->len, exchange->answer->media->len); i++) {
        const struct om_media *offered = g_ptr_array_index(exchange->offer->media, i);
        const struct om_media *answered = g_ptr_array_index(exchange->answer->media, i);

        accepted += answered->port ? offered->files->len : 0;
    }
    return accepted;
}

static guint
offered_of(const struct om_exchange *exchange)
{
    guint offered = 0;

    for (guint i = 0; exchange->offer && i < exchange->offer->media->len; i++)
        offered += ((const struct om_media *) g_ptr_array_index(exchange->offer->media, i))->files->len;
    return offered;
}

/* Of the first exchange: a new offer of the same session names the same files again. */
static guint
files(const struct om_session *session, guint (*count)(const struct om_exchange *exchange))
{
    const struct om_exchange *exchange = om_session_exchange(session, 0);

    return exchange ? count(exchange) : 0;
}

static gboolean
arrived(enum om_delivery delivery)
{
    return delivery == OM_DELIVERY_CONFIRMED || delivery == OM_DELIVERY_ACCEPTED;
}

/* @param delivered  only those that arrived as far as their receiver says */
static guint
objects(const struct om_session *session, const struct om_conclusion *conclusion, gboolean delivered)
{
    const struct om_object *object;
    guint count = 0;

    for (guint i = 0; (object = om_session_object(session, i)); i++)
        count += !delivered || arrived(om_object_delivery((struct om_object *) object, conclusion)) ? 1 : 0;
    return count;
}

static guint
number_of(const struct om_session *session, const struct om_conclusion *conclusion, enum column column)
{
    switch (column) {
    case COLUMN_ID:
        return om_session_id(session);
    case COLUMN_OFFERED:
        return files(session, offered_of);
    case COLUMN_ACCEPTED:
        return files(session, accepted_of);
    default:
        return objects(session, conclusion, column == COLUMN_DELIVERED);
    }
}

static char *
frame_cell(guint32 frame)
{
    return omapush_cell_number(frame != 0, frame);
}

static char *
cell(struct om_model *model, gpointer row, guint column, guint *number)
{
    const struct om_conclusion *conclusion = om_model_conclude(model);
    const struct om_session *session = row;

    switch (column) {
    case COLUMN_VERDICT:
        return g_strdup(om_verdict_name(om_session_verdict(session, conclusion)));
    case COLUMN_DELIVERY:
        return g_strdup(om_delivery_name(om_session_delivery(session, conclusion)));
    case COLUMN_FROM:
        return omapush_cell_text(om_session_from(session));
    case COLUMN_TO:
        return omapush_cell_text(om_session_to(session));
    case COLUMN_STATUS:
        return omapush_cell_number(om_session_status(session) != 0, om_session_status(session));
    case COLUMN_EVENT_APP:
        return omapush_cell_list(om_session_event_apps(session));
    case COLUMN_OFFER:
        return frame_cell(om_session_offer_frame(session));
    case COLUMN_ANSWER:
        return frame_cell(om_session_answer_frame(session));
    case COLUMN_RELEASE:
        return frame_cell(om_session_bye_frame(session));
    case COLUMN_CALL_ID:
        return omapush_cell_text(om_session_call_id(session));
    default:
        *number = number_of(session, conclusion, column);
        return NULL;
    }
}

void
omapush_sessions_register(void)
{
    static struct omapush_table table = {.title = "OMA Push Sessions",
                                         .rows = "Sessions",
                                         .command = "omapush,sessions",
                                         .columns = columns,
                                         .column_count = COLUMNS,
                                         .listed = listed,
                                         .cell = cell};

    omapush_table_register(&table);
}
