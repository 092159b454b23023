/* selector.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "selector.h"

#include "core/text/text_hash.h"

/** So many selectors are looked at for one that fits. */
#define LOOK_AHEAD 16

struct om_line {
    const struct om_exchange *exchange;
    guint media_index;
    gboolean from_offerer;
    const char *receiver; /* its endpoint: of an INVITE that forked each answer gets the files; NULL: not known */
    GSequence *users;     /* struct om_object * that use a selector up, or may yet, by id */
    guint refused;        /* objects that were sent in full, and refused */
};

static guint
line_hash(gconstpointer data)
{
    const struct om_line *line = data;

    return g_direct_hash(line->exchange) + line->media_index * 2 + (line->from_offerer != FALSE) +
           (line->receiver ? om_text_hash(line->receiver) : 0);
}

static gboolean
line_equal(gconstpointer a, gconstpointer b)
{
    const struct om_line *x = a, *y = b;

    return x->exchange == y->exchange && x->media_index == y->media_index && x->from_offerer == y->from_offerer &&
           g_strcmp0(x->receiver, y->receiver) == 0;
}

static void
line_free(gpointer data)
{
    struct om_line *line = data;

    g_sequence_free(line->users);
    g_free(line);
}

GHashTable *
om_lines_new(void)
{
    return g_hash_table_new_full(line_hash, line_equal, line_free, NULL);
}

static struct om_line *
line_of(GHashTable *lines, const struct om_session_match *match)
{
    const struct om_media *receiver = om_session_match_receiver(match);
    struct om_line key = {.exchange = match->exchange,
                          .media_index = match->media_index,
                          .from_offerer = match->from_offerer != FALSE,
                          .receiver = receiver ? receiver->endpoint_key : NULL};
    struct om_line *line = g_hash_table_lookup(lines, &key);

    if (line)
        return line;
    line = g_new(struct om_line, 1);
    *line = key;
    line->users = g_sequence_new(NULL);
    g_hash_table_add(lines, line);
    return line;
}

void
om_line_add(GHashTable *lines, struct om_object *object)
{
    object->line = line_of(lines, &object->match);
    om_line_update(object);
}

static gint
compare_ids(gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
    const struct om_object *x = a, *y = b;

    return x->id < y->id ? -1 : x->id > y->id;
}

/* Sent in full, and in vain. */
static gboolean
is_refused(const struct om_object *object)
{
    return om_object_state(object) == OM_COMPLETE && (object->turned_down || object->report_failed);
}

static gboolean
uses_selector(const struct om_object *object)
{
    enum om_state state = om_object_state(object);

    return (state == OM_COMPLETE && !is_refused(object)) || (state == OM_INCOMPLETE && !object->refused_status);
}

static void
count_refused(struct om_object *object)
{
    gboolean refused = is_refused(object);

    if (refused == object->refused_whole)
        return;
    object->refused_whole = refused;
    object->line->refused += refused ? 1 : -1;
}

void
om_line_update(struct om_object *object)
{
    gboolean uses;

    if (!object->line)
        return;
    uses = uses_selector(object);
    if (uses && !object->use)
        object->use = g_sequence_insert_sorted(object->line->users, object, compare_ids, NULL);
    else if (!uses && object->use)
        g_sequence_remove(g_steal_pointer(&object->use));
    count_refused(object);
}

/* How many earlier objects of its m-line use a selector. */
static guint
used_before(const struct om_object *object)
{
    GSequenceIter *place = object->use;

    if (!place)
        place = g_sequence_search(object->line->users, (gpointer) object, compare_ids, NULL);
    return (guint) g_sequence_iter_get_position(place);
}

/* Are the selectors of this side those of its peer: does it only take the files that they describe? An answer names
 * the offered files again (RFC 5547 section 8.3.1), also where it may send something else; files of its own it has
 * where it is to send only, or was asked for them (section 8.2.2). */
static gboolean
mirrors_selectors(const struct om_session_match *match, const struct om_media *side)
{
    if (side->direction_id == OM_SDP_RECVONLY || side->direction_id == OM_SDP_INACTIVE)
        return TRUE;
    return !match->from_offerer && side->direction_id != OM_SDP_SENDONLY && match->offer_media &&
           match->offer_media->direction_id != OM_SDP_RECVONLY;
}

/*
 * What was refused is mostly sent again, but the sender may also go on with the next file: the size tells.
 * @param used  place of the first selector that is not used up
 */
static guint
next_that_fits(const struct om_object *object, const GPtrArray *files, guint used)
{
    guint behind = MIN(files->len, used + 1 + MIN(object->line->refused, LOOK_AHEAD));

    for (guint i = used; i < behind; i++) {
        const struct om_file *file = g_ptr_array_index(files, i);

        if (file->has_size && file->size == om_object_length(object))
            return i;
    }
    return used;
}

const struct om_file *
om_object_selector(const struct om_object *object, gboolean *extra)
{
    const struct om_media *sender;
    guint used;

    *extra = FALSE;
    if (!object->session || !object->line)
        return NULL;
    sender = om_session_match_sender(&object->match);
    if (!sender || !sender->files->len || mirrors_selectors(&object->match, sender))
        return NULL;
    used = next_that_fits(object, sender->files, used_before(object));
    *extra = used >= sender->files->len;
    return *extra ? NULL : g_ptr_array_index(sender->files, used);
}
