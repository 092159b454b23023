/* sip_msg.h
 * One SIP message read leniently: start line, header fields, body (RFC 3261 section 7, 25).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_MSG_H
#define OM_SIP_MSG_H

#include "core/text/slice.h"

/** The headers that a push is told by; every other one is OM_SIP_H_OTHER. */
enum om_sip_header_id {
    OM_SIP_H_OTHER,
    OM_SIP_H_VIA,
    OM_SIP_H_FROM,
    OM_SIP_H_TO,
    OM_SIP_H_CALL_ID,
    OM_SIP_H_CSEQ,
    OM_SIP_H_CONTACT,
    OM_SIP_H_EXPIRES,
    OM_SIP_H_CONTENT_TYPE,
    OM_SIP_H_CONTENT_LENGTH,
    OM_SIP_H_CONTENT_ENCODING,
    OM_SIP_H_ACCEPT_CONTACT,
    OM_SIP_H_REJECT_CONTACT,
    OM_SIP_H_P_PREFERRED_SERVICE,
    OM_SIP_H_P_ASSERTED_SERVICE,
    OM_SIP_H_P_ASSERTED_IDENTITY,
    OM_SIP_H_P_CALLED_PARTY_ID,
    OM_SIP_H_AUTHORIZATION, /**< Authorization or Proxy-Authorization */
    OM_SIP_H_USER_AGENT,
    OM_SIP_H_SERVER,
    OM_SIP_H_COUNT
};

enum om_sip_flaw {
    OM_SIP_START_LINE = 1 << 0,     /**< doubled space, space inside the Request-URI or at the end */
    OM_SIP_CONTENT_LENGTH = 1 << 1, /**< not a number, or unlike the body */
    OM_SIP_BLANK_LINE = 1 << 2,     /**< blank line among the headers */
    OM_SIP_NO_COLON = 1 << 3,       /**< a line that is no header; one that begins with ";" is taken as a fold */
    OM_SIP_NO_BLANK_LINE = 1 << 4,  /**< headers run into the end of the message */
    OM_SIP_BODY_SHORT = 1 << 5,     /**< with CONTENT_LENGTH: the text ends before the body does (a cut capture?) */
    OM_SIP_BARE_LF = 1 << 6,        /**< a line of the head that ends with LF alone */
};

/** One header field as it stands in the message; a folded one is one field. */
struct om_sip_header {
    enum om_sip_header_id id;
    struct om_slice name;  /**< as sent */
    struct om_slice value; /**< trimmed; may hold CRLF SP folds inside */
    struct om_slice line;  /**< the whole field with name, for highlighting */
};

/** Owned by the caller; slices point into the text given to om_sip_msg_parse(). */
struct om_sip_msg {
    struct om_slice text; /**< the message: start line to end of body */
    gboolean request;
    struct om_slice method; /**< of a response: from CSeq */
    struct om_slice request_uri;
    guint status; /**< of a response, else 0 */
    struct om_slice reason;
    GArray *headers; /**< struct om_sip_header, in order of the message */
    struct om_slice call_id;
    guint32 cseq;
    struct om_slice cseq_method;
    struct om_slice content_type; /**< the value, with parameters */
    struct om_slice body;         /**< empty where there is none */
    gboolean content_length_ok;   /**< a number was there */
    guint64 content_length;
    guint flaws; /**< enum om_sip_flaw */
};

/**
 * Reads the message at the start of `text`. Where Content-Length is a number the
 * body ends there (or at the end of the text); where it is absent or no number
 * the body reaches to the next SIP start line at a line's beginning or to the end
 * (to the end where it is message/ or multipart/, which may hold start lines).
 * A blank line among the headers (Call-ID, CSeq, From and To not all seen yet and
 * a header line follows) is forgiven; where one was, later ones are too as long as
 * a well known header follows and Content-Length has not come.
 * Line ends before the start line are passed over (keep-alives, section 7.5).
 * @return FALSE where the text does not begin with a SIP start line (then nothing
 *         was allocated). After TRUE call om_sip_msg_clear().
 */
gboolean om_sip_msg_parse(struct om_slice text, struct om_sip_msg *msg);
void om_sip_msg_clear(struct om_sip_msg *msg);

/**
 * Of a message whose end the capture cut off: where the cut goes through a header field, what may be the first half of
 * a value is taken out of it, and the field where nothing is left. Of a message that ends within its body nothing.
 */
void om_sip_msg_drop_half(struct om_sip_msg *msg);

/** Is this line (without end) a SIP request or status line, leniently? */
gboolean om_sip_is_start_line(struct om_slice line);

/** First header of that kind, or NULL. */
const struct om_sip_header *om_sip_msg_header(const struct om_sip_msg *msg, enum om_sip_header_id id);

/**
 * Takes the next element off a comma list. Commas inside quotes (straight ones)
 * and <> do not count. Quotes that never close end with the header.
 */
gboolean om_sip_list_next(struct om_slice *rest, struct om_slice *element);

#endif
