/* wsp_value.h
 * WSP's basic encodings: uintvar, values told by their first octet, content types (WAP-230-WSP section 8.4).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_WSP_VALUE_H
#define OM_WSP_VALUE_H

#include "core/text/slice.h"

enum om_wsp_kind {
    OM_WSP_SHORT, /**< short-integer: `number` */
    OM_WSP_TEXT,  /**< text-string: `bytes` without its quote octet and NUL */
    OM_WSP_LONG,  /**< 0 to 30 octets: long-integer, or a structure */
    OM_WSP_DATA,  /**< octets behind a uintvar length */
};

/** Slices point into the input. */
struct om_wsp_value {
    enum om_wsp_kind kind;
    guint number;
    struct om_slice bytes; /**< text, or the octets without their length */
    struct om_slice raw;   /**< as encoded */
};

/** Takes a uintvar of 1 to 5 octets off. @return FALSE where it is cut short or over 32 bits */
gboolean om_wsp_take_uintvar(struct om_slice *rest, guint32 *value);

/** Takes a value off. @return FALSE where it does not fit, or a text holds control characters */
gboolean om_wsp_take_value(struct om_slice *rest, struct om_wsp_value *value);

/** Integer-value: short, or long of 1 to 8 octets. */
gboolean om_wsp_integer(const struct om_wsp_value *value, guint64 *number);

/**
 * Takes a Content-type-value off: a media type by number or as text, or with parameters.
 * @param text  appended to: "type/subtype; name=value"
 * @return FALSE where it does not fit to the octet, or is a number that is not assigned
 */
gboolean om_wsp_take_content_type(struct om_slice *rest, GString *text);

/**
 * Takes all of `rest` as parameters; appends "; name=value" of each.
 * @return FALSE where they do not fit to the octet
 */
gboolean om_wsp_take_params(struct om_slice *rest, GString *text);

/** Appends a date as ISO 8601 in UTC; as a number where it is beyond the calendar. */
void om_wsp_append_date(GString *text, guint64 seconds);

/** Appends a Version-value: major, and minor unless it is 15. */
void om_wsp_append_version(GString *text, guint64 version);

/** Appends octets as upper-case hex. */
void om_wsp_append_hex(GString *text, struct om_slice bytes);

/** Appends text of the wire as valid UTF-8. */
void om_wsp_append_text(GString *text, struct om_slice bytes);

#endif
