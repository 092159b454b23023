/* body.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "body.h"

#include "core/push/cpim.h"
#include "core/push/push_types.h"
#include "core/text/media_type.h"
#include "core/text/multipart.h"
#include "core/text/visible.h"
#include "entity.h"

#define DEPTH_MAX 4

const char *
om_body_encoding_name(enum om_body_encoding encoding)
{
    static const char *const names[] = {"text", "wsp", "xml", "cpim", "opaque"};

    return names[encoding];
}

static gboolean
is_name_start(char c)
{
    return g_ascii_isalpha(c) || c == '_' || c == ':' || (guchar) c >= 0x80;
}

/* A markup declaration or a tag at the beginning (behind a byte order mark and white space), ">" at the end. */
static gboolean
is_xml_text(struct om_slice text)
{
    if (om_slice_starts_str(text, "\xef\xbb\xbf"))
        text = om_slice_from(text, 3);
    while (text.l && text.p[text.l - 1] == '\0') /* the end of a C string */
        text.l--;
    text = om_slice_trim(text);
    if (text.l < 4 || text.p[0] != '<' || text.p[text.l - 1] != '>')
        return FALSE;
    return text.p[1] == '!' || is_name_start(text.p[1] == '?' ? text.p[2] : text.p[1]);
}

/* UTF-16 is known by its byte order mark, which it must have (XML 1.0 section 4.3.3). */
static gboolean
is_xml(struct om_slice text)
{
    char *converted;
    gsize length;
    gboolean xml;

    if (!om_slice_starts_str(text, "\xff\xfe") && !om_slice_starts_str(text, "\xfe\xff"))
        return is_xml_text(text);
    converted = g_convert(text.p, (gssize) text.l, "UTF-8", "UTF-16", NULL, &length, NULL);
    xml = converted && is_xml_text(om_slice(converted, length));
    g_free(converted);
    return xml;
}

/* Takes over the headers that a parser found in `whole`. */
static void
keep_envelope(struct om_body *body, enum om_body_encoding encoding, struct om_push_headers headers)
{
    const char *transfer, *coding;

    body->encoding = encoding;
    body->envelope = TRUE;
    body->headers = headers;
    body->content_type = g_strdup(headers.content_type);
    body->content = body->carried = headers.content;
    transfer = om_push_headers_get(&body->headers, "Content-Transfer-Encoding");
    coding = om_push_headers_get(&body->headers, "Content-Encoding");
    body->decoded_content = om_entity_decode(om_slice_str(transfer), om_slice_str(coding), body->carried);
    if (body->decoded_content)
        body->content = om_slice_of_bytes(body->decoded_content);
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

/* One layer: opens `bytes` and looks no further inwards. */
static struct om_body *
open_layer(struct om_slice content_type, struct om_slice bytes)
{
    struct om_body *body = g_new0(struct om_body, 1);
    struct om_entity entity;

    om_entity_find(content_type, OM_SLICE_NULL, bytes, &entity);
    body->encoding = OM_BODY_OPAQUE;
    body->media_type = om_slice_dup_utf8(om_slice_trim(entity.content_type));
    body->whole = body->content = body->carried = entity.bytes;
    body->decoded_whole = g_steal_pointer(&entity.decoded_part);
    if (om_media_type_is(entity.content_type, OM_PUSH_TYPE))
        open_push(body);
    else if (om_media_type_is(entity.content_type, OM_CPIM_TYPE))
        open_cpim(body);
    else if (om_type_is_xml(entity.content_type))
        body->encoding = OM_BODY_XML;
    if (!body->envelope)
        body->content_type = g_strdup(body->media_type);
    om_entity_clear(&entity);
    return body;
}

/* Is what the envelope holds to be opened again? */
static gboolean
holds_envelope(const struct om_body *body)
{
    struct om_slice type = om_slice_str(body->content_type);
    struct om_entity entity;
    gboolean part;

    if (!body->envelope || !body->content_type)
        return FALSE;
    om_entity_find(type, OM_SLICE_NULL, body->content, &entity);
    part = entity.content_type.p != type.p;
    om_entity_clear(&entity);
    return part || om_media_type_is(type, OM_PUSH_TYPE) || om_media_type_is(type, OM_CPIM_TYPE);
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
        g_free(body->media_type);
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

        if (om_media_type_is(outer, OM_PUSH_TYPE) || om_multipart_find(outer, bytes, OM_PUSH_TYPE, &part)) {
            push = TRUE;
        } else if (om_multipart_find(outer, bytes, OM_CPIM_TYPE, &part)) {
            next = g_strdup(OM_CPIM_TYPE);
            bytes = part.body;
        } else if (om_media_type_is(outer, OM_CPIM_TYPE) && om_cpim_parse(bytes, &cpim)) {
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
