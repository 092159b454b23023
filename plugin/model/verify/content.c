/* content.c
 * Is a complete object what its selector says: the OBJ rules. Another object may fit its selector better as long as the
 * capture goes on: told at once is only what cannot change, the rest in the conclusion.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "verify.h"

#include "model/base/finding_queue.h"
#include "selector.h"

/* Where a finding goes. */
struct telling {
    struct om_object *object;
    struct om_conclusion *conclusion; /* NULL: to the context */
};

static void tell(const struct telling *telling, enum om_rule rule, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void
tell(const struct telling *telling, enum om_rule rule, const char *format, ...)
{
    struct om_object *object = telling->object;
    va_list args;
    char *text;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    if (telling->conclusion)
        om_conclusion_find(telling->conclusion, rule, object->last_frame, object->session, object, "%s", text);
    else
        om_context_find(object->context, rule, object->last_frame, object->session, object, "%s", text);
    g_free(text);
}

static void
check_size(const struct telling *telling)
{
    const struct om_object *object = telling->object;
    const struct om_verification *verification = &object->verification;
    GString *content;

    if (!verification->size_wrong)
        return;
    content = g_string_new(NULL);
    for (const struct om_body *body = object->body; body; body = body->inner) {
        if (body->envelope)
            g_string_append_printf(content, ", its content %" G_GSIZE_FORMAT, body->content.l);
    }
    if (verification->part)
        tell(telling, OM_RULE_OBJ_SIZE,
             "a=file-range is of %" G_GUINT64_FORMAT " bytes, the object has %" G_GUINT64_FORMAT " bytes%s",
             verification->part_length, om_object_length(object), content->str);
    else
        tell(telling, OM_RULE_OBJ_SIZE,
             "the selector says size:%" G_GUINT64_FORMAT ", the object has %" G_GUINT64_FORMAT " bytes%s%s",
             verification->file->size, om_object_length(object), content->str,
             verification->hash_wrong || !verification->algorithm ? "" : "; the hash does match");
    g_string_free(content, TRUE);
}

/* Where the size offered is that of the content only: the total is told against it. */
static char *
size_phrase(const struct om_object *object)
{
    const struct om_file *file = object->verification.file;

    if (!file->has_size || object->verification.size_wrong || file->size == om_object_length(object))
        return g_strdup("");
    return g_strdup_printf(" (size:%" G_GUINT64_FORMAT " is the content's, the object's total is %" G_GUINT64_FORMAT
                           ")",
                           file->size, om_object_length(object));
}

/* What the offered hash is that of: looked for once for each number of objects in the session. */
static void
look_for_hint(struct om_object *object)
{
    guint objects = object->session ? object->session->objects->len : 1;

    if (object->hint_objects == objects)
        return;
    object->hint_objects = objects;
    g_free(object->verification.hint);
    object->verification.hint = om_verification_hint(object);
}

static void
check_hash(const struct telling *telling)
{
    struct om_object *object = telling->object;
    const struct om_verification *verification = &object->verification;
    char *offered, *computed, *size;

    if (!verification->hash_wrong)
        return;
    look_for_hint(object);
    /* The conclusion first: Wireshark cuts long texts off. */
    offered = om_digest_text(verification->offered.value, verification->offered.length);
    computed = om_digest_text(verification->computed.value, verification->computed.length);
    size = size_phrase(object);
    tell(telling, OM_RULE_OBJ_HASH, "the offered %s is %s%s%s%s: offered %s, the object's is %s",
         verification->algorithm,
         object->body && object->body->envelope ? "neither the object's nor the content's" : "not the object's",
         verification->hint ? ", but that of " : ", and fits no part that was tried",
         verification->hint ? verification->hint : "", size, offered, computed);
    g_free(offered);
    g_free(computed);
    g_free(size);
}

static void
check_content(const struct telling *telling)
{
    const struct om_object *object = telling->object;
    const struct om_file *file = object->verification.file;

    check_size(telling);
    check_hash(telling);
    if (object->verification.extra)
        tell(telling, OM_RULE_OBJ_EXTRA, "the session's %u selector(s) are those of other objects",
             om_object_selectors(object));
    if (file && !om_object_type_fits(object, file))
        tell(telling, OM_RULE_OBJ_TYPE, "the selector says type:%.*s, the object came as %s", OM_QUOTE_TEXT(file->type),
             object->content_type);
}

void
om_object_judge_content(struct om_object *object)
{
    if (!om_line_is_alone(object))
        return;
    object->told_frame = object->last_frame;
    check_content(&(struct telling){object, NULL});
}

void
om_content_conclude(const struct om_objects *objects, struct om_conclusion *conclusion)
{
    for (guint i = 0; i < objects->all->len; i++) {
        struct om_object *object = g_ptr_array_index(objects->all, i);

        om_object_assess(object);
        if (object->verification.hash_wrong)
            look_for_hint(object);
        if (object->line && om_object_state(object) == OM_COMPLETE && !object->told_frame)
            check_content(&(struct telling){object, conclusion});
    }
}

/* --- why --- */

/* What was changed on the way: a chunk on a later leg with other bytes than on the first one. NULL: there is none. */
static const struct om_chunk *
changed_chunk(const struct om_object *object)
{
    for (guint i = 0; object->legs->len > 1 && i < object->chunks->len; i++) {
        const struct om_chunk *chunk = g_ptr_array_index(object->chunks, i);

        if (chunk->conflicts && chunk->leg != g_ptr_array_index(object->legs, 0))
            return chunk;
    }
    return NULL;
}

/* Where its bytes were on the first leg. */
static guint32
first_frame_of(const struct om_object *object, const struct om_chunk *changed)
{
    for (guint i = 0; i < object->chunks->len; i++) {
        const struct om_chunk *chunk = g_ptr_array_index(object->chunks, i);

        if (chunk->leg == g_ptr_array_index(object->legs, 0) && chunk->offset <= changed->offset &&
            changed->offset < chunk->offset + MAX(chunk->length, 1))
            return chunk->frame;
    }
    return object->first_frame;
}

/* g_free() it; NULL where there is nothing to say. */
static char *
diagnosis(const struct om_object *object)
{
    const struct om_verification *verification = &object->verification;
    const struct om_chunk *changed = changed_chunk(object);

    if (changed)
        return g_strdup_printf("frame %u: bytes of this SEND were changed on the way (relay): %s passed on others than "
                               "it got in frame %u",
                               changed->frame, changed->leg->src, first_frame_of(object, changed));
    if (verification->hash_wrong && object->changed_at)
        return g_strdup_printf(
            "frame %u: the message was changed on the way, at %s (core): on the leg before, in frame "
            "%u, it has the offered hash",
            object->last_frame, object->changed_at, object->changed_from->last_frame);
    if (verification->hash_wrong)
        return g_strdup_printf("frame %u: the object is not what was offered (sender): the offered hash, %s, is %s%s%s",
                               object->last_frame, verification->algorithm,
                               verification->hint ? "that of " : "not the object's",
                               verification->hint ? verification->hint : "",
                               verification->size_wrong ? "; the size is another one, too" : "");
    if (verification->size_wrong)
        return g_strdup_printf("frame %u: the object has not the offered size (sender): %" G_GUINT64_FORMAT
                               " bytes, not %" G_GUINT64_FORMAT,
                               object->last_frame, om_object_length(object),
                               verification->part ? verification->part_length : verification->file->size);
    return NULL;
}

void
om_content_explain(const struct om_objects *objects, struct om_conclusion *conclusion)
{
    for (guint i = 0; i < objects->all->len; i++) {
        struct om_object *object = g_ptr_array_index(objects->all, i);
        struct om_outcome *outcome = om_conclusion_outcome(conclusion, object);
        char *text = outcome && !outcome->diagnosis ? diagnosis(object) : NULL;

        if (text)
            outcome->diagnosis = text;
    }
}
