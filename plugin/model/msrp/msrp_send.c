/* msrp_send.c
 * A SEND: which object it belongs to, on which leg, and its bytes put in place
 * (RFC 4975 sections 7.1 and 7.3.1).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_private.h"
#include "model/verify/selector.h"
#include "model/verify/verify.h"

#include "core/text/media_type.h"
#include "core/text/text_hash.h"
#include "core/text/visible.h"
#include "core/msrp/msrp_uri.h"

/** Bytes of an object from which on digests of it are kept. */
#define DIGEST_FROM 4096

#define PUSH_TYPE "application/vnd.oma.push"

void
om_send_free(struct om_send *send)
{
    if (!send)
        return;
    g_free(send->message_id);
    g_free(send->content_type);
    g_free(send);
}

/* --- object --- */

static char *
object_key(const struct om_direction *dir, const char *message_id)
{
    return g_strdup_printf("%s %s %s", dir->from_key ? dir->from_key : "", dir->to_key ? dir->to_key : "", message_id);
}

/* SHA-1 always, and what the selectors of this m-line offer: computed while the bytes come. */
static struct om_running_digest *
start_digests(const struct om_object *object)
{
    const struct om_media *sender = object->session ? om_session_match_sender(&object->match) : NULL;
    GPtrArray *names = g_ptr_array_new();
    struct om_running_digest *running;

    g_ptr_array_add(names, (gpointer) "sha-1");
    for (guint i = 0; sender && i < sender->files->len; i++) {
        const struct om_file *file = g_ptr_array_index(sender->files, i);

        for (guint k = 0; k < file->hashes->len && names->len < 16; k++)
            g_ptr_array_add(names, ((struct om_offered_hash *) g_ptr_array_index(file->hashes, k))->algorithm);
    }
    g_ptr_array_add(names, NULL);
    running = om_running_digest_new((const char *const *) names->pdata);
    g_ptr_array_unref(names);
    return running;
}

static struct om_object *
make_object(struct om_direction *dir, struct om_message *message)
{
    struct om_context *context = dir->connection->context;
    struct om_frame frame = om_direction_frame(dir, message->begin);
    struct om_object *object;

    object = om_object_new(dir->connection->state->all_objects, OM_CARRIER_MSRP, &frame);
    object->message_id = g_strdup(message->send->message_id);
    object->from_path = g_strdup(message->from_path);
    object->to_path = g_strdup(message->to_path);
    object->content_type = g_strdup(message->send->content_type);
    if (dir->matched) {
        om_session_promote(dir->connection->state->all_sessions, dir->match.session);
        object->session = dir->match.session;
        object->match = dir->match;
        g_ptr_array_add(object->session->objects, object);
        om_line_add(dir->connection->state->lines, object);
    }
    if (!g_hash_table_contains(dir->connection->state->by_message_id, object))
        g_hash_table_add(dir->connection->state->by_message_id, object);
    /* Of what will not be held the digests go on all the same. */
    if (context->options.verify && context->options.max_object <= DIGEST_FROM)
        object->running = start_digests(object);
    g_hash_table_insert(dir->connection->state->objects, object_key(dir, object->message_id), object);
    return object;
}

static struct om_object *
find_object(struct om_direction *dir, const struct om_message *message)
{
    const char *message_id = message->send->message_id;
    struct om_object *object = dir->object;
    char *key;

    if (object && dir->object_from == message->from_path && dir->object_to == message->to_path &&
        strcmp(object->message_id, message_id) == 0)
        return object;
    key = object_key(dir, message_id);
    object = g_hash_table_lookup(dir->connection->state->objects, key);
    g_free(key);
    return object;
}

static void
remember_object(struct om_direction *dir, const struct om_message *message)
{
    dir->object = message->object;
    dir->object_from = message->from_path;
    dir->object_to = message->to_path;
}

/* --- chunk --- */

/* Offset in the object of the chunk's first byte. */
static guint64
chunk_offset(struct om_object *object, const struct om_chunk *chunk, const struct om_send *send)
{
    if (send->has_range) {
        guint64 start = send->range.start;

        if (start == 0 && !(send->range.end == 0 && !send->range.end_open))
            object->zero_based = TRUE;
        return object->zero_based || start == 0 ? start : start - 1;
    }
    /* No Byte-Range: the message's first chunk, or what follows on (RFC 4975 section 7.3.1: assume 1). */
    return om_ranges_end(chunk->leg->held);
}

/* By transaction id, kept once bytes come again. */
static struct om_chunk *
chunk_before(struct om_object *object, const char *tid)
{
    if (!object->chunk_table) {
        object->chunk_table = g_hash_table_new(om_text_hash, g_str_equal);
        for (guint i = 0; i < object->chunks->len; i++) {
            struct om_chunk *chunk = g_ptr_array_index(object->chunks, i);

            g_hash_table_insert(object->chunk_table, chunk->tid, chunk);
        }
    }
    return g_hash_table_lookup(object->chunk_table, tid);
}

/* The same SEND on another connection of the same ports, which has come to its end: seen by another capture point. */
static gboolean
is_copy(struct om_object *object, const struct om_chunk *chunk, const struct om_direction *dir)
{
    const struct om_chunk *before =
        chunk->offset < om_ranges_end(chunk->leg->held) ? chunk_before(object, chunk->tid) : NULL;
    const struct om_direction *other = before ? before->stream : NULL;

    return other && other->connection != dir->connection && before->leg == chunk->leg && before->ended &&
           before->offset == chunk->offset && other->where.src_port == dir->where.src_port &&
           other->where.dst_port == dir->where.dst_port;
}

static void
open_chunk(struct om_direction *dir, struct om_message *message)
{
    struct om_object *object = message->object;
    struct om_send *send = message->send;
    struct om_frame frame = om_direction_frame(dir, message->begin + message->head_length - 1);
    struct om_chunk *chunk = g_new0(struct om_chunk, 1);

    chunk->object = object;
    chunk->leg = om_object_leg(object, &frame, dir->from_leg, dir->to_leg, 0);
    chunk->leg->chunks++;
    chunk->number = chunk->leg->chunks;
    chunk->tid = g_strdup(message->tid);
    chunk->begin_frame = message->begin_frame;
    chunk->begin_time = message->begin_time;
    chunk->frame = message->frame;
    chunk->end_time = message->time;
    chunk->has_range = send->has_range;
    chunk->end_open = send->range.end_open;
    chunk->range_end = send->range.end;
    chunk->has_total = send->has_range && !send->range.total_open;
    chunk->total = chunk->has_total ? send->range.total : 0;
    chunk->success_report = send->success_report;
    chunk->failure_report = send->failure_report;
    chunk->offset = chunk_offset(object, chunk, send);
    chunk->placeless = send->range_broken && object->chunks->len;
    chunk->repeated = chunk->leg != g_ptr_array_index(object->legs, 0);
    chunk->stream = dir;
    chunk->position = message->begin;
    chunk->copied = is_copy(object, chunk, dir);
    chunk->repeated |= chunk->copied;
    chunk->index = object->chunks->len;
    if (object->chunk_table && !chunk->copied)
        g_hash_table_insert(object->chunk_table, chunk->tid, chunk);
    g_ptr_array_add(object->chunks, chunk);
    message->chunk = chunk;
    object->success_report |= chunk->success_report;
    if (chunk->has_total && !object->has_total) {
        object->has_total = object->total_announced = TRUE;
        object->total = chunk->total;
    }
}

/* The SEND is (or belongs to) a push object: from here on its bytes count. */
static void
attach(struct om_direction *dir, struct om_message *message)
{
    message->object = find_object(dir, message);
    if (!message->object)
        message->object = make_object(dir, message);
    message->session = message->object->session;
    remember_object(dir, message);
    open_chunk(dir, message);
    om_rules_first_chunk(dir, message);
    om_rules_connect_side(dir, message);
}

static gboolean
wrapper_type(const char *type)
{
    struct om_media_type media;

    om_media_type_parse(om_slice_str(type), &media);
    return om_slice_ieq_str(media.type, "message/cpim") || om_slice_istarts_str(media.type, "multipart/");
}

/* Does what the head says make it a push? */
static gboolean
is_push(const struct om_direction *dir, const struct om_message *message)
{
    const struct om_send *send = message->send;

    if (dir->matched && dir->match.session->id)
        return TRUE;
    if (dir->connection->context->options.all_msrp)
        return TRUE;
    return send->content_type && om_media_type_is(om_slice_str(send->content_type), PUSH_TYPE);
}

static void
read_head(struct om_message *message, const struct om_msrp_head *head)
{
    struct om_send *send = g_new0(struct om_send, 1);

    message->send = send;
    send->has_range = head->byte_range_ok;
    send->range = head->byte_range;
    send->range_broken = om_slice_isset(head->byte_range_text) && !head->byte_range_ok;
    send->success_report = head->success_report;
    send->failure_report = head->failure_report;
    send->mime_headers = head->mime_headers;
    send->content_type = om_slice_dup_utf8(head->content_type);
    /* Without a Message-ID a SEND stands for itself. */
    send->message_id = om_slice_dup_utf8(om_slice_isset(head->message_id) ? head->message_id : head->tid);
}

void
om_send_begin(struct om_direction *dir, struct om_message *message, const struct om_msrp_head *head)
{
    const struct om_session_match *match = om_direction_match(dir, message);

    read_head(message, head);
    message->session = match ? match->session : NULL;
    message->send->known_to = dir->connection->directions[1 - dir->direction].acknowledged;
    /* Without a Content-Type it counts once it has a body, or as a chunk of what is known:
     * an empty SEND only binds the session to the connection. */
    if (find_object(dir, message) || (message->send->content_type && is_push(dir, message)))
        attach(dir, message);
    om_rules_range(dir, message, head);
}

/* A wrapper outside a push session: is there a push in it? Decided with what is there of its first chunk. */
static void
try_wrapper(struct om_direction *dir, struct om_message *message)
{
    const char *type = message->send->content_type;
    struct om_slice bytes;

    if (!type || !message->kept || !wrapper_type(type))
        return;
    bytes = om_slice(message->kept->data, message->kept->len);
    if (!om_body_is_push(om_slice_str(type), bytes))
        return;
    attach(dir, message);
    om_send_body(dir, message, 0, bytes);
}

static void
tell_overlap(struct om_message *message, const struct om_store_added *added, gboolean same_leg)
{
    struct om_send *send = message->send;

    if (message->chunk) {
        message->chunk->overlaps |= added->different || (added->equal && same_leg);
        message->chunk->conflicts |= added->different > 0;
    }
    if (added->different && !send->conflict_told) {
        send->conflict_told = TRUE;
        OM_FIND(message, MSRP_CONFLICT,
                "byte %" G_GUINT64_FORMAT " was sent before with another value (%" G_GUINT64_FORMAT
                " bytes of this run differ); the first ones stay",
                added->conflict + 1, added->different);
    }
    if (added->equal && same_leg && !send->overlap_told) {
        send->overlap_told = TRUE;
        OM_FIND(message, MSRP_OVERLAP, "%" G_GUINT64_FORMAT " or more bytes were sent before, equal", added->equal);
    }
}

/* Of what is held so far. */
static void
begin_digests(struct om_object *object)
{
    struct om_slice held = om_store_prefix(object->store);

    if (om_store_given_up(object->store))
        return;
    object->running = start_digests(object);
    if (object->running)
        om_running_digest_add(object->running, held);
}

/*
 * Keeps the running digests going while bytes come in order. Where bytes that came ahead of their turn stay in the
 * place of these, the digests are made of what is held, in the end; so are those of a small object, for the state of a
 * digest takes more memory than its bytes.
 */
static void
digest_in_order(struct om_object *object, guint64 offset, struct om_slice bytes, gboolean conflict)
{
    guint64 done = object->running ? om_running_digest_length(object->running) : 0;

    object->undigested |= conflict;
    if (!object->running && !object->undigested && object->context->options.verify &&
        om_ranges_prefix(om_store_ranges(object->store)) >= DIGEST_FROM) {
        begin_digests(object);
        return;
    }
    if (!object->running || offset > done || offset + bytes.l <= done)
        return;
    if (conflict)
        g_clear_pointer(&object->running, om_running_digest_free);
    else
        om_running_digest_add(object->running, om_slice_from(bytes, (gsize) (done - offset)));
}

/* The object's last frame is where its last chunk ends: not one that repeats bytes of another leg, none that is sent
 * again after the receiver has reported the whole, and none that was captured before another one. */
static void
move_last(const struct om_message *message)
{
    struct om_object *object = message->chunk->object;

    if (message->chunk->repeated || object->report_frame || message->frame < object->last_frame)
        return;
    object->last_chunk = message->chunk;
    object->last_frame = message->frame;
    object->last_time = message->time;
}

/* What is to be told of an object once it is complete. */
static void
settle(struct om_object *object)
{
    if (om_object_state(object) != OM_COMPLETE)
        return;
    om_report_settle(object);
    om_object_judge(object);
}

/* A run of which the leg had all before, or nothing. @return how many were not held */
static guint64
put_run(struct om_message *message, guint64 at, struct om_slice bytes, gboolean again_on_leg)
{
    struct om_object *object = message->chunk->object;
    struct om_store_added added;

    /* A complete object stays what it was found to be. */
    if (object->judged && at + bytes.l > om_object_length(object))
        bytes = om_slice_head(bytes, at < om_object_length(object) ? (gsize) (om_object_length(object) - at) : 0);
    om_store_add(object->store, at, bytes, &added);
    if (added.fresh) {
        object->dirty = TRUE;
        digest_in_order(object, at, bytes, added.different > 0);
    }
    if (added.equal || added.different)
        tell_overlap(message, &added, again_on_leg);
    return added.fresh;
}

/* Bytes that are the message's for certain. @return how many were not held */
static guint64
put(struct om_message *message, guint64 at, struct om_slice bytes)
{
    struct om_ranges *held = message->chunk->leg->held;
    guint64 end = at + bytes.l, done = at, fresh = 0;
    GArray *again = at < om_ranges_end(held) ? om_ranges_present(held, at, end) : NULL;

    om_ranges_add(held, at, end);
    for (guint i = 0; again && i < again->len; i++) {
        const struct om_range *part = &g_array_index(again, struct om_range, i);
        struct om_slice rest = om_slice_from(bytes, (gsize) (done - at));

        if (part->from > done)
            fresh += put_run(message, done, om_slice_head(rest, (gsize) (part->from - done)), FALSE);
        rest = om_slice_from(bytes, (gsize) (part->from - at));
        fresh +=
            put_run(message, part->from, om_slice_head(rest, (gsize) (part->to - part->from)), !message->chunk->copied);
        done = part->to;
    }
    if (again)
        g_array_unref(again);
    if (done < end)
        fresh += put_run(message, done, om_slice_from(bytes, (gsize) (done - at)), FALSE);
    return fresh;
}

void
om_send_body(struct om_direction *dir, struct om_message *message, guint64 offset, struct om_slice bytes)
{
    struct om_chunk *chunk = message->chunk;
    struct om_object *object;
    gboolean refill;
    guint64 at, fresh;

    if (!chunk && !message->ended && is_push(dir, message)) { /* a body, and nothing that says its type */
        attach(dir, message);
        chunk = message->chunk;
    }
    if (!chunk || bytes.l == 0)
        return;
    object = chunk->object;
    if (chunk->placeless && !message->send->high)
        OM_FIND(message, MSRP_RANGE_PLACE, "the Byte-Range cannot be read: the bytes of this chunk have no place");
    refill = offset < message->send->high;
    message->send->high = MAX(message->send->high, offset + bytes.l);
    if (refill) {
        chunk->lost -= MIN(chunk->lost, bytes.l);
        object->capture_lost -= MIN(object->capture_lost, bytes.l);
    }
    chunk->length = MAX(chunk->length, offset + bytes.l);
    if (!chunk->ended) {
        chunk->frame = message->frame;
        chunk->end_time = message->time;
    }
    at = chunk->offset + offset;
    if (at < offset || chunk->placeless)
        return;
    bytes = om_slice_head(bytes, (gsize) MIN(bytes.l, G_MAXUINT64 - at));
    fresh = put(message, at, bytes);
    if (fresh) {
        chunk->repeated = FALSE;
        if (!chunk->ended)
            move_last(message);
    }
    if (object->refused_status || object->aborted)
        om_line_update(object);
    if (chunk->ended)
        settle(object);
}

void
om_send_lost(struct om_direction *dir G_GNUC_UNUSED, struct om_message *message, guint64 offset, guint64 length)
{
    if (!message->chunk)
        return;
    message->send->high = MAX(message->send->high, offset + length);
    message->chunk->lost += length;
    message->chunk->object->capture_lost += length;
}

/* What the end-line's flag says of the whole message. */
static void
take_flag(struct om_message *message)
{
    struct om_chunk *chunk = message->chunk;
    struct om_object *object = chunk->object;

    if (chunk->flag == '$') {
        guint64 end = chunk->offset + MIN(chunk->length, G_MAXUINT64 - chunk->offset);

        object->last_seen = TRUE;
        /* Of totals that differ the one that the end of the message confirms. */
        if (!object->has_total || (chunk->has_total && chunk->total == end && !object->judged)) {
            object->has_total = TRUE;
            object->total = end;
        }
    } else if (chunk->flag == '#') {
        object->aborted = TRUE;
        if (!chunk->leg->aborted_by)
            chunk->leg->aborted_by = message;
        OM_FIND(message, MSRP_ABORTED,
                "the sender ended the message with \"#\" after %" G_GUINT64_FORMAT
                " bytes of this chunk, %" G_GUINT64_FORMAT " of the object held",
                chunk->length, om_object_size(object));
    }
}

void
om_send_end(struct om_direction *dir, struct om_message *message)
{
    struct om_chunk *chunk;
    struct om_object *object;

    if (!message->chunk)
        try_wrapper(dir, message);
    if (!message->chunk)
        return;
    chunk = message->chunk;
    object = chunk->object;
    chunk->ended = TRUE;
    chunk->flag = message->end_info.flag;
    chunk->length = message->body_length;
    chunk->frame = message->frame;
    chunk->end_time = message->time;
    move_last(message);
    take_flag(message);
    if (chunk->index == 0 && dir->connection->state->reports) {
        char *key = object_key(dir, object->message_id);

        om_report_awaited(message, key);
        g_free(key);
    }
    om_line_update(object);
    settle(object);
}
