/* cpim.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "cpim.h"

#include "core/text/header_field.h"
#include "core/text/visible.h"

/* Lines up to a blank one, or to the end. */
struct block {
    struct om_slice text; /* from its first line on */
    struct om_slice rest; /* behind the blank line */
    gboolean closed;      /* the blank line was there */
    guint fields;
    guint bad;           /* lines that are no fields */
    guint message;       /* fields with a message header's name */
    guint mime;          /* Content-... fields */
    gboolean mime_first; /* the first line is such a field */
    gboolean has_type;
};

static gboolean
is_message_name(struct om_slice name)
{
    static const char *const names[] = {"From", "To", "cc", "DateTime", "Subject", "NS", "Require"};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (om_slice_ieq_str(name, names[i]))
            return TRUE;
    }
    return FALSE;
}

static gboolean
is_mime_name(struct om_slice name)
{
    return om_slice_istarts_str(name, "Content-");
}

static void
inspect(struct om_slice text, struct block *block)
{
    struct om_header_field field;
    enum om_header_line line;

    *block = (struct block){.text = text, .rest = text};
    while ((line = om_header_field_next(&block->rest, &field)) != OM_LINE_END) {
        if (line == OM_LINE_BLANK) {
            block->closed = TRUE;
            return;
        }
        if (line == OM_LINE_OTHER) {
            block->bad++;
            continue;
        }
        if (is_mime_name(field.name)) {
            block->mime_first = block->mime_first || block->fields + block->bad == 0;
            block->mime++;
        }
        block->fields++;
        block->message += is_message_name(field.name);
        block->has_type = block->has_type || om_slice_ieq_str(field.name, "Content-Type");
    }
}

static void
take(struct om_cpim *cpim, struct om_slice body, const struct block *block)
{
    struct om_slice rest = block->text;
    struct om_header_field field;
    enum om_header_line line;

    while ((line = om_header_field_next(&rest, &field)) == OM_LINE_FIELD || line == OM_LINE_OTHER) {
        if (line == OM_LINE_OTHER || cpim->headers.list->len == OM_PUSH_HEADERS_MAX) {
            cpim->flaws |= OM_CPIM_BAD_HEADER;
            continue;
        }
        /* RFC 3862 section 2.4: Header-name ":" *( ";" Parameter ) SP Header-value; MIME headers are freer. */
        if (!is_mime_name(field.name) && field.after.l && field.after.p[0] != ' ' && field.after.p[0] != ';')
            cpim->flaws |= OM_CPIM_MISSING_SPACE;
        if (field.line.p[field.name.l] != ':')
            cpim->flaws |= OM_CPIM_BAD_HEADER;
        om_push_headers_add(&cpim->headers, body, field.line, om_slice_dup_utf8(field.name), om_unfold(field.value));
    }
}

/** Does a block behind the first one hold headers, or is it content? */
static gboolean
is_header_block(const struct block *block, gboolean mime_seen)
{
    if (!block->closed || block->fields == 0)
        return FALSE;
    if (block->mime_first)
        return TRUE;
    return block->bad == 0 && (block->mime || (!mime_seen && block->message));
}

/**
 * Takes the header blocks behind the first one, up to the one with Content-Type: one is as it should be.
 * @return what is left: the content
 */
static struct om_slice
take_mime_blocks(struct om_cpim *cpim, struct om_slice body, struct om_slice rest)
{
    gboolean mime_seen = FALSE;

    while (!cpim->headers.content_type) {
        struct block block;
        struct block next;

        inspect(rest, &block);
        if (block.closed && block.fields + block.bad == 0 && !mime_seen) {
            inspect(block.rest, &next);
            if (!next.has_type || !is_header_block(&next, FALSE))
                return block.rest; /* a part without MIME headers */
            cpim->flaws |= OM_CPIM_BLANK_LINE;
            block = next;
        }
        if (!is_header_block(&block, mime_seen))
            break;
        if (mime_seen || !block.mime)
            cpim->flaws |= OM_CPIM_BLANK_LINE;
        mime_seen = mime_seen || block.mime;
        take(cpim, body, &block);
        rest = block.rest;
    }
    return rest;
}

gboolean
om_cpim_parse(struct om_slice body, struct om_cpim *cpim)
{
    struct om_slice head = om_slice_head(body, OM_PUSH_HEAD_MAX);
    struct block first;
    struct om_slice rest;
    gboolean blank_first;

    inspect(head, &first);
    /* No message headers at all, or a blank line before them. */
    blank_first = first.closed && first.fields + first.bad == 0;
    if (blank_first)
        inspect(first.rest, &first);
    if (first.message + first.mime == 0 || first.bad >= first.fields || (!first.closed && head.l < body.l))
        return FALSE;
    *cpim = (struct om_cpim){.flaws = 0};
    om_push_headers_init(&cpim->headers);
    take(cpim, body, &first);
    if (!first.closed || (blank_first ? first.message : first.mime))
        cpim->flaws |= OM_CPIM_BLANK_LINE;
    rest = take_mime_blocks(cpim, body, first.rest);
    if (!cpim->headers.content_type)
        cpim->flaws |= OM_CPIM_NO_CONTENT_TYPE;
    cpim->headers.content = om_slice(rest.p, (gsize) (body.p + body.l - rest.p));
    return TRUE;
}

void
om_cpim_clear(struct om_cpim *cpim)
{
    om_push_headers_clear(&cpim->headers);
}
