/* model.c
 * Owns what the sides know, hands events to them and asks for their conclusions.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model_private.h"

#include "model/session/ways.h"
#include "model/sip/sip_early.h"
#include "model/verify/files.h"
#include "model/verify/selector.h"
#include "model/verify/verify.h"

struct om_model *
om_model_new(const struct om_options *options)
{
    struct om_model *model = g_new0(struct om_model, 1);

    model->context = om_context_new(options);
    model->sessions = om_sessions_new(model->context);
    model->objects = om_objects_new(model->context);
    model->sip = om_sip_state_new(model->sessions, model->objects);
    model->peers = om_peers_new(model->context);
    model->msrp = om_msrp_state_new(model->sessions, model->objects);
    return model;
}

void
om_model_free(struct om_model *model)
{
    if (!model)
        return;
    om_conclusion_free(model->conclusion);
    om_msrp_state_free(model->msrp);
    om_objects_free(model->objects);
    om_sip_state_free(model->sip);
    om_sessions_free(model->sessions);
    om_peers_free(model->peers);
    om_context_free(model->context);
    g_free(model);
}

struct om_sip_record *
om_model_sip(struct om_model *model, const struct om_frame *frame, const struct om_sip_msg *msg)
{
    struct om_sip_record *record = om_sip_event(model->sip, frame, msg);

    if (record)
        om_peers_sip(model->peers, frame, msg, record);
    return record;
}

gboolean
om_model_sip_is_nothing(const struct om_model *model, const struct om_sip_glance *glance)
{
    return om_sip_is_nothing(model->sip, glance);
}

void
om_model_sip_passes(struct om_model *model, guint32 frame, gint64 time)
{
    om_context_passes(model->context, frame, time);
}

void
om_model_frame(struct om_model *model, gint64 time, gboolean cut)
{
    struct om_frames *frames = &model->context->frames;

    if (!frames->all++)
        frames->first_time = frames->last_time = time;
    if (cut && !frames->cut++)
        frames->first_cut = frames->all;
    frames->last_time = MAX(frames->last_time, time);
    om_context_time(model->context, time);
}

const struct om_frames *
om_model_frames(const struct om_model *model)
{
    return &model->context->frames;
}

struct om_connection *
om_model_connection(struct om_model *model, enum om_transport transport)
{
    return om_connection_new(model->msrp, transport);
}

void
om_model_segment(struct om_model *model, const struct om_frame *frame, const struct om_tcp_segment *segment)
{
    om_context_event(model->context, frame);
    om_ways_segment(model->sessions->ways, model->context, frame, segment);
}

gboolean
om_model_has_connections(const struct om_model *model)
{
    return om_msrp_has_connections(model->msrp);
}

gboolean
om_model_capture_ends(struct om_model *model)
{
    return om_msrp_capture_ends(model->msrp);
}

gboolean
om_sip_record_is_push(const struct om_sip_record *record)
{
    const struct om_session *session = om_sip_record_session(record);
    const struct om_registration *registration = om_sip_record_registration(record);

    if (session)
        return session->id != 0;
    return om_sip_record_object(record, 0) || (registration && registration->push);
}

const GPtrArray *
om_model_objects(const struct om_model *model)
{
    return model->objects->all;
}

const GPtrArray *
om_model_sessions(const struct om_model *model)
{
    return model->sessions->pushes;
}

const GPtrArray *
om_model_registrations(const struct om_model *model)
{
    return om_sip_registrations(model->sip);
}

const GPtrArray *
om_model_findings_at(const struct om_model *model, guint32 frame)
{
    return om_context_findings_at(model->context, frame);
}

/* Where every push may be in what was cut off, that there is none proves nothing. */
static void
conclude_blind(const struct om_model *model, struct om_conclusion *conclusion)
{
    const struct om_frames *frames = &model->context->frames;

    if (!frames->cut || model->objects->all->len || model->sessions->pushes->len)
        return;
    conclusion->capture.verdict = MAX(conclusion->capture.verdict, OM_UNKNOWN);
    g_ptr_array_add(conclusion->reasons,
                    g_strdup_printf("frame %" G_GUINT64_FORMAT
                                    ": frames are cut by the capture's snaplen (capture), %" G_GUINT64_FORMAT
                                    " of %" G_GUINT64_FORMAT
                                    ": what is left of them shows no push, what was cut off may have held some",
                                    frames->first_cut, frames->cut, frames->all));
}

/* A push was accepted, and neither its offer nor anything of it is in the capture. */
static void
conclude_unasked(const struct om_model *model, struct om_conclusion *conclusion)
{
    guint32 frame = model->objects->all->len || model->sessions->pushes->len ? 0 : om_sip_early_push(model->sip);

    if (!frame)
        return;
    conclusion->capture.verdict = MAX(conclusion->capture.verdict, OM_UNKNOWN);
    g_ptr_array_add(conclusion->reasons,
                    g_strdup_printf("frame %u: a push is accepted here, and neither its offer nor what was sent is in "
                                    "the capture (capture): one direction only?",
                                    frame));
}

const struct om_conclusion *
om_model_conclude(struct om_model *model)
{
    om_model_capture_ends(model);
    if (model->conclusion && model->conclusion->generation == model->context->generation &&
        model->conclusion->time == model->context->last_time)
        return model->conclusion;
    om_conclusion_free(model->conclusion);
    model->conclusion = om_conclusion_new(model->context);
    om_sip_conclude(model->sip, model->conclusion);
    om_msrp_note_traffic(model->msrp);
    om_selectors_conclude(model->objects, model->conclusion);
    om_content_conclude(model->objects, model->conclusion);
    om_msrp_conclude(model->msrp, model->conclusion);
    om_sip_conclude_refused(model->sip, model->conclusion);
    om_content_explain(model->objects, model->conclusion);
    om_files_conclude(model->sessions, model->conclusion);
    om_conclusion_sort(model->conclusion, model->context);
    om_peers_conclude(model->peers, model->objects->all, model->conclusion);
    om_outcomes_conclude(model->sessions->pushes, model->objects->all, model->conclusion);
    conclude_blind(model, model->conclusion);
    conclude_unasked(model, model->conclusion);
    return model->conclusion;
}

const char *
om_model_intern(struct om_model *model, const char *text)
{
    return om_context_intern(model->context, text);
}
