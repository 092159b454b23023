/* export.c
 *
 * An entry is made once, when its object is final: at a later visit of its frames (GUI,
 * tshark -2) at once; in tshark's one pass at the end of the file, before the stock code
 * writes the files. In the GUI while packets are still being captured, complete objects come at once
 * and the others when the dialog is opened again.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "export.h"

#include "core/text/visible.h"
#include "wireshark/glue/at_end.h"
#include "wireshark/glue/compat.h"
#include "tap_walk.h"

#include "wireshark/glue/capture.h"
#include "wireshark/summary/sides.h"

#include <epan/export_object.h>

/* The one list being filled: tshark has no more, and the GUI fills one dialog at a time. */
static struct {
    export_object_list_t *list; /* the frontend's; NULL: none */
    gboolean gui;               /* the list is a dialog's: it may be gone when no packet callback is running */
    guint32 last_frame;
    struct om_selection selection; /* of tshark's one pass up to here, else of this frame */
    GHashTable *listed;            /* struct om_object *, those that have their entry already */
    GHashTable *names;             /* om_export_names_new(): the stock code numbers names only up to a limit */
} state;

/* The list has no column for what came of an object: it stands behind the host. (Behind the content type it would keep the
 * window from showing pictures.) */
static char *
host_and_verdict(struct om_object *object)
{
    const struct om_conclusion *conclusion = om_model_conclude(omapush_model());
    char *host = omapush_sender_host(object);
    char *text = g_strdup_printf("%s, %s", host ? host : "?", om_verdict_name(om_object_verdict(object, conclusion)));

    g_free(host);
    return text;
}

static void
add_entry(struct om_object *object)
{
    export_object_entry_t *entry = g_new0(export_object_entry_t, 1);
    GBytes *bytes = om_object_export(object);
    gsize length = 0;

    entry->pkt_num = om_object_last_frame(object);
    entry->hostname = host_and_verdict(object);
    entry->content_type = om_slice_dup_utf8(om_slice_str(om_object_export_type(object)));
    entry->filename = om_export_names_use(state.names, om_object_export_name(object));
    if (bytes)
        entry->payload_data = g_bytes_unref_to_data(bytes, &length);
    entry->payload_len = length;
    state.list->add_entry(state.list->gui_data, entry);
}

static void
begin(export_object_list_t *list)
{
    state.list = list;
    state.last_frame = 0;
    om_selection_clear(&state.selection);
    g_hash_table_remove_all(state.listed);
    g_hash_table_remove_all(state.names);
}

static void
finish(void)
{
    const struct om_selection *selection = &state.selection;

    om_selection_end(&state.selection);
    if (selection->model)
        om_model_conclude(selection->model); /* which object has which selector, and so its name */
    for (guint i = 0; i < selection->objects->len; i++)
        add_entry(g_ptr_array_index(selection->objects, i));
    begin(state.list);
}

static struct om_at_end at_end = {finish, FALSE};

/* Only dialogs have a reset: tshark never calls it. */
static void
reset(void)
{
    state.gui = TRUE;
    begin(NULL);
}

/* Entries for this frame's objects; at a first visit, when more may come, for complete ones only. */
static void
add_entries_at(const struct om_tap_record *record)
{
    struct om_selection *here = &state.selection;

    om_selection_clear(here);
    om_selection_add(here, record);
    if (!record->first_visit)
        om_model_conclude(record->model);
    for (guint i = 0; i < here->objects->len; i++) {
        struct om_object *object = g_ptr_array_index(here->objects, i);

        if (record->first_visit && om_object_state(object) != OM_COMPLETE)
            continue;
        if (g_hash_table_add(state.listed, object))
            add_entry(object);
    }
}

static tap_packet_status
packet(void *data, packet_info *pinfo G_GNUC_UNUSED, epan_dissect_t *edt G_GNUC_UNUSED, const void *tapped,
       tap_flags_t flags G_GNUC_UNUSED)
{
    const struct om_tap_record *record = tapped;

    if (state.list != data || record->frame <= state.last_frame)
        begin(data);
    state.last_frame = record->frame;
    if (record->first_visit && !state.gui) {
        om_selection_add(&state.selection, record);
        om_at_end(&at_end);
    } else {
        add_entries_at(record);
    }
    return TAP_PACKET_REDRAW;
}

int
omapush_register_export(int proto_omapush)
{
    om_selection_init(&state.selection);
    state.listed = g_hash_table_new(NULL, NULL);
    state.names = om_export_names_new();
    return register_export_object(proto_omapush, packet, reset);
}
