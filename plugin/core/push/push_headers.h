/* push_headers.h
 * The envelope application/vnd.oma.push: push message headers and one content,
 * as text or WSP-encoded (OMA Push_Message, WSP section 8.4).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_PUSH_HEADERS_H
#define OM_PUSH_HEADERS_H

#include "core/text/slice.h"

/** Bounds of an envelope's head, so that no body makes more than this of memory. Beyond them it is no envelope. */
#define OM_PUSH_HEAD_MAX    65536 /**< bytes */
#define OM_PUSH_HEADERS_MAX 500   /**< fields */

struct om_push_header {
    char *name;           /**< canonical or as sent; valid UTF-8; owned */
    char *value;          /**< readable form; valid UTF-8; owned */
    gsize offset, length; /**< where it stands in the body, in bytes, for highlighting */
};

struct om_push_headers {
    GPtrArray *list;         /**< struct om_push_header *, in order */
    char *content_type;      /**< value of Content-Type with parameters; NULL where there is none; owned */
    struct om_slice content; /**< the content: points into the body */
};

/**
 * Text form: "Name: value" CRLF ... CRLF content. Bare LF forgiven. Told by content:
 * every line up to the blank line must be a header with a token for a name, and one
 * of the names must be one a push message has (Content-*, X-Wap-*, X-Oma-*, Date, ...).
 * Values as sent, folds as one SP. Headers that tell a length (Content-Length) are shown, not obeyed.
 * @return FALSE where the body is not that; then nothing was allocated
 */
gboolean om_push_headers_parse_text(struct om_slice body, struct om_push_headers *headers);

/**
 * WSP Push or ConfirmedPush PDU: [TID] 0x06 or 0x07 HeadersLen ContentType Headers Data. HeadersLen, lengths and
 * codes are checked against what is there; anything that does not fit to the byte, or a
 * media type number that is not assigned, is not taken. Without TID and PDU type a header
 * that only a push message has, or a media type in words, must be there too; without
 * HeadersLen also a Content-Length that is exactly what follows.
 * Values in readable form, see wsp_header.h; headers not known by their code in hex.
 * @return FALSE where the body is not that; then nothing was allocated
 */
gboolean om_push_headers_parse_wsp(struct om_slice body, struct om_push_headers *headers);

void om_push_headers_clear(struct om_push_headers *headers);

/** For parsers: an empty list to be filled with om_push_headers_add(). */
void om_push_headers_init(struct om_push_headers *headers);

/**
 * Appends a header; takes name and value over. The first Content-Type is kept as content_type too.
 * @param text  where it stands in `body`
 */
void om_push_headers_add(struct om_push_headers *headers, struct om_slice body, struct om_slice text, char *name,
                         char *value);

/** First header of that name (case ignored), or NULL. */
const char *om_push_headers_get(const struct om_push_headers *headers, const char *name);

#endif
