/* push_view.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "push_view.h"

#include "body_view.h"
#include "summary.h"
#include "findings_view.h"

/** Fragments that are listed at the last chunk. */
#define FRAGMENTS_SHOWN 1000

static void
add_link(tvbuff_t *tvb, proto_tree *tree, int field, guint32 frame)
{
    proto_item_set_generated(proto_tree_add_uint(tree, field, tvb, 0, 0, frame));
}

static void
add_time(tvbuff_t *tvb, proto_tree *tree, int field, gint64 from, gint64 to)
{
    nstime_t delta;
    gint64 taken = to - from;

    delta.secs = (time_t) (taken / G_GINT64_CONSTANT(1000000000));
    delta.nsecs = (int) (taken % G_GINT64_CONSTANT(1000000000));
    proto_item_set_generated(proto_tree_add_time(tree, field, tvb, 0, 0, &delta));
}

/* --- chunk --- */

static void
view_neighbours(tvbuff_t *tvb, proto_tree *tree, const struct om_chunk *chunk)
{
    const GPtrArray *chunks = chunk->object->chunks;

    if (chunk->index > 0)
        add_link(tvb, tree, HF(OTHER_CHUNK), ((struct om_chunk *) g_ptr_array_index(chunks, chunk->index - 1))->frame);
    if (chunk->index + 1 < chunks->len)
        add_link(tvb, tree, HF(OTHER_CHUNK), ((struct om_chunk *) g_ptr_array_index(chunks, chunk->index + 1))->frame);
}

static void
view_chunk(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_message *message)
{
    const struct om_chunk *chunk = message->chunk;
    char flag[2] = {chunk->flag, '\0'};
    proto_item *item = proto_tree_add_uint(tree, HF(CHUNK_NUMBER), tvb, 0, 0, chunk->number);
    proto_tree *below = proto_item_add_subtree(item, om_ett[OM_T_CHUNK]);

    proto_item_set_generated(item);
    if (om_object_state(chunk->object) == OM_COMPLETE)
        proto_item_append_text(item, " of %u", chunk->leg->chunks);
    proto_tree_add_uint64(below, HF(CHUNK_START), tvb, 0, 0, chunk->offset + 1);
    proto_tree_add_uint64(below, HF(CHUNK_END), tvb, 0, 0, chunk->offset + chunk->length);
    if (chunk->has_total)
        proto_tree_add_uint64(below, HF(CHUNK_TOTAL), tvb, 0, 0, chunk->total);
    if (chunk->flag)
        proto_tree_add_string(below, HF(CHUNK_FLAG), tvb, 0, 0, flag);
    view_neighbours(tvb, below, chunk);
    if (om_object_state(chunk->object) == OM_COMPLETE && chunk->object->last_frame != pinfo->num)
        add_link(tvb, tree, HF(REASSEMBLED_IN), chunk->object->last_frame);
}

static void
view_fragments(tvbuff_t *tvb, proto_tree *tree, const struct om_object *object)
{
    guint shown = MIN(object->chunks->len, FRAGMENTS_SHOWN);
    proto_item *item = proto_tree_add_none_format(tree, HF(FRAGMENTS), tvb, 0, 0,
                                                  "%u chunks (%" G_GUINT64_FORMAT " bytes)", object->chunks->len,
                                                  om_object_size(object));
    proto_tree *below = proto_item_add_subtree(item, om_ett[OM_T_FRAGMENTS]);

    proto_item_set_generated(item);
    for (guint i = 0; i < shown; i++) {
        const struct om_chunk *chunk = g_ptr_array_index(object->chunks, i);

        item = proto_tree_add_uint(below, HF(FRAGMENT), tvb, 0, 0, chunk->frame);
        proto_item_append_text(item, ", bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT " (%" G_GUINT64_FORMAT ")",
                               chunk->offset + 1, chunk->offset + chunk->length, chunk->length);
        proto_item_set_generated(item);
    }
    proto_item_set_generated(proto_tree_add_uint(below, HF(FRAGMENT_COUNT), tvb, 0, 0, object->chunks->len));
    proto_item_set_generated(
        proto_tree_add_uint64(below, HF(REASSEMBLED_LENGTH), tvb, 0, 0, om_object_size(object)));
}

/* --- responses and reports --- */

static void
view_request(tvbuff_t *tvb, proto_tree *tree, const struct om_message *message)
{
    const struct om_message *response = message->response;

    if (response) {
        add_link(tvb, tree, HF(RESPONSE_IN), response->frame);
        add_time(tvb, tree, HF(RESPONSE_TIME), message->time, response->time);
    }
}

static void
view_response(tvbuff_t *tvb, proto_tree *tree, const struct om_message *message)
{
    if (message->request) {
        add_link(tvb, tree, HF(RESPONSE_TO), message->request->frame);
        add_time(tvb, tree, HF(RESPONSE_TIME), message->request->time, message->time);
    }
}

static void
view_report(tvbuff_t *tvb, proto_tree *tree, const struct om_message *message)
{
    const struct om_report *report = message->report;

    if (!report)
        return;
    if (report->status)
        proto_tree_add_uint(tree, HF(REPORT_STATUS), tvb, 0, 0, report->status);
    add_link(tvb, tree, HF(REPORT_FOR), message->object->last_frame);
    add_time(tvb, tree, HF(REPORT_DELAY), message->object->last_time, report->time);
}

static void
view_reports_of(tvbuff_t *tvb, proto_tree *tree, const struct om_object *object)
{
    for (guint i = 0; i < object->reports->len && i < FRAGMENTS_SHOWN; i++)
        add_link(tvb, tree, HF(REPORT_IN), ((struct om_report *) g_ptr_array_index(object->reports, i))->frame);
}

/* --- the tree --- */

static gboolean
is_last(packet_info *pinfo, const struct om_message *message)
{
    const struct om_object *object = message->object;

    if (!message->chunk || object->last_frame != pinfo->num)
        return FALSE;
    /* At the first visit a "+" chunk is not known to be the last one. */
    return PINFO_FD_VISITED(pinfo) || om_object_state(object) == OM_COMPLETE || message->chunk->flag == '$' ||
           message->chunk->flag == '#';
}

/* Frames behind the last chunk tell the object's state too: responses and REPORTs. */
static gboolean
is_behind(packet_info *pinfo, const struct om_message *message)
{
    const struct om_object *object = message->object;

    return !message->chunk && pinfo->num >= object->last_frame &&
           (om_object_state(object) == OM_COMPLETE || object->last_seen || object->aborted ||
            PINFO_FD_VISITED(pinfo));
}

static void
view_object(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, proto_tree *whole, const struct om_message *message)
{
    struct om_object *object = message->object;

    if (is_last(pinfo, message)) {
        omapush_object_view(tvb, pinfo, tree, object);
        view_fragments(tvb, tree, object);
        view_reports_of(tvb, tree, object);
        omapush_object_body_view(tvb, pinfo, tree, whole, object);
    } else if (is_behind(pinfo, message)) {
        omapush_object_view(tvb, pinfo, tree, object);
    } else {
        omapush_object_link(tvb, pinfo, tree, object);
    }
}

static proto_tree *
open_tree(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_piece *piece, const char *summary)
{
    proto_item *item =
        proto_tree_add_item(tree, proto_omapush, tvb, (gint) piece->from, (gint) (piece->to - piece->from), ENC_NA);
    proto_tree *push_tree = proto_item_add_subtree(item, om_ett[OM_T_PUSH]);

    proto_item_append_text(item, ", %s", summary);
    omapush_findings_into(pinfo, push_tree);
    return push_tree;
}

static void
add_procedure(tvbuff_t *tvb, proto_tree *tree, const struct om_message *message)
{
    proto_item_set_generated(
        proto_tree_add_uint(tree, HF(PROCEDURE), tvb, 0, 0, (guint32) om_message_procedure(message)));
}

void
omapush_push_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_call *call _U_,
                  const struct om_piece *piece)
{
    const struct om_message *message = piece->message;
    proto_tree *push_tree = open_tree(tvb, pinfo, tree, piece, omapush_message_summary(pinfo, message));

    add_procedure(tvb, push_tree, message);
    if (message->session && message->session->id)
        omapush_session_view(tvb, pinfo, push_tree, message->session);
    if (message->chunk)
        view_chunk(tvb, pinfo, push_tree, message);
    if (message->method == OM_MSRP_RESPONSE)
        view_response(tvb, push_tree, message);
    else
        view_request(tvb, push_tree, message);
    if (message->method == OM_MSRP_REPORT)
        view_report(tvb, push_tree, message);
    if (message->object)
        view_object(tvb, pinfo, push_tree, tree, message);
}

void
omapush_push_part_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_piece *piece)
{
    const struct om_message *message = piece->message;
    proto_tree *push_tree;

    push_tree = open_tree(tvb, pinfo, tree, piece, "part of a message that goes on");
    add_procedure(tvb, push_tree, message);
    if (message->session && message->session->id)
        omapush_session_view(tvb, pinfo, push_tree, message->session);
    if (message->object)
        omapush_object_link(tvb, pinfo, push_tree, message->object);
    if (message->object && om_object_state(message->object) == OM_COMPLETE &&
        message->object->last_frame != pinfo->num)
        add_link(tvb, push_tree, HF(REASSEMBLED_IN), message->object->last_frame);
}
