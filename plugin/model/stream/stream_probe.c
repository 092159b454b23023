/* stream_probe.c
 * Does it look like MSRP?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/msrp/msrp_opening.h"
#include "stream.h"

#define START        "MSRP "
#define PROBE_LENGTH 1024
/** An end-line is no longer than this. */
#define END_LINE_LENGTH 100

/* Behind the start line, or some blank lines behind it. */
static gboolean
path_follows(struct om_slice bytes, gsize at)
{
    struct om_slice rest = om_slice_from(bytes, at);

    for (guint i = 0; i < 4 && rest.l && (rest.p[0] == '\r' || rest.p[0] == '\n'); i++)
        rest = om_slice_from(rest, 1);
    return om_slice_istarts_str(rest, "To-Path:") || om_slice_istarts_str(rest, "From-Path:");
}

gboolean
om_stream_probe_start(struct om_slice bytes)
{
    gsize length;

    bytes = om_slice_head(bytes, PROBE_LENGTH);
    return om_msrp_start_line_match(bytes, &length) == OM_MATCH_YES && path_follows(bytes, length);
}

gboolean
om_stream_probe_begun(struct om_slice bytes)
{
    gsize length;
    enum om_match match;

    bytes = om_slice_head(bytes, PROBE_LENGTH);
    match = om_msrp_start_line_match(bytes, &length);
    /* A line without an end has a transaction id where a space follows one. */
    return match == OM_MATCH_YES ||
           (match == OM_MATCH_MORE && bytes.l > strlen(START) + 1 && om_slice_chr(bytes, strlen(START) + 1, ' ') > 0);
}

gboolean
om_stream_probe_maybe(struct om_slice bytes)
{
    gsize length;

    return om_msrp_start_line_match(om_slice_head(bytes, PROBE_LENGTH), &length) != OM_MATCH_NO;
}

/* Does a line of end-line form end exactly at `at`? */
static gboolean
end_line_before(struct om_slice bytes, gsize at)
{
    gsize from = at > END_LINE_LENGTH ? at - END_LINE_LENGTH : 0;
    struct om_slice window = om_slice(bytes.p + from, at - from);
    struct om_end_line line;
    gsize end;

    for (gssize run = om_dashes_find(window, 0, &end); run >= 0; run = om_dashes_find(window, end, &end)) {
        struct om_slice text = om_slice_from(window, end - OM_END_LINE_DASHES);

        if (om_end_line_any(text, FALSE, &line) == OM_MATCH_YES && line.length == text.l)
            return TRUE;
    }
    return FALSE;
}

gboolean
om_stream_probe_inside(struct om_slice bytes)
{
    gssize at = om_slice_find(bytes, 0, OM_SLICE_LIT(START));

    for (; at >= 0; at = om_slice_find(bytes, (gsize) at + 1, OM_SLICE_LIT(START))) {
        gsize length;

        if (om_msrp_start_line_match(om_slice_from(bytes, (gsize) at), &length) == OM_MATCH_YES &&
            (path_follows(bytes, (gsize) at + length) || end_line_before(bytes, (gsize) at)))
            return TRUE;
    }
    return FALSE;
}
