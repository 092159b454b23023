/* body.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "body.h"

#include "../core/cpim.h"
#include "../core/media_type.h"
#include "../core/multipart.h"
#include "../core/transfer_encoding.h"

#define PUSH_TYPE "application/vnd.oma.push"
#define CPIM_TYPE "message/cpim"
#define DEPTH_MAX 4

const char *
om_body_encoding_name(enum om_body_encoding encoding)
{
    static const char *const names[] = {"text", "wsp", "xml", "cpim", "opaque"};

    return names[encoding];
}

static gboolean
ends_with(struct om_slice text, const char *suffix)
{
    gsize length = strlen(suffix);

    return text.l >= length && om_slice_ieq_str(om_slice_from(text, text.l - length), suffix);
}

static gboolean
is_xml_type(struct om_slice content_type)
{
    static const char *const suffixes[] = {"/xml", "+xml", "-xml"};
    static const char *const types[] = {"text/vnd.wap.si", "text/vnd.wap.sl", "text/vnd.wap.co", "text/vnd.wap.wml"};
    struct om_media_type media;

    om_media_type_parse(content_type, &media);
    for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++) {
        if (ends_with(media.type, suffixes[i]))
            return TRUE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
        if (om_slice_ieq_str(media.type, types[i]))
            return TRUE;
    }
    return FALSE;
}

/* A markup declaration or a tag at the beginning (behind a byte order mark and white space), ">" at the end. */
static gboolean
is_xml(struct om_slice text)
{
    if (om_slice_starts_str(text, "\xef\xbb\xbf"))
        text = om_slice_from(text, 3);
    text = om_slice_trim(text);
    if (text.l < 4 || text.p[0] != '<' || text.p[text.l - 1] != '>')
        return FALSE;
    return om_slice_starts_str(text, "<?xml") || om_slice_starts_str(text, "<!") || g_ascii_isalpha(text.p[1]) ||
           text.p[1] == '_' || text.p[1] == ':' || (guchar) text.p[1] >= 0x80;
}

static struct om_slice
slice_of(GBytes *bytes)
{
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);

    return om_slice(data ? data : "", length);
}

/* Takes over the headers that a parser found in `whole`. */
static void
keep_envelope(struct om_body *body, enum om_body_encoding encoding, struct om_push_headers headers)
{
    const char *transfer;

    body->encoding = encoding;
    body->envelope = TRUE;
    body->headers = headers;
    body->content_type = g_strdup(headers.content_type);
    body->content = headers.content;
    transfer = om_push_headers_get(&body->headers, "Content-Transfer-Encoding");
    body->decoded_content = om_transfer_decode(om_slice_str(transfer), body->content);
    if (body->decoded_content)
        body->content = slice_of(body->decoded_content);
}

static void
open_push(struct om_body *body)
{
    struct om_push_headers headers;

    if (om_push_headers_parse_text(body->whole, &headers)) {
        keep_envelope(body, OM_BODY_TEXT, headers);
        if (!body->content_type)
            body->flaws |= OM_BODY_FLAW_NO_TYPE;
    } else if (is_xml(body->whole)) {
        body->encoding = OM_BODY_XML;
    } else if (om_push_headers_parse_wsp(body->whole, &headers)) {
        keep_envelope(body, OM_BODY_WSP, headers);
    } else if (body->whole.l) {
        body->flaws |= OM_BODY_FLAW_SHAPE;
    }
}

static void
open_cpim(struct om_body *body)
{
    struct om_cpim cpim;

    if (om_cpim_parse(body->whole, &cpim)) {
        keep_envelope(body, OM_BODY_CPIM, cpim.headers);
        body->cpim_flaws = cpim.flaws;
    } else {
        body->cpim_flaws = OM_CPIM_BAD_HEADER;
    }
    if (body->cpim_flaws)
        body->flaws |= OM_BODY_FLAW_CPIM;
}

/* The part of a multipart that is a push, or CPIM with a push in it. */
static gboolean
find_push_part(struct om_slice content_type, struct om_slice bytes, struct om_part *part)
{
    if (om_multipart_find(content_type, bytes, PUSH_TYPE, part))
        return TRUE;
    return om_multipart_find(content_type, bytes, CPIM_TYPE, part) && om_body_is_push(part->content_type, part->body);
}

/* One layer: opens `bytes` and looks no further inwards. */
static struct om_body *
open_layer(struct om_slice content_type, struct om_slice bytes)
{
    struct om_body *body = g_new0(struct om_body, 1);
    struct om_part part;

    body->encoding = OM_BODY_OPAQUE;
    body->whole = bytes;
    if (find_push_part(content_type, bytes, &part)) {
        content_type = part.content_type;
        body->whole = part.body;
        body->decoded_whole = om_transfer_decode(part.content_transfer_encoding, part.body);
        if (body->decoded_whole)
            body->whole = slice_of(body->decoded_whole);
    }
    body->content = body->whole;
    if (om_media_type_is(content_type, PUSH_TYPE))
        open_push(body);
    else if (om_media_type_is(content_type, CPIM_TYPE))
        open_cpim(body);
    else if (is_xml_type(content_type))
        body->encoding = OM_BODY_XML;
    if (!body->envelope)
        body->content_type = om_slice_dup_utf8(om_slice_trim(content_type));
    return body;
}

/* Is what the envelope holds to be opened again? */
static gboolean
holds_envelope(const struct om_body *body)
{
    struct om_slice type = om_slice_str(body->content_type);
    struct om_part part;

    if (!body->envelope || !body->content_type)
        return FALSE;
    return om_media_type_is(type, PUSH_TYPE) || om_media_type_is(type, CPIM_TYPE) ||
           find_push_part(type, body->content, &part);
}

struct om_body *
om_body_open(struct om_slice content_type, struct om_slice bytes)
{
    struct om_body *outermost = open_layer(content_type, bytes);
    struct om_body *body = outermost;

    for (guint depth = 1; holds_envelope(body); depth++) {
        if (depth == DEPTH_MAX) {
            body->flaws |= OM_BODY_FLAW_DEEP;
            break;
        }
        body->inner = open_layer(om_slice_str(body->content_type), body->content);
        body = body->inner;
    }
    return outermost;
}

void
om_body_free(struct om_body *body)
{
    while (body) {
        struct om_body *inner = body->inner;

        om_push_headers_clear(&body->headers);
        g_clear_pointer(&body->decoded_whole, g_bytes_unref);
        g_clear_pointer(&body->decoded_content, g_bytes_unref);
        g_free(body->content_type);
        g_free(body);
        body = inner;
    }
}

const struct om_body *
om_body_innermost(const struct om_body *body)
{
    while (body && body->inner)
        body = body->inner;
    return body;
}

gboolean
om_body_is_push(struct om_slice content_type, struct om_slice bytes)
{
    char *type = om_slice_dup(content_type);
    gboolean push = FALSE;

    /* A multipart and what it holds are two steps of one layer. */
    for (guint step = 0; type && !push && step < 2 * DEPTH_MAX; step++) {
        struct om_slice outer = om_slice_str(type);
        char *next = NULL;
        struct om_cpim cpim;
        struct om_part part;

        if (om_media_type_is(outer, PUSH_TYPE) || om_multipart_find(outer, bytes, PUSH_TYPE, &part)) {
            push = TRUE;
        } else if (om_multipart_find(outer, bytes, CPIM_TYPE, &part)) {
            next = g_strdup(CPIM_TYPE);
            bytes = part.body;
        } else if (om_media_type_is(outer, CPIM_TYPE) && om_cpim_parse(bytes, &cpim)) {
            next = g_strdup(cpim.headers.content_type);
            bytes = cpim.headers.content;
            om_cpim_clear(&cpim);
        }
        g_free(type);
        type = next;
    }
    g_free(type);
    return push;
}
