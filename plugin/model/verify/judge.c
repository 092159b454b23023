/* judge.c
 * What a complete object proves: the OBJ, BODY and CPIM rules, recorded once at its last frame.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "verify.h"

#include "core/push/cpim.h"
#include "core/text/media_type.h"
#include "core/push/omna.h"

#define FIND(rule, ...) \
    om_context_find(object->context, OM_RULE_##rule, object->last_frame, object->session, object, __VA_ARGS__)

static void
judge_size(struct om_object *object)
{
    const struct om_verification *verification = &object->verification;
    GString *content;

    if (!verification->size_wrong)
        return;
    content = g_string_new(NULL);
    for (const struct om_body *body = object->body; body; body = body->inner) {
        if (body->envelope)
            g_string_append_printf(content, ", its content %" G_GSIZE_FORMAT, body->content.l);
    }
    if (verification->part)
        FIND(OBJ_SIZE, "a=file-range is of %" G_GUINT64_FORMAT " bytes, the object has %" G_GUINT64_FORMAT " bytes%s",
             verification->part_length, om_object_length(object), content->str);
    else
        FIND(OBJ_SIZE, "the selector says size:%" G_GUINT64_FORMAT ", the object has %" G_GUINT64_FORMAT " bytes%s%s",
             verification->file->size, om_object_length(object), content->str,
             verification->hash_wrong || !verification->algorithm ? "" : "; the hash does match");
    g_string_free(content, TRUE);
}

/* Where the size offered is that of the content only: the total is told against it. */
static char *
size_phrase(const struct om_object *object)
{
    const struct om_file *file = object->verification.file;

    if (!file->has_size || object->verification.size_wrong || file->size == om_object_length(object))
        return g_strdup("");
    return g_strdup_printf(" (size:%" G_GUINT64_FORMAT " is the content's, the object's total is %" G_GUINT64_FORMAT
                           ")",
                           file->size, om_object_length(object));
}

static void
judge_hash(struct om_object *object)
{
    struct om_verification *verification = &object->verification;
    char *offered, *computed, *size;

    if (!verification->hash_wrong)
        return;
    verification->hint = om_verification_hint(object);
    /* The conclusion first: Wireshark cuts long texts off. */
    offered = om_digest_text(verification->offered.value, verification->offered.length);
    computed = om_digest_text(verification->computed.value, verification->computed.length);
    size = size_phrase(object);
    FIND(OBJ_HASH, "the offered %s is %s%s%s%s: offered %s, the object's is %s", verification->algorithm,
         object->body && object->body->envelope ? "neither the object's nor the content's" : "not the object's",
         verification->hint ? ", but that of " : ", and fits no part that was tried",
         verification->hint ? verification->hint : "", size, offered, computed);
    g_free(offered);
    g_free(computed);
    g_free(size);
}

static void
judge_type(struct om_object *object)
{
    const struct om_file *file = object->verification.file;

    if (object->verification.extra)
        FIND(OBJ_EXTRA, "the session's %u selector(s) were used by earlier objects",
             om_session_match_sender(&object->match)->files->len);
    if (!file || !file->type || !object->content_type ||
        om_media_type_same(om_slice_str(file->type), om_slice_str(object->content_type)))
        return;
    /* The selector may name what the envelope holds. */
    for (const struct om_body *body = object->body; body; body = body->inner) {
        if (body->content_type && om_media_type_same(om_slice_str(file->type), om_slice_str(body->content_type)))
            return;
    }
    FIND(OBJ_TYPE, "the selector says type:%s, the object came as %s", file->type, object->content_type);
}

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
    om_object_assess(object);
    if (om_store_given_up(object->store))
        FIND(OBJ_TOO_LARGE,
             "%" G_GUINT64_FORMAT " bytes, the preference max_object allows %" G_GUINT64_FORMAT
             ": ranges and digests go on, the content is given up",
             om_object_length(object), object->context->options.max_object);
    judge_size(object);
    judge_hash(object);
    judge_type(object);
    judge_body(object);
    judge_application(object);
}
