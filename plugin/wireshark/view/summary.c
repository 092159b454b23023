/* summary.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "summary.h"

#include "model/bytes/ranges.h"
#include "model/verify/object_name.h"
#include "model/verify/verify.h"

#define U64 "%" G_GUINT64_FORMAT
/** Of an object's REPORTs, those that are asked whether they say no: a summary stands on each of its frames. */
#define REPORTS_ASKED 64

/* Text of the pool in place of one of the heap. */
static const char *
pooled(packet_info *pinfo, char *text)
{
    const char *copy = wmem_strdup(pinfo->pool, text ? text : "");

    g_free(text);
    return copy;
}

/* --- objects --- */

/* Call-IDs say nothing to people: a MESSAGE's object is called by its application and what it holds. */
static const char *
message_label(packet_info *pinfo, const struct om_object *object)
{
    const struct om_body *body = object->body ? om_body_innermost(object->body) : NULL;
    const char *type = body && body->content_type ? body->content_type : object->content_type;
    const GPtrArray *apps = om_object_event_apps(object);
    const char *app = apps && apps->len ? g_ptr_array_index(apps, 0) : NULL;

    if (app && type)
        return wmem_strdup_printf(pinfo->pool, "%s, %s", app, type);
    return wmem_strdup(pinfo->pool, app ? app : type ? type : object->call_id);
}

const char *
omapush_object_label(packet_info *pinfo, struct om_object *object)
{
    const struct om_media *sender = object->session ? om_session_match_sender(&object->match) : NULL;
    char *name;

    /* Once all frames were visited the first one that is looked at says the same as the last. */
    if (PINFO_FD_VISITED(pinfo))
        om_object_assess(object);
    name = om_object_name(object);
    /* While it is under way: the only file there is. */
    if (!name && sender && sender->files->len == 1)
        name = g_strdup(((const struct om_file *) g_ptr_array_index(sender->files, 0))->name);
    if (!name && !object->message_id)
        return message_label(pinfo, object);
    return pooled(pinfo, name ? name : g_strdup(object->message_id));
}

static const char *
missing_summary(packet_info *pinfo, const struct om_object *object)
{
    wmem_strbuf_t *text = wmem_strbuf_new(pinfo->pool, om_state_name(om_object_state(object)));
    guint64 missing = om_object_missing(object);

    if (missing)
        wmem_strbuf_append_printf(text, ", " U64 " bytes missing", missing);
    if (missing && object->capture_lost)
        wmem_strbuf_append(text,
                           object->capture_lost < missing ? ", some lost by the capture" : ", lost by the capture");
    return wmem_strbuf_get_str(text);
}

static const char *
complete_summary(packet_info *pinfo, const struct om_object *object)
{
    const struct om_verification *verification = &object->verification;
    const char *algorithm = "";

    if (verification->algorithm)
        algorithm = pooled(pinfo, g_ascii_strup(verification->algorithm, -1));
    if (verification->result == OM_MATCH)
        return wmem_strdup_printf(pinfo->pool, "complete, %s match%s", *algorithm ? algorithm : "size",
                                  verification->covers == OM_COVERS_CONTENT ? " over its content" : "");
    if (verification->result == OM_MISMATCH)
        return wmem_strdup_printf(pinfo->pool, "complete, %s%s%s MISMATCH", verification->hash_wrong ? algorithm : "",
                                  verification->hash_wrong && verification->size_wrong ? " and " : "",
                                  verification->size_wrong ? "size" : "");
    if (verification->result == OM_NOT_OFFERED && object->carrier == OM_CARRIER_MSRP)
        return "complete, no hash offered";
    return "complete";
}

/* Its receiver's word against it, which may come frames later: an object that is complete may have failed. */
static const char *
objection(packet_info *pinfo, const struct om_object *object)
{
    if (object->carrier == OM_CARRIER_MESSAGE)
        return object->status >= 300 ? wmem_strdup_printf(pinfo->pool, ", rejected with %u", object->status) : "";
    if (object->refused)
        return wmem_strdup_printf(pinfo->pool, ", refused with %u", object->refused_status);
    for (guint i = 0; i < object->reports->len && i < REPORTS_ASKED; i++) {
        const struct om_report *report = g_ptr_array_index(object->reports, i);

        if (report->status && report->status != 200)
            return wmem_strdup_printf(pinfo->pool, ", reported as %u", report->status);
    }
    return "";
}

const char *
omapush_object_summary(packet_info *pinfo, struct om_object *object)
{
    const char *text;

    om_object_assess(object);
    text = om_object_state(object) == OM_COMPLETE ? complete_summary(pinfo, object) : missing_summary(pinfo, object);
    return wmem_strdup_printf(pinfo->pool, "%s%s", text, objection(pinfo, object));
}

/* --- MSRP --- */

gboolean
omapush_leg_complete(const struct om_chunk *chunk)
{
    return om_object_state(chunk->object) == OM_COMPLETE &&
           om_ranges_size(chunk->leg->held) == om_object_size(chunk->object);
}

/* Is this the chunk with which the object ended? At the first visit one that says more follows is not known to be. */
static gboolean
ends_object(packet_info *pinfo, const struct om_chunk *chunk)
{
    const struct om_object *object = chunk->object;

    if (object->last_frame != chunk->frame)
        return FALSE;
    if (chunk->flag == '$' || chunk->flag == '#')
        return TRUE;
    return chunk->index + 1 == object->chunks->len && (PINFO_FD_VISITED(pinfo) || omapush_leg_complete(chunk));
}

static const char *
chunk_summary(packet_info *pinfo, const struct om_message *message)
{
    const struct om_chunk *chunk = message->chunk;
    struct om_object *object = chunk->object;
    wmem_strbuf_t *text = wmem_strbuf_new(pinfo->pool, "");

    wmem_strbuf_append_printf(text, "SEND chunk %u", chunk->number);
    if (omapush_leg_complete(chunk))
        wmem_strbuf_append_printf(text, "/%u", chunk->leg->chunks);
    wmem_strbuf_append_printf(text, " [" U64 "-" U64, chunk->offset + 1, chunk->offset + chunk->length);
    if (object->has_total)
        wmem_strbuf_append_printf(text, "/" U64, object->total);
    /* What became of it stands before its name: names are long, and columns narrow. */
    if (chunk->flag == '#')
        wmem_strbuf_append(text, "] aborted,");
    else if (ends_object(pinfo, chunk))
        wmem_strbuf_append_printf(text, "] %s,", omapush_object_summary(pinfo, object));
    else
        wmem_strbuf_append(text, "]");
    wmem_strbuf_append_printf(text, " push %s", omapush_object_label(pinfo, object));
    return wmem_strbuf_get_str(text);
}

static const char *
report_summary(packet_info *pinfo, const struct om_message *message)
{
    const struct om_report *report = message->report;
    const char *total = "";

    if (!report)
        return wmem_strdup_printf(pinfo->pool, "REPORT %s", message->tid);
    if (report->has_total)
        total = wmem_strdup_printf(pinfo->pool, "/" U64, report->total);
    return wmem_strdup_printf(pinfo->pool, "REPORT %u [" U64 "-" U64 "%s] push %s", report->status, report->start,
                              report->end, total, omapush_object_label(pinfo, message->object));
}

/* What the codes of RFC 4975 section 10 say in a word: responses need no phrase, and many have none. */
static const char *
status_word(guint status)
{
    static const value_string words[] = {
        {400, " bad request"},
        {403, " not allowed"},
        {408, " timed out"},
        {413, " stop sending"},
        {415, " media type not understood"},
        {423, " parameter out of bounds"},
        {481, " no such session"},
        {501, " method not understood"},
        {506, " session bound elsewhere"},
        {0, NULL},
    };

    return val_to_str_const(status, words, "");
}

static const char *
response_summary(packet_info *pinfo, const struct om_message *message)
{
    const struct om_message *request = message->request;

    if (request && request->chunk)
        return wmem_strdup_printf(pinfo->pool, "%u%s for chunk %u push %s", message->status,
                                  status_word(message->status), request->chunk->number,
                                  omapush_object_label(pinfo, request->object));
    if (request && request->method == OM_MSRP_SEND)
        return wmem_strdup_printf(pinfo->pool, "%u%s for SEND without content", message->status,
                                  status_word(message->status));
    if (request && request->method == OM_MSRP_REPORT && request->object)
        return wmem_strdup_printf(pinfo->pool, "%u%s for REPORT push %s", message->status, status_word(message->status),
                                  omapush_object_label(pinfo, request->object));
    return wmem_strdup_printf(pinfo->pool, "%u%s for %s", message->status, status_word(message->status), message->tid);
}

const char *
omapush_answers_summary(packet_info *pinfo, const struct om_message *last, guint first_chunk)
{
    return wmem_strdup_printf(pinfo->pool, "%u%s for chunks %u-%u push %s", last->status, status_word(last->status),
                              first_chunk, last->request->chunk->number,
                              omapush_object_label(pinfo, last->request->object));
}

static const char *
method_name(const struct om_message *message)
{
    static const char *const names[] = {
        [OM_MSRP_RESPONSE] = "Response", [OM_MSRP_SEND] = "SEND",         [OM_MSRP_REPORT] = "REPORT",
        [OM_MSRP_AUTH] = "AUTH",         [OM_MSRP_NICKNAME] = "NICKNAME", [OM_MSRP_OTHER] = "request",
    };

    return names[message->method];
}

/* As the stock dissector words it. */
static const char *
plain_summary(packet_info *pinfo, const struct om_message *message)
{
    if (message->method == OM_MSRP_RESPONSE)
        return wmem_strdup_printf(pinfo->pool, "Response: %u Transaction ID: %s", message->status, message->tid);
    return wmem_strdup_printf(pinfo->pool, "Request: %s Transaction ID: %s", method_name(message), message->tid);
}

static const char *
empty_send_summary(packet_info *pinfo, const struct om_message *message)
{
    if (message->session && message->session->id)
        return wmem_strdup_printf(pinfo->pool, "SEND without content: binds push session %u to the connection",
                                  message->session->id);
    return wmem_strdup_printf(pinfo->pool, "SEND %s without content", message->tid);
}

const char *
omapush_message_summary(packet_info *pinfo, const struct om_message *message)
{
    if (!om_message_is_push(message))
        return plain_summary(pinfo, message);
    if (message->chunk)
        return chunk_summary(pinfo, message);
    if (message->method == OM_MSRP_RESPONSE)
        return response_summary(pinfo, message);
    if (message->method == OM_MSRP_REPORT)
        return report_summary(pinfo, message);
    if (message->method == OM_MSRP_SEND)
        return empty_send_summary(pinfo, message);
    return plain_summary(pinfo, message);
}

const char *
omapush_part_summary(packet_info *pinfo, const struct om_message *message)
{
    const char *what, *end = "";

    if (message->chunk)
        what = wmem_strdup_printf(pinfo->pool, "SEND chunk %u push %s", message->chunk->number,
                                  omapush_object_label(pinfo, message->object));
    else
        what = wmem_strdup_printf(pinfo->pool, "%s %s", method_name(message), message->tid);
    if (message->ended && message->frame != pinfo->num)
        end = wmem_strdup_printf(pinfo->pool, ", ends in frame %u", message->frame);
    return wmem_strdup_printf(pinfo->pool, "[part of %s%s]", what, end);
}
