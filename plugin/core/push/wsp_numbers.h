/* wsp_numbers.h
 * Assigned numbers of WSP: WAP-230-WSP appendix A, and OMNA's lists that go on from there.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_WSP_NUMBERS_H
#define OM_WSP_NUMBERS_H

#include <glib.h>

/** Each gives a static string; NULL: not assigned, or not known here. */
const char *om_wsp_media_type(guint64 number);  /**< 0x02: "text/html" */
const char *om_wsp_header_name(guint64 number); /**< default code page; 0x11: "Content-Type" */
const char *om_wsp_param_name(guint64 number);  /**< 0x01: "charset" */
const char *om_wsp_charset(guint64 mib_enum);   /**< 106: "utf-8" */
const char *om_wsp_language(guint64 number);    /**< 0x19: "en" */

#endif
