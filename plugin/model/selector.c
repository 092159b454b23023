/* selector.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "selector.h"

static gboolean
same_line(const struct om_object *a, const struct om_object *b)
{
    return a->match.exchange == b->match.exchange && a->match.media_index == b->match.media_index &&
           a->match.from_offerer == b->match.from_offerer;
}

static gboolean
uses_selector(const struct om_object *object)
{
    enum om_state state = om_object_state(object);

    return state == OM_COMPLETE || (state == OM_INCOMPLETE && !object->refused);
}

const struct om_file *
om_object_selector(const struct om_object *object, gboolean *extra)
{
    const struct om_media *sender;
    guint used = 0;

    *extra = FALSE;
    if (!object->session)
        return NULL;
    sender = om_session_match_sender(&object->match);
    /* The selectors of the side that only receives mirror those of its peer (RFC 5547 section 8.3.1). */
    if (!sender || !sender->files->len || sender->direction_id == OM_SDP_RECVONLY ||
        sender->direction_id == OM_SDP_INACTIVE)
        return NULL;
    for (guint i = 0; i < object->session->objects->len && used < sender->files->len; i++) {
        const struct om_object *earlier = g_ptr_array_index(object->session->objects, i);

        if (earlier == object)
            return g_ptr_array_index(sender->files, used);
        if (same_line(earlier, object) && uses_selector(earlier))
            used++;
    }
    *extra = used >= sender->files->len;
    return NULL;
}
