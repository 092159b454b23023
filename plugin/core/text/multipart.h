/* multipart.h
 * Parts of a multipart body, RFC 2046 section 5.1.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_MULTIPART_H
#define OM_MULTIPART_H

#include "slice.h"

/** Slices point into the body. */
struct om_part {
    struct om_slice headers;
    struct om_slice content_type; /**< value with parameters; absent where there is none */
    struct om_slice content_id;
    struct om_slice content_disposition;
    struct om_slice content_encoding;
    struct om_slice content_transfer_encoding;
    struct om_slice body; /**< without the CRLF that belongs to the next delimiter */
};

struct om_multipart_iter {
    struct om_slice rest;
    struct om_slice boundary;
    gboolean done;
};

/** @return FALSE where content_type is no multipart type, or has no boundary */
gboolean om_multipart_begin(struct om_multipart_iter *it, struct om_slice content_type, struct om_slice body);

/** Next part; linear over all parts; a missing closing delimiter ends the last part at the end of the body. */
gboolean om_multipart_next(struct om_multipart_iter *it, struct om_part *part);

/** Multiparts inside each other that are opened. */
#define OM_MULTIPART_DEPTH 4

/** A walk over the parts of a multipart and of the multiparts in it. */
struct om_multipart_walk {
    struct om_multipart_iter open[OM_MULTIPART_DEPTH];
    guint depth;
};

/** @return FALSE where content_type is no multipart type, or has no boundary */
gboolean om_multipart_walk_begin(struct om_multipart_walk *walk, struct om_slice content_type, struct om_slice body);

/** Next part that is no multipart itself, or one that is too deep to be opened; linear over all parts. */
gboolean om_multipart_walk_next(struct om_multipart_walk *walk, struct om_part *part);

/** First such part of that media type. @return FALSE where there is none */
gboolean om_multipart_find(struct om_slice content_type, struct om_slice body, const char *type, struct om_part *part);

#endif
