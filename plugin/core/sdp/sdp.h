/* sdp.h
 * SDP as MSRP offers use it: RFC 8866, 4975 section 8, 5547, 6135, 6714.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SDP_H
#define OM_SDP_H

#include "core/text/slice.h"

enum om_sdp_flaw {
    OM_SDP_BLANK_LINE = 1 << 0,
    OM_SDP_FOLDED_LINE = 1 << 1,
    OM_SDP_SPACE_AFTER_EQUALS = 1 << 2, /**< "x= " */
    OM_SDP_SPACE_AFTER_COLON = 1 << 3,  /**< "a=setup: passive" */
    OM_SDP_NO_VERSION = 1 << 4,
    OM_SDP_NO_ORIGIN = 1 << 5,
    OM_SDP_NO_SESSION_NAME = 1 << 6,
    OM_SDP_NO_TIME = 1 << 7,
    OM_SDP_BAD_LINE = 1 << 8,      /**< no "x=" */
    OM_SDP_NO_CONNECTION = 1 << 9, /**< no c= at session or media level (of a section that is not refused) */
    OM_SDP_BAD_VALUE = 1 << 10,    /**< v=, o=, c= or t= without the fields of its kind */
};
#define OM_SDP_FLAW_COUNT 11

/** Sections that are read; from the next m= on the text is left alone. */
#define OM_SDP_MAX_MEDIA 256

enum om_sdp_direction { OM_SDP_SENDRECV, OM_SDP_SENDONLY, OM_SDP_RECVONLY, OM_SDP_INACTIVE };
enum om_sdp_setup {
    OM_SDP_SETUP_NONE,
    OM_SDP_ACTIVE,
    OM_SDP_PASSIVE,
    OM_SDP_ACTPASS,
    OM_SDP_HOLDCONN,
    OM_SDP_SETUP_OTHER
};

struct om_sdp_attr {
    struct om_slice name;
    struct om_slice value; /**< trimmed; a folded line's fold still inside; absent for a flag */
    struct om_slice line;  /**< with "a=" and folds, without its end: for highlighting */
};

/** One m= section. Session-level setup, direction, c= and attributes that apply are already in it. */
struct om_sdp_media {
    struct om_slice line;  /**< the m= line */
    struct om_slice media; /**< "message" */
    guint port;
    gboolean port_ok;
    struct om_slice proto;      /**< "TCP/MSRP" */
    struct om_slice format;     /**< "*" */
    struct om_slice connection; /**< address of the c= line in force; absent where there is none */
    struct om_slice path;       /**< a=path value, absent where there is none */
    struct om_slice setup_text;
    enum om_sdp_setup setup;
    struct om_slice direction_text; /**< absent where no attribute says so (then sendrecv) */
    enum om_sdp_direction direction;
    struct om_slice accept_types;
    struct om_slice accept_wrapped_types;
    gboolean max_size_ok;
    guint64 max_size;
    struct om_slice transfer_id;                    /**< file-transfer-id */
    struct om_slice disposition, date, icon, range; /**< file-disposition, -date, -icon, -range */
    gboolean msrp_cema;
    GArray *selectors;    /**< struct om_slice: each a=file-selector's value, in order; absent where it has none */
    GArray *transfer_ids; /**< struct om_slice: each a=file-transfer-id, in order */
    GArray *attrs;        /**< struct om_sdp_attr, the section's own */
};

/** Slices point into the text given to om_sdp_parse(). */
struct om_sdp {
    GArray *media;                                 /**< struct om_sdp_media */
    guint flaws;                                   /**< enum om_sdp_flaw */
    struct om_slice flaw_lines[OM_SDP_FLAW_COUNT]; /**< by bit number: where first; absent for a missing line */
};

/**
 * Never fails; om_sdp_clear() it afterwards. Linear. Bare LF and blank lines at the end
 * are legal or harmless: no flaw. A line that begins with white space goes on with the
 * one before it, even across blank lines. Where an attribute that stands once is
 * repeated the first one counts.
 */
void om_sdp_parse(struct om_slice text, struct om_sdp *sdp);
void om_sdp_clear(struct om_sdp *sdp);

/**
 * Is it an MSRP section, by proto (any of TCP/MSRP, TCP/TLS/MSRP, TCP/WS/MSRP, TCP/WSS/MSRP, case ignored) or by an
 * msrp path?
 */
gboolean om_sdp_media_is_msrp(const struct om_sdp_media *media);

/** May any description in this text have an MSRP section? FALSE is certain: the word is nowhere in it. */
gboolean om_sdp_may_have_msrp(struct om_slice text);

/** Where the SDP stands in a multipart body is found with multipart.h. */

#endif
