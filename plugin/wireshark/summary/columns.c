/* columns.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "columns.h"

#include <epan/column-utils.h>

#include "summary.h"

/** Entries that begin beyond this are left out: the column holds no more. */
#define INFO_MAX 4096

/** What the Info column says of this frame so far. Per dissection. */
struct info {
    const char *prefix; /* "[TCP Out-Of-Order] " */
    wmem_strbuf_t *text;
    gboolean push;                    /**< something in it is one */
    const struct om_message *answers; /**< the last entry tells of responses up to this one, or NULL */
    guint first_chunk;                /**< ... from this chunk on */
    gsize last_at;                    /**< where the last entry begins in the text */
};

static struct info *
info_of(packet_info *pinfo)
{
    struct info *info = p_get_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_INFO);

    if (!info) {
        info = wmem_new0(pinfo->pool, struct info);
        info->text = wmem_strbuf_new(pinfo->pool, "");
        p_add_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_INFO, info);
    }
    return info;
}

static gboolean
wanted(packet_info *pinfo)
{
    return pinfo->cinfo && col_get_writable(pinfo->cinfo, -1);
}

static void
add_entry(struct info *info, const char *text)
{
    if (wmem_strbuf_get_len(info->text) > INFO_MAX)
        return;
    if (wmem_strbuf_get_len(info->text))
        wmem_strbuf_append(info->text, " | ");
    info->last_at = wmem_strbuf_get_len(info->text);
    wmem_strbuf_append(info->text, text);
}

static void
show_msrp(packet_info *pinfo, const struct info *info)
{
    col_set_str(pinfo->cinfo, COL_PROTOCOL, info->push ? "MSRP/Push" : "MSRP");
    col_clear(pinfo->cinfo, COL_INFO);
    col_add_str(pinfo->cinfo, COL_INFO, wmem_strbuf_get_str(info->text));
}

static void
add_msrp(packet_info *pinfo, const char *text, gboolean push)
{
    struct info *info = info_of(pinfo);

    add_entry(info, text);
    info->answers = NULL;
    info->push |= push;
    show_msrp(pinfo, info);
}

/* Does this response go on with a row of like ones to chunks of the same object? */
static gboolean
goes_on(const struct info *info, const struct om_message *message)
{
    const struct om_message *before = info->answers;
    const struct om_chunk *last = before ? om_message_answered_chunk(before) : NULL;
    const struct om_chunk *chunk = om_message_answered_chunk(message);

    return last && chunk && om_message_status(before) == om_message_status(message) &&
           om_chunk_object(last) == om_chunk_object(chunk) && om_chunk_number(last) + 1 == om_chunk_number(chunk);
}

/* Receivers answer many chunks in one segment: one entry for all of them. */
static void
add_response(packet_info *pinfo, const struct om_message *message)
{
    const struct om_chunk *chunk = om_message_answered_chunk(message);
    struct info *info = info_of(pinfo);

    if (goes_on(info, message)) {
        wmem_strbuf_truncate(info->text, info->last_at);
        wmem_strbuf_append(info->text, omapush_answers_summary(pinfo, message, info->first_chunk));
        show_msrp(pinfo, info);
    } else {
        add_msrp(pinfo, omapush_message_summary(pinfo, message), TRUE);
        if (!chunk || wmem_strbuf_get_len(info->text) > INFO_MAX)
            return;
        info->first_chunk = om_chunk_number(chunk);
    }
    info->answers = message;
}

void
omapush_column_message(packet_info *pinfo, const struct om_message *message)
{
    gboolean push = om_message_is_push(message);

    if (!wanted(pinfo))
        return;
    if (push && om_message_method(message) == OM_MSRP_RESPONSE)
        add_response(pinfo, message);
    else
        add_msrp(pinfo, omapush_message_summary(pinfo, message), push);
}

void
omapush_column_part(packet_info *pinfo, const struct om_message *message)
{
    if (wanted(pinfo))
        add_msrp(pinfo, omapush_part_summary(pinfo, message), om_message_is_push(message));
}

void
omapush_column_text(packet_info *pinfo, const char *text)
{
    if (wanted(pinfo))
        add_msrp(pinfo, text, FALSE);
}

/* --- SIP --- */

/* "[TCP Out-Of-Order] " is to stay where the rest of the stock text goes. */
static const char *
tcp_remark(packet_info *pinfo)
{
    const char *text = col_get_text(pinfo->cinfo, COL_INFO);
    const char *end = text && g_str_has_prefix(text, "[TCP ") ? strstr(text, "] ") : NULL;

    return end ? wmem_strndup(pinfo->pool, text, (gsize) (end + 2 - text)) : "";
}

void
omapush_column_sip(packet_info *pinfo, const struct om_sip_start *start, const struct om_sip_record *record)
{
    struct info *info;

    if (!wanted(pinfo) || !start->text)
        return;
    info = info_of(pinfo);
    add_entry(info, omapush_sip_summary(pinfo, start, record));
    info->push |= record && om_sip_record_is_push(record);
    if (!info->push)
        return;
    if (!info->prefix)
        info->prefix = tcp_remark(pinfo);
    col_set_str(pinfo->cinfo, COL_PROTOCOL, "SIP/Push");
    /* Stock fences its text off, and ends it in " | ". */
    col_clear_fence(pinfo->cinfo, COL_INFO);
    col_add_fstr(pinfo->cinfo, COL_INFO, "%s%s", info->prefix, wmem_strbuf_get_str(info->text));
}
