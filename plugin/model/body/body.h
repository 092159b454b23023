/* body.h
 * What a push object holds: the envelope (push headers, CPIM), what is in it, and so on inwards. A public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_BODY_H
#define OM_BODY_H

#include "core/push/push_headers.h"

enum om_body_encoding { OM_BODY_TEXT, OM_BODY_WSP, OM_BODY_XML, OM_BODY_CPIM, OM_BODY_OPAQUE };
const char *om_body_encoding_name(enum om_body_encoding encoding); /**< "text", "wsp", "xml", "cpim", "opaque" */

enum om_body_flaw {
    OM_BODY_FLAW_SHAPE = 1 << 0,   /**< vnd.oma.push of no known encoding */
    OM_BODY_FLAW_NO_TYPE = 1 << 1, /**< push headers without Content-Type */
    OM_BODY_FLAW_CPIM = 1 << 2,    /**< malformed CPIM headers; see cpim_flaws */
    OM_BODY_FLAW_DEEP = 1 << 3,    /**< more envelopes than are opened (4) */
};

/**
 * One envelope, or plain content. Owned by its parent; slices point into the bytes given to om_body_open(), but
 * where a Content-Transfer-Encoding or Content-Encoding was undone into bytes owned here.
 */
struct om_body {
    enum om_body_encoding encoding;
    gboolean envelope;              /**< headers were taken off: content differs from the whole */
    struct om_push_headers headers; /**< list is NULL where there are none */
    char *media_type;               /**< of `whole`; NULL where none was given */
    char *content_type;      /**< of what the envelope holds; of the bytes themselves where there is no envelope */
    struct om_slice whole;   /**< the bytes this body stands in */
    struct om_slice carried; /**< what the envelope holds, as it stands there */
    struct om_slice content; /**< the same, decoded */
    struct om_body *inner;   /**< where the content is an envelope again, or NULL */
    guint flaws;             /**< enum om_body_flaw */
    guint cpim_flaws;        /**< enum om_cpim_flaw */
    GBytes *decoded_whole;   /**< a multipart's part, decoded: `whole` points into it. NULL: not encoded */
    GBytes *decoded_content; /**< what the envelope holds, decoded: `content` points into it. NULL: not encoded */
};

/**
 * Opens the bytes of an object. Which encoding it is is told by content: for
 * application/vnd.oma.push text headers, WSP, bare XML or opaque; message/cpim is
 * opened; a multipart is looked through for a push part (then `whole` is that part);
 * everything else is plain (encoding opaque, or xml for an XML media type, no flaw).
 * @return never NULL; om_body_free() it
 */
struct om_body *om_body_open(struct om_slice content_type, struct om_slice bytes);
void om_body_free(struct om_body *body);

/** The innermost body: what a user is to see. */
const struct om_body *om_body_innermost(const struct om_body *body);

/**
 * Does the media type, or the start of a wrapped body, say that this is a push (vnd.oma.push itself, CPIM or
 * multipart holding one)?
 */
gboolean om_body_is_push(struct om_slice content_type, struct om_slice bytes);

#endif
