/* msrp_head.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_head.h"

/** Longer than the 32 characters of the grammar, for peers that do not count. */
#define TID_MAX    64
#define METHOD_MAX 32

static const struct {
    const char *name;
    enum om_msrp_method method;
} methods[] = {
    {"SEND", OM_MSRP_SEND},
    {"REPORT", OM_MSRP_REPORT},
    {"AUTH", OM_MSRP_AUTH},
    {"NICKNAME", OM_MSRP_NICKNAME},
};

/* --- start line --- */

static gsize
skip_spaces(struct om_slice *rest)
{
    gsize n = 0;

    while (n < rest->l && rest->p[n] == ' ')
        n++;
    *rest = om_slice_from(*rest, n);
    return n;
}

/* Cuts off the visible characters up to the next SP. */
static struct om_slice
take_word(struct om_slice *rest)
{
    struct om_slice word;
    gsize n = 0;

    while (n < rest->l && g_ascii_isgraph(rest->p[n]))
        n++;
    word = om_slice_head(*rest, n);
    *rest = om_slice_from(*rest, n);
    return word;
}

static gboolean
is_three_digits(struct om_slice word, guint *value)
{
    guint64 number;

    if (word.l != 3 || !om_slice_u64(word, &number))
        return FALSE;
    *value = (guint) number;
    return TRUE;
}

/* ident = ALPHANUM 3*31ident-char */
static gboolean
is_ident(struct om_slice tid)
{
    if (tid.l < 4 || tid.l > 32 || !g_ascii_isalnum(tid.p[0]))
        return FALSE;
    for (gsize i = 1; i < tid.l; i++)
        if (!g_ascii_isalnum(tid.p[i]) && !strchr(".-+%=", tid.p[i]))
            return FALSE;
    return TRUE;
}

/* A method is upper-case letters; the known ones are forgiven another case. */
static gboolean
read_method(struct om_slice word, struct om_msrp_head *head)
{
    gboolean upper = word.l > 0 && word.l <= METHOD_MAX;

    for (gsize i = 0; i < word.l && upper; i++)
        upper = g_ascii_isupper(word.p[i]);
    head->method_name = word;
    head->method = OM_MSRP_OTHER;
    for (gsize i = 0; i < G_N_ELEMENTS(methods); i++)
        if (om_slice_ieq_str(word, methods[i].name))
            head->method = methods[i].method;
    if (!upper)
        head->flaws |= OM_MSRP_HEAD_START_LINE;
    return upper || head->method != OM_MSRP_OTHER;
}

static gboolean
read_start_line(struct om_slice line, struct om_msrp_head *head)
{
    struct om_slice rest = om_slice_from(line, 4);
    struct om_slice word;
    gsize before_tid, before_word;

    if (!om_slice_starts_str(line, "MSRP"))
        return FALSE;
    before_tid = skip_spaces(&rest);
    head->tid = take_word(&rest);
    before_word = skip_spaces(&rest);
    word = take_word(&rest);
    if (!before_tid || !before_word || head->tid.l == 0 || head->tid.l > TID_MAX)
        return FALSE;
    if (before_tid > 1 || before_word > 1)
        head->flaws |= OM_MSRP_HEAD_START_LINE;
    if (!is_ident(head->tid))
        head->flaws |= OM_MSRP_HEAD_TID;

    if (is_three_digits(word, &head->status)) {
        head->method = OM_MSRP_RESPONSE;
        if (rest.l && rest.p[0] != ' ')
            return FALSE;
        if (rest.l)
            head->phrase = om_slice_trim(rest);
        return TRUE;
    }
    if (!read_method(word, head))
        return FALSE;
    if (skip_spaces(&rest))
        head->flaws |= OM_MSRP_HEAD_START_LINE;
    return rest.l == 0;
}

gboolean
om_msrp_is_start_line(struct om_slice line)
{
    struct om_msrp_head head = {0};

    return read_start_line(line, &head);
}

/* --- header fields --- */

static void
read_failure_report(struct om_msrp_head *head)
{
    if (om_slice_ieq_str(head->failure_report_text, "no"))
        head->failure_report = OM_MSRP_FAILURE_NO;
    else if (om_slice_ieq_str(head->failure_report_text, "partial"))
        head->failure_report = OM_MSRP_FAILURE_PARTIAL;
}

/* Status = namespace SP status-code [SP text]; a lone "200 OK" is a code without a namespace. */
static void
read_status(struct om_msrp_head *head)
{
    struct om_slice rest = head->report_status_text;
    struct om_slice first = take_word(&rest);
    guint number;

    skip_spaces(&rest);
    if (!is_three_digits(first, &number))
        return;
    if (is_three_digits(take_word(&rest), &head->report_status))
        head->report_namespace = number;
    else
        head->report_status = number;
}

/** Headers whose value is kept as sent: the first one where there are several. */
static const struct {
    const char *name;
    gsize offset; /**< of the slice in struct om_msrp_head */
} kept_headers[] = {
    {"To-Path", G_STRUCT_OFFSET(struct om_msrp_head, to_path)},
    {"From-Path", G_STRUCT_OFFSET(struct om_msrp_head, from_path)},
    {"Message-ID", G_STRUCT_OFFSET(struct om_msrp_head, message_id)},
    {"Byte-Range", G_STRUCT_OFFSET(struct om_msrp_head, byte_range_text)},
    {"Failure-Report", G_STRUCT_OFFSET(struct om_msrp_head, failure_report_text)},
    {"Content-Type", G_STRUCT_OFFSET(struct om_msrp_head, content_type)},
    {"Content-Disposition", G_STRUCT_OFFSET(struct om_msrp_head, content_disposition)},
    {"Status", G_STRUCT_OFFSET(struct om_msrp_head, report_status_text)},
    {"Use-Path", G_STRUCT_OFFSET(struct om_msrp_head, use_path)},
};

static void
keep_header(struct om_slice name, struct om_slice value, struct om_msrp_head *head)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kept_headers); i++) {
        struct om_slice *field = G_STRUCT_MEMBER_P(head, kept_headers[i].offset);

        if (om_slice_ieq_str(name, kept_headers[i].name) && !om_slice_isset(*field))
            *field = value;
    }
    if (om_slice_ieq_str(name, "Success-Report"))
        head->success_report = om_slice_ieq_str(value, "yes");
    if (om_slice_istarts_str(name, "Content-") && !om_slice_ieq_str(name, "Content-Type"))
        head->mime_headers = TRUE;
}

static gboolean
is_name(struct om_slice name)
{
    for (gsize i = 0; i < name.l; i++)
        if (!g_ascii_isgraph(name.p[i]))
            return FALSE;
    return name.l > 0;
}

/* place: how many header fields came before this one. */
static void
read_header(struct om_slice line, guint place, struct om_msrp_head *head)
{
    gssize colon = om_slice_chr(line, 0, ':');
    struct om_slice name, value;

    name = om_slice_head(line, colon < 0 ? 0 : (gsize) colon);
    if (!is_name(name)) {
        head->flaws |= OM_MSRP_HEAD_NO_COLON;
        return;
    }
    value = om_slice_trim(om_slice_from(line, (gsize) colon + 1));
    if (om_slice_isset(head->content_type))
        head->flaws |= OM_MSRP_HEAD_ORDER_TYPE;
    if ((om_slice_ieq_str(name, "To-Path") && place != 0) || (om_slice_ieq_str(name, "From-Path") && place != 1))
        head->flaws |= OM_MSRP_HEAD_ORDER_PATHS;
    keep_header(name, value, head);
}

/* Cuts off a line; adds the flaw where LF alone ended it. */
static gboolean
take_line(struct om_slice *rest, struct om_slice *line, guint *flaws)
{
    struct om_slice before = *rest;

    if (!om_slice_line(rest, line))
        return FALSE;
    if (line->l < before.l && before.p[line->l] == '\n')
        *flaws |= OM_MSRP_HEAD_BARE_LF;
    if (line->l == before.l && line->p[line->l - 1] == '\r')
        line->l--; /* the text ends within the line's end */
    return TRUE;
}

gboolean
om_msrp_head_parse(struct om_slice text, struct om_msrp_head *head)
{
    struct om_slice line;
    gboolean blank = FALSE;

    *head = (struct om_msrp_head){.report_namespace = G_MAXUINT};
    if (!take_line(&text, &line, &head->flaws) || !read_start_line(line, head))
        return FALSE;
    for (guint place = 0; take_line(&text, &line, &head->flaws);) {
        if (line.l == 0) {
            blank = TRUE; /* among the headers only where something follows */
            continue;
        }
        if (blank)
            head->flaws |= OM_MSRP_HEAD_BLANK_LINE;
        read_header(line, place++, head);
    }
    if (!om_slice_isset(head->to_path) || !om_slice_isset(head->from_path)) {
        head->flaws |= OM_MSRP_HEAD_NO_PATHS;
        head->flaws &= ~(guint) OM_MSRP_HEAD_ORDER_PATHS;
    }
    head->byte_range_ok = om_byte_range_parse(head->byte_range_text, &head->byte_range);
    read_failure_report(head);
    read_status(head);
    return TRUE;
}
