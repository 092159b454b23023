/* columns.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "columns.h"

#include <epan/column-utils.h>

#define PUSH_PROTOCOL "MSRP/Push"

static const char *
pooled(packet_info *pinfo, char *text)
{
    const char *copy = wmem_strdup(pinfo->pool, text ? text : "");

    g_free(text);
    return copy;
}

const char *
omapush_object_label(packet_info *pinfo, struct om_object *object)
{
    const struct om_media *sender = object->session ? om_session_match_sender(&object->match) : NULL;
    char *name = om_object_name(object);

    /* While it is under way: the only file there is. */
    if (!name && sender && sender->files->len == 1)
        name = g_strdup(((const struct om_file *) g_ptr_array_index(sender->files, 0))->name);
    if (!name)
        name = g_strdup(object->message_id ? object->message_id : object->call_id);
    return pooled(pinfo, name);
}

const char *
omapush_object_summary(packet_info *pinfo, struct om_object *object)
{
    const struct om_verification *verification = &object->verification;
    enum om_state state = om_object_state(object);
    const char *algorithm = "";

    om_object_assess(omapush_registry(), object);
    if (state != OM_COMPLETE)
        return om_state_name(state);
    if (verification->algorithm)
        algorithm = pooled(pinfo, g_ascii_strup(verification->algorithm, -1));
    if (verification->result == OM_MATCH)
        return wmem_strdup_printf(pinfo->pool, "complete, %s match%s", algorithm,
                                  verification->covers == OM_COVERS_CONTENT ? " over its content" : "");
    if (verification->result == OM_MISMATCH)
        return wmem_strdup_printf(pinfo->pool, "complete, %s%s%s MISMATCH", verification->hash_wrong ? algorithm : "",
                                  verification->hash_wrong && verification->size_wrong ? " and " : "",
                                  verification->size_wrong ? "size" : "");
    return "complete";
}

static const char *
chunk_summary(packet_info *pinfo, const struct om_message *message)
{
    const struct om_chunk *chunk = message->chunk;
    struct om_object *object = chunk->object;
    gboolean last = object->last_frame == chunk->frame && (chunk->flag == '$' || chunk->flag == '#');
    wmem_strbuf_t *text = wmem_strbuf_new(pinfo->pool, "");

    wmem_strbuf_append_printf(text, "SEND chunk %u", chunk->number);
    if (om_object_state(object) == OM_COMPLETE)
        wmem_strbuf_append_printf(text, "/%u", chunk->leg->chunks);
    wmem_strbuf_append_printf(text, " [%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, chunk->offset + 1,
                              chunk->offset + chunk->length);
    if (object->has_total)
        wmem_strbuf_append_printf(text, "/%" G_GUINT64_FORMAT, object->total);
    wmem_strbuf_append_printf(text, "] push %s", omapush_object_label(pinfo, object));
    if (chunk->flag == '#')
        wmem_strbuf_append(text, " aborted");
    else if (last)
        wmem_strbuf_append_printf(text, " %s", omapush_object_summary(pinfo, object));
    return wmem_strbuf_get_str(text);
}

static const char *
report_summary(packet_info *pinfo, const struct om_message *message)
{
    const struct om_report *report = message->report;

    if (!report)
        return wmem_strdup_printf(pinfo->pool, "REPORT %s", message->tid);
    return wmem_strdup_printf(pinfo->pool, "REPORT %u [%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "] push %s",
                              report->status, report->start, report->end,
                              omapush_object_label(pinfo, message->object));
}

static const char *
response_summary(packet_info *pinfo, const struct om_message *message)
{
    const struct om_message *request = message->request;

    if (request && request->chunk)
        return wmem_strdup_printf(pinfo->pool, "%u for chunk %u push %s", message->status, request->chunk->number,
                                  omapush_object_label(pinfo, request->object));
    return wmem_strdup_printf(pinfo->pool, "%u for %s", message->status, message->tid);
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
        return wmem_strdup_printf(pinfo->pool, "SEND %s without content: binds the session to the connection",
                                  message->tid);
    return plain_summary(pinfo, message);
}

/* The first message of a frame sets the columns, the next ones append. */
static void
add_info(packet_info *pinfo, const char *protocol, const char *text)
{
    gboolean *begun = p_get_proto_data(pinfo->pool, pinfo, proto_omapush, 2);

    if (begun) {
        col_append_sep_str(pinfo->cinfo, COL_INFO, " | ", text);
    } else {
        begun = wmem_new(pinfo->pool, gboolean);
        *begun = TRUE;
        p_add_proto_data(pinfo->pool, pinfo, proto_omapush, 2, begun);
        col_set_str(pinfo->cinfo, COL_PROTOCOL, protocol);
        col_clear(pinfo->cinfo, COL_INFO);
        col_add_str(pinfo->cinfo, COL_INFO, text);
    }
}

static gboolean
wanted(packet_info *pinfo)
{
    return pinfo->cinfo && col_get_writable(pinfo->cinfo, -1);
}

void
omapush_column_message(packet_info *pinfo, const struct om_message *message)
{
    if (wanted(pinfo))
        add_info(pinfo, om_message_is_push(message) ? PUSH_PROTOCOL : "MSRP",
                 omapush_message_summary(pinfo, message));
}

void
omapush_column_part(packet_info *pinfo, const struct om_message *message)
{
    const char *text;

    if (!wanted(pinfo))
        return;
    if (message->ended && message->frame != pinfo->num)
        text = wmem_strdup_printf(pinfo->pool, "[part of %s %s, ends in frame %u]", method_name(message), message->tid,
                                  message->frame);
    else
        text = wmem_strdup_printf(pinfo->pool, "[part of %s %s]", method_name(message), message->tid);
    add_info(pinfo, om_message_is_push(message) ? PUSH_PROTOCOL : "MSRP", text);
}

void
omapush_column_text(packet_info *pinfo, const char *text)
{
    if (wanted(pinfo))
        add_info(pinfo, "MSRP", text);
}

static const char *
registration_summary(packet_info *pinfo, const struct om_registration *registration)
{
    wmem_strbuf_t *text = wmem_strbuf_new(pinfo->pool, "");

    for (guint i = 0; i < registration->event_apps->len; i++)
        wmem_strbuf_append_printf(text, "%s%s", i ? "," : " ",
                                  (const char *) g_ptr_array_index(registration->event_apps, i));
    return wmem_strbuf_get_str(text);
}

void
omapush_column_sip(packet_info *pinfo, const struct om_sip_record *record)
{
    const char *procedure = omapush_procedure_name(record->procedure);

    if (!wanted(pinfo))
        return;
    col_set_str(pinfo->cinfo, COL_PROTOCOL, "SIP/Push");
    if (record->object)
        col_append_fstr(pinfo->cinfo, COL_INFO, " | %s %s %s", procedure, omapush_object_label(pinfo, record->object),
                        omapush_object_summary(pinfo, record->object));
    else if (record->session)
        col_append_fstr(pinfo->cinfo, COL_INFO, " | %s, push session %u", procedure, record->session->id);
    else if (record->registration)
        col_append_fstr(pinfo->cinfo, COL_INFO, " | %s%s", procedure,
                        registration_summary(pinfo, record->registration));
}
