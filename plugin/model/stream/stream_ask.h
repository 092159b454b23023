/* stream_ask.h
 * Does a payload look like MSRP, and what are bytes that are of no message: a public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_STREAM_ASK_H
#define OM_STREAM_ASK_H

#include "core/text/slice.h"

/** Why bytes belong to no message. */
enum om_junk {
    OM_JUNK_LATE_START,      /**< the capture starts within a message */
    OM_JUNK_AFTER_LOSS,      /**< of a message whose head was lost, or a head that was not lost in full */
    OM_JUNK_ORPHAN_END_LINE, /**< a line that has the form of an end-line, and no message before it */
    OM_JUNK_DAMAGE,          /**< garbage between messages, a head without end */
    OM_JUNK_BLANK,           /**< CRLFs between messages: some peers keep connections alive with them */
    OM_JUNK_KINDS
};

/**
 * Does this payload look like MSRP? A start line with a path header behind it at the beginning. For heuristics:
 * strict, at most 1 KB is looked at.
 */
gboolean om_stream_probe_start(struct om_slice bytes);
/**
 * Does it begin with a start line, or the beginning of one with a transaction id and a space behind it? What stock takes
 * for MSRP, too. At most 1 KB is looked at.
 */
gboolean om_stream_probe_begun(struct om_slice bytes);
/** Fewer bytes than that, or as many, of which none is against it. */
gboolean om_stream_probe_maybe(struct om_slice bytes);
/**
 * Does MSRP begin somewhere inside (an end-line directly followed by a start line, or a start line followed by
 * To-Path)? For captures that start late. Linear.
 */
gboolean om_stream_probe_inside(struct om_slice bytes);

#endif
