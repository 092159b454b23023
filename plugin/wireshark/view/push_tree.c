/* push_tree.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "push_tree.h"

static int hf_omapush_message = -1;

static gint ett_omapush = -1;
static gint ett_omapush_message = -1;

/** What a dissection of a frame keeps for this. */
struct place {
    proto_tree *tree;   /* of the frame's item; NULL: not made yet */
    proto_item *behind; /* NULL: at the end */
    gboolean taken;     /* it is the tree of one message */
};

static struct place *
place_of(packet_info *pinfo)
{
    struct place *place = p_get_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_TREE);

    if (!place) {
        place = wmem_new0(pinfo->pool, struct place);
        p_add_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_TREE, place);
    }
    return place;
}

static guint
pushes_in(const GPtrArray *calls)
{
    const struct om_piece *piece;
    guint count = 0;

    for (guint i = 0; calls && i < calls->len; i++) {
        for (guint k = 0; (piece = om_payload_piece(g_ptr_array_index(calls, i), k)); k++)
            count += piece->message && om_message_is_push(piece->message) ? 1 : 0;
    }
    return count;
}

/* Messages of pushes in the frame, as far as it is read. */
static guint
pushes(packet_info *pinfo)
{
    const struct om_frame_record *record = omapush_frame_record(pinfo, FALSE);
    guint count = 0;

    if (!record)
        return 0;
    for (guint i = 0; record->sip && i < record->sip->len; i++) {
        const struct om_sip_record *sip = g_ptr_array_index(record->sip, i);

        count += sip && om_sip_record_is_push(sip) ? 1 : 0;
    }
    return count + pushes_in(record->calls) + pushes_in(record->late);
}

static proto_item *
make(tvbuff_t *tvb, gint at, gint length, proto_tree *tree, struct place *place)
{
    proto_item *item = proto_tree_add_item(tree, proto_omapush, tvb, at, length, ENC_NA);

    place->tree = proto_item_add_subtree(item, ett_omapush);
    return item;
}

void
omapush_push_item(tvbuff_t *tvb, gint at, gint length, packet_info *pinfo, proto_tree *tree)
{
    struct place *place = place_of(pinfo);

    if (!place->tree)
        make(tvb, at, length, tree, place);
}

proto_tree *
omapush_push_tree(tvbuff_t *tvb, gint at, gint length, packet_info *pinfo, proto_tree *tree, const char *summary)
{
    struct place *place = place_of(pinfo);
    proto_item *item;

    if (!place->tree) {
        guint count = pushes(pinfo);

        item = make(tvb, at, length, tree, place);
        place->taken = count <= 1;
        if (place->taken)
            proto_item_append_text(item, ", %s", summary);
        else
            proto_item_append_text(item, ", %u messages", count);
        if (place->taken)
            return place->tree;
    }
    item = proto_tree_add_none_format(place->tree, hf_omapush_message, tvb, at, length, "%s", summary);
    return proto_item_add_subtree(item, ett_omapush_message);
}

void
omapush_remarks_behind(packet_info *pinfo, const proto_tree *push_tree, proto_item *item)
{
    struct place *place = place_of(pinfo);

    if (place->taken && place->tree == push_tree)
        place->behind = item;
}

struct omapush_remarks
omapush_remarks_place(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    struct place *place = place_of(pinfo);

    if (tree && !place->tree)
        make(tvb, 0, 0, tree, place);
    return (struct omapush_remarks){place->tree, place->behind};
}

void
omapush_push_tree_register(void)
{
    static hf_register_info hf[] = {
        {&hf_omapush_message,
         {"Message", "omapush.message", FT_NONE, BASE_NONE, NULL, 0x0,
          "One message of a push, where the frame has several", HFILL}},
    };
    static gint *ett[] = {
        &ett_omapush,
        &ett_omapush_message,
    };

    proto_register_field_array(proto_omapush, hf, array_length(hf));
    proto_register_subtree_array(ett, array_length(ett));
}
