/* msrp_opening.h
 * Where a message begins: a start line with its paths behind it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_MSRP_OPENING_H
#define OM_MSRP_OPENING_H

#include "msrp_end_line.h"
#include "msrp_head.h"

/** A start line is no longer than this, its end included. */
#define OM_START_LINE_LIMIT 512
/** Start line and two path headers are no longer than this. */
#define OM_OPENING_LIMIT 4096

/**
 * A complete start line at the beginning of the text?
 * @param length  with the line's end
 */
enum om_match om_msrp_start_line_match(struct om_slice text, gsize *length);

/** What an opening says. */
struct om_msrp_opening {
    struct om_slice to_path; /**< absent where neither of the two headers behind the start line is it */
    struct om_slice from_path;
};

/**
 * A start line and two header lines, at least one of which is a path? Blank
 * lines behind the start line are passed over.
 */
enum om_match om_msrp_opening_match(struct om_slice text, struct om_msrp_opening *opening);

/** Do the two openings name the same two ends (first URIs), whichever is which? Both paths must be there. */
gboolean om_msrp_opening_same_ends(const struct om_msrp_opening *a, const struct om_msrp_opening *b);

#endif
