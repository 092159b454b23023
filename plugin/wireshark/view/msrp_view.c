/* msrp_view.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_view.h"

#include <epan/exceptions.h>
#include <epan/show_exception.h>

#include "columns.h"
#include "findings_view.h"
#include "msrp_stock.h"
#include "push_view.h"

static gint ett_omapush_junk = -1;

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

static void
view_piece(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call,
           const struct om_piece *piece)
{
    switch (piece->kind) {
    case OM_PIECE_MESSAGE:
        if (omapush_wants_stock(tree))
            omapush_msrp_stock(tvb, pinfo, tree, call, piece);
        omapush_column_message(pinfo, piece->message);
        if (om_message_is_push(piece->message) && tree &&
            (omapush_wants_tree(tree, proto_omapush) || brings_content(pinfo, piece->message)))
            omapush_push_view(tvb, pinfo, tree, call, piece);
        break;
    case OM_PIECE_PART:
        if (piece->to > piece->from)
            omapush_column_part(pinfo, piece->message);
        if (om_message_is_push(piece->message) && omapush_wants_tree(tree, proto_omapush))
            omapush_push_part_view(tvb, pinfo, tree, piece);
        break;
    case OM_PIECE_HEAD:
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
view_pieces(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call)
{
    const struct om_piece *piece;
    gboolean push = FALSE;
    guint layers;

    if (PINFO_FD_VISITED(pinfo)) /* what its bytes are may have been left open */
        om_model_capture_ends(omapush_model());
    for (guint i = 0; (piece = om_payload_piece(call, i)); i++) {
        if (piece->to > tvb_captured_length(tvb))
            continue;
        layers = wmem_list_count(pinfo->layers);
        view_piece(tvb, pinfo, tree, call, piece);
        drop_layers(pinfo, layers);
        push |= piece->message && om_message_is_push(piece->message);
    }
    if (push)
        omapush_findings_view(tvb, pinfo, tree);
}

void
omapush_msrp_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call)
{
    TRY
    {
        view_pieces(tvb, pinfo, tree, call);
    }
    CATCH_BOUNDS_AND_DISSECTOR_ERRORS
    {
        show_exception(tvb, pinfo, tree, EXCEPT_CODE, GET_MESSAGE);
    }
    ENDTRY;
}

void
omapush_msrp_view_register(void)
{
    static gint *ett[] = {
        &ett_omapush_junk,
    };

    proto_register_subtree_array(ett, array_length(ett));
}
