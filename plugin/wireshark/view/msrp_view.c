/* msrp_view.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_view.h"

#include <epan/exceptions.h>
#include <epan/show_exception.h>

#include "wireshark/summary/columns.h"
#include "msrp_stock.h"
#include "push_tree.h"
#include "push_view.h"

static gint ett_omapush_junk = -1;

typedef void view_function(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call,
                           const struct om_piece *piece);

static void
view_junk(tvbuff_t *tvb, proto_tree *tree, const struct om_piece *piece)
{
    static const char *const why[] = {
        [OM_JUNK_LATE_START] = "MSRP: the capture begins in the middle of a message",
        [OM_JUNK_AFTER_LOSS] = "MSRP: rest of a message whose beginning was lost",
        [OM_JUNK_ORPHAN_END_LINE] = "MSRP: end-line of a message that was not seen",
        [OM_JUNK_DAMAGE] = "MSRP: bytes of no message",
        [OM_JUNK_BLANK] = "MSRP: line ends between messages",
    };

    G_STATIC_ASSERT(G_N_ELEMENTS(why) == OM_JUNK_KINDS);
    proto_tree_add_subtree(tree, tvb, (gint) piece->from, (gint) (piece->to - piece->from), ett_omapush_junk, NULL,
                           why[piece->junk]);
}

/* The content of a push, in the frame that completes it, is dissected for every tree: filters may ask for
 * its fields alone. */
static gboolean
brings_content(packet_info *pinfo, const struct om_message *message)
{
    const struct om_object *object = om_message_object(message);
    const struct om_chunk *chunk = om_message_chunk(message);

    return chunk && om_object_last_chunk(object) == chunk && om_object_last_frame(object) == pinfo->num &&
           om_object_state(object) == OM_COMPLETE;
}

/* In the columns, and what no dissector of stock's shows. */
static void
view_rest(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call G_GNUC_UNUSED,
          const struct om_piece *piece)
{
    switch (piece->kind) {
    case OM_PIECE_MESSAGE:
        omapush_column_message(pinfo, piece->message);
        break;
    case OM_PIECE_PART:
        if (piece->to > piece->from)
            omapush_column_part(pinfo, piece->message);
        break;
    case OM_PIECE_HEAD:
        if (piece->message)
            omapush_column_part(pinfo, piece->message);
        else
            omapush_column_text(pinfo, "[MSRP message head, goes on in a later segment]");
        break;
    case OM_PIECE_JUNK:
        if (tree)
            view_junk(tvb, tree, piece);
        if (piece->junk != OM_JUNK_BLANK)
            omapush_column_text(pinfo, "[MSRP: bytes of no message]");
        break;
    case OM_PIECE_WAITING:
        omapush_column_text(pinfo, "[MSRP: bytes that wait for missing ones before them]");
        break;
    }
}

/* As stock shows it, too. */
static void
view_piece(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call,
           const struct om_piece *piece)
{
    if (tree && piece->kind == OM_PIECE_MESSAGE)
        omapush_msrp_stock(tvb, pinfo, tree, call, piece);
    view_rest(tvb, pinfo, tree, call, piece);
}

/* What it is for the push. */
static void
view_push(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call,
          const struct om_piece *piece)
{
    gboolean whole = piece->kind == OM_PIECE_MESSAGE;

    if (!piece->message || !om_message_is_push(piece->message))
        return;
    if (whole && (omapush_wants_tree(tree, proto_omapush) || brings_content(pinfo, piece->message)))
        omapush_push_view(tvb, pinfo, tree, call, piece);
    else if (!whole && omapush_wants_tree(tree, proto_omapush))
        omapush_push_part_view(tvb, pinfo, tree, piece);
    else
        omapush_push_item(tvb, (gint) piece->from, (gint) (piece->to - piece->from), pinfo, tree);
}

/** Layers of a frame that its MSRP messages may add. */
#define LAYERS_KEPT 64

/* Wireshark takes every dissector that is called for a layer, and gives a frame up that has 500 (epan/packet.c). The
 * messages of a segment stand beside each other, not on each other: from some on they leave no layer. */
static void
drop_layers(packet_info *pinfo, guint before)
{
    if (before < LAYERS_KEPT)
        return;
    while (wmem_list_count(pinfo->layers) > before)
        wmem_list_remove_frame(pinfo->layers, wmem_list_tail(pinfo->layers));
}

static void
view_each(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call, view_function *view)
{
    const struct om_piece *piece;

    for (guint i = 0; (piece = om_payload_piece(call, i)); i++) {
        guint layers = wmem_list_count(pinfo->layers);

        if (piece->to > tvb_captured_length(tvb))
            continue;
        view(tvb, pinfo, tree, call, piece);
        drop_layers(pinfo, layers);
    }
}

static void
view_safely(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call, view_function *view)
{
    TRY
    {
        view_each(tvb, pinfo, tree, call, view);
    }
    CATCH_BOUNDS_AND_DISSECTOR_ERRORS
    {
        show_exception(tvb, pinfo, tree, EXCEPT_CODE, GET_MESSAGE);
    }
    ENDTRY;
}

/* --- the frame --- */

wmem_array_t *
omapush_msrp_shown(packet_info *pinfo)
{
    return p_get_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_PAYLOADS);
}

static void
keep(packet_info *pinfo, tvbuff_t *tvb, const struct om_payload *call)
{
    wmem_array_t *list = omapush_msrp_shown(pinfo);
    struct omapush_payload shown = {tvb, call};

    if (!list) {
        list = wmem_array_new(pinfo->pool, sizeof shown);
        p_add_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_PAYLOADS, list);
    }
    wmem_array_append_one(list, shown);
}

static void
view_payload(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call, view_function *view)
{
    if (PINFO_FD_VISITED(pinfo)) /* what its bytes are may have been left open */
        om_model_capture_ends(omapush_model());
    view_safely(tvb, pinfo, tree, call, view);
    if (tree)
        keep(pinfo, tvb, call);
}

void
omapush_msrp_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call)
{
    view_payload(tvb, pinfo, tree, call, view_piece);
}

void
omapush_msrp_late_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call)
{
    view_payload(tvb, pinfo, tree, call, omapush_msrp_stock_shown(pinfo) ? view_rest : view_piece);
}

void
omapush_msrp_pushes_view(packet_info *pinfo, proto_tree *tree)
{
    wmem_array_t *list = tree ? omapush_msrp_shown(pinfo) : NULL;

    for (guint i = 0; list && i < wmem_array_get_count(list); i++) {
        const struct omapush_payload *shown = wmem_array_index(list, i);

        view_safely(shown->tvb, pinfo, tree, shown->call, view_push);
    }
}

void
omapush_msrp_view_register(void)
{
    static gint *ett[] = {
        &ett_omapush_junk,
    };

    proto_register_subtree_array(ett, array_length(ett));
}
