/* msrp_head.h
 * Start line and header fields of one MSRP message, RFC 4975 sections 7 and 9.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_MSRP_HEAD_H
#define OM_MSRP_HEAD_H

#include "byte_range.h"
#include "core/text/slice.h"

enum om_msrp_method {
    OM_MSRP_RESPONSE, /**< no method: `status` counts */
    OM_MSRP_SEND,
    OM_MSRP_REPORT,
    OM_MSRP_AUTH,     /**< RFC 4976 */
    OM_MSRP_NICKNAME, /**< RFC 7701 */
    OM_MSRP_OTHER,
};

enum om_msrp_failure_report { OM_MSRP_FAILURE_YES, OM_MSRP_FAILURE_NO, OM_MSRP_FAILURE_PARTIAL };

enum om_msrp_head_flaw {
    OM_MSRP_HEAD_START_LINE = 1 << 0,  /**< spacing, method not 1*UPALPHA, status not 3 digits */
    OM_MSRP_HEAD_TID = 1 << 1,         /**< not ALPHANUM 3*31ident-char */
    OM_MSRP_HEAD_ORDER_PATHS = 1 << 2, /**< To-Path, From-Path not first two */
    OM_MSRP_HEAD_ORDER_TYPE = 1 << 3,  /**< a header after Content-Type */
    OM_MSRP_HEAD_BLANK_LINE = 1 << 4,  /**< blank line among the headers */
    OM_MSRP_HEAD_NO_COLON = 1 << 5,    /**< a line that is no header */
    OM_MSRP_HEAD_BARE_LF = 1 << 6,     /**< line ended by LF alone */
    OM_MSRP_HEAD_NO_PATHS = 1 << 7,    /**< To-Path or From-Path missing */
};

/** Slices point into the text given to om_msrp_head_parse(). */
struct om_msrp_head {
    enum om_msrp_method method;
    struct om_slice method_name;
    struct om_slice tid;
    guint status; /**< of a response, else 0 */
    struct om_slice phrase;

    struct om_slice to_path;
    struct om_slice from_path;
    struct om_slice message_id;
    struct om_slice byte_range_text; /**< absent where there is none */
    struct om_byte_range byte_range;
    gboolean byte_range_ok;
    gboolean success_report; /**< "yes" */
    enum om_msrp_failure_report failure_report;
    struct om_slice failure_report_text; /**< absent where there is none */
    struct om_slice content_type;
    struct om_slice content_disposition;
    gboolean mime_headers;              /**< any Content-* header but Content-Type */
    struct om_slice report_status_text; /**< Status header, absent where there is none */
    guint report_namespace;             /**< "000" -> 0; G_MAXUINT where unreadable */
    guint report_status;                /**< 0 where unreadable */
    struct om_slice use_path;           /**< RFC 4976 */
    guint flaws;                        /**< enum om_msrp_head_flaw */
};

/** How a line looks when it may start a message. */
enum om_msrp_start { OM_MSRP_START_NO, OM_MSRP_START_YES };

/**
 * Is this line (without its end) "MSRP SP tid SP (method | 3 digits [SP phrase])"?
 * Lenient in the length and characters of the transaction id (1 to 64 visible
 * characters) and in doubled spaces, strict in the shape: body text that merely
 * begins with "MSRP " is not taken.
 */
gboolean om_msrp_is_start_line(struct om_slice line);

/**
 * Parses a whole head: start line, header lines, up to (without) the empty line
 * or end-line that ends it.
 * @return FALSE where the first line is no start line
 */
gboolean om_msrp_head_parse(struct om_slice text, struct om_msrp_head *head);

#endif
