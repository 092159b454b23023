/* msrp_head_end.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_head_end.h"

#include "msrp_head.h"

static struct om_slice
line_without_end(struct om_slice text, gsize from, gsize lf)
{
    struct om_slice line = om_slice(text.p + from, lf - from);

    if (line.l && line.p[line.l - 1] == '\r')
        line.l--;
    return line;
}

/* "Token:" */
static gboolean
is_header(struct om_slice line)
{
    gsize i = 0;

    while (i < line.l && line.p[i] != ':' && g_ascii_isgraph(line.p[i]))
        i++;
    return i > 0 && i < line.l && line.p[i] == ':';
}

/* An end-line at `from`: this message's own, else any. */
static enum om_match
match_end_line(struct om_head_scan *scan, struct om_slice text, gsize from, gboolean last)
{
    struct om_slice rest = om_slice_from(text, from);
    enum om_match own = om_end_line_own(rest, scan->tid, last, &scan->end_line);
    struct om_end_line any;
    enum om_match match;

    if (own != OM_MATCH_NO)
        return own;
    match = om_end_line_any(rest, last, &any);
    scan->end_line = any;
    scan->other_id = match == OM_MATCH_YES;
    return match;
}

/* The first line has the transaction id in its second word. */
static struct om_slice
find_tid(struct om_slice text)
{
    struct om_msrp_head head;
    struct om_slice line;

    if (!om_slice_line(&text, &line) || !om_msrp_head_parse(line, &head))
        return OM_SLICE_LIT("");
    return head.tid;
}

/* An empty line ends the head, but for one before the paths that more headers follow. */
static enum om_head_end
empty_line(struct om_head_scan *scan, gsize behind)
{
    if (!scan->to_path || !scan->from_path) {
        if (!scan->blank)
            scan->blank = behind;
        return OM_HEAD_MORE;
    }
    scan->length = behind;
    return OM_HEAD_BODY;
}

static enum om_head_end
full_line(struct om_head_scan *scan, struct om_slice line, gsize behind)
{
    if (line.l == 0)
        return empty_line(scan, behind);
    if (om_msrp_is_start_line(line)) {
        scan->length = scan->line;
        return OM_HEAD_NEXT;
    }
    if (scan->blank && !is_header(line)) {
        scan->length = scan->blank;
        return OM_HEAD_BODY;
    }
    scan->blank = 0;
    scan->to_path |= om_slice_istarts_str(line, "To-Path:");
    scan->from_path |= om_slice_istarts_str(line, "From-Path:");
    return OM_HEAD_MORE;
}

/* The line that begins at scan->line. *step: go on with the next line. */
static enum om_head_end
scan_line(struct om_head_scan *scan, struct om_slice text, gboolean last, gboolean *step)
{
    gssize lf = om_slice_chr(text, MAX(scan->searched, scan->line), '\n');
    enum om_head_end end;

    *step = FALSE;
    if (scan->line > 0 && text.p[scan->line] == '-' && (lf >= 0 || last)) {
        if (match_end_line(scan, text, scan->line, last) == OM_MATCH_YES) {
            /* With an undecided empty line before it this is an empty body's end: the body finds it. */
            scan->length = scan->blank ? scan->blank : scan->line;
            return scan->blank ? OM_HEAD_BODY : OM_HEAD_END_LINE;
        }
    }
    if (lf < 0) {
        scan->searched = text.l;
        return OM_HEAD_MORE;
    }
    end = scan->line == 0 ? OM_HEAD_MORE
                          : full_line(scan, line_without_end(text, scan->line, (gsize) lf), (gsize) lf + 1);
    if (end == OM_HEAD_MORE) {
        scan->line = (gsize) lf + 1;
        *step = TRUE;
    }
    return end;
}

enum om_head_end
om_head_scan(struct om_head_scan *scan, struct om_slice text, gboolean last)
{
    gboolean full = text.l >= OM_HEAD_LIMIT;
    enum om_head_end end = OM_HEAD_MORE;
    gboolean step = TRUE;

    text = om_slice_head(text, OM_HEAD_LIMIT);
    scan->tid = find_tid(text);
    while (end == OM_HEAD_MORE && step && scan->line < text.l)
        end = scan_line(scan, text, last && !full, &step);
    scan->tid = OM_SLICE_NULL;
    if (end != OM_HEAD_MORE)
        return end;
    if (scan->blank && (last || full)) {
        scan->length = scan->blank;
        return OM_HEAD_BODY;
    }
    return full ? OM_HEAD_TOO_LONG : OM_HEAD_MORE;
}
