/* multipart.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "multipart.h"

#include "header_field.h"
#include "media_type.h"

enum delimiter { NO_DELIMITER, DELIMITER, CLOSE_DELIMITER };

/** "--" boundary, "--" at the close, then white space only (RFC 2046 section 5.1.1). */
static enum delimiter
delimiter_of(struct om_slice line, struct om_slice boundary)
{
    struct om_slice tail;
    gboolean close;

    if (!om_slice_starts_str(line, "--") || !om_slice_eq(om_slice_head(om_slice_from(line, 2), boundary.l), boundary))
        return NO_DELIMITER;
    tail = om_slice_from(line, 2 + boundary.l);
    close = om_slice_starts_str(tail, "--");
    if (close)
        tail = om_slice_from(tail, 2);
    if (om_slice_trim(tail).l)
        return NO_DELIMITER;
    return close ? CLOSE_DELIMITER : DELIMITER;
}

/**
 * Takes everything up to the next delimiter line off, and that line.
 * @param before  what stood before it, without the line end that belongs to the delimiter
 */
static enum delimiter
take_to_delimiter(struct om_multipart_iter *it, struct om_slice *before)
{
    struct om_slice begin = it->rest;
    struct om_slice line;

    while (om_slice_line(&it->rest, &line)) {
        enum delimiter found = delimiter_of(line, it->boundary);

        if (found == NO_DELIMITER)
            continue;
        *before = om_slice(begin.p, (gsize) (line.p - begin.p));
        if (before->l && before->p[before->l - 1] == '\n')
            before->l--;
        if (before->l && before->p[before->l - 1] == '\r')
            before->l--;
        return found;
    }
    *before = begin;
    return NO_DELIMITER;
}

gboolean
om_multipart_begin(struct om_multipart_iter *it, struct om_slice content_type, struct om_slice body)
{
    struct om_media_type media;
    struct om_slice preamble;

    *it = (struct om_multipart_iter){.rest = body, .done = TRUE};
    om_media_type_parse(content_type, &media);
    if (!om_slice_istarts_str(media.type, "multipart/"))
        return FALSE;
    it->boundary = om_media_type_param(media.params, "boundary");
    if (it->boundary.l == 0)
        return FALSE;
    it->done = take_to_delimiter(it, &preamble) != DELIMITER;
    return TRUE;
}

static void
keep_header(struct om_part *part, const struct om_header_field *field)
{
    const struct {
        const char *name;
        struct om_slice *slot;
    } known[] = {
        {"Content-Type", &part->content_type},
        {"Content-ID", &part->content_id},
        {"Content-Disposition", &part->content_disposition},
        {"Content-Encoding", &part->content_encoding},
        {"Content-Transfer-Encoding", &part->content_transfer_encoding},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        if (om_slice_ieq_str(field->name, known[i].name) && !om_slice_isset(*known[i].slot))
            *known[i].slot = field->value;
    }
}

/* Headers up to the blank line, which may be the first (RFC 2046: all defaults) or the part's end. */
static void
split_part(struct om_slice text, struct om_part *part)
{
    struct om_slice rest = text;
    struct om_header_field field;
    enum om_header_line line;

    *part = (struct om_part){.headers = om_slice_head(text, 0), .body = text};
    while ((line = om_header_field_next(&rest, &field)) != OM_LINE_END) {
        if (line == OM_LINE_BLANK)
            break;
        if (line == OM_LINE_FIELD)
            keep_header(part, &field);
        else if (!part->headers.l)
            return; /* no header line at the beginning: all is body */
        part->headers = om_slice(text.p, (gsize) (field.line.p + field.line.l - text.p));
    }
    part->body = rest;
}

gboolean
om_multipart_next(struct om_multipart_iter *it, struct om_part *part)
{
    struct om_slice text;

    if (it->done || it->rest.l == 0)
        return FALSE;
    it->done = take_to_delimiter(it, &text) != DELIMITER;
    split_part(text, part);
    return TRUE;
}

gboolean
om_multipart_walk_begin(struct om_multipart_walk *walk, struct om_slice content_type, struct om_slice body)
{
    walk->depth = 0;
    return om_multipart_begin(&walk->open[0], content_type, body);
}

gboolean
om_multipart_walk_next(struct om_multipart_walk *walk, struct om_part *part)
{
    for (;;) {
        if (!om_multipart_next(&walk->open[walk->depth], part)) {
            if (walk->depth == 0)
                return FALSE;
            walk->depth--;
        } else if (walk->depth + 1 == OM_MULTIPART_DEPTH ||
                   !om_multipart_begin(&walk->open[walk->depth + 1], part->content_type, part->body)) {
            return TRUE;
        } else {
            walk->depth++;
        }
    }
}

gboolean
om_multipart_find(struct om_slice content_type, struct om_slice body, const char *type, struct om_part *part)
{
    struct om_multipart_walk walk;

    if (!om_multipart_walk_begin(&walk, content_type, body))
        return FALSE;
    while (om_multipart_walk_next(&walk, part)) {
        if (om_media_type_is(part->content_type, type))
            return TRUE;
    }
    return FALSE;
}
