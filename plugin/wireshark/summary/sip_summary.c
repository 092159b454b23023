/* sip_summary.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_summary.h"

#include "summary.h"

static void
append_list(wmem_strbuf_t *text, const GPtrArray *values)
{
    for (guint i = 0; values && i < values->len; i++)
        wmem_strbuf_append_printf(text, "%s%s", i ? "," : " ", (const char *) g_ptr_array_index(values, i));
}

/* "200 OK for REGISTER mms.ua,wml.ua sip:user@domain.com, expires in 7200 s" */
static void
append_registration(wmem_strbuf_t *text, const struct om_sip_start *start, const struct om_registration *registration)
{
    const GPtrArray *apps = om_registration_event_apps(registration);
    guint64 expires;

    if (om_registration_kind(registration) == OM_THIRD_PARTY)
        wmem_strbuf_append(text, " third-party");
    if (om_registration_deregistration(registration))
        wmem_strbuf_append(text, " de-registration");
    append_list(text, apps->len ? apps : om_registration_icsis(registration));
    if (om_registration_aor(registration))
        wmem_strbuf_append_printf(text, " %s", om_registration_aor(registration));
    if (start->status / 100 == 2 && om_registration_expires(registration, &expires) &&
        !om_registration_deregistration(registration))
        wmem_strbuf_append_printf(text, ", expires in %" G_GUINT64_FORMAT " s", expires);
}

static void
append_object(wmem_strbuf_t *text, packet_info *pinfo, const struct om_sip_start *start, struct om_object *object)
{
    wmem_strbuf_append_printf(text, " push %s", omapush_object_label(pinfo, object));
    if (!start->status)
        wmem_strbuf_append_printf(text, " (%" G_GUINT64_FORMAT " bytes)", om_object_size(object));
}

/* " pushid-1 (4385 bytes)", or how many files there are and how large they are together. */
static void
append_files(wmem_strbuf_t *text, const struct om_description *offer)
{
    const struct om_file *file = NULL;
    guint files = 0;
    guint64 bytes = 0;

    for (guint i = 0; i < offer->media->len; i++) {
        const struct om_media *media = g_ptr_array_index(offer->media, i);

        for (guint j = 0; j < media->files->len; j++) {
            file = g_ptr_array_index(media->files, j);
            bytes += file->has_size ? MIN(file->size, G_MAXUINT64 - bytes) : 0;
            files++;
        }
    }
    if (files == 1 && file->name)
        wmem_strbuf_append_printf(text, " %s", file->name);
    else if (files)
        wmem_strbuf_append_printf(text, " %u file%s", files, files == 1 ? "" : "s");
    if (bytes)
        wmem_strbuf_append_printf(text, " (%" G_GUINT64_FORMAT " bytes)", bytes);
}

static gboolean
refused(const struct om_description *answer)
{
    for (guint i = 0; i < answer->media->len; i++) {
        if (((const struct om_media *) g_ptr_array_index(answer->media, i))->port)
            return FALSE;
    }
    return answer->media->len > 0;
}

static void
append_exchange(wmem_strbuf_t *text, const struct om_sip_start *start, const struct om_sip_record *record)
{
    const struct om_exchange *exchange = om_sip_record_exchange(record);
    const struct om_session *session = om_sip_record_session(record);

    if (om_sip_record_procedure(record) == OM_PROC_SESSION_OFFER && exchange->offer) {
        const struct om_exchange *first = om_session_exchange(session, 0);

        wmem_strbuf_append_printf(text, "%s%s", start->status ? " with" : "",
                                  !first || first == exchange ? " offer" : " new offer");
        append_list(text, om_session_event_apps(session));
        append_files(text, exchange->offer);
    } else if (om_sip_record_procedure(record) == OM_PROC_SESSION_ANSWER && exchange->answer) {
        wmem_strbuf_append(text, refused(exchange->answer) ? " with answer that refuses the media" : " with answer");
    }
}

const char *
omapush_sip_summary(packet_info *pinfo, const struct om_sip_start *start, const struct om_sip_record *record)
{
    wmem_strbuf_t *text = wmem_strbuf_new(pinfo->pool, start->text);

    if (!record || !om_sip_record_is_push(record))
        return wmem_strbuf_get_str(text);
    if (om_sip_record_registration(record))
        append_registration(text, start, om_sip_record_registration(record));
    if (om_sip_record_object(record, 0))
        append_object(text, pinfo, start, om_sip_record_object(record, 0));
    if (om_sip_record_session(record)) {
        if (om_sip_record_exchange(record) && start->body)
            append_exchange(text, start, record);
        wmem_strbuf_append_printf(text, ", push session %u", om_session_id(om_sip_record_session(record)));
    }
    return wmem_strbuf_get_str(text);
}
