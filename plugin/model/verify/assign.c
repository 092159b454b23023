/* assign.c
 * The selectors of a line to its objects, when all of them are known: those that an object's hash tells first, then
 * those that its size tells, then the rest in order.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "line.h"

#include "model/base/finding_queue.h"
#include "verify.h"

/* One way of telling. @return FALSE: it does not tell */
typedef gboolean (*way)(struct om_line *line, struct om_object *object, gboolean any, guint *index);

static void
choose(struct om_line *line, struct om_object *object, guint index, enum om_basis basis)
{
    object->choice = (struct om_choice){.file = g_ptr_array_index(line->files, index), .index = index, .basis = basis};
}

static gboolean
has_choice(const struct om_object *object)
{
    return object->choice.basis != OM_BY_NOTHING;
}

/* Objects of this state that have no selector yet and are told in this way. */
static void
choose_users(struct om_line *line, enum om_state state, way tells, enum om_basis basis)
{
    for (guint i = 0; i < line->objects->len; i++) {
        struct om_object *object = g_ptr_array_index(line->objects, i);
        guint index;

        if (has_choice(object) || om_object_state(object) != state || !om_object_uses_selector(object) ||
            !tells(line, object, FALSE, &index))
            continue;
        choose(line, object, index, basis);
        om_line_use(line, index);
    }
}

/* Did the capture lose bytes that may be those of an object of this line? */
static gboolean
is_lossy(const struct om_line *line)
{
    for (guint i = 0; i < line->objects->len; i++) {
        const struct om_object *object = g_ptr_array_index(line->objects, i);

        if (object->neighbours_lost || object->capture_lost)
            return TRUE;
    }
    return FALSE;
}

/* Would it be an accusation that the object is not what this selector says? */
static gboolean
says_more(const struct om_file *file)
{
    return file->has_size || file->hashes->len;
}

static void
choose_in_order(struct om_line *line, gboolean lossy)
{
    for (guint i = 0; i < line->objects->len; i++) {
        struct om_object *object = g_ptr_array_index(line->objects, i);
        guint index;

        if (has_choice(object) || !om_object_uses_selector(object))
            continue;
        if (!om_line_next(line, &index)) {
            object->choice.extra = TRUE;
        } else if (lossy && line->files->len > 1 && om_object_state(object) == OM_COMPLETE &&
                   says_more(g_ptr_array_index(line->files, index))) {
            object->choice.untold = TRUE;
        } else {
            choose(line, object, index, OM_BY_ORDER);
            om_line_use(line, index);
        }
    }
}

/* A refused or aborted try was one of a file that was sent afterwards, or of the next one. */
static void
choose_for_tries(struct om_line *line)
{
    for (guint i = 0; i < line->objects->len; i++) {
        struct om_object *object = g_ptr_array_index(line->objects, i);
        guint index;

        if (om_object_uses_selector(object))
            continue;
        if (om_object_state(object) == OM_COMPLETE && om_line_by_hash(line, object, TRUE, &index))
            choose(line, object, index, OM_BY_HASH);
        else if (om_line_by_size(line, object, TRUE, &index))
            choose(line, object, index, OM_BY_SIZE);
        else if (om_line_next(line, &index))
            choose(line, object, index, OM_BY_ORDER);
        else
            choose(line, object, MIN(object->place, line->files->len - 1), OM_BY_ORDER);
    }
}

static void
assign(struct om_line *line)
{
    om_line_reset(line);
    for (guint i = 0; i < line->objects->len; i++)
        ((struct om_object *) g_ptr_array_index(line->objects, i))->choice = (struct om_choice){.file = NULL};
    choose_users(line, OM_COMPLETE, om_line_by_hash, OM_BY_HASH);
    choose_users(line, OM_COMPLETE, om_line_by_size, OM_BY_SIZE);
    if (line->files->len > 1)
        choose_users(line, OM_INCOMPLETE, om_line_by_size, OM_BY_SIZE);
    choose_in_order(line, is_lossy(line));
    choose_for_tries(line);
    for (guint i = 0; i < line->objects->len; i++)
        ((struct om_object *) g_ptr_array_index(line->objects, i))->verified = 0;
}

/* --- the order --- */

static gint
compare_chunks(const struct om_chunk *x, const struct om_chunk *y)
{
    if (x->stream == y->stream)
        return x->position < y->position ? -1 : x->position > y->position;
    if (x->end_time != y->end_time)
        return x->end_time < y->end_time ? -1 : 1;
    return x->object->id < y->object->id ? -1 : x->object->id > y->object->id;
}

/* By how they begin. */
static gint
compare_begun(gconstpointer a, gconstpointer b)
{
    const struct om_object *x = *(struct om_object *const *) a, *y = *(struct om_object *const *) b;

    return compare_chunks(g_ptr_array_index(x->chunks, 0), g_ptr_array_index(y->chunks, 0));
}

/* By how they end. */
static gint
compare_ended(gconstpointer a, gconstpointer b)
{
    const struct om_object *x = *(struct om_object *const *) a, *y = *(struct om_object *const *) b;

    return compare_chunks(x->last_chunk, y->last_chunk);
}

/* Objects whose selector is told by what they are, as they were sent: what came late came out of order, no more. */
static GPtrArray *
told_as_sent(const struct om_line *line)
{
    GPtrArray *told = g_ptr_array_new();

    for (guint i = 0; i < line->objects->len; i++) {
        struct om_object *object = g_ptr_array_index(line->objects, i);

        if (object->choice.basis >= OM_BY_SIZE && object->last_chunk && om_object_state(object) == OM_COMPLETE &&
            om_object_uses_selector(object))
            g_ptr_array_add(told, object);
    }
    return told;
}

static const char *
name_of(const struct om_object *object)
{
    return object->choice.file->name ? object->choice.file->name : "";
}

/* The first of them that is not where it was offered; NULL: all are. */
static const struct om_object *
out_of_order(const GPtrArray *told, const struct om_object **before)
{
    for (guint i = 1; i < told->len; i++) {
        const struct om_object *object = g_ptr_array_index(told, i);

        *before = g_ptr_array_index(told, i - 1);
        if (object->choice.index <= (*before)->choice.index)
            return object;
    }
    return NULL;
}

/* Whoever interleaves files may begin them in order and end them in another, or the other way round. */
static void
conclude_order(const struct om_line *line, struct om_conclusion *conclusion)
{
    GPtrArray *told = told_as_sent(line);
    const struct om_object *object, *before;

    g_ptr_array_sort(told, compare_ended);
    object = out_of_order(told, &before);
    if (!object) {
        g_ptr_array_sort(told, compare_begun);
        object = out_of_order(told, &before);
    }
    if (object)
        om_conclusion_find(
            conclusion, OM_RULE_FILE_ORDER, object->last_frame, object->session, NULL,
            "files are sent in another order than offered: selector %u \"%.*s\" (object %u) before selector "
            "%u \"%.*s\" (object %u)",
            before->choice.index + 1, OM_QUOTE_TEXT(name_of(before)), before->id, object->choice.index + 1,
            OM_QUOTE_TEXT(name_of(object)), object->id);
    g_ptr_array_unref(told);
}

void
om_selectors_conclude(const struct om_objects *objects, struct om_conclusion *conclusion)
{
    for (guint i = 0; i < objects->all->len; i++) {
        const struct om_object *object = g_ptr_array_index(objects->all, i);
        struct om_line *line = object->line;

        if (!line || !line->files->len || line->objects->pdata[0] != object)
            continue;
        assign(line);
        conclude_order(line, conclusion);
    }
}
