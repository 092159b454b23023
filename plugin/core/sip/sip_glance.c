/* sip_glance.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_glance.h"

#include "core/text/lex.h"
#include "sip_msg.h"

/** Of a start line: "SIP/2.0 200", "X a: SIP/2.0". */
#define SHORTEST_LINE 11

/** The header fields that count here, in no order. */
struct fields {
    struct om_slice call_id;
    struct om_slice cseq;
    struct om_slice content_length;
    gboolean from;
    gboolean to;
    gboolean last_counts; /* of the line before: one that goes on behind it is not looked at */
};

gboolean
om_sip_begins(struct om_slice text)
{
    gsize at = 0;
    struct om_slice line;

    while (at < text.l && (text.p[at] == '\r' || text.p[at] == '\n'))
        at++;
    text = om_slice_from(text, at);
    /* Of most bytes of other protocols this is told by the first one or two, of parts of SIP by the length. */
    return text.l >= SHORTEST_LINE && om_lex_is_token_char(text.p[0]) && (guchar) text.p[1] >= '\t' &&
           om_slice_line(&text, &line) && line.l >= SHORTEST_LINE && om_sip_is_start_line(line);
}

static gboolean
read_status(struct om_slice code, struct om_sip_glance *glance)
{
    if (code.l < 4 || code.p[3] != ' ')
        return FALSE;
    for (guint i = 0; i < 3; i++) {
        if (!g_ascii_isdigit(code.p[i]))
            return FALSE;
        glance->status = 10 * glance->status + (guint) (code.p[i] - '0');
    }
    return glance->status >= 100;
}

static gboolean
read_start(struct om_slice line, struct om_sip_glance *glance)
{
    static const char version[] = " SIP/2.0";
    gsize length = sizeof version - 1, space = 0;

    memset(glance, 0, sizeof *glance);
    if (line.l < SHORTEST_LINE)
        return FALSE;
    if (memcmp(line.p, version + 1, length - 1) == 0 && line.p[length - 1] == ' ')
        return read_status(om_slice_from(line, length), glance);
    while (space < line.l && g_ascii_isalpha(line.p[space]))
        space++;
    glance->request = TRUE;
    glance->method = om_slice_head(line, space);
    return space + length < line.l && line.p[space] == ' ' && om_slice_chr(line, space, ':') > 0 &&
           memcmp(line.p + line.l - length, version, length) == 0;
}

enum field { FIELD_OTHER, FIELD_CALL_ID, FIELD_CSEQ, FIELD_CONTENT_LENGTH, FIELD_FROM, FIELD_TO };

static enum field
compact_field(char c)
{
    switch (g_ascii_tolower(c)) {
    case 'i':
        return FIELD_CALL_ID;
    case 'l':
        return FIELD_CONTENT_LENGTH;
    case 'f':
        return FIELD_FROM;
    case 't':
        return FIELD_TO;
    default:
        return FIELD_OTHER;
    }
}

/* As most write it, else whatever the case. */
static gboolean
is_name(struct om_slice name, const char *as)
{
    return memcmp(name.p, as, name.l) == 0 || om_slice_ieq_str(name, as);
}

static enum field
field_of(struct om_slice name)
{
    switch (name.l) {
    case 1:
        return compact_field(name.p[0]);
    case 2:
        return is_name(name, "To") ? FIELD_TO : FIELD_OTHER;
    case 4:
        return is_name(name, "From") ? FIELD_FROM : is_name(name, "CSeq") ? FIELD_CSEQ : FIELD_OTHER;
    case 7:
        return is_name(name, "Call-ID") ? FIELD_CALL_ID : FIELD_OTHER;
    case 14:
        return is_name(name, "Content-Length") ? FIELD_CONTENT_LENGTH : FIELD_OTHER;
    default:
        return FIELD_OTHER;
    }
}

/* The first of a kind counts. @return FALSE for a Content-Length that does not stand alone */
static gboolean
take_field(struct fields *fields, struct om_slice name, struct om_slice value)
{
    struct om_slice *field = NULL;

    switch (field_of(name)) {
    case FIELD_CALL_ID:
        field = &fields->call_id;
        break;
    case FIELD_CSEQ:
        field = &fields->cseq;
        break;
    case FIELD_CONTENT_LENGTH:
        field = &fields->content_length;
        break;
    case FIELD_FROM:
        fields->from = TRUE;
        break;
    case FIELD_TO:
        fields->to = TRUE;
        break;
    default:
        break;
    }
    fields->last_counts = field != NULL;
    if (field == &fields->content_length && field->p)
        return FALSE;
    if (field && !field->p)
        *field = om_slice_trim(value);
    return TRUE;
}

/* May one of the fields begin so? */
static gboolean
is_initial(char c)
{
    switch (c | 0x20) {
    case 'c':
    case 'f':
    case 'i':
    case 'l':
    case 't':
        return TRUE;
    default:
        return FALSE;
    }
}

/* More than a token's: it is told from a start line, whose first word ends with a space. */
static gboolean
is_name_char(char c)
{
    return c > ' ' && c != ':';
}

/* @return FALSE where it is no header field, or one that counts goes on in it */
static gboolean
read_line(struct fields *fields, struct om_slice line)
{
    gsize colon = 0;

    if (line.p[0] == ' ' || line.p[0] == '\t')
        return !fields->last_counts;
    while (colon < line.l && is_name_char(line.p[colon]))
        colon++;
    if (colon == 0 || colon >= line.l || line.p[colon] != ':')
        return FALSE;
    if (is_initial(line.p[0]))
        return take_field(fields, om_slice_head(line, colon), om_slice_from(line, colon + 1));
    fields->last_counts = FALSE;
    return TRUE;
}

/* Up to and with the blank line. @return where the body begins, NULL where there is no blank line */
static const char *
read_head(const char *at, const char *end, struct fields *fields)
{
    const char *lf;

    memset(fields, 0, sizeof *fields);
    while ((lf = memchr(at, '\n', (gsize) (end - at)))) {
        struct om_slice line = {at, (gsize) (lf - at)};

        if (line.l && at[line.l - 1] == '\r')
            line.l--;
        at = lf + 1;
        if (line.l == 0)
            return at;
        if (!read_line(fields, line))
            return NULL;
    }
    return NULL;
}

/* CSeq = 1*DIGIT LWS Method */
static struct om_slice
cseq_method(struct om_slice cseq)
{
    gsize digits = 0;

    while (digits < cseq.l && g_ascii_isdigit(cseq.p[digits]))
        digits++;
    return om_slice_trim(om_slice_from(cseq, digits));
}

gboolean
om_sip_glance(struct om_slice text, struct om_sip_glance *glance)
{
    const char *end = text.p + text.l;
    struct om_slice rest = text;
    struct fields fields;
    struct om_slice line;
    const char *body;
    guint64 length;

    /* Most that is asked about is no message. */
    if (text.l < SHORTEST_LINE || !g_ascii_isupper(text.p[0]) || !g_ascii_isalpha(text.p[1]) ||
        !om_slice_line(&rest, &line) || !read_start(line, glance))
        return FALSE;
    body = read_head(rest.p, end, &fields);
    if (!body)
        return FALSE;
    rest = om_slice(body, (gsize) (end - body));
    if (!fields.from || !fields.to || !fields.call_id.l || !fields.cseq.l ||
        !om_slice_u64(fields.content_length, &length) || length != rest.l)
        return FALSE;
    if (!glance->request)
        glance->method = cseq_method(fields.cseq);
    glance->call_id = fields.call_id;
    glance->body = rest;
    return TRUE;
}
