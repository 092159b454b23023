/* hint.c
 * What an offered hash that fits neither object nor content does fit: the hint that ends an argument.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "verify.h"

#include "model/base/finding_queue.h"
#include "core/push/push_types.h"
#include "core/text/multipart.h"

/** Work put into it: bytes hashed for chunks, or for other objects, and objects looked at. */
#define HINT_LIMIT   (16u << 20)
#define HINT_OBJECTS 64
/** Bytes that are copied to put a line end behind them. */
#define COPY_LIMIT (1u << 20)

static gboolean
fits(const struct om_offered_hash *hash, struct om_slice bytes)
{
    struct om_digest digest;

    return om_digest_compute(hash->algorithm, bytes, &digest) && om_digest_equal(&digest, hash->value, hash->length);
}

static gboolean
ends_with(struct om_slice text, const char *end)
{
    gsize length = strlen(end);

    return text.l >= length && memcmp(text.p + text.l - length, end, length) == 0;
}

static gboolean
fits_with(const struct om_offered_hash *hash, struct om_slice bytes, const char *end)
{
    GByteArray *longer;
    gboolean fit;

    if (bytes.l > COPY_LIMIT)
        return FALSE;
    longer = g_byte_array_sized_new((guint) bytes.l + 2);
    g_byte_array_append(longer, (const guint8 *) bytes.p, (guint) bytes.l);
    g_byte_array_append(longer, (const guint8 *) end, (guint) strlen(end));
    fit = fits(hash, om_slice(longer->data, longer->len));
    g_byte_array_unref(longer);
    return fit;
}

/* A line end more or less, at the end of what is hashed. */
static char *
hint_from_line_end(const struct om_offered_hash *hash, struct om_slice bytes, const char *what)
{
    static const struct {
        const char *end, *name;
    } ends[] = {{"\r\n", "CRLF"}, {"\n", "LF"}};

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        if (ends_with(bytes, ends[i].end) && fits(hash, om_slice_head(bytes, bytes.l - strlen(ends[i].end))))
            return g_strdup_printf("%s without its trailing %s", what, ends[i].name);
        if (fits_with(hash, bytes, ends[i].end))
            return g_strdup_printf("%s with one more %s behind it", what, ends[i].name);
    }
    return NULL;
}

/* As many bytes as the selector says, from either end. */
static char *
hint_from_size(const struct om_object *object, const struct om_offered_hash *hash, struct om_slice all)
{
    const struct om_file *file = object->verification.file;

    if (!file->has_size || file->size >= all.l || file->size == 0)
        return NULL;
    if (fits(hash, om_slice_head(all, file->size)))
        return g_strdup_printf("the first %" G_GUINT64_FORMAT " bytes", file->size);
    if (fits(hash, om_slice_from(all, all.l - file->size)))
        return g_strdup_printf("the last %" G_GUINT64_FORMAT " bytes", file->size);
    return NULL;
}

static char *
hint_from_chunks(const struct om_object *object, const struct om_offered_hash *hash, struct om_slice all)
{
    guint64 work = 0;

    for (guint i = 0; i < object->chunks->len && work < HINT_LIMIT; i++) {
        const struct om_chunk *chunk = g_ptr_array_index(object->chunks, i);

        if (chunk->offset > all.l || chunk->length > all.l - chunk->offset || chunk->length == all.l)
            continue;
        work += chunk->length;
        if (fits(hash, om_slice(all.p + chunk->offset, chunk->length)))
            return g_strdup_printf("chunk %u alone (bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT ", frame %u)",
                                   chunk->number, chunk->offset + 1, chunk->offset + chunk->length, chunk->frame);
    }
    return NULL;
}

/* As many zeros: somebody hashed a buffer before it was filled. */
static char *
hint_from_zeros(const struct om_offered_hash *hash, const struct om_file *file, guint64 length)
{
    guint64 sizes[] = {length, file->has_size ? file->size : length};

    for (gsize i = 0; i < (sizes[0] == sizes[1] ? 1 : G_N_ELEMENTS(sizes)); i++) {
        char *zeros = sizes[i] && sizes[i] <= HINT_LIMIT ? g_malloc0(sizes[i]) : NULL;
        gboolean fit = zeros && fits(hash, om_slice(zeros, sizes[i]));

        g_free(zeros);
        if (fit)
            return g_strdup_printf("%" G_GUINT64_FORMAT " zero bytes: hashed before the file was read", sizes[i]);
    }
    return NULL;
}

/* The text of a multipart's push part, before its Content-Transfer-Encoding is undone. */
static char *
hint_from_encoded(const struct om_object *object, const struct om_offered_hash *hash, struct om_slice all)
{
    struct om_part part;

    if (!object->body || !object->body->decoded_whole || !object->content_type ||
        !om_multipart_find(om_slice_str(object->content_type), all, OM_PUSH_TYPE, &part) || !fits(hash, part.body))
        return NULL;
    return g_strdup("the part as it is encoded: its Content-Transfer-Encoding was ignored");
}

static char *
hint_from_object(struct om_object *object, const struct om_offered_hash *hash)
{
    struct om_slice all = om_object_bytes(object);
    struct om_slice content = object->body ? om_body_innermost(object->body)->content : all;
    char *hint;

    if (all.l && fits(hash, OM_SLICE_LIT("")))
        return g_strdup("no bytes at all");
    hint = hint_from_zeros(hash, object->verification.file, all.l);
    if (!hint)
        hint = hint_from_encoded(object, hash, all);
    if (!hint)
        hint = hint_from_line_end(hash, all, "the object");
    if (!hint && content.p != all.p)
        hint = hint_from_line_end(hash, content, "the content");
    if (!hint && content.p > all.p && content.p <= all.p + all.l &&
        fits(hash, om_slice_head(all, (gsize) (content.p - all.p))))
        hint = g_strdup("the envelope's headers alone");
    if (!hint)
        hint = hint_from_chunks(object, hash, all);
    return hint ? hint : hint_from_size(object, hash, all);
}

/* The same without its work, where this digest of the object was made before. */
static gboolean
fits_known(const struct om_offered_hash *hash, const struct om_object *object, gboolean *fit)
{
    for (guint i = 0; i < object->digests->len; i++) {
        const struct om_digest *known = &g_array_index(object->digests, struct om_digest, i);

        if (g_ascii_strcasecmp(known->algorithm, hash->algorithm) == 0) {
            *fit = om_digest_equal(known, hash->value, hash->length);
            return TRUE;
        }
    }
    return FALSE;
}

/* --- the same message on another leg --- */

static const struct om_leg *
leg_at(const struct om_object *object, guint index)
{
    return index < object->legs->len ? g_ptr_array_index(object->legs, index) : NULL;
}

/* A box that anchors MSRP has paths of its own on each leg: there the message is another object. */
static char *
hint_from_leg(struct om_object *object, const struct om_object *other)
{
    const struct om_leg *leg = leg_at(object, 0);

    if (g_strcmp0(object->message_id, other->message_id) != 0 || !leg || !leg_at(other, 0) || other->id > object->id)
        return NULL;
    object->changed_at = leg->src;
    object->changed_from = other;
    return g_strdup_printf("the same message on the other leg (object %u, frame %u): it was changed between, at %s "
                           "(core)",
                           other->id, other->last_frame, leg->src);
}

/* The session's latest objects: mixed up are neighbours. */
static char *
hint_from_session(struct om_object *object, const struct om_offered_hash *hash)
{
    const GPtrArray *others = object->session ? object->session->objects : NULL;
    guint count = others ? others->len : 0;
    guint64 work = 0;

    for (guint i = count; i > count - MIN(count, HINT_OBJECTS) && work < HINT_LIMIT; i--) {
        struct om_object *other = g_ptr_array_index(others, i - 1);
        gboolean fit;
        char *hint;

        if (other == object || om_object_state(other) != OM_COMPLETE || om_store_given_up(other->store))
            continue;
        if (!fits_known(hash, other, &fit)) {
            work += other->total;
            fit = fits(hash, om_object_bytes(other));
        }
        if (fit && (hint = hint_from_leg(object, other)))
            return hint;
        if (fit)
            return g_strdup_printf("another object of the session (object %u, Message-ID %.*s)", other->id,
                                   OM_QUOTE_TEXT(other->message_id));
    }
    return NULL;
}

/* --- a file cut into messages --- */

/* Objects from this one on, up to the offered size. */
static char *
hint_from_joined(struct om_object *object, const struct om_offered_hash *hash)
{
    const GPtrArray *others = object->session ? object->session->objects : NULL;
    const struct om_file *file = object->verification.file;
    GByteArray *joined = g_byte_array_new();
    guint at = 0, first;
    char *hint = NULL;

    if (!others || !file->has_size || file->size > HINT_LIMIT || !g_ptr_array_find((GPtrArray *) others, object, &at)) {
        g_byte_array_unref(joined);
        return NULL;
    }
    for (first = at; at < others->len && joined->len < file->size; at++) {
        struct om_object *other = g_ptr_array_index(others, at);
        struct om_slice bytes = om_object_bytes(other);

        if (om_object_state(other) != OM_COMPLETE || om_store_given_up(other->store) ||
            bytes.l > file->size - joined->len)
            break;
        g_byte_array_append(joined, (const guint8 *) bytes.p, (guint) bytes.l);
    }
    if (at > first + 1 && joined->len == file->size && fits(hash, om_slice(joined->data, joined->len)))
        hint = g_strdup_printf("objects %u to %u joined, which have the offered size and hash", object->id,
                               ((struct om_object *) g_ptr_array_index(others, at - 1))->id);
    g_byte_array_unref(joined);
    return hint;
}

char *
om_verification_hint(struct om_object *object)
{
    const struct om_file *file = object->verification.file;
    const struct om_offered_hash *wrong = NULL;
    char *hint;

    if (!object->verification.hash_wrong || om_store_given_up(object->store) || om_object_bytes(object).l > HINT_LIMIT)
        return NULL;
    for (guint i = 0; i < file->hashes->len && !wrong; i++) {
        const struct om_offered_hash *hash = g_ptr_array_index(file->hashes, i);

        if (om_offered_hash_usable(hash) && om_digest_equal(&object->verification.offered, hash->value, hash->length))
            wrong = hash;
    }
    if (!wrong)
        return NULL;
    hint = hint_from_object(object, wrong);
    if (!hint)
        hint = hint_from_joined(object, wrong);
    return hint ? hint : hint_from_session(object, wrong);
}
