/* files.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "files.h"

#include "model/base/finding_queue.h"
#include "core/text/text_hash.h"
#include "selector.h"
#include "unsent.h"
#include "verdict.h"

/** Selectors of an m-line that are looked through for one that stands at another place. */
#define FILES_COMPARED 64

static const struct om_media *
media_at(const struct om_description *description, guint index)
{
    return description && index < description->media->len ? g_ptr_array_index(description->media, index) : NULL;
}

static const struct om_file *
file_at(const struct om_media *media, guint index)
{
    return media && index < media->files->len ? g_ptr_array_index(media->files, index) : NULL;
}

/* --- the same file offered again ---
 * A re-INVITE repeats the selectors with their ids (RFC 5547 section 6): what is told of the first one is told of all. */

static char *
identity(const struct om_file *file)
{
    const struct om_offered_hash *hash = file->hashes->len ? g_ptr_array_index(file->hashes, 0) : NULL;
    char *value = hash ? om_digest_text(hash->value, hash->length) : g_strdup("");
    char *text = g_strdup_printf("%s\n%s\n%" G_GUINT64_FORMAT "\n%s", file->transfer_id ? file->transfer_id : "",
                                 file->name ? file->name : "", file->size, value);

    g_free(value);
    return text;
}

/* Of an exchange's files that an earlier exchange of the session offered: that one. */
static void
note_repeated(GHashTable *first, GHashTable *aliases, const struct om_media *media, GPtrArray *fresh)
{
    for (guint i = 0; i < media->files->len; i++) {
        struct om_file *file = g_ptr_array_index(media->files, i);
        char *text = identity(file);
        struct om_file *known = g_hash_table_lookup(first, text);

        if (known) {
            g_hash_table_insert(aliases, file, known);
            g_free(text);
        } else {
            g_ptr_array_add(fresh, file);
            g_ptr_array_add(fresh, text);
        }
    }
}

static GHashTable *
find_aliases(const struct om_session *session)
{
    GHashTable *aliases = g_hash_table_new(NULL, NULL);
    GHashTable *first = g_hash_table_new_full(om_text_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < session->exchanges->len; i++) {
        const struct om_exchange *exchange = g_ptr_array_index(session->exchanges, i);
        GPtrArray *fresh = g_ptr_array_new();

        for (guint k = 0; exchange->offer && k < exchange->offer->media->len; k++)
            note_repeated(first, aliases, media_at(exchange->offer, k), fresh);
        /* Two alike in one offer are two. */
        for (guint k = 0; k < fresh->len; k += 2)
            g_hash_table_replace(first, g_ptr_array_index(fresh, k + 1), g_ptr_array_index(fresh, k));
        g_ptr_array_unref(fresh);
    }
    g_hash_table_unref(first);
    return aliases;
}

/* --- which object carried it --- */

/* How much two descriptions of a file have in common; 0 where they contradict each other, or have nothing. */
static guint
likeness(const struct om_file *a, const struct om_file *b)
{
    guint alike = 0;

    if (a->name && b->name && strcmp(a->name, b->name) != 0)
        return 0;
    if (a->has_size && b->has_size && a->size != b->size)
        return 0;
    alike += (a->name && b->name) + (a->has_size && b->has_size);
    for (guint i = 0; i < a->hashes->len && i < b->hashes->len; i++) {
        const struct om_offered_hash *x = g_ptr_array_index(a->hashes, i), *y = g_ptr_array_index(b->hashes, i);

        if (x->algorithm == y->algorithm && (x->length != y->length || memcmp(x->value, y->value, x->length) != 0))
            return 0;
        alike += x->algorithm == y->algorithm;
    }
    return alike;
}

/* The one of the section that this is, as another description has it at this place: an answer, to a pull mostly, may list
 * the files in another order. */
static const struct om_file *
file_like(const struct om_media *media, const struct om_file *file, guint index)
{
    const struct om_file *found = file_at(media, index);
    guint most = found ? likeness(found, file) : 0;

    for (guint i = 0; !most && media && i < MIN(media->files->len, FILES_COMPARED); i++) {
        if (likeness(file_at(media, i), file))
            return file_at(media, i);
    }
    return found;
}

/* The file of the exchange's offer that this selector is: its own, another hop's, or what the answer says of it. */
static const struct om_file *
offered_file(const struct om_object *object)
{
    const struct om_session_match *match = &object->match;
    const struct om_media *media = media_at(match->exchange->offer, match->media_index);

    if (!object->choice.file)
        return NULL;
    if (match->from_offerer && media == om_session_match_sender(match))
        return object->choice.file;
    return file_like(media, object->choice.file, object->choice.index);
}

/* Of tries and what completed these count; of several the one that fared worst. */
static gboolean
tells_more(struct om_object *object, struct om_object *known, const struct om_conclusion *conclusion)
{
    gboolean uses = om_object_uses_selector(object), known_uses = om_object_uses_selector(known);
    enum om_delivery delivery = om_object_delivery(object, conclusion), other = om_object_delivery(known, conclusion);

    if (uses != known_uses)
        return uses;
    return !uses || (delivery != other && om_delivery_worse(delivery, other) == delivery);
}

static void
note_carried(const struct om_session *session, GHashTable *aliases, struct om_conclusion *conclusion)
{
    for (guint i = 0; i < session->objects->len; i++) {
        struct om_object *object = g_ptr_array_index(session->objects, i);
        const struct om_file *file = offered_file(object);
        const struct om_file *first = file ? g_hash_table_lookup(aliases, file) : NULL;
        struct om_object *known;

        file = first ? first : file;
        known = file ? g_hash_table_lookup(conclusion->carried, file) : NULL;
        if (file && (!known || tells_more(object, known, conclusion)))
            g_hash_table_insert(conclusion->carried, (gpointer) file, object);
    }
}

/* --- the same MSRP session in two dialogs ---
 * A back-to-back user agent that passes SDP on: each dialog offers the file, on the same paths, and it goes over once. */

static char *
twin_key(const struct om_media *media, const struct om_file *file)
{
    char *text = identity(file);
    char *key = g_strdup_printf("%s\n%s", media->endpoint_key ? media->endpoint_key : "", text);

    g_free(text);
    return key;
}

/** A file that an object carried, and in which session. */
struct twin {
    const struct om_session *session;
    const struct om_file *file;
};

static void
note_twins(const struct om_session *session, GHashTable *twins, const struct om_conclusion *conclusion)
{
    for (guint i = 0; i < session->exchanges->len; i++) {
        const struct om_exchange *exchange = g_ptr_array_index(session->exchanges, i);

        for (guint k = 0; exchange->offer && k < exchange->offer->media->len; k++) {
            const struct om_media *media = media_at(exchange->offer, k);

            for (guint n = 0; n < media->files->len; n++) {
                const struct om_file *file = file_at(media, n);
                struct twin *twin;

                if (!media->endpoint_key || !g_hash_table_contains(conclusion->carried, file))
                    continue;
                twin = g_new(struct twin, 1);
                *twin = (struct twin){session, file};
                g_hash_table_replace(twins, twin_key(media, file), twin);
            }
        }
    }
}

/* Paths are of one session as long as it lasts (RFC 4975 section 6): dialogs at the same time are its legs. */
static gboolean
overlap(const struct om_session *a, const struct om_session *b)
{
    return !(a->released && a->bye_time < b->offer_time) && !(b->released && b->bye_time < a->offer_time);
}

static struct om_object *
carried_by_twin(const struct om_offered_line *line, const struct om_media *media, const struct om_file *file,
                GHashTable *twins, const struct om_conclusion *conclusion)
{
    char *key = media->endpoint_key && line->exchange->status / 100 == 2 ? twin_key(media, file) : NULL;
    const struct twin *twin = key ? g_hash_table_lookup(twins, key) : NULL;

    g_free(key);
    if (!twin || twin->session == line->session || !overlap(twin->session, line->session))
        return NULL;
    return g_hash_table_lookup(conclusion->carried, twin->file);
}

/* --- what no object carried --- */

static void
conclude_unsent(const struct om_offered_line *line, const struct om_file *file, const struct om_unsent *unsent,
                struct om_conclusion *conclusion)
{
    static const enum om_delivery deliveries[] = {OM_DELIVERY_FAILED, OM_DELIVERY_REFUSED, OM_DELIVERY_UNKNOWN};
    guint which = unsent->rule == OM_RULE_FILE_NOT_SENT ? 0 : unsent->rule == OM_RULE_SDP_REFUSED ? 1 : 2;
    char *name = file->name ? g_strdup_printf("\"%.*s\"", OM_QUOTE_TEXT(file->name)) : g_strdup("the file");

    om_conclusion_find(conclusion, unsent->rule, unsent->frame, (struct om_session *) line->session, NULL,
                       "frame %u: %s: %s", unsent->cause, name, unsent->text);
    om_conclusion_deliver(conclusion, file, deliveries[which], "frame %u: %s: %s", unsent->cause, name, unsent->text);
    g_free(name);
}

static void
conclude_line(const struct om_offered_line *line, GHashTable *aliases, const struct om_outcome *rejected,
              GHashTable *twins, struct om_conclusion *conclusion)
{
    const struct om_media *media = media_at(line->exchange->offer, line->index);
    struct om_unsent unsent = {.text = NULL};

    for (guint i = 0; i < media->files->len; i++) {
        const struct om_file *file = file_at(media, i);
        struct om_object *object;

        if (g_hash_table_contains(aliases, file) || g_hash_table_contains(conclusion->carried, file))
            continue;
        if (rejected) {
            om_conclusion_deliver(conclusion, file, rejected->delivery, rejected->diagnosis ? "%s" : NULL,
                                  rejected->diagnosis);
            continue;
        }
        object = carried_by_twin(line, media, file, twins, conclusion);
        if (object) {
            const char *diagnosis = om_object_diagnosis(object, conclusion);

            om_conclusion_deliver(conclusion, file, om_object_delivery(object, conclusion), diagnosis ? "%s" : NULL,
                                  diagnosis);
            continue;
        }
        if (!unsent.text)
            om_unsent_find(line, &unsent);
        conclude_unsent(line, file, &unsent, conclusion);
    }
    g_free(unsent.text);
}

/* A later offer that was rejected leaves the session as it was. */
static const struct om_outcome *
rejection(const struct om_session *session, guint index, const struct om_conclusion *conclusion)
{
    return index == 0 ? om_conclusion_outcome(conclusion, session) : NULL;
}

/* A re-INVITE that offers another file, and is refused. A collision (491) is not: the offer comes again. */
static void
conclude_refused_offer(const struct om_exchange *exchange, GHashTable *aliases, struct om_conclusion *conclusion)
{
    const char *side = exchange->by_caller ? "receiver" : "sender";

    for (guint k = 0; exchange->status != 491 && exchange->offer && k < exchange->offer->media->len; k++) {
        const struct om_media *media = media_at(exchange->offer, k);

        for (guint i = 0; i < media->files->len; i++) {
            const struct om_file *file = file_at(media, i);

            if (!g_hash_table_contains(aliases, file))
                om_conclusion_deliver(conclusion, file, OM_DELIVERY_REFUSED,
                                      "frame %u: \"%s\": the offer of frame %u within the session was answered %u (%s)",
                                      exchange->answer_frame, file->name ? file->name : "the file",
                                      exchange->offer_frame, exchange->status, side);
        }
    }
}

static void
conclude_session(const struct om_sessions *sessions, const struct om_session *session, GHashTable *twins,
                 struct om_conclusion *conclusion)
{
    GHashTable *aliases = find_aliases(session);

    for (guint i = 0; i < session->exchanges->len; i++) {
        const struct om_exchange *exchange = g_ptr_array_index(session->exchanges, i);
        const struct om_outcome *rejected = rejection(session, i, conclusion);

        if (i && exchange->status / 100 != 2 && exchange->status) {
            conclude_refused_offer(exchange, aliases, conclusion);
            continue;
        }
        for (guint k = 0; exchange->offer && k < exchange->offer->media->len; k++)
            conclude_line(&(struct om_offered_line){sessions, session, exchange, k}, aliases, rejected, twins,
                          conclusion);
    }
    g_hash_table_unref(aliases);
}

void
om_files_conclude(const struct om_sessions *sessions, struct om_conclusion *conclusion)
{
    GHashTable *twins = g_hash_table_new_full(om_text_hash, g_str_equal, g_free, g_free);

    for (guint i = 0; i < sessions->pushes->len; i++) {
        const struct om_session *session = g_ptr_array_index(sessions->pushes, i);
        GHashTable *aliases = find_aliases(session);

        note_carried(session, aliases, conclusion);
        note_twins(session, twins, conclusion);
        g_hash_table_unref(aliases);
    }
    for (guint i = 0; i < sessions->pushes->len; i++)
        conclude_session(sessions, g_ptr_array_index(sessions->pushes, i), twins, conclusion);
    g_hash_table_unref(twins);
}
