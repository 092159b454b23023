/* json_values.h
 * Members of JSON objects as the push report has them: unknown is null, text is valid UTF-8, times are seconds.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_JSON_VALUES_H
#define OMAPUSH_JSON_VALUES_H

#include <wsutil/json_dumper.h>

void om_json_object(json_dumper *json, const char *key);
void om_json_array(json_dumper *json, const char *key);
void om_json_null(json_dumper *json, const char *key);

/** NULL: null. Bytes that are no UTF-8 become U+FFFD. */
void om_json_string(json_dumper *json, const char *key, const char *value);
/** List of char *, may be NULL: then an empty list. */
void om_json_strings(json_dumper *json, const char *key, const GPtrArray *values);
void om_json_bool(json_dumper *json, const char *key, gboolean value);
void om_json_number(json_dumper *json, const char *key, guint64 value);
/** A number where it is known, else null. */
void om_json_known(json_dumper *json, const char *key, gboolean known, guint64 value);
/** A frame number or a status: 0 is null. */
void om_json_nonzero(json_dumper *json, const char *key, guint32 value);
/** Nanoseconds as seconds, exact, always with a point. */
void om_json_seconds(json_dumper *json, const char *key, gboolean known, gint64 nanoseconds);
/** "AB:CD:...", null where length is 0. */
void om_json_hex(json_dumper *json, const char *key, const guint8 *value, gsize length);

#endif
