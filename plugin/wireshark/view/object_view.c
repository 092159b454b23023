/* object_view.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "object_view.h"

#include "chunk_view.h"
#include "long_text.h"
#include "wireshark/summary/summary.h"

static int hf_omapush_object_id = -1;
static int hf_omapush_object_name = -1;
static int hf_omapush_object_state = -1;
static int hf_omapush_object_size = -1;
static int hf_omapush_object_total = -1;
static int hf_omapush_object_missing = -1;
static int hf_omapush_object_digest = -1;
static int hf_omapush_object_verification = -1;
static int hf_omapush_object_offered_digest = -1;
static int hf_omapush_object_computed_digest = -1;
static int hf_omapush_object_offered_size = -1;
static int hf_omapush_object_covers = -1;
static int hf_omapush_object_verdict = -1;
static int hf_omapush_object_end = -1;
static int hf_omapush_object_delivery = -1;
static int hf_omapush_object_diagnosis = -1;
static int hf_omapush_object_setup_time = -1;
static int hf_omapush_object_transfer_time = -1;
static int hf_omapush_object_report_time = -1;
static int hf_omapush_object_rate = -1;
static int hf_omapush_object_hops = -1;
static int hf_omapush_reassembled_in = -1;

static gint ett_omapush_object = -1;
static gint ett_omapush_verification = -1;

/** Missing ranges that are listed. */
#define GAPS_SHOWN 16

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

static const char *
missing_text(packet_info *pinfo, const struct om_object *object)
{
    guint more;
    GArray *gaps = om_object_first_gaps(object, GAPS_SHOWN, &more);
    wmem_strbuf_t *text = wmem_strbuf_new(pinfo->pool, "");

    for (guint i = 0; i < gaps->len; i++)
        wmem_strbuf_append_printf(text, "%s%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, i ? ", " : "",
                                  g_array_index(gaps, struct om_range, i).from + 1,
                                  g_array_index(gaps, struct om_range, i).to);
    if (more)
        wmem_strbuf_append_printf(text, " and %u more", more);
    g_array_unref(gaps);
    return wmem_strbuf_get_str(text);
}

static void
add_digests(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_object *object)
{
    const struct om_digest *digest;

    for (guint i = 0; (digest = om_object_digest(object, i)); i++) {
        const char *value = omapush_pooled(pinfo, om_digest_text(digest->value, digest->length));

        add_text(tvb, tree, hf_omapush_object_digest,
                 wmem_strdup_printf(pinfo->pool, "%s:%s", digest->algorithm, value));
    }
}

static void
add_time(tvbuff_t *tvb, proto_tree *tree, int field, gint64 taken)
{
    nstime_t delta = {(time_t) (taken / G_GINT64_CONSTANT(1000000000)), (int) (taken % G_GINT64_CONSTANT(1000000000))};

    proto_item_set_generated(proto_tree_add_time(tree, field, tvb, 0, 0, &delta));
}

static void
add_rate(tvbuff_t *tvb, proto_tree *tree, const struct om_object *object)
{
    gint64 taken = om_object_last_time(object) - om_object_first_time(object);
    guint64 size = om_object_size(object);
    proto_item *item;

    if (taken <= 0 || om_object_carrier(object) != OM_CARRIER_MSRP)
        return;
    item = proto_tree_add_uint64(tree, hf_omapush_object_rate, tvb, 0, 0,
                                 (guint64) ((double) size / ((double) taken / 1e9)));
    proto_item_append_text(item, " bytes a second (%" G_GUINT64_FORMAT " bytes in %.3f s)", size, (double) taken / 1e9);
    proto_item_set_generated(item);
}

static void
add_times(tvbuff_t *tvb, proto_tree *tree, const struct om_object *object)
{
    const struct om_session *session = om_object_session(object);
    gint64 last = om_object_last_time(object), report = om_object_report_time(object), setup = 0;

    if (session && om_session_setup_time(session, &setup))
        add_time(tvb, tree, hf_omapush_object_setup_time, setup);
    add_time(tvb, tree, hf_omapush_object_transfer_time, last - om_object_first_time(object));
    if (om_object_report_frame(object) && report >= last)
        add_time(tvb, tree, hf_omapush_object_report_time, report - last);
    add_rate(tvb, tree, object);
}

static void
add_missing(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_object *object)
{
    const char *missing = missing_text(pinfo, object);

    if (*missing)
        add_text(tvb, tree, hf_omapush_object_missing, missing);
}

/* --- is it right --- */

static void
add_digest(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, int field, const char *algorithm,
           const struct om_digest *digest)
{
    const char *value;

    if (!digest->length)
        return;
    value = omapush_pooled(pinfo, om_digest_text(digest->value, digest->length));
    add_text(tvb, tree, field, wmem_strdup_printf(pinfo->pool, "%s:%s", algorithm, value));
}

/* What was offered and what was computed stand below each other. */
static void
add_verification(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_object *object)
{
    const struct om_verification *verification = om_object_verification(object);
    proto_item *item = proto_tree_add_string(tree, hf_omapush_object_verification, tvb, 0, 0,
                                             om_verification_name(verification->result));
    gboolean decided = verification->result == OM_MATCH || verification->hash_wrong;
    proto_tree *below = item == tree ? tree : proto_item_add_subtree(item, ett_omapush_verification);

    proto_item_set_generated(item);
    if (verification->hash_wrong)
        proto_item_append_text(item, ", %s", verification->algorithm);
    if (verification->size_wrong && verification->file) {
        guint64 offered = verification->part ? verification->part_length : verification->file->size;

        proto_item_append_text(item, ", size offered %" G_GUINT64_FORMAT ", received %" G_GUINT64_FORMAT, offered,
                               om_object_size(object));
        proto_item_set_generated(proto_tree_add_uint64(below, hf_omapush_object_offered_size, tvb, 0, 0, offered));
    }
    if (decided) {
        add_digest(tvb, pinfo, below, hf_omapush_object_offered_digest, verification->algorithm,
                   &verification->offered);
        add_digest(tvb, pinfo, below, hf_omapush_object_computed_digest, verification->algorithm,
                   &verification->computed);
    }
    if (om_covers_name(verification->covers))
        add_text(tvb, below, hf_omapush_object_covers, om_covers_name(verification->covers));
}

/* --- the object --- */

/* Labels that are made up are no names. */
static void
add_name(tvbuff_t *tvb, proto_tree *tree, struct om_object *object, const char *label)
{
    char *name = om_object_name(object);
    gboolean named = name || om_object_message_id(object);

    g_free(name);
    if (named)
        add_text(tvb, tree, hf_omapush_object_name, label);
}

static void
add_state(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const struct om_object *object)
{
    enum om_state state = om_object_state(object);
    guint64 total;

    add_text(tvb, tree, hf_omapush_object_state, om_state_name(state));
    proto_item_set_generated(proto_tree_add_uint64(tree, hf_omapush_object_size, tvb, 0, 0, om_object_size(object)));
    if (om_object_total(object, &total))
        proto_item_set_generated(proto_tree_add_uint64(tree, hf_omapush_object_total, tvb, 0, 0, total));
    if (state != OM_COMPLETE)
        add_missing(tvb, pinfo, tree, object);
}

proto_item *
omapush_object_view(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, struct om_object *object, gboolean ends)
{
    struct om_model *model = omapush_model();
    const struct om_conclusion *conclusion = PINFO_FD_VISITED(pinfo) ? om_model_conclude(model) : NULL;
    const char *label = omapush_object_label(pinfo, object), *summary = omapush_object_summary(pinfo, object);
    const char *verdict = om_verdict_name(om_object_verdict(object, conclusion));
    proto_item *item = proto_tree_add_uint(tree, hf_omapush_object_id, tvb, 0, 0, om_object_id(object));
    proto_tree *below = proto_item_add_subtree(item, ett_omapush_object);

    proto_item_set_generated(item);
    proto_item_append_text(item, ", %s, %s, %s", label, summary, verdict);
    add_name(tvb, below, object, label);
    add_state(tvb, pinfo, below, object);
    add_verification(tvb, pinfo, below, object);
    add_text(tvb, below, hf_omapush_object_verdict, verdict);
    add_text(tvb, below, hf_omapush_object_delivery, om_delivery_name(om_object_delivery(object, conclusion)));
    omapush_long_text(tvb, pinfo, below, hf_omapush_object_diagnosis, om_object_diagnosis(object, conclusion));
    if (ends)
        proto_item_set_generated(proto_tree_add_boolean(below, hf_omapush_object_end, tvb, 0, 0, TRUE));
    add_digests(tvb, pinfo, below, object);
    add_times(tvb, below, object);
    if (om_object_hops(object) > 1)
        proto_item_set_generated(proto_tree_add_uint(below, hf_omapush_object_hops, tvb, 0, 0, om_object_hops(object)));
    omapush_object_frames(tvb, pinfo, below, object);
    return item;
}

/* What became of it, on its earlier frames: in a second pass that is known. */
static void
view_outcome(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, struct om_object *object)
{
    if (om_object_state(object) == OM_COMPLETE) {
        add_frame(tvb, tree, hf_omapush_reassembled_in, om_object_last_frame(object));
    } else {
        proto_item_append_text(omapush_other_chunk(tvb, tree, om_object_last_frame(object)), " (the last one)");
        add_missing(tvb, pinfo, tree, object);
    }
    add_rate(tvb, tree, object);
}

proto_item *
omapush_object_link(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, struct om_object *object)
{
    proto_item *item = proto_tree_add_uint(tree, hf_omapush_object_id, tvb, 0, 0, om_object_id(object));

    proto_item_set_generated(item);
    proto_item_append_text(item, ", %s", omapush_object_label(pinfo, object));
    if ((PINFO_FD_VISITED(pinfo) || om_object_state(object) == OM_COMPLETE) &&
        om_object_last_frame(object) != pinfo->num) {
        proto_item_append_text(item, ": %s (frame %u)", omapush_object_summary(pinfo, object),
                               om_object_last_frame(object));
        view_outcome(tvb, pinfo, proto_item_add_subtree(item, ett_omapush_object), object);
    }
    return item;
}

void
omapush_object_view_register(void)
{
    static hf_register_info hf[] = {
        {&hf_omapush_object_id,
         {"Object", "omapush.object.id", FT_UINT32, BASE_DEC, NULL, 0x0,
          "Push objects count from 1 in order of their first frame", HFILL}},
        {&hf_omapush_object_name,
         {"Name", "omapush.object.name", FT_STRING, BASE_NONE, NULL, 0x0, "From the selector or Content-Location",
          HFILL}},
        {&hf_omapush_object_state,
         {"State", "omapush.object.state", FT_STRING, BASE_NONE, NULL, 0x0, "complete, incomplete or aborted", HFILL}},
        {&hf_omapush_object_size,
         {"Size", "omapush.object.size", FT_UINT64, BASE_DEC, NULL, 0x0, "Distinct bytes held", HFILL}},
        {&hf_omapush_object_total,
         {"Total", "omapush.object.total", FT_UINT64, BASE_DEC, NULL, 0x0,
          "Bytes announced, else known from the last chunk", HFILL}},
        {&hf_omapush_object_missing,
         {"Missing", "omapush.object.missing", FT_STRING, BASE_NONE, NULL, 0x0, "Bytes missing, ranges count from 1",
          HFILL}},
        {&hf_omapush_object_digest,
         {"Digest", "omapush.object.digest", FT_STRING, BASE_NONE, NULL, 0x0, "algorithm:value over the whole object",
          HFILL}},
        {&hf_omapush_object_verification,
         {"Verification", "omapush.object.verification", FT_STRING, BASE_NONE, NULL, 0x0,
          "match, mismatch, not-offered or not-verifiable", HFILL}},
        {&hf_omapush_object_offered_digest,
         {"Offered", "omapush.object.offered_digest", FT_STRING, BASE_NONE, NULL, 0x0,
          "algorithm:value of the selector, where it decides", HFILL}},
        {&hf_omapush_object_computed_digest,
         {"Computed", "omapush.object.computed_digest", FT_STRING, BASE_NONE, NULL, 0x0,
          "algorithm:value of what was received, to be held against the offered one", HFILL}},
        {&hf_omapush_object_offered_size,
         {"Offered size", "omapush.object.offered_size", FT_UINT64, BASE_DEC, NULL, 0x0,
          "Bytes in the selector, where they are not those received", HFILL}},
        {&hf_omapush_object_covers,
         {"Covers", "omapush.object.covers", FT_STRING, BASE_NONE, NULL, 0x0,
          "What the matching hash covers: object or content", HFILL}},
        {&hf_omapush_object_verdict,
         {"Verdict", "omapush.object.verdict", FT_STRING, BASE_NONE, NULL, 0x0, "pass, warn, fail or unknown", HFILL}},
        {&hf_omapush_object_end,
         {"End", "omapush.object.end", FT_BOOLEAN, BASE_NONE, NULL, 0x0,
          "The object's last chunk ends in this frame: one for each object", HFILL}},
        {&hf_omapush_object_delivery,
         {"Delivery", "omapush.object.delivery", FT_STRING, BASE_NONE, NULL, 0x0,
          "confirmed, accepted, unconfirmed, refused, failed or unknown", HFILL}},
        {&hf_omapush_object_diagnosis,
         {"Diagnosis", "omapush.object.diagnosis", FT_STRING, BASE_NONE, NULL, 0x0,
          "The first cause, its frame and its side", HFILL}},
        {&hf_omapush_object_setup_time,
         {"Setup time", "omapush.object.setup_time", FT_RELATIVE_TIME, BASE_NONE, NULL, 0x0,
          "From its session's first offer to the answer", HFILL}},
        {&hf_omapush_object_transfer_time,
         {"Transfer time", "omapush.object.transfer_time", FT_RELATIVE_TIME, BASE_NONE, NULL, 0x0,
          "From the first byte of the first chunk to the end of the last", HFILL}},
        {&hf_omapush_object_report_time,
         {"Report time", "omapush.object.report_time", FT_RELATIVE_TIME, BASE_NONE, NULL, 0x0,
          "From there to the REPORT that completed it", HFILL}},
        {&hf_omapush_object_rate,
         {"Transfer rate", "omapush.object.rate", FT_UINT64, BASE_DEC, NULL, 0x0,
          "Bytes a second, from first to last byte", HFILL}},
        {&hf_omapush_object_hops,
         {"Hops", "omapush.object.hops", FT_UINT32, BASE_DEC, NULL, 0x0, "Legs on which the object was seen", HFILL}},
        {&hf_omapush_reassembled_in,
         {"Reassembled in", "omapush.reassembled_in", FT_FRAMENUM, BASE_NONE, NULL, 0x0,
          "The frame in which the object is complete", HFILL}},
    };
    static gint *ett[] = {
        &ett_omapush_object,
        &ett_omapush_verification,
    };

    proto_register_field_array(proto_omapush, hf, array_length(hf));
    proto_register_subtree_array(ett, array_length(ett));
}
