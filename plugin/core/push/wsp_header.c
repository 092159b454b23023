/* wsp_header.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "wsp_header.h"

#include "omna.h"
#include "wsp_numbers.h"

/** Appends the value in the header's own form. @return FALSE where it is not in that form, with nothing appended */
typedef gboolean (*append_value)(GString *text, const struct om_wsp_value *value);

static gboolean
append_number(GString *text, const struct om_wsp_value *value)
{
    guint64 number;

    if (!om_wsp_integer(value, &number))
        return FALSE;
    g_string_append_printf(text, "%" G_GUINT64_FORMAT, number);
    return TRUE;
}

static gboolean
append_word(GString *text, const char *word)
{
    if (word)
        g_string_append(text, word);
    return word != NULL;
}

static gboolean
append_application(GString *text, const struct om_wsp_value *value)
{
    const struct om_push_app *app;
    guint64 number;

    if (!om_wsp_integer(value, &number))
        return FALSE;
    app = number < 0xffff ? om_push_app_by_code((guint) number) : NULL;
    if (app)
        g_string_append(text, app->urn ? app->urn : app->name);
    else
        g_string_append_printf(text, "0x%02" G_GINT64_MODIFIER "X", number);
    return TRUE;
}

void
om_wsp_append_push_flag(GString *text, guint bits)
{
    static const char *const words[] = {"initiator authenticated", "content trusted", "last push message"};
    gsize begin = text->len;

    for (guint bit = 0; bit < 7; bit++) {
        if (!(bits & 1U << bit))
            continue;
        if (text->len > begin)
            g_string_append(text, ", ");
        if (bit < G_N_ELEMENTS(words))
            g_string_append(text, words[bit]);
        else
            g_string_append_printf(text, "reserved 0x%02X", 1U << bit);
    }
    if (text->len == begin)
        g_string_append(text, "none");
}

static gboolean
append_push_flag(GString *text, const struct om_wsp_value *value)
{
    if (value->kind != OM_WSP_SHORT)
        return FALSE;
    om_wsp_append_push_flag(text, value->number);
    return TRUE;
}

static gboolean
append_date(GString *text, const struct om_wsp_value *value)
{
    guint64 seconds;

    if (!om_wsp_integer(value, &seconds))
        return FALSE;
    om_wsp_append_date(text, seconds);
    return TRUE;
}

/* 0 is no date: it asks for the time of day (section 8.4.2.59). */
static gboolean
append_tod(GString *text, const struct om_wsp_value *value)
{
    guint64 seconds;

    if (!om_wsp_integer(value, &seconds) || seconds == 0)
        return append_number(text, value);
    return append_date(text, value);
}

static gboolean
append_content_encoding(GString *text, const struct om_wsp_value *value)
{
    static const char *const names[] = {"gzip", "compress", "deflate"};

    return value->kind == OM_WSP_SHORT && value->number < G_N_ELEMENTS(names) &&
           append_word(text, names[value->number]);
}

static gboolean
append_language(GString *text, const struct om_wsp_value *value)
{
    guint64 number;

    return om_wsp_integer(value, &number) && append_word(text, om_wsp_language(number));
}

static gboolean
append_charset(GString *text, const struct om_wsp_value *value)
{
    guint64 number;

    return om_wsp_integer(value, &number) && append_word(text, om_wsp_charset(number));
}

static gboolean
append_media_type(GString *text, const struct om_wsp_value *value)
{
    struct om_slice raw = value->raw;
    gsize begin = text->len;

    if (om_wsp_take_content_type(&raw, text))
        return TRUE;
    g_string_truncate(text, begin);
    return FALSE;
}

static gboolean
append_version(GString *text, const struct om_wsp_value *value)
{
    if (value->kind != OM_WSP_SHORT)
        return FALSE;
    om_wsp_append_version(text, value->number);
    return TRUE;
}

/* Section 8.4.2.15: a directive, alone or with delta seconds. */
static gboolean
append_cache_control(GString *text, const struct om_wsp_value *value)
{
    static const char *const directives[] = {
        "no-cache", "no-store", "max-age",      "max-stale",       "min-fresh",        "only-if-cached",
        "public",   "private",  "no-transform", "must-revalidate", "proxy-revalidate", "s-maxage",
    };
    struct om_slice rest = value->bytes;
    struct om_wsp_value directive = *value;
    struct om_wsp_value delta;
    guint64 seconds;

    if (value->kind == OM_WSP_LONG && !om_wsp_take_value(&rest, &directive))
        return FALSE;
    if (directive.kind != OM_WSP_SHORT || directive.number >= G_N_ELEMENTS(directives))
        return FALSE;
    if (value->kind == OM_WSP_SHORT)
        return append_word(text, directives[directive.number]);
    if (!om_wsp_take_value(&rest, &delta) || rest.l || !om_wsp_integer(&delta, &seconds))
        return FALSE;
    g_string_append_printf(text, "%s=%" G_GUINT64_FORMAT, directives[directive.number], seconds);
    return TRUE;
}

/* Section 8.4.2.21: Value-length Disposition *( Parameter ) */
static gboolean
append_disposition(GString *text, const struct om_wsp_value *value)
{
    static const char *const kinds[] = {"form-data", "attachment", "inline"};
    struct om_slice rest = value->bytes;
    struct om_wsp_value kind;
    gsize begin = text->len;

    if ((value->kind != OM_WSP_LONG && value->kind != OM_WSP_DATA) || !om_wsp_take_value(&rest, &kind))
        return FALSE;
    if (kind.kind == OM_WSP_SHORT && kind.number < G_N_ELEMENTS(kinds))
        g_string_append(text, kinds[kind.number]);
    else if (kind.kind == OM_WSP_TEXT)
        om_wsp_append_text(text, kind.bytes);
    else
        return FALSE;
    if (om_wsp_take_params(&rest, text))
        return TRUE;
    g_string_truncate(text, begin);
    return FALSE;
}

static const struct {
    guint8 code;
    append_value append;
} forms[] = {
    {0x00, append_media_type},
    {0x01, append_charset},
    {0x02, append_content_encoding},
    {0x03, append_language},
    {0x05, append_number},
    {0x08, append_cache_control},
    {0x0b, append_content_encoding},
    {0x0c, append_language},
    {0x0d, append_number},
    {0x11, append_media_type},
    {0x12, append_date},
    {0x14, append_date},
    {0x17, append_date},
    {0x1b, append_date},
    {0x1d, append_date},
    {0x1e, append_number},
    {0x25, append_number},
    {0x2e, append_disposition},
    {0x2f, append_application},
    {0x32, append_application},
    {0x33, append_number},
    {0x34, append_push_flag},
    {0x3b, append_charset},
    {0x3c, append_content_encoding},
    {0x3d, append_cache_control},
    {0x3f, append_tod},
    {0x43, append_version},
    {0x45, append_disposition},
    {0x47, append_cache_control},
};

static void
append_plain(GString *text, const struct om_wsp_value *value)
{
    struct om_slice bytes = value->bytes;

    switch (value->kind) {
    case OM_WSP_SHORT:
        g_string_append_printf(text, "%u", value->number);
        break;
    case OM_WSP_TEXT:
        if (om_slice_starts_str(bytes, "\"")) /* Quoted-string has an opening quote only */
            bytes = om_slice_from(bytes, 1);
        om_wsp_append_text(text, bytes);
        break;
    default:
        om_wsp_append_hex(text, bytes);
        break;
    }
}

char *
om_wsp_header_value(guint code, const struct om_wsp_value *value)
{
    GString *text = g_string_new(NULL);
    gboolean done = FALSE;

    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
        if (forms[i].code == code)
            done = forms[i].append(text, value);
    }
    if (!done)
        append_plain(text, value);
    return g_string_free(text, FALSE);
}
