/* chunk_view.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "chunk_view.h"

#include "summary.h"

static int hf_omapush_chunk_number = -1;
static int hf_omapush_chunk_start = -1;
static int hf_omapush_chunk_end = -1;
static int hf_omapush_chunk_total = -1;
static int hf_omapush_chunk_flag = -1;
static int hf_omapush_report_in = -1;
static int hf_omapush_chunk_other = -1;
static int hf_omapush_fragments = -1;
static int hf_omapush_fragment = -1;
static int hf_omapush_fragment_overlap = -1;
static int hf_omapush_fragment_overlap_conflicts = -1;
static int hf_omapush_fragment_count = -1;
static int hf_omapush_reassembled_length = -1;

static gint ett_omapush_chunk = -1;
static gint ett_omapush_fragments = -1;

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

proto_item *
omapush_other_chunk(tvbuff_t *tvb, proto_tree *tree, guint32 frame)
{
    return add_link(tvb, tree, hf_omapush_chunk_other, frame);
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
        proto_item_append_text(omapush_other_chunk(tvb, tree, before->frame), " (the one before)");
    if (behind)
        proto_item_append_text(omapush_other_chunk(tvb, tree, behind->frame), " (the next one)");
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
        proto_item_set_generated(proto_tree_add_boolean(tree, hf_omapush_fragment_overlap, tvb, 0, 0, TRUE));
    if (chunk->conflicts)
        proto_item_set_generated(proto_tree_add_boolean(tree, hf_omapush_fragment_overlap_conflicts, tvb, 0, 0, TRUE));
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
    proto_item *item = proto_tree_add_uint(tree, hf_omapush_chunk_number, tvb, 0, 0, chunk->number);
    proto_tree *below = proto_item_add_subtree(item, ett_omapush_chunk);

    proto_item_set_generated(item);
    append_place(item, chunk);
    proto_tree_add_uint64(below, hf_omapush_chunk_start, tvb, 0, 0, chunk->offset + 1);
    proto_tree_add_uint64(below, hf_omapush_chunk_end, tvb, 0, 0, chunk->offset + chunk->length);
    if (chunk->has_total)
        proto_tree_add_uint64(below, hf_omapush_chunk_total, tvb, 0, 0, chunk->total);
    if (chunk->flag)
        proto_item_append_text(proto_tree_add_string(below, hf_omapush_chunk_flag, tvb, 0, 0, flag), " (%s)",
                               flag_meaning(chunk->flag));
    view_overlap(tvb, below, chunk);
    view_neighbours(tvb, below, chunk);
}

/* --- all of them --- */

static void
view_fragment(tvbuff_t *tvb, proto_tree *tree, const struct om_chunk *chunk)
{
    proto_item *item = add_link(tvb, tree, hf_omapush_fragment, chunk->frame);

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
    proto_item *item = proto_tree_add_none_format(tree, hf_omapush_fragments, tvb, 0, 0, "%u chunk%s (" U64 " bytes)",
                                                  count, count == 1 ? "" : "s", om_object_size(object));
    proto_tree *below = proto_item_add_subtree(item, ett_omapush_fragments);

    proto_item_set_generated(item);
    if (om_object_hops(object) > 1)
        proto_item_append_text(item, " on %u hops", om_object_hops(object));
    if (shown < count)
        proto_item_append_text(item, ", the first %u here", shown);
    for (guint i = 0; i < shown; i++)
        view_fragment(tvb, below, g_ptr_array_index(object->chunks, i));
    proto_item_set_generated(proto_tree_add_uint(below, hf_omapush_fragment_count, tvb, 0, 0, count));
    proto_item_set_generated(
        proto_tree_add_uint64(below, hf_omapush_reassembled_length, tvb, 0, 0, om_object_size(object)));
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

        proto_item_append_text(add_link(tvb, tree, hf_omapush_report_in, report->frame), " (%u)", report->status);
    }
}

void
omapush_chunk_view_register(void)
{
    static hf_register_info hf[] = {
        {&hf_omapush_chunk_number,
         {"Chunk", "omapush.chunk.number", FT_UINT32, BASE_DEC, NULL, 0x0, "Chunks of an object count from 1", HFILL}},
        {&hf_omapush_chunk_start,
         {"Start", "omapush.chunk.start", FT_UINT64, BASE_DEC, NULL, 0x0, "First byte, counted from 1", HFILL}},
        {&hf_omapush_chunk_end,
         {"End", "omapush.chunk.end", FT_UINT64, BASE_DEC, NULL, 0x0, "Last byte really carried", HFILL}},
        {&hf_omapush_chunk_total,
         {"Total", "omapush.chunk.total", FT_UINT64, BASE_DEC, NULL, 0x0, "Total as announced", HFILL}},
        {&hf_omapush_chunk_flag,
         {"Flag", "omapush.chunk.flag", FT_STRING, BASE_NONE, NULL, 0x0, "$ last, + more follows, # aborted", HFILL}},
        {&hf_omapush_report_in,
         {"Report in", "omapush.report_in", FT_FRAMENUM, BASE_NONE, FRAMENUM_TYPE(FT_FRAMENUM_ACK), 0x0,
          "The frame of a REPORT for this object", HFILL}},
        {&hf_omapush_chunk_other,
         {"Other chunk", "omapush.chunk.other", FT_FRAMENUM, BASE_NONE, NULL, 0x0,
          "A neighbouring chunk of the same object", HFILL}},
        {&hf_omapush_fragments,
         {"Push object fragments", "omapush.fragments", FT_NONE, BASE_NONE, NULL, 0x0,
          "The chunks of the object, at its last one", HFILL}},
        {&hf_omapush_fragment,
         {"Push object fragment", "omapush.fragment", FT_FRAMENUM, BASE_NONE, NULL, 0x0,
          "The frame in which a chunk of the object ends", HFILL}},
        {&hf_omapush_fragment_overlap,
         {"Fragment overlap", "omapush.fragment.overlap", FT_BOOLEAN, BASE_NONE, NULL, 0x0,
          "Bytes of this chunk were sent before", HFILL}},
        {&hf_omapush_fragment_overlap_conflicts,
         {"Fragment overlapping with conflicting data", "omapush.fragment.overlap.conflicts", FT_BOOLEAN, BASE_NONE,
          NULL, 0x0, "Bytes of this chunk were sent before with other values", HFILL}},
        {&hf_omapush_fragment_count,
         {"Fragment count", "omapush.fragment.count", FT_UINT32, BASE_DEC, NULL, 0x0,
          "Chunks of the object, on all legs", HFILL}},
        {&hf_omapush_reassembled_length,
         {"Reassembled length", "omapush.reassembled.length", FT_UINT64, BASE_DEC, NULL, 0x0,
          "Bytes of the reassembled object", HFILL}},
    };
    static gint *ett[] = {
        &ett_omapush_chunk,
        &ett_omapush_fragments,
    };

    proto_register_field_array(proto_omapush, hf, array_length(hf));
    proto_register_subtree_array(ett, array_length(ett));
}
