/* omna.h
 * Push application ids as OMNA lists them, and push message header codes (WSP).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_OMNA_H
#define OM_OMNA_H

#include "core/text/slice.h"

struct om_push_app {
    guint code;       /**< WSP code, 0xFFFF: seen in the field, no code */
    const char *name; /**< short name as in the feature tag: "mms.ua" */
    const char *urn;  /**< "x-wap-application:mms.ua", or NULL */
    const char *what; /**< for people: "MMS client" */
};

/**
 * By short name, URN ("x-wap-application:mms.ua", "x-oma-application:...", with or without "urn:") or code in text
 * (0x and hexadecimal; else decimal; else hexadecimal), case ignored; NULL: not listed. A short name that several
 * vendors use finds the first of them.
 */
const struct om_push_app *om_push_app_find(struct om_slice text);
const struct om_push_app *om_push_app_by_code(guint code);

/**
 * May the text mean an application of this name? What om_push_app_find() finds, whichever vendor's it is, and digits
 * read as hexadecimal too: nothing says which they are.
 */
gboolean om_push_app_may_be(struct om_slice text, const struct om_push_app *app);

#endif
