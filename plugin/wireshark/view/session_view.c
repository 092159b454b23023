/* session_view.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "session_view.h"

#include "long_text.h"

static int hf_omapush_session_id = -1;
static int hf_omapush_session_from = -1;
static int hf_omapush_session_to = -1;
static int hf_omapush_session_call_id = -1;
static int hf_omapush_session_diagnosis = -1;
static int hf_omapush_session_verdict = -1;
static int hf_omapush_offer_in = -1;
static int hf_omapush_answer_in = -1;
static int hf_omapush_release_in = -1;

static gint ett_omapush_session = -1;

static void
add_frame(tvbuff_t *tvb, proto_tree *tree, int field, guint32 frame)
{
    if (frame)
        proto_item_set_generated(proto_tree_add_uint(tree, field, tvb, 0, 0, frame));
}

static void
add_text(tvbuff_t *tvb, proto_tree *tree, int field, const char *text)
{
    if (text)
        proto_item_set_generated(proto_tree_add_string(tree, field, tvb, 0, 0, text));
}

/* On the offer, and where the session ends. What becomes of it is known once all frames were seen. */
static void
add_session_verdict(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_session *session)
{
    gboolean rejected = om_session_status(session) >= 300;
    guint32 end = rejected ? om_session_answer_frame(session) : om_session_bye_frame(session);
    const struct om_conclusion *conclusion;

    if (!PINFO_FD_VISITED(pinfo) || (pinfo->num != end && pinfo->num != om_session_offer_frame(session)))
        return;
    conclusion = om_model_conclude(omapush_model());
    add_text(tvb, tree, hf_omapush_session_verdict, om_verdict_name(om_session_verdict(session, conclusion)));
    omapush_long_text(tvb, pinfo, tree, hf_omapush_session_diagnosis, om_session_diagnosis(session, conclusion));
}

proto_item *
omapush_session_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_session *session)
{
    proto_item *item = proto_tree_add_uint(tree, hf_omapush_session_id, tvb, 0, 0, om_session_id(session));
    proto_tree *below = proto_item_add_subtree(item, ett_omapush_session);
    const GPtrArray *apps = om_session_event_apps(session);
    const char *from = om_session_from(session), *to = om_session_to(session);

    proto_item_set_generated(item);
    proto_item_append_text(item, ", %s to %s", from ? from : "?", to ? to : "?");
    for (guint i = 0; i < apps->len; i++)
        proto_item_append_text(item, ", %s", (const char *) g_ptr_array_index(apps, i));
    add_text(tvb, below, hf_omapush_session_from, from);
    add_text(tvb, below, hf_omapush_session_to, to);
    add_text(tvb, below, hf_omapush_session_call_id, om_session_call_id(session));
    if (om_session_offer_frame(session) != pinfo->num)
        add_frame(tvb, below, hf_omapush_offer_in, om_session_offer_frame(session));
    if (om_session_answer_frame(session) != pinfo->num)
        add_frame(tvb, below, hf_omapush_answer_in, om_session_answer_frame(session));
    if (om_session_bye_frame(session) != pinfo->num)
        add_frame(tvb, below, hf_omapush_release_in, om_session_bye_frame(session));
    add_session_verdict(tvb, pinfo, below, session);
    return item;
}

void
omapush_session_view_register(void)
{
    static hf_register_info hf[] = {
        {&hf_omapush_session_id,
         {"Session", "omapush.session.id", FT_UINT32, BASE_DEC, NULL, 0x0,
          "Push sessions count from 1 in order of the offers", HFILL}},
        {&hf_omapush_session_from,
         {"From", "omapush.session.from", FT_STRING, BASE_NONE, NULL, 0x0, "URI that the INVITE comes from", HFILL}},
        {&hf_omapush_session_to,
         {"To", "omapush.session.to", FT_STRING, BASE_NONE, NULL, 0x0, "URI that the INVITE goes to", HFILL}},
        {&hf_omapush_session_call_id,
         {"Call-ID", "omapush.session.call_id", FT_STRING, BASE_NONE, NULL, 0x0, "Of the session's dialog", HFILL}},
        {&hf_omapush_session_diagnosis,
         {"Diagnosis", "omapush.session.diagnosis", FT_STRING, BASE_NONE, NULL, 0x0,
          "The first cause, its frame and its side", HFILL}},
        {&hf_omapush_session_verdict,
         {"Session verdict", "omapush.session.verdict", FT_STRING, BASE_NONE, NULL, 0x0,
          "pass, warn, fail or unknown: the worst of its objects and offered files", HFILL}},
        {&hf_omapush_offer_in,
         {"Offer in", "omapush.offer_in", FT_FRAMENUM, BASE_NONE, FRAMENUM_TYPE(FT_FRAMENUM_NONE), 0x0,
          "The frame of the session's offer", HFILL}},
        {&hf_omapush_answer_in,
         {"Answer in", "omapush.answer_in", FT_FRAMENUM, BASE_NONE, FRAMENUM_TYPE(FT_FRAMENUM_RESPONSE), 0x0,
          "The frame of the session's answer", HFILL}},
        {&hf_omapush_release_in,
         {"Release in", "omapush.release_in", FT_FRAMENUM, BASE_NONE, FRAMENUM_TYPE(FT_FRAMENUM_NONE), 0x0,
          "The frame of the session's BYE", HFILL}},
    };
    static gint *ett[] = {
        &ett_omapush_session,
    };

    proto_register_field_array(proto_omapush, hf, array_length(hf));
    proto_register_subtree_array(ett, array_length(ett));
}
