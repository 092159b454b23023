/* capture.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "capture.h"

#include "frame.h"

static struct omapush_capture *capture;

struct omapush_capture *
omapush_capture(void)
{
    return capture;
}

struct om_model *
omapush_model(void)
{
    return capture ? capture->model : NULL;
}

static void
record_free(gpointer data)
{
    struct om_frame_record *record = data;

    if (record->sip)
        g_ptr_array_unref(record->sip);
    if (record->sip_starts)
        g_array_unref(record->sip_starts);
    if (record->sip_rest)
        g_bytes_unref(record->sip_rest);
    if (record->calls)
        g_ptr_array_unref(record->calls);
    if (record->late)
        g_ptr_array_unref(record->late);
    g_free(record);
}

void
omapush_capture_begins(const struct om_options *options)
{
    capture = g_new0(struct omapush_capture, 1);
    capture->model = om_model_new(options);
    capture->sip_rests = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify) om_sip_rest_free);
    capture->unproven = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
    capture->records = g_ptr_array_new_with_free_func(record_free);
}

void
omapush_capture_ends(void)
{
    if (!capture)
        return;
    g_ptr_array_unref(capture->records);
    g_hash_table_unref(capture->sip_rests);
    g_hash_table_unref(capture->unproven);
    om_model_free(capture->model);
    g_clear_pointer(&capture, g_free);
}

struct om_frame_record *
omapush_frame_record(packet_info *pinfo, gboolean make)
{
    struct om_frame_record *record =
        capture->records->len ? p_get_proto_data(wmem_file_scope(), pinfo, proto_omapush, OMAPUSH_DATA_RECORD) : NULL;

    if (!record && make) {
        record = g_new0(struct om_frame_record, 1);
        record->frame = pinfo->num;
        g_ptr_array_add(capture->records, record);
        p_add_proto_data(wmem_file_scope(), pinfo, proto_omapush, OMAPUSH_DATA_RECORD, record);
    }
    return record;
}

const struct om_frame_record *
omapush_frame_record_at(guint32 frame)
{
    guint low = 0, high = capture ? capture->records->len : 0;

    while (low < high) {
        guint middle = low + (high - low) / 2;
        const struct om_frame_record *record = g_ptr_array_index(capture->records, middle);

        if (record->frame == frame)
            return record;
        if (record->frame < frame)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
