/* push_view.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "push_view.h"

#include "body_view.h"
#include "chunk_view.h"
#include "object_view.h"
#include "push_tree.h"
#include "session_view.h"
#include "wireshark/summary/summary.h"

static int hf_omapush_procedure = -1;
static int hf_omapush_response_in = -1;
static int hf_omapush_response_to = -1;
static int hf_omapush_response_time = -1;
static int hf_omapush_report_for = -1;
static int hf_omapush_report_status = -1;
static int hf_omapush_report_delay = -1;

/* clang-format off */
static const value_string procedure_names[] = {
    {OM_PROC_REGISTRATION, "Registration"},
    {OM_PROC_THIRD_PARTY_REGISTRATION, "Third-party registration"},
    {OM_PROC_DEREGISTRATION, "De-registration"},
    {OM_PROC_MESSAGE, "Push by MESSAGE"},
    {OM_PROC_SESSION_OFFER, "Session offer"},
    {OM_PROC_SESSION_ANSWER, "Session answer"},
    {OM_PROC_SESSION_RELEASE, "Session release"},
    {OM_PROC_MSRP, "Push by MSRP"},
    {OM_PROC_REPORT, "Delivery report"},
    {0, NULL},
};
/* clang-format on */

const char *
omapush_procedure_name(guint procedure)
{
    return val_to_str_const(procedure, procedure_names, "");
}

static proto_item *
add_link(tvbuff_t *tvb, proto_tree *tree, int field, guint32 frame)
{
    proto_item *item = proto_tree_add_uint(tree, field, tvb, 0, 0, frame);

    proto_item_set_generated(item);
    return item;
}

proto_item *
omapush_answer_link(tvbuff_t *tvb, proto_tree *tree, guint32 frame)
{
    return add_link(tvb, tree, hf_omapush_response_in, frame);
}

proto_item *
omapush_request_link(tvbuff_t *tvb, proto_tree *tree, guint32 frame)
{
    return add_link(tvb, tree, hf_omapush_response_to, frame);
}

static void
add_time(tvbuff_t *tvb, proto_tree *tree, int field, gint64 taken)
{
    nstime_t delta;

    delta.secs = (time_t) (taken / G_GINT64_CONSTANT(1000000000));
    delta.nsecs = (int) (taken % G_GINT64_CONSTANT(1000000000));
    proto_item_set_generated(proto_tree_add_time(tree, field, tvb, 0, 0, &delta));
}

/* --- responses and reports --- */

static void
view_response_time(tvbuff_t *tvb, proto_tree *tree, const struct om_message *message)
{
    gint64 taken;

    if (om_message_response_time(message, &taken))
        add_time(tvb, tree, hf_omapush_response_time, taken);
}

static void
view_request(tvbuff_t *tvb, proto_tree *tree, const struct om_message *message)
{
    const struct om_message *response = om_message_response(message);

    if (response) {
        omapush_answer_link(tvb, tree, om_message_frame(response));
        view_response_time(tvb, tree, message);
    }
}

static void
view_response(tvbuff_t *tvb, proto_tree *tree, const struct om_message *message)
{
    const struct om_message *request = om_message_request(message);

    if (request) {
        omapush_request_link(tvb, tree, om_message_frame(request));
        view_response_time(tvb, tree, message);
    }
}

static void
view_report(tvbuff_t *tvb, proto_tree *tree, const struct om_message *message)
{
    const struct om_report *report = om_message_report(message);
    const struct om_chunk *chunk = report ? om_report_answers(report) : NULL;

    if (!report)
        return;
    if (om_report_status(report))
        proto_tree_add_uint(tree, hf_omapush_report_status, tvb, 0, 0, om_report_status(report));
    /* One that is captured before the end of what it answers has no delay. */
    add_link(tvb, tree, hf_omapush_report_for,
             chunk ? om_chunk_frame(chunk) : om_object_last_frame(om_message_object(message)));
    if (chunk)
        add_time(tvb, tree, hf_omapush_report_delay, om_report_time(report) - om_chunk_end_time(chunk));
}

/* --- the tree --- */

/* Is this the message with which its object ended? One in a frame: many chunks may share it. */
static gboolean
is_last(packet_info *pinfo, const struct om_message *message)
{
    const struct om_object *object = om_message_object(message);
    const struct om_chunk *chunk = om_message_chunk(message);

    if (!chunk || om_object_last_frame(object) != pinfo->num || om_object_last_chunk(object) != chunk)
        return FALSE;
    if (PINFO_FD_VISITED(pinfo))
        return TRUE;
    /* At the first visit a "+" chunk is not known to be the last one, and what was complete before was shown before. */
    if (om_object_state(object) == OM_COMPLETE)
        return om_object_judged_frame(object) == pinfo->num || !om_object_judged_frame(object);
    return om_chunk_flag(chunk) == '$' || om_chunk_flag(chunk) == '#';
}

/* Frames behind the last chunk tell the object's state too: responses and REPORTs. */
static gboolean
is_behind(packet_info *pinfo, const struct om_message *message)
{
    const struct om_object *object = om_message_object(message);

    return !om_message_chunk(message) && pinfo->num >= om_object_last_frame(object) &&
           (om_object_is_over(object) || PINFO_FD_VISITED(pinfo));
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
    struct om_object *object = om_message_object(message);
    gboolean ends = object && is_last(pinfo, message);
    gboolean full = object && (ends || is_behind(pinfo, message)) && !shown_in_full(pinfo, object);

    if (om_message_session_id(message))
        behind = omapush_session_view(tvb, pinfo, tree, om_message_session(message));
    if (full)
        behind = omapush_object_view(tvb, pinfo, tree, object, ends);
    else if (object)
        behind = omapush_object_link(tvb, pinfo, tree, object);
    omapush_remarks_behind(pinfo, tree, behind);
    return full && ends;
}

static proto_tree *
open_tree(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_piece *piece, const char *summary)
{
    return omapush_push_tree(tvb, (gint) piece->from, (gint) (piece->to - piece->from), pinfo, tree, summary);
}

proto_item *
omapush_procedure_view(tvbuff_t *tvb, proto_tree *tree, enum om_procedure procedure)
{
    proto_item *item = proto_tree_add_uint(tree, hf_omapush_procedure, tvb, 0, 0, (guint32) procedure);

    proto_item_set_generated(item);
    return item;
}

void
omapush_push_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_payload *call _U_,
                  const struct om_piece *piece)
{
    const struct om_message *message = piece->message;
    proto_tree *push_tree = open_tree(tvb, pinfo, tree, piece, omapush_message_summary(pinfo, message));
    gboolean content = view_matter(tvb, pinfo, push_tree, message,
                                   omapush_procedure_view(tvb, push_tree, om_message_procedure(message)));

    if (om_message_chunk(message))
        omapush_chunk_view(tvb, push_tree, om_message_chunk(message));
    if (om_message_method(message) == OM_MSRP_RESPONSE)
        view_response(tvb, push_tree, message);
    else
        view_request(tvb, push_tree, message);
    if (om_message_method(message) == OM_MSRP_REPORT)
        view_report(tvb, push_tree, message);
    if (content)
        omapush_object_body_view(tvb, pinfo, push_tree, tree, om_message_object(message));
}

void
omapush_push_part_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_piece *piece)
{
    const struct om_message *message = piece->message;
    proto_tree *push_tree = open_tree(tvb, pinfo, tree, piece, omapush_part_summary(pinfo, message));
    proto_item *behind = omapush_procedure_view(tvb, push_tree, om_message_procedure(message));

    if (om_message_session_id(message))
        behind = omapush_session_view(tvb, pinfo, push_tree, om_message_session(message));
    if (om_message_object(message) && is_last(pinfo, message) && !shown_in_full(pinfo, om_message_object(message)))
        behind = omapush_object_view(tvb, pinfo, push_tree, om_message_object(message), TRUE);
    else if (om_message_object(message))
        behind = omapush_object_link(tvb, pinfo, push_tree, om_message_object(message));
    omapush_remarks_behind(pinfo, push_tree, behind);
}

void
omapush_push_view_register(void)
{
    static hf_register_info hf[] = {
        {&hf_omapush_procedure,
         {"Procedure", "omapush.procedure", FT_UINT8, BASE_DEC, VALS(procedure_names), 0x0,
          "What this frame is for the push", HFILL}},
        {&hf_omapush_response_in,
         {"Response in", "omapush.response_in", FT_FRAMENUM, BASE_NONE, FRAMENUM_TYPE(FT_FRAMENUM_RESPONSE), 0x0,
          "The frame of the transaction response", HFILL}},
        {&hf_omapush_response_to,
         {"Response to", "omapush.response_to", FT_FRAMENUM, BASE_NONE, FRAMENUM_TYPE(FT_FRAMENUM_REQUEST), 0x0,
          "The frame of the request", HFILL}},
        {&hf_omapush_response_time,
         {"Response time", "omapush.response_time", FT_RELATIVE_TIME, BASE_NONE, NULL, 0x0,
          "From the end of the request; none where the answer came before that", HFILL}},
        {&hf_omapush_report_for,
         {"Report for", "omapush.report_for", FT_FRAMENUM, BASE_NONE, FRAMENUM_TYPE(FT_FRAMENUM_NONE), 0x0,
          "The chunk that it answers: of those with bytes that it reports, the last to come", HFILL}},
        {&hf_omapush_report_status,
         {"Report status", "omapush.report.status", FT_UINT16, BASE_DEC, NULL, 0x0, "Status code of a REPORT", HFILL}},
        {&hf_omapush_report_delay,
         {"Report delay", "omapush.report.delay", FT_RELATIVE_TIME, BASE_NONE, NULL, 0x0,
          "From the end of the chunk that it answers", HFILL}},
    };

    proto_register_field_array(proto_omapush, hf, array_length(hf));
}
