/* push_view.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "push_view.h"

#include "body_view.h"
#include "chunk_view.h"
#include "summary.h"
#include "findings_view.h"

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

/* --- responses and reports --- */

/* From the end of the request: a 413 that comes before that, to stop a SEND under way (RFC 4975 section 10.5), took none. */
static void
view_response_time(tvbuff_t *tvb, proto_tree *tree, const struct om_message *request, const struct om_message *response)
{
    if (request->ended && request->time <= response->time)
        add_time(tvb, tree, HF(RESPONSE_TIME), request->time, response->time);
}

static void
view_request(tvbuff_t *tvb, proto_tree *tree, const struct om_message *message)
{
    const struct om_message *response = message->response;

    if (response) {
        add_link(tvb, tree, HF(RESPONSE_IN), response->frame);
        view_response_time(tvb, tree, message, response);
    }
}

static void
view_response(tvbuff_t *tvb, proto_tree *tree, const struct om_message *message)
{
    if (message->request) {
        add_link(tvb, tree, HF(RESPONSE_TO), message->request->frame);
        view_response_time(tvb, tree, message->request, message);
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
    /* One that is captured before the end of what it answers has no delay. */
    add_link(tvb, tree, HF(REPORT_FOR), report->chunk ? report->chunk->frame : message->object->last_frame);
    if (report->chunk)
        add_time(tvb, tree, HF(REPORT_DELAY), report->chunk->end_time, report->time);
}

/* --- the tree --- */

/* Is this the message with which its object ended? One in a frame: many chunks may share it. */
static gboolean
is_last(packet_info *pinfo, const struct om_message *message)
{
    const struct om_object *object = message->object;

    if (!message->chunk || object->last_frame != pinfo->num || object->last_chunk != message->chunk)
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
           (om_object_state(object) == OM_COMPLETE || object->last_seen || object->aborted || PINFO_FD_VISITED(pinfo));
}

/* In full once a frame: a segment may hold the answers to many chunks. */
static gboolean
shown_in_full(packet_info *pinfo, const struct om_object *object)
{
    wmem_map_t *shown = p_get_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_SHOWN);

    if (!shown) {
        shown = wmem_map_new(pinfo->pool, g_direct_hash, g_direct_equal);
        p_add_proto_data(pinfo->pool, pinfo, proto_omapush, OMAPUSH_DATA_SHOWN, shown);
    }
    return wmem_map_insert(shown, object, shown) != NULL;
}

/* Which session, which object, is it right: in this order, and before all details. Tells whether the object ends here
 * and is shown in full. */
static gboolean
view_matter(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_message *message, proto_item *behind)
{
    struct om_object *object = message->object;
    gboolean ends = object && is_last(pinfo, message);
    gboolean full = object && (ends || is_behind(pinfo, message)) && !shown_in_full(pinfo, object);

    if (message->session && message->session->id)
        behind = omapush_session_view(tvb, pinfo, tree, message->session);
    if (full)
        behind = omapush_object_view(tvb, pinfo, tree, object);
    else if (object)
        behind = omapush_object_link(tvb, pinfo, tree, object);
    omapush_findings_behind(pinfo, tree, behind);
    return full && ends;
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

static proto_item *
add_procedure(tvbuff_t *tvb, proto_tree *tree, const struct om_message *message)
{
    proto_item *item = proto_tree_add_uint(tree, HF(PROCEDURE), tvb, 0, 0, (guint32) om_message_procedure(message));

    proto_item_set_generated(item);
    return item;
}

void
omapush_push_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_call *call _U_,
                  const struct om_piece *piece)
{
    const struct om_message *message = piece->message;
    proto_tree *push_tree = open_tree(tvb, pinfo, tree, piece, omapush_message_summary(pinfo, message));
    gboolean content = view_matter(tvb, pinfo, push_tree, message, add_procedure(tvb, push_tree, message));

    if (message->chunk)
        omapush_chunk_view(tvb, push_tree, message->chunk);
    if (message->method == OM_MSRP_RESPONSE)
        view_response(tvb, push_tree, message);
    else
        view_request(tvb, push_tree, message);
    if (message->method == OM_MSRP_REPORT)
        view_report(tvb, push_tree, message);
    if (content)
        omapush_object_body_view(tvb, pinfo, push_tree, tree, message->object);
}

void
omapush_push_part_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_piece *piece)
{
    const struct om_message *message = piece->message;
    proto_tree *push_tree = open_tree(tvb, pinfo, tree, piece, omapush_part_summary(pinfo, message));
    proto_item *behind = add_procedure(tvb, push_tree, message);

    if (message->session && message->session->id)
        behind = omapush_session_view(tvb, pinfo, push_tree, message->session);
    if (message->object && is_last(pinfo, message))
        behind = omapush_object_view(tvb, pinfo, push_tree, message->object);
    else if (message->object)
        behind = omapush_object_link(tvb, pinfo, push_tree, message->object);
    omapush_findings_behind(pinfo, push_tree, behind);
}
