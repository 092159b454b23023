/* object_ask.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "object.h"

#include "model/base/getter.h"

const char *
om_carrier_name(enum om_carrier carrier)
{
    return carrier == OM_CARRIER_MESSAGE ? "MESSAGE" : "MSRP";
}

const char *
om_state_name(enum om_state state)
{
    static const char *const names[] = {"incomplete", "complete", "aborted"};

    return names[state];
}

const char *
om_verification_name(enum om_verification_result result)
{
    static const char *const names[] = {"not-offered", "not-verifiable", "match", "mismatch"};

    return names[result];
}

const char *
om_covers_name(enum om_covers covers)
{
    static const char *const names[] = {NULL, "object", "content"};

    return names[covers];
}

/* A number where it is known. */
static gboolean
known(gboolean is_known, guint64 value, guint64 *out)
{
    *out = is_known ? value : 0;
    return is_known;
}

static gpointer
item(const GPtrArray *list, guint i)
{
    return i < list->len ? g_ptr_array_index(list, i) : NULL;
}

/* --- objects --- */

OM_GETTER(guint32, object, id)
OM_GETTER(enum om_carrier, object, carrier)
OM_GETTER(struct om_session *, object, session)
OM_GETTER(const char *, object, message_id)
OM_GETTER(const char *, object, from_path)
OM_GETTER(const char *, object, to_path)
OM_GETTER(const char *, object, content_type)
OM_GETTER(guint64, object, capture_lost)
OM_GETTER(guint32, object, first_frame)
OM_GETTER(guint32, object, last_frame)
OM_GETTER(gint64, object, first_time)
OM_GETTER(gint64, object, last_time)
OM_GETTER(guint, object, status)
OM_GETTER(guint, object, refused_status)
OM_GETTER(guint32, object, answer_frame)
OM_GETTER(guint32, object, report_frame)
OM_GETTER(gint64, object, report_time)
OM_GETTER(const struct om_body *, object, body)
OM_GETTER(const struct om_chunk *, object, last_chunk)
OM_GETTER(guint32, object, judged_frame)

GBytes *
om_object_body_bytes(const struct om_object *object)
{
    return object->bytes;
}

guint32
om_object_session_id(const struct om_object *object)
{
    return object->session ? object->session->id : 0;
}

const char *
om_object_call_id(const struct om_object *object)
{
    return om_object_session_id(object) && !object->call_id ? object->session->call_id : object->call_id;
}

const char *
om_object_innermost_type(const struct om_object *object)
{
    const char *inner = object->body ? om_body_innermost(object->body)->content_type : NULL;

    return inner ? inner : object->content_type;
}

const GPtrArray *
om_object_event_apps(const struct om_object *object)
{
    return object->session && !object->event_apps->len ? object->session->event_apps : object->event_apps;
}

const GPtrArray *
om_object_icsis(const struct om_object *object)
{
    return object->session && !object->icsis->len ? object->session->icsis : object->icsis;
}

const char *
om_object_only_file(const struct om_object *object)
{
    const struct om_media *sender = object->session ? om_session_match_sender(&object->match) : NULL;

    return sender && sender->files->len == 1 ? ((struct om_file *) item(sender->files, 0))->name : NULL;
}

gboolean
om_object_is_over(const struct om_object *object)
{
    return object->last_seen || object->aborted || om_object_state(object) == OM_COMPLETE;
}

gboolean
om_object_total(const struct om_object *object, guint64 *total)
{
    gboolean too_low = om_ranges_end(om_store_ranges(object->store)) > object->total;

    return known(object->has_total && (!too_low || object->last_seen), object->total, total);
}

guint
om_object_hops(const struct om_object *object)
{
    return object->legs->len;
}

guint
om_object_failed_report(const struct om_object *object, guint most)
{
    const struct om_report *report;

    for (guint i = 0; i < most && (report = om_object_report(object, i)); i++) {
        if (report->status && report->status != 200)
            return report->status;
    }
    return 0;
}

const struct om_digest *
om_object_digest(const struct om_object *object, guint i)
{
    return i < object->digests->len ? &g_array_index(object->digests, struct om_digest, i) : NULL;
}

const struct om_verification *
om_object_verification(const struct om_object *object)
{
    return &object->verification;
}

/* --- chunks --- */

guint
om_object_chunk_count(const struct om_object *object)
{
    return object->chunks->len;
}

const struct om_chunk *
om_object_chunk(const struct om_object *object, guint i)
{
    return item(object->chunks, i);
}

OM_GETTER(struct om_object *, chunk, object)
OM_GETTER(const char *, chunk, tid)
OM_GETTER(guint, chunk, number)
OM_GETTER(guint, chunk, index)
OM_GETTER(guint32, chunk, frame)
OM_GETTER(gint64, chunk, end_time)
OM_GETTER(guint64, chunk, offset)
OM_GETTER(guint64, chunk, length)
OM_GETTER(guint64, chunk, lost)
OM_GETTER(char, chunk, flag)
OM_GETTER(gboolean, chunk, ended)
OM_GETTER(guint32, chunk, response_frame)
OM_GETTER(guint, chunk, response_status)
OM_GETTER(gint64, chunk, response_time)
OM_GETTER(gboolean, chunk, repeated)
OM_GETTER(gboolean, chunk, overlaps)
OM_GETTER(gboolean, chunk, conflicts)

gboolean
om_chunk_total(const struct om_chunk *chunk, guint64 *total)
{
    return known(chunk->has_total, chunk->total, total);
}

gboolean
om_chunk_same_leg(const struct om_chunk *chunk, const struct om_chunk *other)
{
    return chunk->leg == other->leg;
}

const char *
om_chunk_src(const struct om_chunk *chunk)
{
    return chunk->leg->src;
}

const char *
om_chunk_dst(const struct om_chunk *chunk)
{
    return chunk->leg->dst;
}

guint
om_chunk_leg_chunks(const struct om_chunk *chunk)
{
    const struct om_object *object = chunk->object;
    gboolean complete =
        om_object_state(object) == OM_COMPLETE && om_ranges_size(chunk->leg->held) == om_object_size(object);

    return complete ? chunk->leg->chunks : 0;
}

/* --- REPORTs --- */

const struct om_report *
om_object_report(const struct om_object *object, guint i)
{
    return item(object->reports, i);
}

OM_GETTER(guint32, report, frame)
OM_GETTER(gint64, report, time)
OM_GETTER(guint, report, status)
OM_GETTER(gboolean, report, repeated)

gboolean
om_report_range(const struct om_report *report, guint64 *start, guint64 *end)
{
    *start = report->start;
    *end = report->end;
    return report->has_range;
}

gboolean
om_report_total(const struct om_report *report, guint64 *total)
{
    return known(report->has_total, report->total, total);
}

const struct om_chunk *
om_report_answers(const struct om_report *report)
{
    return report->chunk;
}
