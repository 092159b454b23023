/* selector.c
 * Lines, and the selector of an object as then known.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "line.h"

#include "core/text/text_hash.h"
#include "verify.h"

static guint
line_hash(gconstpointer data)
{
    const struct om_line *line = data;

    return g_direct_hash(line->exchange) + (line->from_offerer != FALSE) +
           (line->sender ? om_text_hash(line->sender) * 2 : 0) + (line->receiver ? om_text_hash(line->receiver) : 0);
}

static gboolean
line_equal(gconstpointer a, gconstpointer b)
{
    const struct om_line *x = a, *y = b;

    return x->exchange == y->exchange && x->from_offerer == y->from_offerer && g_strcmp0(x->sender, y->sender) == 0 &&
           g_strcmp0(x->receiver, y->receiver) == 0;
}

static void
line_free(gpointer data)
{
    struct om_line *line = data;

    g_ptr_array_unref(line->files);
    g_ptr_array_unref(line->objects);
    g_free(line->used);
    g_clear_pointer(&line->by_hash, g_hash_table_unref);
    g_clear_pointer(&line->by_size, g_hash_table_unref);
    g_clear_pointer(&line->algorithms, g_ptr_array_unref);
    g_free(line);
}

GHashTable *
om_lines_new(void)
{
    return g_hash_table_new_full(line_hash, line_equal, line_free, NULL);
}

/* --- which selectors --- */

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

static const struct om_media *
media_at(const struct om_description *description, guint index)
{
    return description && index < description->media->len ? g_ptr_array_index(description->media, index) : NULL;
}

static gboolean
same_endpoint(const struct om_media *a, const struct om_media *b)
{
    return a && b && a->port && b->port && g_strcmp0(a->endpoint_key, b->endpoint_key) == 0;
}

/* Is this m-line of the exchange on the same path as the one that was matched, at both ends as far as they are known? */
static gboolean
shares_path(const struct om_session_match *match, guint index)
{
    const struct om_description *offer = match->exchange->offer, *answer = match->exchange->answer;

    return same_endpoint(media_at(offer, index), media_at(offer, match->media_index)) &&
           (!answer || same_endpoint(media_at(answer, index), media_at(answer, match->media_index)));
}

static void
add_files(struct om_line *line, const struct om_session_match *match, const struct om_media *sender)
{
    if (mirrors_selectors(match, sender))
        return;
    for (guint i = 0; i < sender->files->len; i++)
        g_ptr_array_add(line->files, g_ptr_array_index(sender->files, i));
}

/* A fork or another hop has a description of its own: there it is the m-line alone. */
static void
collect_files(struct om_line *line, const struct om_session_match *match)
{
    const struct om_description *description = match->from_offerer ? match->exchange->offer : match->exchange->answer;
    const struct om_media *sender = om_session_match_sender(match);

    if (!sender)
        return;
    if (media_at(description, match->media_index) != sender) {
        add_files(line, match, sender);
        return;
    }
    for (guint i = 0; i < description->media->len; i++) {
        if (i == match->media_index || shares_path(match, i))
            add_files(line, match, g_ptr_array_index(description->media, i));
    }
}

static struct om_line *
line_of(GHashTable *lines, const struct om_session_match *match)
{
    const struct om_media *sender = om_session_match_sender(match);
    const struct om_media *receiver = om_session_match_receiver(match);
    struct om_line key = {.exchange = match->exchange,
                          .from_offerer = match->from_offerer != FALSE,
                          .sender = sender ? sender->endpoint_key : NULL,
                          .receiver = receiver ? receiver->endpoint_key : NULL};
    struct om_line *line = g_hash_table_lookup(lines, &key);

    if (line)
        return line;
    line = g_new(struct om_line, 1);
    *line = key;
    line->files = g_ptr_array_new();
    line->objects = g_ptr_array_new();
    collect_files(line, match);
    line->used = g_new0(guint8, line->files->len + 1);
    g_hash_table_add(lines, line);
    return line;
}

void
om_line_add(GHashTable *lines, struct om_object *object)
{
    struct om_line *line = line_of(lines, &object->match);

    object->line = line;
    object->place = line->objects->len - line->dropped;
    g_ptr_array_add(line->objects, object);
}

guint
om_object_selectors(const struct om_object *object)
{
    return object->line ? object->line->files->len : 0;
}

gboolean
om_line_is_alone(const struct om_object *object)
{
    return object->line && object->line->files->len == 1 && object->line->objects->len == 1;
}

/* --- what fits --- */

static guint
digest_hash(gconstpointer data)
{
    const struct om_digest *digest = data;
    guint32 first = 0;

    memcpy(&first, digest->value, MIN(sizeof first, digest->length));
    return first ^ g_direct_hash(digest->algorithm);
}

static gboolean
digest_equal(gconstpointer a, gconstpointer b)
{
    const struct om_digest *x = a, *y = b;

    return x->algorithm == y->algorithm && om_digest_equal(x, y->value, y->length);
}

static void
alike_free(gpointer data)
{
    struct om_alike *alike = data;

    g_array_unref(alike->indexes);
    g_free(alike);
}

/* key: copied */
static void
note_alike(GHashTable *table, gconstpointer key, gsize size, guint index)
{
    struct om_alike *alike = g_hash_table_lookup(table, key);

    if (!alike) {
        alike = g_new0(struct om_alike, 1);
        alike->indexes = g_array_new(FALSE, FALSE, sizeof(guint));
        g_hash_table_insert(table, g_memdup2(key, size), alike);
    }
    g_array_append_val(alike->indexes, index);
}

static void
note_file(struct om_line *line, const struct om_file *file, guint index)
{
    if (file->has_size)
        note_alike(line->by_size, &file->size, sizeof file->size, index);
    for (guint i = 0; i < file->hashes->len; i++) {
        const struct om_offered_hash *hash = g_ptr_array_index(file->hashes, i);
        struct om_digest key = {.length = hash->length};

        if (!om_offered_hash_usable(hash))
            continue;
        key.algorithm = om_digest_algorithm(hash->algorithm);
        memcpy(key.value, hash->value, hash->length);
        note_alike(line->by_hash, &key, sizeof key, index);
        if (!g_ptr_array_find(line->algorithms, key.algorithm, NULL))
            g_ptr_array_add(line->algorithms, (gpointer) key.algorithm);
    }
}

static void
make_tables(struct om_line *line)
{
    if (line->by_hash)
        return;
    line->by_hash = g_hash_table_new_full(digest_hash, digest_equal, g_free, alike_free);
    line->by_size = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, alike_free);
    line->algorithms = g_ptr_array_new();
    for (guint i = 0; i < line->files->len; i++)
        note_file(line, g_ptr_array_index(line->files, i), i);
}

static void
reset_alike(gpointer key G_GNUC_UNUSED, gpointer value, gpointer data G_GNUC_UNUSED)
{
    ((struct om_alike *) value)->first = 0;
}

void
om_line_reset(struct om_line *line)
{
    memset(line->used, 0, line->files->len);
    line->next = 0;
    make_tables(line);
    g_hash_table_foreach(line->by_hash, reset_alike, NULL);
    g_hash_table_foreach(line->by_size, reset_alike, NULL);
}

void
om_line_use(struct om_line *line, guint index)
{
    line->used[index] = TRUE;
}

gboolean
om_line_next(struct om_line *line, guint *index)
{
    while (line->next < line->files->len && line->used[line->next])
        line->next++;
    *index = line->next;
    return line->next < line->files->len;
}

/* The first free one of them. */
static gboolean
first_free(const struct om_line *line, struct om_alike *alike, guint *index)
{
    while (alike->first < alike->indexes->len && line->used[g_array_index(alike->indexes, guint, alike->first)])
        alike->first++;
    if (alike->first >= alike->indexes->len)
        return FALSE;
    *index = g_array_index(alike->indexes, guint, alike->first);
    return TRUE;
}

static gboolean
free_or_any(const struct om_line *line, struct om_alike *alike, gboolean any, guint *index)
{
    if (first_free(line, alike, index))
        return TRUE;
    *index = g_array_index(alike->indexes, guint, 0);
    return any;
}

gboolean
om_line_by_hash(struct om_line *line, struct om_object *object, gboolean any, guint *index)
{
    make_tables(line);
    for (guint i = 0; i < line->algorithms->len; i++) {
        GArray *digests = om_object_digests_of(object, g_ptr_array_index(line->algorithms, i));
        gboolean found = FALSE;

        for (guint k = 0; k < digests->len && !found; k++) {
            struct om_alike *alike = g_hash_table_lookup(line->by_hash, &g_array_index(digests, struct om_digest, k));

            found = alike && free_or_any(line, alike, any, index);
        }
        g_array_unref(digests);
        if (found)
            return TRUE;
    }
    return FALSE;
}

/** So many selectors of one size are looked at for one of the type. */
#define LOOK_AHEAD 16

static gboolean
fits_type_and_size(struct om_line *line, const struct om_object *object, guint64 size, gboolean any, guint *index)
{
    struct om_alike *alike = g_hash_table_lookup(line->by_size, &size);

    if (!alike)
        return FALSE;
    if (!first_free(line, alike, index))
        return free_or_any(line, alike, any, index);
    for (guint i = 0; i < LOOK_AHEAD && alike->first + i < alike->indexes->len; i++) {
        guint at = g_array_index(alike->indexes, guint, alike->first + i);

        if (!line->used[at] && om_object_type_fits(object, g_ptr_array_index(line->files, at))) {
            *index = at;
            break;
        }
    }
    return TRUE;
}

gboolean
om_line_by_size(struct om_line *line, struct om_object *object, gboolean any, guint *index)
{
    guint64 sizes[OM_OBJECT_SIZES];
    guint count = om_object_sizes(object, sizes);

    make_tables(line);
    for (guint i = 0; i < count; i++) {
        if (fits_type_and_size(line, object, sizes[i], any, index))
            return TRUE;
    }
    return FALSE;
}

/* --- as then known --- */

gboolean
om_object_uses_selector(const struct om_object *object)
{
    enum om_state state = om_object_state(object);

    if (state == OM_COMPLETE)
        return !object->turned_down && !object->report_failed;
    return state == OM_INCOMPLETE && !object->refused_status;
}

void
om_line_update(struct om_object *object)
{
    struct om_line *line = object->line;
    gboolean dropped;

    if (!line)
        return;
    dropped = !om_object_uses_selector(object);
    if (dropped == object->dropped)
        return;
    object->dropped = dropped;
    line->dropped += dropped ? 1 : -1;
    if (object->choice.basis == OM_BY_NOTHING)
        return;
    line->used[object->choice.index] = !dropped;
    if (dropped)
        line->next = MIN(line->next, object->choice.index);
}

/* The only object is not alone any more: another one may be what was offered, or the rest of it. What was told at once is
 * left to the conclusion. */
static void
take_back(struct om_object *first)
{
    static const enum om_rule told[] = {OM_RULE_OBJ_HASH, OM_RULE_OBJ_SIZE, OM_RULE_OBJ_TYPE};

    for (gsize i = 0; first->told_frame && i < G_N_ELEMENTS(told); i++)
        om_context_withdraw(first->context, told[i], first->told_frame, first->session, first);
    first->told_frame = 0;
}

/* Where the only selector fits this object better than the first one. */
static void
displace(const struct om_object *object, enum om_basis basis)
{
    struct om_object *first = g_ptr_array_index(object->line->objects, 0);

    if (first == object)
        return;
    take_back(first);
    if (object->line->files->len > 1 || !first->choice.file || first->choice.basis >= basis ||
        !om_object_uses_selector(first))
        return;
    first->choice = (struct om_choice){.extra = TRUE};
    first->verified = 0;
}

/* Its place among the objects of its line, as long as nothing else tells. */
static gboolean
by_place(struct om_line *line, const struct om_object *object, guint *index)
{
    if (object->place < line->files->len && !line->used[object->place]) {
        *index = object->place;
        return TRUE;
    }
    return om_line_next(line, index);
}

void
om_line_claim(struct om_object *object)
{
    struct om_line *line = object->line;
    struct om_choice choice = {.basis = OM_BY_NOTHING};

    if (!line || !line->files->len)
        return;
    /* Somebody may have asked for a conclusion while it came: what is told now must not hang on that. */
    if (om_line_is_alone(object))
        om_line_reset(line);
    else if (object->choice.basis)
        line->used[object->choice.index] = FALSE;
    if (om_line_by_hash(line, object, line->files->len == 1, &choice.index))
        choice.basis = OM_BY_HASH;
    else if (om_line_by_size(line, object, FALSE, &choice.index))
        choice.basis = OM_BY_SIZE;
    else if (by_place(line, object, &choice.index))
        choice.basis = OM_BY_ORDER;
    displace(object, choice.basis);
    if (choice.basis) {
        choice.file = g_ptr_array_index(line->files, choice.index);
        om_line_use(line, choice.index);
    } else {
        choice.extra = TRUE;
    }
    object->choice = choice;
}

const struct om_file *
om_object_selector(const struct om_object *object, gboolean *extra)
{
    struct om_line *line = object->line;
    guint index;

    *extra = object->choice.extra;
    if (object->choice.basis || object->choice.extra || object->choice.untold || !line || !line->files->len)
        return object->choice.file;
    *extra = !by_place(line, object, &index);
    return *extra ? NULL : g_ptr_array_index(line->files, index);
}
