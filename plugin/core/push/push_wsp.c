/* push_wsp.c
 * Push message headers in WSP's encoding: the Push PDU (WAP-230-WSP section 8.2.4.1).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "push_headers.h"

#include "core/text/visible.h"
#include "wsp_header.h"
#include "wsp_numbers.h"

#define PDU_PUSH           0x06
#define PDU_CONFIRMED_PUSH 0x07 /* the same fields (section 8.2.4.1) */
#define PAGE_DEFAULT       1
#define PAGE_SHIFT         127

/* One try to read the bytes as an envelope. Owns `headers` until it succeeds. */
struct attempt {
    struct om_slice body;
    struct om_push_headers headers;
    guint page;
    gboolean push_header; /* a header that only a push message has */
    gboolean text_type;   /* content type in words */
    gboolean has_length;  /* Content-Length was there */
    guint64 length;
};

static guint8
octet(struct om_slice s, gsize at)
{
    return (guint8) s.p[at];
}

static gboolean
is_push_code(guint code)
{
    return (code >= OM_WSP_X_WAP_APPLICATION_ID && code <= OM_WSP_X_WAP_INITIATOR_URI) || code == OM_WSP_PUSH_FLAG ||
           code == OM_WSP_X_WAP_TOD;
}

static void
add(struct attempt *attempt, struct om_slice begin, struct om_slice rest, char *name, char *value)
{
    om_push_headers_add(&attempt->headers, attempt->body, om_slice_head(begin, begin.l - rest.l), name, value);
}

static gboolean
take_content_type(struct attempt *attempt, struct om_slice *rest)
{
    struct om_slice begin = *rest;
    GString *text = g_string_new(NULL);

    if (!om_wsp_take_content_type(rest, text)) {
        g_string_free(text, TRUE);
        return FALSE;
    }
    attempt->text_type = octet(begin, 0) > 31 && octet(begin, 0) < 128;
    add(attempt, begin, *rest, g_strdup("Content-Type"), g_string_free(text, FALSE));
    return TRUE;
}

static char *
hex_of(struct om_slice bytes)
{
    GString *text = g_string_new(NULL);

    om_wsp_append_hex(text, bytes);
    return g_string_free(text, FALSE);
}

/* A header by number; those of other code pages, and those not assigned, with number and octets in hex. */
static gboolean
take_well_known(struct attempt *attempt, struct om_slice *rest)
{
    struct om_slice begin = *rest;
    guint code = octet(begin, 0) & 0x7f;
    const char *name = attempt->page == PAGE_DEFAULT ? om_wsp_header_name(code) : NULL;
    struct om_wsp_value value;

    *rest = om_slice_from(begin, 1);
    if (!om_wsp_take_value(rest, &value))
        return FALSE;
    if (name) {
        attempt->push_header |= is_push_code(code);
        if (code == OM_WSP_CONTENT_LENGTH)
            attempt->has_length = om_wsp_integer(&value, &attempt->length);
        add(attempt, begin, *rest, g_strdup(name), om_wsp_header_value(code, &value));
    } else if (attempt->page == PAGE_DEFAULT) {
        add(attempt, begin, *rest, g_strdup_printf("0x%02X", code), hex_of(value.raw));
    } else {
        add(attempt, begin, *rest, g_strdup_printf("Page %u 0x%02X", attempt->page, code), hex_of(value.raw));
    }
    return TRUE;
}

static gboolean
is_token(struct om_slice text)
{
    for (gsize i = 0; i < text.l; i++) {
        if (!g_ascii_isalnum(text.p[i]) && !strchr("!#$%&'*+-.^_`|~", text.p[i]))
            return FALSE;
    }
    return text.l > 0;
}

/* Application-header: Token-text Application-specific-value */
static gboolean
take_application_header(struct attempt *attempt, struct om_slice *rest)
{
    struct om_slice begin = *rest;
    struct om_wsp_value name;
    struct om_wsp_value value;

    if (!om_wsp_take_value(rest, &name) || !is_token(name.bytes) || !om_wsp_take_value(rest, &value) ||
        value.kind != OM_WSP_TEXT)
        return FALSE;
    attempt->push_header |= om_slice_istarts_str(name.bytes, "X-Wap-") || om_slice_istarts_str(name.bytes, "X-Oma-");
    add(attempt, begin, *rest, om_slice_dup_utf8(name.bytes), om_slice_dup_utf8(value.bytes));
    return TRUE;
}

static gboolean
take_header(struct attempt *attempt, struct om_slice *rest)
{
    guint8 first = octet(*rest, 0);

    if (attempt->headers.list->len == OM_PUSH_HEADERS_MAX)
        return FALSE;
    if (first >= 0x80)
        return take_well_known(attempt, rest);
    if (first != PAGE_SHIFT && first > 31)
        return take_application_header(attempt, rest);
    /* Code page: behind the shift, or 1 to 31 itself. */
    if (first == 0 || (first == PAGE_SHIFT && rest->l < 2))
        return FALSE;
    attempt->page = first == PAGE_SHIFT ? octet(*rest, 1) : first;
    *rest = om_slice_from(*rest, first == PAGE_SHIFT ? 2 : 1);
    return TRUE;
}

static void
start(struct attempt *attempt, struct om_slice body)
{
    *attempt = (struct attempt){.body = body, .page = PAGE_DEFAULT};
    om_push_headers_init(&attempt->headers);
}

/** HeadersLen ContentType Headers Data. */
static gboolean
read_with_length(struct attempt *attempt, struct om_slice rest)
{
    struct om_slice head;
    guint32 length;

    if (!om_wsp_take_uintvar(&rest, &length) || length == 0 || length > rest.l || length > OM_PUSH_HEAD_MAX)
        return FALSE;
    head = om_slice_head(rest, length);
    if (!take_content_type(attempt, &head))
        return FALSE;
    while (head.l) {
        if (!take_header(attempt, &head))
            return FALSE;
    }
    attempt->headers.content = om_slice_from(rest, length);
    return TRUE;
}

/** ContentType Headers Data, where Content-Length proves which octets are data. */
static gboolean
read_without_length(struct attempt *attempt, struct om_slice rest)
{
    struct om_slice head = om_slice_head(rest, OM_PUSH_HEAD_MAX);

    if (!take_content_type(attempt, &head))
        return FALSE;
    for (;;) {
        gsize left = rest.l - (gsize) (head.p - rest.p);

        if (attempt->has_length && attempt->length == left) {
            attempt->headers.content = om_slice(head.p, left);
            return TRUE;
        }
        if (head.l == 0 || !take_header(attempt, &head))
            return FALSE;
    }
}

static gboolean
is_push_pdu(guint8 type)
{
    return type == PDU_PUSH || type == PDU_CONFIRMED_PUSH;
}

enum form { FORM_TID, FORM_PDU, FORM_LENGTH, FORM_BARE, FORM_COUNT };

static gboolean
read_form(struct attempt *attempt, enum form form)
{
    struct om_slice body = attempt->body;

    switch (form) {
    case FORM_TID: /* connectionless: a transaction id stands in front */
        return body.l > 2 && is_push_pdu(octet(body, 1)) && read_with_length(attempt, om_slice_from(body, 2));
    case FORM_PDU:
        return body.l > 1 && is_push_pdu(octet(body, 0)) && read_with_length(attempt, om_slice_from(body, 1));
    case FORM_LENGTH: /* without PDU type more is needed than lengths that happen to fit */
        return read_with_length(attempt, body) && (attempt->push_header || attempt->text_type);
    default:
        return read_without_length(attempt, body) && (attempt->push_header || attempt->text_type);
    }
}

gboolean
om_push_headers_parse_wsp(struct om_slice body, struct om_push_headers *headers)
{
    for (enum form form = FORM_TID; form < FORM_COUNT; form++) {
        struct attempt attempt;

        start(&attempt, body);
        if (read_form(&attempt, form)) {
            *headers = attempt.headers;
            return TRUE;
        }
        om_push_headers_clear(&attempt.headers);
    }
    return FALSE;
}
