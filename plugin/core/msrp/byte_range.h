/* byte_range.h
 * The Byte-Range header field's value, RFC 4975 section 9:
 *   byte-range = range-start "-" range-end "/" total, range-end and total may be "*"
 * and that of a=file-range, RFC 5547 section 6:
 *   file-range = start-offset "-" stop-offset, the latter may be "*"
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_BYTE_RANGE_H
#define OM_BYTE_RANGE_H

#include "core/text/slice.h"

struct om_byte_range {
    guint64 start;     /**< counts from 1 */
    guint64 end;       /**< last byte, inclusive; valid unless end_open */
    guint64 total;     /**< valid unless total_open */
    gboolean end_open; /**< "*" */
    gboolean total_open;
};

/**
 * @return FALSE where the text does not have that form (white space around the
 *         parts is forgiven); ranges that make no sense (zero-based, start after
 *         end + 1, end beyond total) are returned as sent.
 */
gboolean om_byte_range_parse(struct om_slice text, struct om_byte_range *range);

/** The same for a=file-range: it has no total. */
gboolean om_file_range_parse(struct om_slice text, struct om_byte_range *range);

#endif
