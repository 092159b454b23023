/* chunk_view.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "chunk_view.h"

#include "wireshark/summary/summary.h"

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
/** The same of an object that may not be over: each chunk that says it is the last would list all again. */
#define FRAMES_SHOWN_YET 16
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
    const struct om_object *object = om_chunk_object(chunk);
    gint64 at = om_chunk_index(chunk);

    for (guint tries = 0; tries < NEIGHBOUR_TRIES; tries++) {
        const struct om_chunk *other;

        at += step;
        other = at < 0 ? NULL : om_object_chunk(object, (guint) at);
        if (!other || om_chunk_same_leg(other, chunk))
            return other;
    }
    return NULL;
}

static void
view_neighbours(tvbuff_t *tvb, proto_tree *tree, const struct om_chunk *chunk)
{
    const struct om_chunk *before = neighbour(chunk, -1), *behind = neighbour(chunk, 1);

    if (before)
        proto_item_append_text(omapush_other_chunk(tvb, tree, om_chunk_frame(before)), " (the one before)");
    if (behind)
        proto_item_append_text(omapush_other_chunk(tvb, tree, om_chunk_frame(behind)), " (the next one)");
}

static void
append_place(proto_item *item, const struct om_chunk *chunk)
{
    guint64 offset = om_chunk_offset(chunk), length = om_chunk_length(chunk), total;

    if (om_chunk_leg_chunks(chunk))
        proto_item_append_text(item, " of %u", om_chunk_leg_chunks(chunk));
    if (length)
        proto_item_append_text(item, ", bytes " U64 "-" U64, offset + 1, offset + length);
    if (length && om_object_total(om_chunk_object(chunk), &total) && total)
        proto_item_append_text(item, " of " U64 " (up to %.0f %%)", total,
                               100.0 * (double) (offset + length) / (double) total);
    if (om_chunk_lost(chunk))
        proto_item_append_text(item, ", " U64 " of them lost by the capture", om_chunk_lost(chunk));
}

static void
view_overlap(tvbuff_t *tvb, proto_tree *tree, const struct om_chunk *chunk)
{
    if (om_chunk_overlaps(chunk))
        proto_item_set_generated(proto_tree_add_boolean(tree, hf_omapush_fragment_overlap, tvb, 0, 0, TRUE));
    if (om_chunk_conflicts(chunk))
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
    char flag[2] = {om_chunk_flag(chunk), '\0'};
    guint64 offset = om_chunk_offset(chunk), total;
    proto_item *item = proto_tree_add_uint(tree, hf_omapush_chunk_number, tvb, 0, 0, om_chunk_number(chunk));
    proto_tree *below = proto_item_add_subtree(item, ett_omapush_chunk);

    proto_item_set_generated(item);
    append_place(item, chunk);
    proto_tree_add_uint64(below, hf_omapush_chunk_start, tvb, 0, 0, offset + 1);
    proto_tree_add_uint64(below, hf_omapush_chunk_end, tvb, 0, 0, offset + om_chunk_length(chunk));
    if (om_chunk_total(chunk, &total))
        proto_tree_add_uint64(below, hf_omapush_chunk_total, tvb, 0, 0, total);
    if (*flag)
        proto_item_append_text(proto_tree_add_string(below, hf_omapush_chunk_flag, tvb, 0, 0, flag), " (%s)",
                               flag_meaning(*flag));
    view_overlap(tvb, below, chunk);
    view_neighbours(tvb, below, chunk);
}

/* --- all of them --- */

static void
view_fragment(tvbuff_t *tvb, proto_tree *tree, const struct om_chunk *chunk)
{
    guint64 offset = om_chunk_offset(chunk), length = om_chunk_length(chunk);
    proto_item *item = add_link(tvb, tree, hf_omapush_fragment, om_chunk_frame(chunk));

    if (length)
        proto_item_append_text(item, ", bytes " U64 "-" U64, offset + 1, offset + length);
    proto_item_append_text(item, " (" U64 ")", length);
    if (om_object_hops(om_chunk_object(chunk)) > 1)
        proto_item_append_text(item, ", %s to %s", om_chunk_src(chunk), om_chunk_dst(chunk));
    if (om_chunk_response_frame(chunk))
        proto_item_append_text(item, ", answered %u in frame %u", om_chunk_response_status(chunk),
                               om_chunk_response_frame(chunk));
}

static void
view_fragments(tvbuff_t *tvb, proto_tree *tree, const struct om_object *object, guint most)
{
    guint count = om_object_chunk_count(object), shown = MIN(count, most);
    proto_item *item = proto_tree_add_none_format(tree, hf_omapush_fragments, tvb, 0, 0, "%u chunk%s (" U64 " bytes)",
                                                  count, count == 1 ? "" : "s", om_object_size(object));
    proto_tree *below = proto_item_add_subtree(item, ett_omapush_fragments);

    proto_item_set_generated(item);
    if (om_object_hops(object) > 1)
        proto_item_append_text(item, " on %u hops", om_object_hops(object));
    if (shown < count)
        proto_item_append_text(item, ", the first %u here", shown);
    for (guint i = 0; i < shown; i++)
        view_fragment(tvb, below, om_object_chunk(object, i));
    proto_item_set_generated(proto_tree_add_uint(below, hf_omapush_fragment_count, tvb, 0, 0, count));
    proto_item_set_generated(
        proto_tree_add_uint64(below, hf_omapush_reassembled_length, tvb, 0, 0, om_object_size(object)));
}

void
omapush_object_frames(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_object *object)
{
    gboolean over = PINFO_FD_VISITED(pinfo) || om_object_state(object) == OM_COMPLETE;
    guint most = over ? FRAMES_SHOWN : FRAMES_SHOWN_YET;
    const struct om_report *report;

    /* Its frames are listed once, at its last chunk. */
    if (om_object_carrier(object) != OM_CARRIER_MSRP || om_object_last_frame(object) != pinfo->num)
        return;
    view_fragments(tvb, tree, object, most);
    for (guint i = 0; i < most && (report = om_object_report(object, i)); i++)
        proto_item_append_text(add_link(tvb, tree, hf_omapush_report_in, om_report_frame(report)), " (%u)",
                               om_report_status(report));
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
