/* msrp_state.c
 * What the MSRP room knows of a capture: its connections, and its objects by what they are asked for.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_private.h"
#include "model/verify/selector.h"

#include "core/text/text_hash.h"

static guint
message_id_hash(gconstpointer data)
{
    const struct om_object *object = data;

    return om_text_hash(object->message_id) + g_direct_hash(object->session);
}

static gboolean
message_id_equal(gconstpointer a, gconstpointer b)
{
    const struct om_object *x = a, *y = b;

    return x->session == y->session && strcmp(x->message_id, y->message_id) == 0;
}

struct om_msrp_state *
om_msrp_state_new(struct om_sessions *sessions, struct om_objects *objects)
{
    struct om_msrp_state *state = g_new0(struct om_msrp_state, 1);

    state->context = sessions->context;
    state->all_sessions = sessions;
    state->all_objects = objects;
    state->connections = g_ptr_array_new_with_free_func(om_connection_free);
    state->objects = g_hash_table_new_full(om_text_hash, g_str_equal, g_free, NULL);
    state->by_message_id = g_hash_table_new(message_id_hash, message_id_equal);
    state->lines = om_lines_new();
    return state;
}

void
om_msrp_state_free(struct om_msrp_state *state)
{
    g_ptr_array_unref(state->connections);
    g_hash_table_unref(state->objects);
    g_hash_table_unref(state->by_message_id);
    om_early_answers_free(state->reports);
    g_hash_table_unref(state->lines);
    g_free(state);
}
