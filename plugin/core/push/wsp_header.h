/* wsp_header.h
 * Values of well-known WSP headers as text (WAP-230-WSP section 8.4.2).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_WSP_HEADER_H
#define OM_WSP_HEADER_H

#include "wsp_value.h"

/** Codes of the headers that an envelope is told by (default code page). */
enum om_wsp_header {
    OM_WSP_CONTENT_LENGTH = 0x0d,
    OM_WSP_X_WAP_APPLICATION_ID = 0x2f,
    OM_WSP_X_WAP_CONTENT_URI = 0x30,
    OM_WSP_X_WAP_INITIATOR_URI = 0x31,
    OM_WSP_PUSH_FLAG = 0x34,
    OM_WSP_X_WAP_TOD = 0x3f,
};

/**
 * The readable value: application ids as OMNA's URNs, dates as ISO 8601 (X-Wap-Tod 0 as "0"), Push-Flag in words.
 * What is not in the header's own form is shown by its encoding: texts as they are, short-integers in decimal,
 * octets in hex.
 * @return g_free() it
 */
char *om_wsp_header_value(guint code, const struct om_wsp_value *value);

/** Appends the flags of Push-Flag in words; the lowest seven bits count (section 8.4.2.58). */
void om_wsp_append_push_flag(GString *text, guint bits);

#endif
