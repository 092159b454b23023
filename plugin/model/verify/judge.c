/* judge.c
 * What a complete object proves: the BODY and CPIM rules and what content.c says, recorded once at its last frame.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "verify.h"

#include "core/push/cpim.h"
#include "core/push/omna.h"
#include "selector.h"

#define FIND(rule, ...) \
    om_context_find(object->context, OM_RULE_##rule, object->last_frame, object->session, object, __VA_ARGS__)

static void
judge_cpim(struct om_object *object, guint flaws)
{
    static const struct {
        guint flaw;
        const char *text;
    } texts[] = {
        {OM_CPIM_BAD_HEADER, "a line that is no header"},
        {OM_CPIM_BLANK_LINE, "blank lines not where they belong"},
        {OM_CPIM_NO_CONTENT_TYPE, "no Content-Type in the wrapped part"},
        {OM_CPIM_MISSING_SPACE, "no space after a header's colon"},
    };
    GString *what = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (flaws & texts[i].flaw)
            g_string_append_printf(what, "%s%s", what->len ? ", " : "", texts[i].text);
    }
    FIND(CPIM_SYNTAX, "message/cpim: %s", what->str);
    g_string_free(what, TRUE);
}

static void
judge_body(struct om_object *object)
{
    for (const struct om_body *body = object->body; body; body = body->inner) {
        if (body->flaws & OM_BODY_FLAW_SHAPE)
            FIND(BODY_SHAPE,
                 "application/vnd.oma.push body of %" G_GSIZE_FORMAT
                 " bytes is neither text headers, nor WSP, nor XML: shown as opaque",
                 body->whole.l);
        if (body->flaws & OM_BODY_FLAW_NO_TYPE)
            FIND(BODY_NO_TYPE, "the push message headers have no Content-Type");
        if (body->flaws & OM_BODY_FLAW_DEEP)
            FIND(BODY_SHAPE, "more envelopes inside each other than are opened");
        if (body->flaws & OM_BODY_FLAW_CPIM)
            judge_cpim(object, body->cpim_flaws);
    }
}

/* Event app of the signalling and application id of the push headers must be one application. */
static void
judge_application(struct om_object *object)
{
    const GPtrArray *apps = om_object_event_apps(object);

    for (const struct om_body *body = object->body; body && apps->len; body = body->inner) {
        const char *id = body->headers.list ? om_push_headers_get(&body->headers, "X-Wap-Application-Id") : NULL;
        const struct om_push_app *known = id ? om_push_app_find(om_slice_str(id)) : NULL;
        gboolean same = FALSE;

        if (!known || strcmp(known->name, "*") == 0)
            continue;
        for (guint i = 0; i < apps->len; i++)
            same |= om_push_app_may_be(om_slice_str(id), om_push_app_find(om_slice_str(g_ptr_array_index(apps, i))));
        if (!same)
            FIND(SIP_APP_MISMATCH, "the event app is \"%s\", X-Wap-Application-Id says %s",
                 (const char *) g_ptr_array_index(apps, 0), id);
    }
}

void
om_object_judge(struct om_object *object)
{
    if (object->judged || om_object_state(object) != OM_COMPLETE)
        return;
    object->judged = TRUE;
    object->judged_frame = object->context->last_frame;
    om_line_claim(object);
    om_object_assess(object);
    if (om_store_given_up(object->store))
        FIND(OBJ_TOO_LARGE,
             "%" G_GUINT64_FORMAT " bytes, the preference max_object allows %" G_GUINT64_FORMAT
             ": ranges and digests go on, the content is given up",
             om_object_length(object), object->context->options.max_object);
    om_object_judge_content(object);
    judge_body(object);
    judge_application(object);
}
