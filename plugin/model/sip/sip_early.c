/* sip_early.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_early.h"

#include "sip_capabilities.h"

#define WITHIN G_GINT64_CONSTANT(1000000000)

/** Owned by the sip state. */
struct early {
    struct om_frame frame; /* hosts interned */
    enum om_sip_method method;
    guint32 cseq;
    struct om_sip_record *record; /* shared with the caller of om_model_sip() */
    GBytes *text;
};

void
om_sip_early_free(gpointer data)
{
    struct early *early = data;

    om_sip_record_free(early->record);
    g_bytes_unref(early->text);
    g_free(early);
}

/* Of ordinary calls nothing is kept as far as that can be told. */
static gboolean
is_of_concern(const struct om_sip_event *event)
{
    const struct om_sip_msg *msg = event->msg;

    if (msg->status < 200 || msg->text.l > OM_SIP_EARLY_BYTES)
        return FALSE;
    return event->method == OM_SIP_MESSAGE ||
           (event->method == OM_SIP_INVITE &&
            (msg->status >= 300 || om_slice_find(msg->body, 0, OM_SLICE_LIT("MSRP")) >= 0));
}

struct om_sip_record *
om_sip_early_keep(const struct om_sip_event *event)
{
    GQueue *kept = event->state->early;
    struct early *early;

    if (!is_of_concern(event))
        return NULL;
    early = g_new0(struct early, 1);
    early->frame = *event->frame;
    early->frame.src = om_context_intern(event->context, event->frame->src);
    early->frame.dst = om_context_intern(event->context, event->frame->dst);
    early->method = event->method;
    early->cseq = event->msg->cseq;
    early->text = g_bytes_new(event->msg->text.p, event->msg->text.l);
    early->record = g_new0(struct om_sip_record, 1);
    early->record->shared = TRUE;
    g_queue_push_tail(kept, early);
    if (kept->length > OM_SIP_EARLY_MAX)
        om_sip_early_free(g_queue_pop_head(kept));
    return early->record;
}

static gboolean
is_answer_to(const struct early *early, const struct om_sip_event *request)
{
    gint64 apart = request->frame->time - early->frame.time;

    return early->method == request->method && early->cseq == request->msg->cseq && apart <= WITHIN && -apart <= WITHIN;
}

/* What it means is told by the record that the caller has. */
static void
hand_over(const struct early *early, const struct om_sip_event *request, om_sip_take take)
{
    struct om_sip_event event = {
        .context = request->context, .state = request->state, .frame = &early->frame, .method = early->method};
    struct om_sip_record *record = NULL;
    struct om_sip_msg msg;
    gsize length;
    const char *text = g_bytes_get_data(early->text, &length);

    if (!om_sip_msg_parse(om_slice(text, length), &msg))
        return;
    if (early->frame.cut)
        om_sip_msg_drop_half(&msg);
    event.msg = &msg;
    if (om_slice_eq(msg.call_id, request->msg->call_id))
        record = take(&event);
    om_sip_msg_clear(&msg);
    if (!record)
        return;
    record->shared = early->record->shared;
    *early->record = *record;
    g_free(record);
}

void
om_sip_early_take(const struct om_sip_event *request, om_sip_take take)
{
    GList *next;

    for (GList *at = request->state->early->head; at; at = next) {
        struct early *early = at->data;

        next = at->next;
        if (!is_answer_to(early, request))
            continue;
        hand_over(early, request, take);
        if (early->record->procedure != OM_PROC_NONE) {
            g_queue_delete_link(request->state->early, at);
            om_sip_early_free(early);
        }
    }
}

static gboolean
accepts_push(const struct om_sip_state *state, const struct early *early)
{
    struct om_capabilities capabilities;
    struct om_sip_msg msg;
    gsize length;
    const char *text = g_bytes_get_data(early->text, &length);
    gboolean push;

    if (early->method != OM_SIP_INVITE || !om_sip_msg_parse(om_slice(text, length), &msg))
        return FALSE;
    om_capabilities_read(&state->context->options, &msg, &capabilities);
    push = msg.status / 100 == 2 && capabilities.push;
    om_capabilities_clear(&capabilities);
    om_sip_msg_clear(&msg);
    return push;
}

guint32
om_sip_early_push(const struct om_sip_state *state)
{
    for (const GList *at = state->early->head; at; at = at->next) {
        const struct early *early = at->data;

        if (accepts_push(state, early))
            return early->frame.number;
    }
    return 0;
}
