/* msrp_end_line.h
 * End-lines, RFC 4975 section 9:
 *   end-line = "-------" transact-id continuation-flag CRLF
 * and the forms of it that are met besides: spaces, a bad flag or none, a bare LF.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_MSRP_END_LINE_H
#define OM_MSRP_END_LINE_H

#include "core/text/slice.h"

#define OM_END_LINE_DASHES 7

/** Bytes that have come so far may not be enough to tell. */
enum om_match { OM_MATCH_NO, OM_MATCH_YES, OM_MATCH_MORE };

struct om_end_line {
    gsize length; /**< from the first of the seven dashes to behind the line's end */
    struct om_slice id;
    char flag;         /**< '$', '+' or '#'; '$' where it is bad or missing */
    gboolean bad_flag; /**< missing, or another character */
    gboolean spaced;   /**< spaces between dashes, id and flag, or before the line's end */
    gboolean bare_lf;  /**< ended by LF alone */
};

/**
 * The next run of seven or more dashes.
 * @param from  where to begin; a run that reaches back over it is found from there on
 * @param end   behind the run's last dash
 * @return offset of the run's first dash at or after `from`, or -1. Linear.
 */
gssize om_dashes_find(struct om_slice bytes, gsize from, gsize *end);

/**
 * Is this the end-line of the message with this transaction id? The rest of the
 * line must be nothing else: an ident character behind the id is another, longer id.
 * @param text  begins at the seven dashes
 * @param last  no more bytes will come: the line's end may be missing, the flag not
 */
enum om_match om_end_line_own(struct om_slice text, struct om_slice tid, gboolean last, struct om_end_line *line);

/** Has it the form of an end-line, whatever the id? The flag must be right, the id is 1 to 64 visible characters. */
enum om_match om_end_line_any(struct om_slice text, gboolean last, struct om_end_line *line);

#endif
