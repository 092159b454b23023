/* failures.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "failures.h"

static gboolean
fails(struct om_object *object, const struct om_conclusion *conclusion)
{
    return om_object_verdict(object, conclusion) == OM_FAIL;
}

/* Its objects tell for themselves; a session that fails without one offered in vain. */
static gboolean
fails_alone(const struct om_session *session, const struct om_conclusion *conclusion)
{
    const struct om_object *object;

    if (om_session_verdict(session, conclusion) != OM_FAIL)
        return FALSE;
    for (guint i = 0; (object = om_session_object(session, i)); i++) {
        if (fails((struct om_object *) object, conclusion))
            return FALSE;
    }
    return TRUE;
}

/* guint32, not in order. */
static GArray *
failures(struct om_model *model)
{
    const struct om_conclusion *conclusion = om_model_conclude(model);
    const GPtrArray *objects = om_model_objects(model), *sessions = om_model_sessions(model);
    GArray *frames = g_array_new(FALSE, FALSE, sizeof(guint32));

    for (guint i = 0; i < objects->len; i++) {
        guint32 frame = om_object_last_frame(g_ptr_array_index(objects, i));

        if (fails(g_ptr_array_index(objects, i), conclusion))
            g_array_append_val(frames, frame);
    }
    for (guint i = 0; i < sessions->len; i++) {
        guint32 frame = om_session_offer_frame(g_ptr_array_index(sessions, i));

        if (fails_alone(g_ptr_array_index(sessions, i), conclusion))
            g_array_append_val(frames, frame);
    }
    return frames;
}

guint32
omapush_failure_after(struct om_model *model, guint32 frame)
{
    GArray *frames = failures(model);
    guint32 best = 0;

    for (guint i = 0; i < frames->len; i++) {
        guint32 at = g_array_index(frames, guint32, i);

        if (at > frame && (!best || at < best))
            best = at;
    }
    g_array_unref(frames);
    return best;
}

guint32
omapush_failure_before(struct om_model *model, guint32 frame)
{
    GArray *frames = failures(model);
    guint32 best = 0;

    for (guint i = 0; i < frames->len; i++) {
        guint32 at = g_array_index(frames, guint32, i);

        if (at < frame && at > best)
            best = at;
    }
    g_array_unref(frames);
    return best;
}
