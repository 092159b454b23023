/* chunk_view.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "chunk_view.h"

#include "summary.h"

/** Frames of one kind that are listed. */
#define FRAMES_SHOWN 1000
/** Behind a relay the chunks of two legs stand in one list; how far to look for one of the same. */
#define NEIGHBOUR_TRIES 64

#define U64 "%" G_GUINT64_FORMAT

static proto_item *
add_link(tvbuff_t *tvb, proto_tree *tree, int field, guint32 frame)
{
    proto_item *item = proto_tree_add_uint(tree, field, tvb, 0, 0, frame);

    proto_item_set_generated(item);
    return item;
}

/* --- one chunk --- */

/* The nearest chunk of the same leg. */
static const struct om_chunk *
neighbour(const struct om_chunk *chunk, gint step)
{
    const GPtrArray *chunks = chunk->object->chunks;
    gint64 at = chunk->index;

    for (guint tries = 0; tries < NEIGHBOUR_TRIES; tries++) {
        const struct om_chunk *other;

        at += step;
        if (at < 0 || at >= chunks->len)
            return NULL;
        other = g_ptr_array_index(chunks, at);
        if (other->leg == chunk->leg)
            return other;
    }
    return NULL;
}

static void
view_neighbours(tvbuff_t *tvb, proto_tree *tree, const struct om_chunk *chunk)
{
    const struct om_chunk *before = neighbour(chunk, -1), *behind = neighbour(chunk, 1);

    if (before)
        proto_item_append_text(add_link(tvb, tree, HF(OTHER_CHUNK), before->frame), " (the one before)");
    if (behind)
        proto_item_append_text(add_link(tvb, tree, HF(OTHER_CHUNK), behind->frame), " (the next one)");
}

static void
append_place(proto_item *item, const struct om_chunk *chunk)
{
    const struct om_object *object = chunk->object;

    if (omapush_leg_complete(chunk))
        proto_item_append_text(item, " of %u", chunk->leg->chunks);
    if (chunk->length)
        proto_item_append_text(item, ", bytes " U64 "-" U64, chunk->offset + 1, chunk->offset + chunk->length);
    if (chunk->length && object->has_total && object->total)
        proto_item_append_text(item, " of " U64 " (up to %.0f %%)", object->total,
                               100.0 * (double) (chunk->offset + chunk->length) / (double) object->total);
    if (chunk->lost)
        proto_item_append_text(item, ", " U64 " of them lost by the capture", chunk->lost);
}

static void
view_overlap(tvbuff_t *tvb, proto_tree *tree, const struct om_chunk *chunk)
{
    if (chunk->overlaps)
        proto_item_set_generated(proto_tree_add_boolean(tree, HF(FRAGMENT_OVERLAP), tvb, 0, 0, TRUE));
    if (chunk->conflicts)
        proto_item_set_generated(proto_tree_add_boolean(tree, HF(FRAGMENT_CONFLICT), tvb, 0, 0, TRUE));
}

static const char *
flag_meaning(char flag)
{
    return flag == '$' ? "the last one" : flag == '+' ? "more follows" : flag == '#' ? "aborted" : "";
}

void
omapush_chunk_view(tvbuff_t *tvb, proto_tree *tree, const struct om_chunk *chunk)
{
    char flag[2] = {chunk->flag, '\0'};
    proto_item *item = proto_tree_add_uint(tree, HF(CHUNK_NUMBER), tvb, 0, 0, chunk->number);
    proto_tree *below = proto_item_add_subtree(item, om_ett[OM_T_CHUNK]);

    proto_item_set_generated(item);
    append_place(item, chunk);
    proto_tree_add_uint64(below, HF(CHUNK_START), tvb, 0, 0, chunk->offset + 1);
    proto_tree_add_uint64(below, HF(CHUNK_END), tvb, 0, 0, chunk->offset + chunk->length);
    if (chunk->has_total)
        proto_tree_add_uint64(below, HF(CHUNK_TOTAL), tvb, 0, 0, chunk->total);
    if (chunk->flag)
        proto_item_append_text(proto_tree_add_string(below, HF(CHUNK_FLAG), tvb, 0, 0, flag), " (%s)",
                               flag_meaning(chunk->flag));
    view_overlap(tvb, below, chunk);
    view_neighbours(tvb, below, chunk);
}

/* --- all of them --- */

static void
view_fragment(tvbuff_t *tvb, proto_tree *tree, const struct om_chunk *chunk)
{
    proto_item *item = add_link(tvb, tree, HF(FRAGMENT), chunk->frame);

    if (chunk->length)
        proto_item_append_text(item, ", bytes " U64 "-" U64, chunk->offset + 1, chunk->offset + chunk->length);
    proto_item_append_text(item, " (" U64 ")", chunk->length);
    if (om_object_hops(chunk->object) > 1)
        proto_item_append_text(item, ", %s to %s", chunk->leg->src, chunk->leg->dst);
    if (chunk->response_frame)
        proto_item_append_text(item, ", answered %u in frame %u", chunk->response_status, chunk->response_frame);
}

static void
view_fragments(tvbuff_t *tvb, proto_tree *tree, const struct om_object *object)
{
    guint count = object->chunks->len, shown = MIN(count, FRAMES_SHOWN);
    proto_item *item = proto_tree_add_none_format(tree, HF(FRAGMENTS), tvb, 0, 0, "%u chunk%s (" U64 " bytes)", count,
                                                  count == 1 ? "" : "s", om_object_size(object));
    proto_tree *below = proto_item_add_subtree(item, om_ett[OM_T_FRAGMENTS]);

    proto_item_set_generated(item);
    if (om_object_hops(object) > 1)
        proto_item_append_text(item, " on %u hops", om_object_hops(object));
    if (shown < count)
        proto_item_append_text(item, ", the first %u here", shown);
    for (guint i = 0; i < shown; i++)
        view_fragment(tvb, below, g_ptr_array_index(object->chunks, i));
    proto_item_set_generated(proto_tree_add_uint(below, HF(FRAGMENT_COUNT), tvb, 0, 0, count));
    proto_item_set_generated(proto_tree_add_uint64(below, HF(REASSEMBLED_LENGTH), tvb, 0, 0, om_object_size(object)));
}

void
omapush_object_frames(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_object *object)
{
    /* Its frames are listed once, at its last chunk. */
    if (object->carrier != OM_CARRIER_MSRP || object->last_frame != pinfo->num)
        return;
    view_fragments(tvb, tree, object);
    for (guint i = 0; i < object->reports->len && i < FRAMES_SHOWN; i++) {
        const struct om_report *report = g_ptr_array_index(object->reports, i);

        proto_item_append_text(add_link(tvb, tree, HF(REPORT_IN), report->frame), " (%u)", report->status);
    }
}
