/* summary.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "summary.h"

#include "core/text/visible.h"

/** Bytes of a Message-ID that stand for its object: each of its frames has them, responses too. */
#define LABEL_MAX 255
#define U64       "%" G_GUINT64_FORMAT
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
    const char *type = om_object_innermost_type(object);
    const GPtrArray *apps = om_object_event_apps(object);
    const char *app = apps && apps->len ? g_ptr_array_index(apps, 0) : NULL;

    if (app && type)
        return wmem_strdup_printf(pinfo->pool, "%s, %s", app, type);
    return wmem_strdup(pinfo->pool, app ? app : type ? type : om_object_call_id(object));
}

const char *
omapush_object_label(packet_info *pinfo, struct om_object *object)
{
    struct om_slice id = om_slice_str(om_object_message_id(object));
    char *name;

    /* Once all frames were visited the first one that is looked at says the same as the last. */
    if (PINFO_FD_VISITED(pinfo)) {
        om_model_conclude(omapush_model()); /* which may give it another selector */
        om_object_assess(object);
    }
    name = om_object_name(object);
    /* While it is under way: the only file there is. */
    if (!name)
        name = g_strdup(om_object_only_file(object));
    if (!name && !om_object_message_id(object))
        return message_label(pinfo, object);
    return pooled(pinfo, name ? name : om_slice_dup(om_slice_head_utf8(id, LABEL_MAX)));
}

static const char *
missing_summary(packet_info *pinfo, const struct om_object *object)
{
    wmem_strbuf_t *text = wmem_strbuf_new(pinfo->pool, om_state_name(om_object_state(object)));
    guint64 missing = om_object_missing(object);

    if (missing)
        wmem_strbuf_append_printf(text, ", " U64 " bytes missing", missing);
    if (missing && om_object_capture_lost(object))
        wmem_strbuf_append(text, om_object_capture_lost(object) < missing ? ", some lost by the capture"
                                                                          : ", lost by the capture");
    return wmem_strbuf_get_str(text);
}

static const char *
complete_summary(packet_info *pinfo, const struct om_object *object)
{
    const struct om_verification *verification = om_object_verification(object);
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
    if (verification->result == OM_NOT_OFFERED && om_object_carrier(object) == OM_CARRIER_MSRP)
        return "complete, no hash offered";
    return "complete";
}

/* Its receiver's word against it, which may come frames later: an object that is complete may have failed. */
static const char *
objection(packet_info *pinfo, const struct om_object *object)
{
    guint status = om_object_status(object), refused = om_object_refused_status(object);
    guint failed = om_object_failed_report(object, REPORTS_ASKED);

    if (om_object_carrier(object) == OM_CARRIER_MESSAGE)
        return status >= 300 ? wmem_strdup_printf(pinfo->pool, ", rejected with %u", status) : "";
    if (refused)
        return wmem_strdup_printf(pinfo->pool, ", refused with %u", refused);
    if (failed)
        return wmem_strdup_printf(pinfo->pool, ", reported as %u", failed);
    return "";
}

const char *
omapush_object_summary(packet_info *pinfo, struct om_object *object)
{
    const char *text;

    if (PINFO_FD_VISITED(pinfo))
        om_model_conclude(omapush_model());
    om_object_assess(object);
    text = om_object_state(object) == OM_COMPLETE ? complete_summary(pinfo, object) : missing_summary(pinfo, object);
    return wmem_strdup_printf(pinfo->pool, "%s%s", text, objection(pinfo, object));
}

/* --- MSRP --- */

/* Is this the chunk with which the object ended? At the first visit one that says more follows is not known to be. */
static gboolean
ends_object(packet_info *pinfo, const struct om_chunk *chunk)
{
    const struct om_object *object = om_chunk_object(chunk);
    char flag = om_chunk_flag(chunk);

    if (om_object_last_frame(object) != om_chunk_frame(chunk))
        return FALSE;
    if (flag == '$' || flag == '#')
        return TRUE;
    return !om_object_chunk(object, om_chunk_index(chunk) + 1) &&
           (PINFO_FD_VISITED(pinfo) || om_chunk_leg_chunks(chunk));
}

static const char *
chunk_summary(packet_info *pinfo, const struct om_message *message)
{
    const struct om_chunk *chunk = om_message_chunk(message);
    struct om_object *object = om_chunk_object(chunk);
    guint64 offset = om_chunk_offset(chunk), total;
    wmem_strbuf_t *text = wmem_strbuf_new(pinfo->pool, "");

    wmem_strbuf_append_printf(text, "SEND chunk %u", om_chunk_number(chunk));
    if (om_chunk_leg_chunks(chunk))
        wmem_strbuf_append_printf(text, "/%u", om_chunk_leg_chunks(chunk));
    wmem_strbuf_append_printf(text, " [" U64 "-" U64, offset + 1, offset + om_chunk_length(chunk));
    if (om_object_total(object, &total))
        wmem_strbuf_append_printf(text, "/" U64, total);
    /* What became of it stands before its name: names are long, and columns narrow. */
    if (om_chunk_flag(chunk) == '#')
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
    const struct om_report *report = om_message_report(message);
    const char *of = "";
    guint64 start, end, total;

    if (!report)
        return wmem_strdup_printf(pinfo->pool, "REPORT %s", om_message_tid(message));
    om_report_range(report, &start, &end);
    if (om_report_total(report, &total))
        of = wmem_strdup_printf(pinfo->pool, "/" U64, total);
    return wmem_strdup_printf(pinfo->pool, "REPORT %u [" U64 "-" U64 "%s] push %s", om_report_status(report), start,
                              end, of, omapush_object_label(pinfo, om_message_object(message)));
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
    const struct om_message *request = om_message_request(message);
    const struct om_chunk *chunk = om_message_answered_chunk(message);
    guint status = om_message_status(message);
    const char *word = status_word(status);

    if (chunk)
        return wmem_strdup_printf(pinfo->pool, "%u%s for chunk %u push %s", status, word, om_chunk_number(chunk),
                                  omapush_object_label(pinfo, om_message_object(request)));
    if (request && om_message_method(request) == OM_MSRP_SEND)
        return wmem_strdup_printf(pinfo->pool, "%u%s for SEND without content", status, word);
    if (request && om_message_method(request) == OM_MSRP_REPORT && om_message_object(request))
        return wmem_strdup_printf(pinfo->pool, "%u%s for REPORT push %s", status, word,
                                  omapush_object_label(pinfo, om_message_object(request)));
    return wmem_strdup_printf(pinfo->pool, "%u%s for %s", status, word, om_message_tid(message));
}

const char *
omapush_answers_summary(packet_info *pinfo, const struct om_message *last, guint first_chunk)
{
    const struct om_chunk *chunk = om_message_answered_chunk(last);

    return wmem_strdup_printf(pinfo->pool, "%u%s for chunks %u-%u push %s", om_message_status(last),
                              status_word(om_message_status(last)), first_chunk, om_chunk_number(chunk),
                              omapush_object_label(pinfo, om_chunk_object(chunk)));
}

static const char *
method_name(const struct om_message *message)
{
    static const char *const names[] = {
        [OM_MSRP_RESPONSE] = "Response", [OM_MSRP_SEND] = "SEND",         [OM_MSRP_REPORT] = "REPORT",
        [OM_MSRP_AUTH] = "AUTH",         [OM_MSRP_NICKNAME] = "NICKNAME", [OM_MSRP_OTHER] = "request",
    };

    return names[om_message_method(message)];
}

/* As the stock dissector words it. */
static const char *
plain_summary(packet_info *pinfo, const struct om_message *message)
{
    if (om_message_method(message) == OM_MSRP_RESPONSE)
        return wmem_strdup_printf(pinfo->pool, "Response: %u Transaction ID: %s", om_message_status(message),
                                  om_message_tid(message));
    return wmem_strdup_printf(pinfo->pool, "Request: %s Transaction ID: %s", method_name(message),
                              om_message_tid(message));
}

static const char *
empty_send_summary(packet_info *pinfo, const struct om_message *message)
{
    if (om_message_session_id(message))
        return wmem_strdup_printf(pinfo->pool, "SEND without content: binds push session %u to the connection",
                                  om_message_session_id(message));
    return wmem_strdup_printf(pinfo->pool, "SEND %s without content", om_message_tid(message));
}

const char *
omapush_message_summary(packet_info *pinfo, const struct om_message *message)
{
    if (!om_message_is_push(message))
        return plain_summary(pinfo, message);
    if (om_message_chunk(message))
        return chunk_summary(pinfo, message);
    if (om_message_method(message) == OM_MSRP_RESPONSE)
        return response_summary(pinfo, message);
    if (om_message_method(message) == OM_MSRP_REPORT)
        return report_summary(pinfo, message);
    if (om_message_method(message) == OM_MSRP_SEND)
        return empty_send_summary(pinfo, message);
    return plain_summary(pinfo, message);
}

const char *
omapush_part_summary(packet_info *pinfo, const struct om_message *message)
{
    const char *what, *end = "";

    if (om_message_chunk(message))
        what = wmem_strdup_printf(pinfo->pool, "SEND chunk %u push %s", om_chunk_number(om_message_chunk(message)),
                                  omapush_object_label(pinfo, om_message_object(message)));
    else
        what = wmem_strdup_printf(pinfo->pool, "%s %s", method_name(message), om_message_tid(message));
    if (om_message_ended(message) && om_message_frame(message) != pinfo->num)
        end = wmem_strdup_printf(pinfo->pool, ", ends in frame %u", om_message_frame(message));
    return wmem_strdup_printf(pinfo->pool, "[part of %s%s]", what, end);
}
