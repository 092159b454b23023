/* sip_msg.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_msg.h"

#include "sip_header_name.h"
#include "core/text/lex.h"
#include "sip_start_line.h"

/* What is known while the header lines are read. */
struct reader {
    struct om_slice rest;
    struct om_sip_msg *msg;
    struct om_sip_header *last; /* takes continuation lines; NULL after a line that is no header */
    guint seen;                 /* bit per enum om_sip_header_id */
};

#define SEEN(id)       (1u << (id))
#define SEEN_MANDATORY (SEEN(OM_SIP_H_CALL_ID) | SEEN(OM_SIP_H_CSEQ) | SEEN(OM_SIP_H_FROM) | SEEN(OM_SIP_H_TO))

G_STATIC_ASSERT(OM_SIP_H_COUNT <= 32);

gboolean
om_sip_is_start_line(struct om_slice line)
{
    struct om_sip_start start;

    return om_sip_start_line_parse(line, &start);
}

static gboolean
begins_with_lws(struct om_slice line)
{
    return line.l > 0 && (line.p[0] == ' ' || line.p[0] == '\t');
}

/* A line that goes on with a parameter: Appendix B folds a Contact without the white space. */
static gboolean
begins_with_param(struct om_slice line)
{
    return line.l > 0 && line.p[0] == ';';
}

/* "Name:" at the beginning of a line; `value` is the offset behind the colon. */
static gboolean
header_name(struct om_slice line, struct om_slice *name, gsize *value)
{
    gsize end = om_lex_skip_token(line, 0);
    gsize colon = end;

    while (colon < line.l && (line.p[colon] == ' ' || line.p[colon] == '\t'))
        colon++;
    if (end == 0 || colon >= line.l || line.p[colon] != ':')
        return FALSE;
    *name = om_slice_head(line, end);
    *value = colon + 1;
    return TRUE;
}

/* Takes `line` as part of the last header. */
static void
fold(struct reader *reader, struct om_slice line)
{
    struct om_sip_header *header = reader->last;
    struct om_slice more = om_slice_trim(line);

    header->line.l = (gsize) (line.p + line.l - header->line.p);
    if (more.l == 0)
        return;
    if (header->value.l == 0)
        header->value = more;
    else
        header->value.l = (gsize) (more.p + more.l - header->value.p);
}

static void
add_header(struct reader *reader, struct om_slice line, struct om_slice name, gsize value)
{
    struct om_sip_header header = {
        .id = om_sip_header_id(name),
        .name = name,
        .value = om_slice_trim(om_slice_from(line, value)),
        .line = line,
    };

    g_array_append_val(reader->msg->headers, header);
    reader->last = &g_array_index(reader->msg->headers, struct om_sip_header, reader->msg->headers->len - 1);
    reader->seen |= SEEN(header.id);
}

/* Is a blank line before `line` a fault, and `line` a header field? */
static gboolean
goes_on(const struct reader *reader, struct om_slice line)
{
    struct om_slice name;
    gsize value;
    gboolean header = header_name(line, &name, &value);

    if ((reader->seen & SEEN_MANDATORY) != SEEN_MANDATORY)
        return header;
    /* All that a message must have is there: only one that was printed with blank lines
     * between its headers goes on, up to the Content-Length that such texts end with. */
    if (!(reader->msg->flaws & OM_SIP_BLANK_LINE) || (reader->seen & SEEN(OM_SIP_H_CONTENT_LENGTH)))
        return FALSE;
    return header ? om_sip_header_is_known(name) : reader->last && begins_with_param(line);
}

/* A blank line was read. @return FALSE where it ends the headers; else it, and those that follow it, are passed */
static gboolean
pass_blank_lines(struct reader *reader)
{
    struct om_slice after = reader->rest;
    struct om_slice rest = reader->rest;
    struct om_slice line;

    while (om_slice_line(&rest, &line)) {
        if (line.l > 0) {
            if (!goes_on(reader, line))
                return FALSE;
            reader->rest = after;
            reader->msg->flaws |= OM_SIP_BLANK_LINE;
            return TRUE;
        }
        after = rest;
    }
    return FALSE;
}

/* One line of the header part that is not blank. @return FALSE where the next message begins */
static gboolean
read_line(struct reader *reader, struct om_slice line)
{
    struct om_slice name;
    gsize value;

    if (begins_with_lws(line) && reader->last) {
        fold(reader, line);
    } else if (header_name(line, &name, &value)) {
        add_header(reader, line, name, value);
    } else if (om_sip_is_start_line(line)) {
        return FALSE;
    } else {
        reader->msg->flaws |= OM_SIP_NO_COLON;
        if (reader->last && begins_with_param(line))
            fold(reader, line);
        else
            reader->last = NULL;
    }
    return TRUE;
}

/* Reads up to and with the blank line before the body, or up to the next message's start line. */
static void
read_headers(struct reader *reader)
{
    struct om_slice before = reader->rest;
    struct om_slice line;

    while (om_slice_line(&reader->rest, &line)) {
        if (line.p + line.l < reader->rest.p && line.p[line.l] == '\n')
            reader->msg->flaws |= OM_SIP_BARE_LF;
        if (line.l == 0) {
            if (!pass_blank_lines(reader))
                return;
        } else if (!read_line(reader, line)) {
            reader->rest = om_slice_head(before, 0);
            break;
        }
        before = reader->rest;
    }
    reader->msg->flaws |= OM_SIP_NO_BLANK_LINE;
}

const struct om_sip_header *
om_sip_msg_header(const struct om_sip_msg *msg, enum om_sip_header_id id)
{
    for (guint i = 0; i < msg->headers->len; i++) {
        const struct om_sip_header *header = &g_array_index(msg->headers, struct om_sip_header, i);

        if (header->id == id)
            return header;
    }
    return NULL;
}

static struct om_slice
header_value(const struct om_sip_msg *msg, enum om_sip_header_id id)
{
    const struct om_sip_header *header = om_sip_msg_header(msg, id);

    return header ? header->value : OM_SLICE_NULL;
}

/* CSeq = 1*DIGIT LWS Method */
static void
read_cseq(struct om_sip_msg *msg)
{
    struct om_slice value = header_value(msg, OM_SIP_H_CSEQ);
    gsize digits = 0;
    guint64 number;

    while (digits < value.l && g_ascii_isdigit(value.p[digits]))
        digits++;
    if (om_slice_u64(om_slice_head(value, digits), &number) && number <= G_MAXUINT32)
        msg->cseq = (guint32) number;
    msg->cseq_method = om_slice_trim(om_slice_from(value, digits));
    if (!msg->request)
        msg->method = msg->cseq_method;
}

/* The first readable Content-Length counts; an unreadable or different one is a flaw. */
static void
read_content_length(struct om_sip_msg *msg)
{
    for (guint i = 0; i < msg->headers->len; i++) {
        const struct om_sip_header *header = &g_array_index(msg->headers, struct om_sip_header, i);
        guint64 length;

        if (header->id != OM_SIP_H_CONTENT_LENGTH)
            continue;
        if (!om_slice_u64(header->value, &length)) {
            msg->flaws |= OM_SIP_CONTENT_LENGTH;
        } else if (!msg->content_length_ok) {
            msg->content_length_ok = TRUE;
            msg->content_length = length;
        } else if (length != msg->content_length) {
            msg->flaws |= OM_SIP_CONTENT_LENGTH;
        }
    }
}

/* Nothing, line ends (keep-alives), or another message: all that may stand behind a body. */
static gboolean
may_follow(struct om_slice after)
{
    struct om_slice next = om_slice_from(after, om_lex_skip_lws(after, 0));
    struct om_slice line;

    return !om_slice_line(&next, &line) || om_sip_is_start_line(line);
}

static void
cut_body_by_length(struct om_sip_msg *msg, struct om_slice rest)
{
    if (msg->content_length > rest.l) {
        msg->body = rest;
        msg->flaws |= OM_SIP_CONTENT_LENGTH | OM_SIP_BODY_SHORT;
        return;
    }
    msg->body = om_slice_head(rest, (gsize) msg->content_length);
    if (!may_follow(om_slice_from(rest, msg->body.l)))
        msg->flaws |= OM_SIP_CONTENT_LENGTH;
}

/* Up to the next start line. A body that may hold SIP messages itself reaches to the end. */
static void
cut_body_by_start_line(struct om_sip_msg *msg, struct om_slice rest)
{
    struct om_slice after = rest;
    struct om_slice before = rest;
    struct om_slice line;

    msg->body = rest;
    if (om_slice_istarts_str(msg->content_type, "message/") || om_slice_istarts_str(msg->content_type, "multipart/"))
        return;
    while (om_slice_line(&after, &line)) {
        if (om_sip_is_start_line(line)) {
            msg->body.l = (gsize) (before.p - rest.p);
            return;
        }
        before = after;
    }
}

gboolean
om_sip_msg_parse(struct om_slice text, struct om_sip_msg *msg)
{
    struct reader reader = {.msg = msg};
    struct om_sip_start start;
    struct om_slice line;

    memset(msg, 0, sizeof *msg);
    while (text.l > 0 && (text.p[0] == '\r' || text.p[0] == '\n'))
        text = om_slice_from(text, 1);
    reader.rest = text;
    if (!om_slice_line(&reader.rest, &line) || !om_sip_start_line_parse(line, &start))
        return FALSE;
    msg->request = start.request;
    msg->method = start.method;
    msg->request_uri = start.request_uri;
    msg->status = start.status;
    msg->reason = start.reason;
    msg->flaws = start.clean ? 0 : OM_SIP_START_LINE;
    msg->headers = g_array_new(FALSE, FALSE, sizeof(struct om_sip_header));
    read_headers(&reader);
    msg->call_id = header_value(msg, OM_SIP_H_CALL_ID);
    msg->content_type = header_value(msg, OM_SIP_H_CONTENT_TYPE);
    read_cseq(msg);
    read_content_length(msg);
    if (msg->content_length_ok)
        cut_body_by_length(msg, reader.rest);
    else
        cut_body_by_start_line(msg, reader.rest);
    msg->text = om_slice_head(text, (gsize) (msg->body.p + msg->body.l - text.p));
    return TRUE;
}

void
om_sip_msg_clear(struct om_sip_msg *msg)
{
    if (msg->headers)
        g_array_free(msg->headers, TRUE);
    msg->headers = NULL;
}
