/* msrp_stock.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_stock.h"

#include "wireshark/glue/foreign.h"

static gint ett_omapush_msrp_data = -1;

/** Bytes of a body that spans payloads which are put together again for showing a single chunk. */
#define SHOWN_LIMIT 65536

static dissector_handle_t msrp_handle;
static int proto_msrp = -1;
static int hf_msrp_data = -1;
static int hf_msrp_end_line = -1;
static int hf_frame_protocols = -1;

static void
look_up(void)
{
    if (proto_msrp > 0)
        return;
    proto_msrp = proto_get_id_by_filter_name("msrp");
    hf_msrp_data = proto_registrar_get_id_byname("msrp.data");
    hf_msrp_end_line = proto_registrar_get_id_byname("msrp.end.line");
    hf_frame_protocols = proto_registrar_get_id_byname("frame.protocols");
    msrp_handle = find_dissector("msrp");
}

gboolean
omapush_msrp_stock_shown(packet_info *pinfo)
{
    look_up();
    return omapush_has_layer(pinfo, proto_msrp);
}

/* Does anybody look at msrp.* fields in this tree? */
static gboolean
wants_fields(proto_tree *tree)
{
    return proto_field_is_referenced(tree, proto_msrp) || proto_field_is_referenced(tree, hf_frame_protocols);
}

/* As far as its first empty line: behind one stock looks for a body, and loses its place where there is none. */
static struct om_slice
before_empty_line(struct om_slice head)
{
    struct om_slice rest = head, line;

    while (om_slice_line(&rest, &line)) {
        if (line.l == 0)
            return om_slice_head(head, (gsize) (line.p - head.p));
    }
    return head;
}

static struct om_slice
head_of(tvbuff_t *tvb, const struct om_payload *call, const struct om_message *message)
{
    GBytes *raw = om_message_raw_head(message);
    gsize length = om_message_head_length(message);
    guint32 begin;

    if (raw)
        return before_empty_line(om_slice_of_bytes(raw));
    if (om_message_lies_in(message, call, &begin))
        return before_empty_line(om_slice(tvb_get_ptr(tvb, (gint) begin, (gint) length), length));
    return OM_SLICE_NULL;
}

static struct om_slice
end_line_of(packet_info *pinfo, const struct om_message *message)
{
    char flag = om_message_flag(message);

    return om_slice_str(wmem_strdup_printf(pinfo->pool, "-------%s%c\r\n", om_message_tid(message), flag ? flag : '$'));
}

static tvbuff_t *
head_tvb(tvbuff_t *tvb, packet_info *pinfo, const struct om_payload *call, const struct om_message *message)
{
    struct om_slice head = head_of(tvb, call, message);
    struct om_slice end;
    guint8 *joined;
    tvbuff_t *made;

    if (!om_slice_isset(head))
        return NULL;
    end = end_line_of(pinfo, message);
    joined = wmem_alloc(pinfo->pool, head.l + end.l);
    memcpy(joined, head.p, head.l);
    memcpy(joined + head.l, end.p, end.l);
    made = tvb_new_child_real_data(tvb, joined, (guint) (head.l + end.l), (gint) (head.l + end.l));
    add_new_data_source(pinfo, made, om_message_ends_well(message) ? "MSRP head and end-line" : "MSRP head");
    return made;
}

/* Body bytes from the object's store or from what was kept. */
static tvbuff_t *
spanning_body(tvbuff_t *tvb, packet_info *pinfo, const struct om_message *message)
{
    gsize length = (gsize) MIN(om_message_body_kept(message), SHOWN_LIMIT);
    guint8 *bytes;
    tvbuff_t *made;

    if (!length)
        return NULL;
    bytes = wmem_alloc(pinfo->pool, length);
    om_message_body_copy(message, length, bytes);
    made = tvb_new_child_real_data(tvb, bytes, (guint) length, (gint) length);
    add_new_data_source(pinfo, made, "MSRP body");
    return made;
}

tvbuff_t *
omapush_message_body(tvbuff_t *tvb, packet_info *pinfo, const struct om_payload *call, const struct om_piece *piece)
{
    const struct om_message *message = piece->message;
    guint64 length = om_message_body_length(message);
    guint32 begin;
    gint offset;

    if (!om_message_has_body(message) || !length)
        return NULL;
    if (!om_message_lies_in(message, call, &begin))
        return spanning_body(tvb, pinfo, message);
    offset = (gint) (begin + om_message_head_length(message));
    if (length > (guint64) tvb_captured_length_remaining(tvb, offset))
        return NULL;
    return tvb_new_subset_length(tvb, offset, (gint) length);
}

/* Media type of a message that is no push: its head is read again. */
static void
view_content(packet_info *pinfo, proto_tree *tree, tvbuff_t *body, struct om_slice head_text)
{
    struct om_msrp_head head;

    if (om_msrp_head_parse(head_text, &head) && om_slice_isset(head.content_type))
        omapush_call_media(head.content_type, body, pinfo, tree);
}

/* As proto_tree_add_item() does it for text, but for its complaint of "stray characters" behind a 0: bodies are
 * bytes. */
static proto_item *
add_data(packet_info *pinfo, proto_tree *tree, tvbuff_t *body)
{
    gint length = (gint) tvb_captured_length(body);

    if (!proto_field_is_referenced(tree, hf_msrp_data))
        return proto_tree_add_item(tree, hf_msrp_data, body, 0, -1, ENC_NA);
    return proto_tree_add_string(tree, hf_msrp_data, body, 0, length,
                                 (const char *) tvb_get_string_enc(pinfo->pool, body, 0, length, ENC_ASCII | ENC_NA));
}

static void
view_body(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call,
          const struct om_piece *piece, struct om_slice head)
{
    tvbuff_t *body = omapush_message_body(tvb, pinfo, call, piece);
    proto_item *item;

    if (!body || hf_msrp_data <= 0)
        return;
    item = add_data(pinfo, tree, body);
    /* A body goes to its media type's dissector only where it is the whole of a message that is no object: a part never
     * does, and objects are shown whole at their last chunk. */
    if (om_message_is_whole(piece->message))
        view_content(pinfo, proto_item_add_subtree(item, ett_omapush_msrp_data), body, head);
}

/* Without a body the message is in one piece as stock wants it: shown where it stands. */
static tvbuff_t *
shown_tvb(tvbuff_t *tvb, packet_info *pinfo, const struct om_payload *call, const struct om_piece *piece)
{
    const struct om_message *message = piece->message;
    guint32 begin;

    if (om_message_lies_in(message, call, &begin) && !om_message_has_body(message) && om_message_ends_well(message) &&
        head_of(tvb, call, message).l == om_message_head_length(message))
        return tvb_new_subset_length(tvb, (gint) piece->from, (gint) (piece->to - piece->from));
    return head_tvb(tvb, pinfo, call, message);
}

/* Without an end-line stock shows nothing. Where the message has none of its own, the one made for stock is hidden: no line
 * is shown that is not on the wire. */
static void
hide_end_line(proto_tree *msrp)
{
    for (proto_item *item = msrp->first_child; item; item = item->next) {
        if (PITEM_FINFO(item) && PITEM_FINFO(item)->hfinfo->id == hf_msrp_end_line)
            proto_item_set_hidden(item);
    }
}

static void
call_stock(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call,
           const struct om_piece *piece)
{
    tvbuff_t *shown = shown_tvb(tvb, pinfo, call, piece);
    proto_item *before = tree->last_child;
    proto_item *item;

    if (!shown)
        return;
    /* The columns are ours: several messages of a frame share them. */
    omapush_call_foreign(msrp_handle, shown, pinfo, tree);
    /* The body goes below the item that stock has made; its raw text, where it is shown, stands behind it. */
    item = before ? before->next : tree->first_child;
    if (!item || !PITEM_FINFO(item) || PITEM_FINFO(item)->hfinfo->id != proto_msrp)
        item = tree;
    else if (om_message_end_is_missing(piece->message))
        hide_end_line(item);
    view_body(tvb, pinfo, item, call, piece, head_of(tvb, call, piece->message));
}

void
omapush_msrp_stock(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call,
                   const struct om_piece *piece)
{
    look_up();
    if (!msrp_handle)
        return;
    if (wants_fields(tree))
        call_stock(tvb, pinfo, tree, call, piece);
    else /* statistics of protocols count items of the frame's own level, whoever else looks */
        proto_tree_add_item(tree, proto_msrp, tvb, (gint) piece->from, (gint) (piece->to - piece->from), ENC_NA);
}

void
omapush_msrp_stock_register(void)
{
    static gint *ett[] = {
        &ett_omapush_msrp_data,
    };

    proto_register_subtree_array(ett, array_length(ett));
}
