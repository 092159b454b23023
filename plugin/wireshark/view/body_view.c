/* body_view.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "body_view.h"

#include "core/text/media_type.h"
#include "core/push/omna.h"
#include "core/push/wsp_header.h"
#include "wireshark/glue/foreign.h"

static int hf_omapush_body_encoding = -1;
static int hf_omapush_body_header = -1;
static int hf_omapush_body_header_name = -1;
static int hf_omapush_body_header_value = -1;
static int hf_omapush_body_content_type = -1;
static int hf_omapush_body_content = -1;

static gint ett_omapush_body = -1;
static gint ett_omapush_body_header = -1;

#define PUSH_TYPE "application/vnd.oma.push"
/** Larger contents go to their dissector only when somebody looks at the tree. */
#define DISSECT_LIMIT (4u << 20)

static dissector_handle_t xml_handle;
static dissector_handle_t wbxml_handle;

/* --- headers of an envelope --- */

/* What numbers and identifiers mean; WSP's have come in words already. */
static void
append_meaning(proto_item *item, const struct om_push_header *header)
{
    const struct om_push_app *app;
    guint64 bits;

    if (g_ascii_strcasecmp(header->name, "X-Wap-Application-Id") == 0) {
        app = om_push_app_find(om_slice_str(header->value));
        if (app)
            proto_item_append_text(item, " (%s)", app->what);
    } else if (g_ascii_strcasecmp(header->name, "Push-Flag") == 0 && om_slice_u64(om_slice_str(header->value), &bits) &&
               bits < 0x80) {
        GString *words = g_string_new(NULL);

        om_wsp_append_push_flag(words, (guint) bits);
        proto_item_append_text(item, " (%s)", words->str);
        g_string_free(words, TRUE);
    }
}

static void
view_header(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_push_header *header)
{
    gint at = (gint) header->offset;
    gint length = (gint) header->length;
    proto_item *item;
    proto_tree *below;
    const char *line = wmem_strdup_printf(pinfo->pool, "%s: %s", header->name, header->value);

    if (header->offset + header->length > tvb_captured_length(tvb))
        at = length = 0;
    item = proto_tree_add_string_format(tree, hf_omapush_body_header, tvb, at, length, line, "%s", line);
    below = proto_item_add_subtree(item, ett_omapush_body_header);
    proto_tree_add_string(below, hf_omapush_body_header_name, tvb, at, length, header->name);
    proto_tree_add_string(below, hf_omapush_body_header_value, tvb, at, length, header->value);
    append_meaning(item, header);
}

/* --- content --- */

static gboolean
worth_dissecting(proto_tree *tree, gsize length)
{
    return length <= DISSECT_LIMIT || omapush_wants_tree(tree, proto_omapush);
}

/* Who dissects what the media type's table does not know: text/vnd.wap.connectivity-xml,
 * application/vnd.wap.emn+wbxml, and XML that comes bare. */
static dissector_handle_t
fallback(const char *type, gboolean bare_xml)
{
    if (g_str_has_suffix(type, "+wbxml") || g_str_has_suffix(type, "-wbxml"))
        return wbxml_handle;
    if (bare_xml || g_str_has_suffix(type, "+xml") || g_str_has_suffix(type, "-xml"))
        return xml_handle;
    return NULL;
}

/* The content by its own dissector. */
static void
view_content(tvbuff_t *content, packet_info *pinfo, proto_tree *tree, const struct om_body *body)
{
    struct om_slice content_type = om_slice_str(body->content_type ? body->content_type : PUSH_TYPE);
    dissector_handle_t other;

    if (!worth_dissecting(tree, tvb_captured_length(content)))
        return;
    /* The table would lead application/vnd.oma.push back to us. */
    if (!om_media_type_is(content_type, PUSH_TYPE) && omapush_call_media(content_type, content, pinfo, tree))
        return;
    other = fallback(omapush_media_key(content_type, pinfo), body->encoding == OM_BODY_XML);
    if (other)
        omapush_call_foreign(other, content, pinfo, tree);
}

/* A part of the bytes that the buffer shows, or bytes that were decoded from them: a buffer of its own. */
static tvbuff_t *
part_tvb(tvbuff_t *tvb, packet_info *pinfo, struct om_slice all, struct om_slice part)
{
    tvbuff_t *made;
    guint8 *copy;

    if (part.p >= all.p && part.p + part.l <= all.p + all.l)
        return tvb_new_subset_length(tvb, (gint) (part.p - all.p), (gint) part.l);
    copy = wmem_memdup(pinfo->pool, part.p, part.l);
    made = tvb_new_child_real_data(tvb, copy, (guint) part.l, (gint) part.l);
    add_new_data_source(pinfo, made, "Decoded push content");
    return made;
}

static void
view_envelope(tvbuff_t *envelope, tvbuff_t *content, packet_info *pinfo, proto_tree *tree, const struct om_body *body)
{
    proto_tree *below = proto_tree_add_subtree_format(
        tree, envelope, 0, -1, ett_omapush_body, NULL, "Push body: %s, %s, %" G_GSIZE_FORMAT " bytes",
        om_body_encoding_name(body->encoding), body->content_type ? body->content_type : "no content type",
        body->content.l);

    proto_tree_add_string(below, hf_omapush_body_encoding, envelope, 0, 0, om_body_encoding_name(body->encoding));
    for (guint i = 0; body->headers.list && i < body->headers.list->len; i++)
        view_header(envelope, pinfo, below, g_ptr_array_index(body->headers.list, i));
    if (body->content_type)
        proto_tree_add_string(below, hf_omapush_body_content_type, envelope, 0, 0, body->content_type);
    if (body->content.l)
        proto_tree_add_item(below, hf_omapush_body_content, content, 0, -1, ENC_NA);
}

/* From the outermost inwards; the buffer shows `all`. */
static void
view_envelopes(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, proto_tree *whole, const struct om_body *body,
               struct om_slice all, gboolean dissected)
{
    for (; body; body = body->inner) {
        tvbuff_t *envelope = part_tvb(tvb, pinfo, all, body->whole);
        tvbuff_t *content = part_tvb(envelope, pinfo, body->whole, body->content);

        view_envelope(envelope, content, pinfo, tree, body);
        if (!body->inner && body->content.l && (body->envelope || !dissected))
            view_content(content, pinfo, whole, body);
        tvb = content;
        all = body->content;
    }
}

void
omapush_object_body_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, proto_tree *whole,
                         struct om_object *object)
{
    const struct om_body *body = om_object_body(object);
    GBytes *bytes = om_object_body_bytes(object);
    struct om_slice all = om_slice_of_bytes(bytes);
    tvbuff_t *made;

    /* Parts never reach a content's dissector. */
    if (om_object_state(object) != OM_COMPLETE || !body || all.l == 0 || all.l > G_MAXINT)
        return;
    /* The buffer is read as long as the frame is shown, whatever comes to the object, and when the capture is closed. */
    omapush_free_later(pinfo, (GDestroyNotify) g_bytes_unref, g_bytes_ref(bytes));
    made = tvb_new_child_real_data(tvb, (const guint8 *) all.p, (guint) all.l, (gint) all.l);
    add_new_data_source(pinfo, made, "Reassembled push object");
    view_envelopes(made, pinfo, tree, whole, body, all, FALSE);
}

void
omapush_body_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, proto_tree *whole, struct om_slice type,
                  gboolean dissected)
{
    struct om_slice all = omapush_bytes(tvb);
    struct om_body *body = om_body_open(type, all);

    omapush_free_later(pinfo, (GDestroyNotify) om_body_free, body);
    view_envelopes(tvb, pinfo, tree, whole, body, all, dissected);
}

/* --- the media type --- */

gboolean
omapush_body_shown(packet_info *pinfo)
{
    return p_get_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_CONTENT) != NULL;
}

static int
dissect_push_body(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data _U_)
{
    proto_item *item;

    p_add_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_CONTENT, pinfo);
    if (tree) {
        item = proto_tree_add_item(tree, proto_omapush, tvb, 0, -1, ENC_NA);
        proto_item_append_text(item, ", push content");
        omapush_body_view(tvb, pinfo, proto_item_add_subtree(item, ett_omapush_body), tree, OM_SLICE_LIT(PUSH_TYPE),
                          FALSE);
    }
    return (int) tvb_captured_length(tvb);
}

static dissector_handle_t body_handle;

void
omapush_body_handoff(void)
{
    xml_handle = find_dissector("xml");
    wbxml_handle = find_dissector("wbxml");
    dissector_add_string("media_type", PUSH_TYPE, body_handle);
}

void
omapush_body_view_register(void)
{
    static hf_register_info hf[] = {
        {&hf_omapush_body_encoding,
         {"Encoding", "omapush.body.encoding", FT_STRING, BASE_NONE, NULL, 0x0, "text, wsp, xml, cpim or opaque",
          HFILL}},
        {&hf_omapush_body_header,
         {"Header", "omapush.body.header", FT_STRING, BASE_NONE, NULL, 0x0, "A header of the envelope", HFILL}},
        {&hf_omapush_body_header_name,
         {"Name", "omapush.body.header.name", FT_STRING, BASE_NONE, NULL, 0x0, "Name of a header of the envelope",
          HFILL}},
        {&hf_omapush_body_header_value,
         {"Value", "omapush.body.header.value", FT_STRING, BASE_NONE, NULL, 0x0, "Value of a header of the envelope",
          HFILL}},
        {&hf_omapush_body_content_type,
         {"Content type", "omapush.body.content_type", FT_STRING, BASE_NONE, NULL, 0x0,
          "Media type of what the envelope holds", HFILL}},
        {&hf_omapush_body_content,
         {"Content", "omapush.body.content", FT_BYTES, BASE_NONE, NULL, 0x0, "What the envelope holds", HFILL}},
    };
    static gint *ett[] = {
        &ett_omapush_body,
        &ett_omapush_body_header,
    };

    proto_register_field_array(proto_omapush, hf, array_length(hf));
    proto_register_subtree_array(ett, array_length(ett));
    body_handle = register_dissector("omapush.body", dissect_push_body, proto_omapush);
}
