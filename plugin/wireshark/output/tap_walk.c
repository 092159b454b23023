/* tap_walk.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "tap_walk.h"

void
om_selection_init(struct om_selection *selection)
{
    selection->model = NULL;
    selection->registrations = g_ptr_array_new();
    selection->sessions = g_ptr_array_new();
    selection->objects = g_ptr_array_new();
    selection->members = g_hash_table_new(NULL, NULL);
    selection->frames = g_hash_table_new(NULL, NULL);
    selection->undecided = g_ptr_array_new();
    selection->last_frame = 0;
}

void
om_selection_clear(struct om_selection *selection)
{
    selection->model = NULL;
    g_ptr_array_set_size(selection->registrations, 0);
    g_ptr_array_set_size(selection->sessions, 0);
    g_ptr_array_set_size(selection->objects, 0);
    g_hash_table_remove_all(selection->members);
    g_hash_table_remove_all(selection->frames);
    g_ptr_array_set_size(selection->undecided, 0);
    selection->last_frame = 0;
}

void
om_selection_free(struct om_selection *selection)
{
    g_ptr_array_unref(selection->registrations);
    g_ptr_array_unref(selection->sessions);
    g_ptr_array_unref(selection->objects);
    g_hash_table_unref(selection->members);
    g_hash_table_unref(selection->frames);
    g_ptr_array_unref(selection->undecided);
}

static void
add_member(struct om_selection *selection, GPtrArray *list, gpointer member)
{
    if (member && g_hash_table_add(selection->members, member))
        g_ptr_array_add(list, member);
}

static void
add_call(struct om_selection *selection, const struct om_payload *call)
{
    const struct om_piece *piece;

    for (guint i = 0; (piece = om_payload_piece(call, i)); i++) {
        if (!piece->message)
            continue;
        add_member(selection, selection->sessions, om_message_session(piece->message));
        add_member(selection, selection->objects, om_message_object(piece->message));
    }
}

static void
add_calls(struct om_selection *selection, const GPtrArray *calls)
{
    for (guint i = 0; calls && i < calls->len; i++)
        add_call(selection, g_ptr_array_index(calls, i));
}

/* Do bytes of one of them wait for more? */
static gboolean
are_undecided(const GPtrArray *calls)
{
    for (guint i = 0; calls && i < calls->len; i++) {
        const struct om_piece *piece;

        for (guint k = 0; (piece = om_payload_piece(g_ptr_array_index(calls, i), k)); k++) {
            if (piece->kind != OM_PIECE_MESSAGE && piece->kind != OM_PIECE_JUNK)
                return TRUE;
        }
    }
    return FALSE;
}

void
om_selection_add(struct om_selection *selection, const struct om_tap_record *record)
{
    if (selection->model != record->model || record->frame <= selection->last_frame)
        om_selection_clear(selection);
    selection->model = record->model;
    selection->last_frame = record->frame;
    g_hash_table_add(selection->frames, GUINT_TO_POINTER(record->frame));
    for (guint i = 0; record->sip && i < record->sip->len; i++) {
        const struct om_sip_record *sip = g_ptr_array_index(record->sip, i);
        struct om_object *object;

        if (!sip)
            continue;
        add_member(selection, selection->registrations, om_sip_record_registration(sip));
        add_member(selection, selection->sessions, om_sip_record_session(sip));
        for (guint k = 0; (object = om_sip_record_object(sip, k)); k++)
            add_member(selection, selection->objects, object);
    }
    add_calls(selection, record->calls);
    if (record->first_visit && are_undecided(record->calls))
        g_ptr_array_add(selection->undecided, record->calls);
}

void
om_selection_end(struct om_selection *selection)
{
    if (!selection->model)
        return;
    om_model_capture_ends(selection->model);
    for (guint i = 0; i < selection->undecided->len; i++)
        add_calls(selection, g_ptr_array_index(selection->undecided, i));
}

gboolean
om_selection_has(const struct om_selection *selection, const void *member)
{
    return g_hash_table_contains(selection->members, member);
}

gboolean
om_selection_has_finding(const struct om_selection *selection, const struct om_finding *finding)
{
    if (om_finding_object(finding))
        return om_selection_has(selection, om_finding_object(finding));
    return g_hash_table_contains(selection->frames, GUINT_TO_POINTER(om_finding_frame(finding))) ||
           (om_finding_session(finding) && om_selection_has(selection, om_finding_session(finding)));
}

gboolean
om_selection_has_group(const struct om_selection *selection, const struct om_finding_group *group)
{
    const GArray *frames = om_finding_group_frames(group);

    for (guint i = 0; i < frames->len; i++) {
        if (g_hash_table_contains(selection->frames, GUINT_TO_POINTER(g_array_index(frames, guint32, i))))
            return !om_finding_object(om_finding_group_first(group)) ||
                   om_selection_has(selection, om_finding_object(om_finding_group_first(group)));
    }
    return om_selection_has_finding(selection, om_finding_group_first(group));
}

static enum om_procedure
call_procedure(const struct om_payload *call)
{
    const struct om_piece *piece;

    for (guint i = 0; (piece = om_payload_piece(call, i)); i++) {
        const struct om_message *message = piece->message;

        if (message && om_message_is_push(message))
            return om_message_procedure(message);
    }
    return OM_PROC_NONE;
}

enum om_procedure
om_tap_calls_procedure(const GPtrArray *calls)
{
    enum om_procedure procedure = OM_PROC_NONE;

    for (guint i = 0; calls && procedure == OM_PROC_NONE && i < calls->len; i++)
        procedure = call_procedure(g_ptr_array_index(calls, i));
    return procedure;
}

enum om_procedure
om_tap_record_procedure(const struct om_tap_record *record)
{
    enum om_procedure procedure = OM_PROC_NONE;

    for (guint i = 0; record->sip && procedure == OM_PROC_NONE && i < record->sip->len; i++) {
        const struct om_sip_record *sip = g_ptr_array_index(record->sip, i);

        if (sip && om_sip_record_is_push(sip))
            procedure = om_sip_record_procedure(sip);
    }
    return procedure == OM_PROC_NONE ? om_tap_calls_procedure(record->calls) : procedure;
}
