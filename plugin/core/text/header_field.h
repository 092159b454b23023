/* header_field.h
 * "Name: value" lines with folds, as MIME parts, CPIM and push message headers have them (RFC 5322 section 2.2).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_HEADER_FIELD_H
#define OM_HEADER_FIELD_H

#include "slice.h"

/** Slices point into the text. */
struct om_header_field {
    struct om_slice name;  /**< a token (RFC 7230 section 3.2.6), not empty */
    struct om_slice value; /**< trimmed; folds still inside, see om_unfold() */
    struct om_slice after; /**< all behind the colon, untrimmed */
    struct om_slice line;  /**< the whole field without its last line end */
};

enum om_header_line {
    OM_LINE_FIELD, /**< `field` is filled */
    OM_LINE_BLANK, /**< an empty line (bare LF counts) */
    OM_LINE_OTHER, /**< neither: only field->line is filled */
    OM_LINE_END,   /**< nothing left */
};

/**
 * Takes the next field, with the lines that continue it, or one line that is none, off `rest`.
 * White space before the colon is taken as that of RFC 2616 section 2.1 (implied LWS) and RFC 822: forgiven here.
 * A field may end with the text, without CRLF. Control characters other than HTAB make a line OM_LINE_OTHER.
 */
enum om_header_line om_header_field_next(struct om_slice *rest, struct om_header_field *field);

/** New valid UTF-8 string (as om_slice_dup_utf8()), each fold one SP. NULL for an absent slice. g_free() it. */
char *om_unfold(struct om_slice value);

#endif
