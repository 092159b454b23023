/* verify.c
 * Size and offered hashes of a complete object, over the object and over what
 * its envelopes hold (RFC 5547 section 8.3.1).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "verify.h"

#include "core/text/media_type.h"
#include "model/body/entity.h"
#include "selector.h"

/** Bytes of an incomplete object that are looked at for its envelope's headers. */
#define HEADERS_LIMIT 65536

/* Digest over bytes of the object's body, remembered as long as that is open: it does not move. */
struct om_content_digest {
    struct om_slice bytes;
    struct om_digest digest;
};

/* Digest over bytes of the object's body; computed once for each run and algorithm. */
static struct om_digest
digest_of(struct om_object *object, const char *algorithm, struct om_slice bytes)
{
    struct om_content_digest made = {.bytes = bytes};

    if (!object->content_digests)
        object->content_digests = g_array_new(FALSE, FALSE, sizeof(struct om_content_digest));
    for (guint i = 0; i < object->content_digests->len; i++) {
        const struct om_content_digest *known = &g_array_index(object->content_digests, struct om_content_digest, i);

        if (known->bytes.p == bytes.p && known->bytes.l == bytes.l && strcmp(known->digest.algorithm, algorithm) == 0)
            return known->digest;
    }
    om_digest_compute(algorithm, bytes, &made.digest);
    g_array_append_val(object->content_digests, made);
    return made.digest;
}

static gboolean
whole_digest(struct om_object *object, const char *algorithm, struct om_digest *digest)
{
    for (guint i = 0; i < object->digests->len; i++) {
        const struct om_digest *known = &g_array_index(object->digests, struct om_digest, i);

        if (strcmp(known->algorithm, algorithm) == 0) {
            *digest = *known;
            return TRUE;
        }
    }
    if (object->running && om_running_digest_length(object->running) == om_object_length(object) &&
        om_running_digest_read(object->running, algorithm, digest)) {
        g_array_append_val(object->digests, *digest);
        return TRUE;
    }
    if (om_store_given_up(object->store) || !om_digest_compute(algorithm, om_object_bytes(object), digest))
        return FALSE;
    g_array_append_val(object->digests, *digest);
    return TRUE;
}

/* The bytes of a complete object; of others, which go on growing, a copy of the first ones. */
static GBytes *
bytes_to_open(struct om_object *object, gboolean complete)
{
    struct om_slice head;

    if (om_store_given_up(object->store))
        return NULL;
    if (complete)
        return om_store_bytes(object->store);
    head = om_slice_head(om_object_bytes(object), HEADERS_LIMIT);
    return head.l ? g_bytes_new(head.p, head.l) : NULL;
}

static void
open_body(struct om_object *object, gboolean complete)
{
    g_clear_pointer(&object->body, om_body_free);
    g_clear_pointer(&object->bytes, g_bytes_unref);
    if (object->content_digests)
        g_array_set_size(object->content_digests, 0);
    object->bytes = bytes_to_open(object, complete);
    if (object->bytes)
        object->body = om_body_open(om_slice_str(object->content_type), om_slice_of_bytes(object->bytes));
}

/* Is this size the object's or that of something an envelope holds? */
static gboolean
size_fits(const struct om_object *object, guint64 size)
{
    if (size == om_object_length(object))
        return TRUE;
    for (const struct om_body *body = object->body; body; body = body->inner) {
        if (size == body->content.l || size == body->carried.l || size == body->whole.l)
            return TRUE;
    }
    return FALSE;
}

static gboolean
is_same(struct om_slice a, struct om_slice b)
{
    return a.p == b.p && a.l == b.l;
}

/* Looks for the bytes that this hash covers: the object, then inwards. */
static enum om_covers
find_cover(struct om_object *object, const struct om_offered_hash *hash, struct om_slice *covered)
{
    struct om_digest digest;

    if (whole_digest(object, hash->algorithm, &digest) && om_digest_equal(&digest, hash->value, hash->length)) {
        *covered = om_object_bytes(object);
        return OM_COVERS_OBJECT;
    }
    for (const struct om_body *body = object->body; body; body = body->inner) {
        struct om_slice runs[] = {body->whole, body->carried, body->content};

        for (gsize i = 0; i < G_N_ELEMENTS(runs); i++) {
            if (is_same(runs[i], om_object_bytes(object)))
                continue;
            digest = digest_of(object, om_digest_algorithm(hash->algorithm), runs[i]);
            if (om_digest_equal(&digest, hash->value, hash->length)) {
                *covered = runs[i];
                return OM_COVERS_CONTENT;
            }
        }
    }
    return OM_COVERS_NONE;
}

gboolean
om_offered_hash_usable(const struct om_offered_hash *hash)
{
    return hash->length && om_digest_algorithm(hash->algorithm) != NULL;
}

static void
record_hash(struct om_object *object, struct om_verification *verification, const struct om_offered_hash *hash,
            enum om_covers covers, struct om_slice covered)
{
    const char *algorithm = om_digest_algorithm(hash->algorithm);

    verification->algorithm = algorithm;
    verification->offered.algorithm = algorithm;
    verification->offered.length = hash->length;
    memcpy(verification->offered.value, hash->value, hash->length);
    if (covers == OM_COVERS_CONTENT)
        verification->computed = digest_of(object, algorithm, covered);
    else
        whole_digest(object, algorithm, &verification->computed);
    verification->covers = covers;
    verification->covered = covered;
}

/* Checks every offered hash; the first that fits is told, unless one does not. */
static void
check_hashes(struct om_object *object, struct om_verification *verification)
{
    const struct om_file *file = verification->file;
    guint checked = 0;

    for (guint i = 0; i < file->hashes->len; i++) {
        const struct om_offered_hash *hash = g_ptr_array_index(file->hashes, i);
        struct om_slice covered = OM_SLICE_NULL;
        enum om_covers covers;

        if (!om_offered_hash_usable(hash))
            continue;
        covers = find_cover(object, hash, &covered);
        if (covers == OM_COVERS_NONE) {
            record_hash(object, verification, hash, covers, covered);
            verification->hash_wrong = TRUE;
            break;
        }
        if (!checked++)
            record_hash(object, verification, hash, covers, covered);
    }
    if (verification->hash_wrong)
        verification->result = OM_MISMATCH;
    else if (checked)
        verification->result = OM_MATCH;
    else
        verification->result = file->hashes->len ? OM_NOT_VERIFIABLE : OM_NOT_OFFERED;
}

static void
tell_offered(struct om_verification *verification)
{
    for (guint i = 0; i < verification->file->hashes->len; i++) {
        const struct om_offered_hash *hash = g_ptr_array_index(verification->file->hashes, i);

        if (om_offered_hash_usable(hash)) {
            verification->algorithm = verification->offered.algorithm = om_digest_algorithm(hash->algorithm);
            verification->offered.length = hash->length;
            memcpy(verification->offered.value, hash->value, hash->length);
            return;
        }
    }
}

/* The range of its sender's m-line, else of its receiver's who may have asked for it (RFC 5547 section 8.2.2). */
static const struct om_media *
ranged_media(const struct om_session_match *match)
{
    const struct om_media *sender = om_session_match_sender(match);
    const struct om_media *receiver = om_session_match_receiver(match);

    if (sender && sender->range_start)
        return sender;
    return receiver && receiver->range_start ? receiver : NULL;
}

/* Is the object a part of the file (a=file-range, RFC 5547 section 6: to resume, mostly)? */
static void
find_part(const struct om_object *object, struct om_verification *verification)
{
    const struct om_media *media = ranged_media(&object->match);
    const struct om_file *file = verification->file;
    guint64 end;

    if (!media)
        return;
    end = file->has_size ? MIN(media->range_end, file->size) : media->range_end;
    verification->part = media->range_start > 1 || (file->has_size ? end < file->size : end != G_MAXUINT64);
    if (verification->part && end != G_MAXUINT64 && end >= media->range_start)
        verification->part_length = end - media->range_start + 1;
}

static void
check_whole(struct om_object *object, struct om_verification *verification)
{
    const struct om_file *file = verification->file;

    check_hashes(object, verification);
    verification->size_wrong = file->has_size && !size_fits(object, file->size);
}

/* The selector has the size and the hashes of the whole file: that they are not the part's proves nothing. */
static void
check_part(struct om_object *object, struct om_verification *verification)
{
    const struct om_file *file = verification->file;

    check_hashes(object, verification);
    if (verification->hash_wrong) {
        verification->hash_wrong = FALSE;
        verification->computed.length = 0;
        verification->result = OM_NOT_VERIFIABLE;
    }
    verification->size_wrong = verification->part_length && !size_fits(object, verification->part_length) &&
                               !(file->has_size && size_fits(object, file->size));
}

static void
verify(struct om_object *object)
{
    struct om_verification *verification = &object->verification;
    char *old_hint = verification->hint;
    gboolean extra;

    memset(verification, 0, sizeof *verification);
    verification->file = om_object_selector(object, &extra);
    verification->extra = extra;
    if (!verification->file) {
        verification->result = object->choice.untold ? OM_NOT_VERIFIABLE : OM_NOT_OFFERED;
    } else if (om_object_state(object) != OM_COMPLETE || !object->context->options.verify) {
        verification->result = verification->file->hashes->len ? OM_NOT_VERIFIABLE : OM_NOT_OFFERED;
        tell_offered(verification);
    } else {
        find_part(object, verification);
        if (verification->part)
            check_part(object, verification);
        else
            check_whole(object, verification);
        if (verification->size_wrong) {
            verification->result = OM_MISMATCH;
            verification->covers = OM_COVERS_NONE;
        }
    }
    /* The hint costs work: it is made by om_object_hint(). */
    verification->hint = old_hint;
}

/* Opens the body and makes the digest of a complete object, where that was not done since the last change. */
static void
refresh(struct om_object *object)
{
    gboolean complete = om_object_state(object) == OM_COMPLETE;
    struct om_digest digest;

    if (!object->dirty)
        return;
    open_body(object, complete);
    g_array_set_size(object->digests, 0);
    object->dirty = FALSE;
    object->verified = 0;
    if (complete && object->context->options.verify)
        whole_digest(object, "sha-1", &digest);
}

void
om_object_assess(struct om_object *object)
{
    refresh(object);
    if (object->verified == object->context->generation && object->verified)
        return;
    verify(object);
    object->verified = object->context->generation;
}

/* --- what a selector may be told by --- */

GArray *
om_object_digests_of(struct om_object *object, const char *algorithm)
{
    GArray *digests = g_array_new(FALSE, FALSE, sizeof(struct om_digest));
    struct om_digest digest;

    if (om_object_state(object) != OM_COMPLETE || !object->context->options.verify)
        return digests;
    refresh(object);
    if (whole_digest(object, algorithm, &digest))
        g_array_append_val(digests, digest);
    for (const struct om_body *body = object->body; body; body = body->inner) {
        struct om_slice runs[] = {body->whole, body->carried, body->content};

        for (gsize i = 0; i < G_N_ELEMENTS(runs); i++) {
            if (is_same(runs[i], om_object_bytes(object)))
                continue;
            digest = digest_of(object, algorithm, runs[i]);
            g_array_append_val(digests, digest);
        }
    }
    return digests;
}

guint
om_object_sizes(struct om_object *object, guint64 sizes[OM_OBJECT_SIZES])
{
    guint count = 0;

    if (om_object_state(object) != OM_COMPLETE) {
        sizes[0] = object->total;
        return object->has_total ? 1 : 0;
    }
    refresh(object);
    sizes[count++] = om_object_length(object);
    for (const struct om_body *body = object->body; body && count + 2 < OM_OBJECT_SIZES; body = body->inner) {
        sizes[count++] = body->whole.l;
        sizes[count++] = body->content.l;
    }
    return count;
}

gboolean
om_object_type_fits(const struct om_object *object, const struct om_file *file)
{
    struct om_slice type = om_slice_str(file->type);

    if (!file->type || !object->content_type || om_media_type_same(type, om_slice_str(object->content_type)))
        return TRUE;
    /* The selector may name what the envelope holds. */
    for (const struct om_body *body = object->body; body; body = body->inner) {
        if (body->content_type && om_media_type_same(type, om_slice_str(body->content_type)))
            return TRUE;
    }
    return FALSE;
}
