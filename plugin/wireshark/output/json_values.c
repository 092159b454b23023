/* json_values.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "json_values.h"

#include "model/model.h"

void
om_json_object(json_dumper *json, const char *key)
{
    json_dumper_set_member_name(json, key);
    json_dumper_begin_object(json);
}

void
om_json_array(json_dumper *json, const char *key)
{
    json_dumper_set_member_name(json, key);
    json_dumper_begin_array(json);
}

void
om_json_null(json_dumper *json, const char *key)
{
    json_dumper_set_member_name(json, key);
    json_dumper_value_anyf(json, "null");
}

/* json_dumper escapes control characters, and passes everything else on as it is. */
static void
text_value(json_dumper *json, const char *value)
{
    char *valid;

    if (!value || g_utf8_validate(value, -1, NULL)) {
        json_dumper_value_string(json, value);
        return;
    }
    valid = g_utf8_make_valid(value, -1);
    json_dumper_value_string(json, valid);
    g_free(valid);
}

void
om_json_string(json_dumper *json, const char *key, const char *value)
{
    json_dumper_set_member_name(json, key);
    text_value(json, value);
}

void
om_json_strings(json_dumper *json, const char *key, const GPtrArray *values)
{
    om_json_array(json, key);
    for (guint i = 0; values && i < values->len; i++)
        text_value(json, g_ptr_array_index(values, i));
    json_dumper_end_array(json);
}

void
om_json_bool(json_dumper *json, const char *key, gboolean value)
{
    json_dumper_set_member_name(json, key);
    json_dumper_value_anyf(json, value ? "true" : "false");
}

void
om_json_number(json_dumper *json, const char *key, guint64 value)
{
    json_dumper_set_member_name(json, key);
    json_dumper_value_anyf(json, "%" G_GUINT64_FORMAT, value);
}

void
om_json_known(json_dumper *json, const char *key, gboolean known, guint64 value)
{
    if (known)
        om_json_number(json, key, value);
    else
        om_json_null(json, key);
}

void
om_json_nonzero(json_dumper *json, const char *key, guint32 value)
{
    om_json_known(json, key, value != 0, value);
}

void
om_json_seconds(json_dumper *json, const char *key, gboolean known, gint64 nanoseconds)
{
    guint64 size = nanoseconds < 0 ? (guint64) -nanoseconds : (guint64) nanoseconds;
    guint digits = 9;
    guint fraction = (guint) (size % G_GUINT64_CONSTANT(1000000000));

    if (!known) {
        om_json_null(json, key);
        return;
    }
    for (; digits > 1 && fraction % 10 == 0; digits--)
        fraction /= 10;
    json_dumper_set_member_name(json, key);
    json_dumper_value_anyf(json, "%s%" G_GUINT64_FORMAT ".%0*u", nanoseconds < 0 ? "-" : "",
                           size / G_GUINT64_CONSTANT(1000000000), (int) digits, fraction);
}

void
om_json_hex(json_dumper *json, const char *key, const guint8 *value, gsize length)
{
    char *text;

    if (!length) {
        om_json_null(json, key);
        return;
    }
    text = om_digest_text(value, length);
    om_json_string(json, key, text);
    g_free(text);
}
