/* msrp_head_end.h
 * Where the head of a message ends, found while its bytes come.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_MSRP_HEAD_END_H
#define OM_MSRP_HEAD_END_H

#include "msrp_end_line.h"

/** A head is no longer than this. */
#define OM_HEAD_LIMIT (64u << 10)

enum om_head_end {
    OM_HEAD_MORE,     /**< not decided yet */
    OM_HEAD_BODY,     /**< an empty line: a body follows */
    OM_HEAD_END_LINE, /**< an end-line: the message is over */
    OM_HEAD_NEXT,     /**< the start line of another message: this one's end was lost */
    OM_HEAD_TOO_LONG, /**< no end within the limit */
};

/** Begin with all zero. */
struct om_head_scan {
    gsize line;     /**< where the line under way begins */
    gsize searched; /**< no line end before */
    gsize blank;    /**< behind the first empty line of those that are undecided, 0: none */
    gboolean to_path, from_path;
    struct om_slice tid; /**< used within one call */
    /* The result. */
    gsize length; /**< of the head, with the empty line where there is one */
    struct om_end_line end_line;
    gboolean other_id; /**< the end-line has another id: no header begins with seven dashes */
};

/**
 * Goes on with the scan.
 * @param text  the head from its beginning, as far as it has come
 * @param last  no more bytes will come: an end-line without its own end counts
 */
enum om_head_end om_head_scan(struct om_head_scan *scan, struct om_slice text, gboolean last);

#endif
