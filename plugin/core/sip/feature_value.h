/* feature_value.h
 * The value of one feature parameter: where it ends, whatever quotes the sender used.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_FEATURE_VALUE_H
#define OM_FEATURE_VALUE_H

#include "core/text/slice.h"

struct om_feature_text {
    struct om_slice values; /**< without quotes */
    gsize end;              /**< offset behind the value and its quotes */
    gboolean quoted;        /**< a quote of some kind opens it */
    gboolean flawed;        /**< other than straight quotes, or unbalanced ones */
};

/**
 * Reads the value that begins at `at`. Typographic and straight quotes close each other. A quote
 * that never closes ends at the first ";" or "," that a parameter (or, after ",", an address) follows.
 * @param list  whether a value without quotes may go on behind a "," (=mms.ua,wml.ua)
 */
void om_feature_text_read(struct om_slice s, gsize at, gboolean list, struct om_feature_text *text);

/** Does "name =" stand at `at`, LWS passed over? */
gboolean om_feature_param_at(struct om_slice s, gsize at);

#endif
