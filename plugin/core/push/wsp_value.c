/* wsp_value.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "wsp_value.h"

#include "core/text/visible.h"
#include "wsp_numbers.h"

#define LENGTH_QUOTE 31  /* a uintvar length follows */
#define TEXT_QUOTE   127 /* stands before a text that begins with an octet over 127 */

enum param {
    PARAM_Q = 0x00,
    PARAM_CHARSET = 0x01,
    PARAM_LEVEL = 0x02,
    PARAM_TYPE = 0x09,
    PARAM_SEC = 0x11,
    PARAM_CREATION_DATE = 0x13,
    PARAM_READ_DATE = 0x15,
};

static guint8
octet(struct om_slice s, gsize at)
{
    return (guint8) s.p[at];
}

gboolean
om_wsp_take_uintvar(struct om_slice *rest, guint32 *value)
{
    guint64 number = 0;

    for (gsize i = 0; i < 5 && i < rest->l; i++) {
        number = number << 7 | (octet(*rest, i) & 0x7f);
        if (octet(*rest, i) & 0x80)
            continue;
        if (number > G_MAXUINT32)
            return FALSE;
        *value = (guint32) number;
        *rest = om_slice_from(*rest, i + 1);
        return TRUE;
    }
    return FALSE;
}

static gboolean
take_text(struct om_slice *rest, struct om_wsp_value *value)
{
    gssize nul = om_slice_chr(*rest, 0, '\0');

    if (nul < 0)
        return FALSE;
    value->kind = OM_WSP_TEXT;
    value->bytes = om_slice_head(*rest, (gsize) nul);
    if (octet(*rest, 0) == TEXT_QUOTE)
        value->bytes = om_slice_from(value->bytes, 1);
    for (gsize i = 0; i < value->bytes.l; i++) {
        if ((octet(value->bytes, i) < 0x20 && value->bytes.p[i] != '\t') || octet(value->bytes, i) == 0x7f)
            return FALSE;
    }
    *rest = om_slice_from(*rest, (gsize) nul + 1);
    return TRUE;
}

static gboolean
take_octets(struct om_slice *rest, gsize length, struct om_slice *bytes)
{
    if (length > rest->l)
        return FALSE;
    *bytes = om_slice_head(*rest, length);
    *rest = om_slice_from(*rest, length);
    return TRUE;
}

gboolean
om_wsp_take_value(struct om_slice *rest, struct om_wsp_value *value)
{
    struct om_slice at = *rest;
    guint32 length;
    guint8 first;

    *value = (struct om_wsp_value){.bytes = OM_SLICE_NULL};
    if (at.l == 0)
        return FALSE;
    first = octet(at, 0);
    if (first >= 0x80) {
        value->kind = OM_WSP_SHORT;
        value->number = first & 0x7f;
        at = om_slice_from(at, 1);
    } else if (first > LENGTH_QUOTE) {
        if (!take_text(&at, value))
            return FALSE;
    } else {
        value->kind = first == LENGTH_QUOTE ? OM_WSP_DATA : OM_WSP_LONG;
        at = om_slice_from(at, 1);
        length = first;
        if (first == LENGTH_QUOTE && !om_wsp_take_uintvar(&at, &length))
            return FALSE;
        if (!take_octets(&at, length, &value->bytes))
            return FALSE;
    }
    value->raw = om_slice_head(*rest, rest->l - at.l);
    *rest = at;
    return TRUE;
}

gboolean
om_wsp_integer(const struct om_wsp_value *value, guint64 *number)
{
    guint64 sum = 0;

    if (value->kind == OM_WSP_SHORT) {
        *number = value->number;
        return TRUE;
    }
    if (value->kind != OM_WSP_LONG || value->bytes.l == 0 || value->bytes.l > 8)
        return FALSE;
    for (gsize i = 0; i < value->bytes.l; i++)
        sum = sum << 8 | octet(value->bytes, i);
    *number = sum;
    return TRUE;
}

void
om_wsp_append_date(GString *text, guint64 seconds)
{
    GDateTime *moment = seconds <= G_MAXINT64 ? g_date_time_new_from_unix_utc((gint64) seconds) : NULL;
    char *iso = moment ? g_date_time_format_iso8601(moment) : NULL;

    if (iso)
        g_string_append(text, iso);
    else
        g_string_append_printf(text, "%" G_GUINT64_FORMAT, seconds);
    g_free(iso);
    g_clear_pointer(&moment, g_date_time_unref);
}

void
om_wsp_append_version(GString *text, guint64 version)
{
    g_string_append_printf(text, "%" G_GUINT64_FORMAT, version >> 4);
    if ((version & 15) != 15)
        g_string_append_printf(text, ".%u", (guint) version & 15);
}

void
om_wsp_append_hex(GString *text, struct om_slice bytes)
{
    for (gsize i = 0; i < bytes.l; i++)
        g_string_append_printf(text, "%02X", octet(bytes, i));
}

void
om_wsp_append_text(GString *text, struct om_slice bytes)
{
    char *valid = om_slice_dup_utf8(bytes);

    g_string_append(text, valid);
    g_free(valid);
}

static gboolean
is_token_char(char c)
{
    return g_ascii_isalnum(c) || (c != '\0' && strchr("!#$%&'*+-.^_`|~", c));
}

static gboolean
is_token(struct om_slice text)
{
    for (gsize i = 0; i < text.l; i++) {
        if (!is_token_char(text.p[i]))
            return FALSE;
    }
    return text.l > 0;
}

/* A text as the value of a MIME parameter: in quotes where it is no token. */
static void
append_quoted(GString *text, struct om_slice value)
{
    char *valid;

    /* Quoted-string: the opening quote only (section 8.4.2.1). */
    if (om_slice_starts_str(value, "\""))
        value = om_slice_from(value, 1);
    if (is_token(value)) {
        g_string_append_len(text, value.p, (gssize) value.l);
        return;
    }
    valid = om_slice_dup_utf8(value);
    g_string_append_c(text, '"');
    for (const char *c = valid; *c; c++) {
        if (*c == '"' || *c == '\\')
            g_string_append_c(text, '\\');
        g_string_append_c(text, *c);
    }
    g_string_append_c(text, '"');
    g_free(valid);
}

/* The numbers of a well-known parameter in words. */
static void
append_param_number(GString *text, enum param param, guint64 number)
{
    static const char *const methods[] = {"NETWPIN", "USERPIN", "USERNETWPIN", "USERPINMAC"};
    const char *word = NULL;

    if (param == PARAM_CHARSET)
        word = om_wsp_charset(number);
    else if (param == PARAM_TYPE)
        word = om_wsp_media_type(number);
    else if (param == PARAM_SEC && number < G_N_ELEMENTS(methods))
        word = methods[number];
    if (word && strchr(word, '/'))
        g_string_append_printf(text, "\"%s\"", word);
    else if (word)
        g_string_append(text, word);
    else if (param == PARAM_LEVEL)
        om_wsp_append_version(text, number);
    else if (param >= PARAM_CREATION_DATE && param <= PARAM_READ_DATE)
        om_wsp_append_date(text, number);
    else
        g_string_append_printf(text, "%" G_GUINT64_FORMAT, number);
}

/* Q-value: a uintvar of one or two octets, hundredths + 1, or thousandths + 100. */
static gboolean
take_q(struct om_slice *rest, GString *text)
{
    guint32 q;

    if (!om_wsp_take_uintvar(rest, &q) || q == 0 || q > 1099)
        return FALSE;
    if (q <= 100)
        g_string_append_printf(text, "=0.%02u", q - 1);
    else
        g_string_append_printf(text, "=0.%03u", q - 100);
    return TRUE;
}

static gboolean
take_param(struct om_slice *rest, GString *text)
{
    struct om_wsp_value name;
    struct om_wsp_value value;
    guint64 param = G_MAXUINT64;
    guint64 number;
    const char *known;

    if (!om_wsp_take_value(rest, &name))
        return FALSE;
    if (name.kind == OM_WSP_TEXT) {
        if (!is_token(name.bytes))
            return FALSE;
        g_string_append(text, "; ");
        g_string_append_len(text, name.bytes.p, (gssize) name.bytes.l);
    } else {
        if (!om_wsp_integer(&name, &param) || !(known = om_wsp_param_name(param)))
            return FALSE;
        g_string_append_printf(text, "; %s", known);
    }
    if (param == PARAM_Q)
        return take_q(rest, text);
    if (!om_wsp_take_value(rest, &value))
        return FALSE;
    if (value.kind == OM_WSP_LONG && value.bytes.l == 0) /* No-value */
        return TRUE;
    g_string_append_c(text, '=');
    if (value.kind == OM_WSP_TEXT)
        append_quoted(text, value.bytes);
    else if (om_wsp_integer(&value, &number))
        append_param_number(text, (enum param) MIN(param, 0xff), number);
    else
        return FALSE;
    return TRUE;
}

gboolean
om_wsp_take_params(struct om_slice *rest, GString *text)
{
    while (rest->l) {
        if (!take_param(rest, text))
            return FALSE;
    }
    return TRUE;
}

/* A media type as text: type "/" subtype, perhaps with parameters behind a ";". */
static gboolean
is_media_text(struct om_slice text)
{
    gssize semicolon = om_slice_chr(text, 0, ';');
    struct om_slice media = om_slice_trim(semicolon < 0 ? text : om_slice_head(text, (gsize) semicolon));
    gssize slash = om_slice_chr(media, 0, '/');

    return slash > 0 && is_token(om_slice_head(media, (gsize) slash)) &&
           is_token(om_slice_from(media, (gsize) slash + 1));
}

static gboolean
append_media(const struct om_wsp_value *value, GString *text)
{
    guint64 number;
    const char *known;

    if (value->kind == OM_WSP_TEXT) {
        if (!is_media_text(value->bytes))
            return FALSE;
        om_wsp_append_text(text, value->bytes);
        return TRUE;
    }
    if (!om_wsp_integer(value, &number) || !(known = om_wsp_media_type(number)))
        return FALSE;
    g_string_append(text, known);
    return TRUE;
}

gboolean
om_wsp_take_content_type(struct om_slice *rest, GString *text)
{
    struct om_wsp_value value;
    struct om_wsp_value media;

    if (!om_wsp_take_value(rest, &value))
        return FALSE;
    if (value.kind == OM_WSP_SHORT || value.kind == OM_WSP_TEXT)
        return append_media(&value, text);
    /* Content-general-form: Value-length Media-type *( Parameter ) */
    return om_wsp_take_value(&value.bytes, &media) && append_media(&media, text) &&
           om_wsp_take_params(&value.bytes, text);
}
