/* json_sip.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "json_sip.h"

#include "json_values.h"

/** What is told of the files of an offer. */
struct told {
    const struct om_conclusion *conclusion;
    gboolean first; /**< the session's first offer */
};

void
om_json_registration(json_dumper *json, const struct om_registration *registration)
{
    guint64 expires;
    gboolean has_expires = om_registration_expires(registration, &expires);

    json_dumper_begin_object(json);
    om_json_string(json, "kind", om_registration_kind(registration) == OM_THIRD_PARTY ? "third-party" : "first-party");
    om_json_bool(json, "deregistration", om_registration_deregistration(registration));
    om_json_nonzero(json, "frame", om_registration_frame(registration));
    om_json_nonzero(json, "answer_frame", om_registration_answer_frame(registration));
    om_json_nonzero(json, "status", om_registration_status(registration));
    om_json_string(json, "call_id", om_registration_call_id(registration));
    om_json_string(json, "aor", om_registration_aor(registration));
    om_json_string(json, "contact", om_registration_contact(registration));
    om_json_string(json, "instance", om_registration_instance(registration));
    om_json_strings(json, "event_apps", om_registration_event_apps(registration));
    om_json_strings(json, "icsis", om_registration_icsis(registration));
    om_json_known(json, "expires", has_expires, expires);
    json_dumper_end_object(json);
}

static void
hashes(json_dumper *json, const struct om_file *file)
{
    om_json_array(json, "hashes");
    for (guint i = 0; i < file->hashes->len; i++) {
        const struct om_offered_hash *hash = g_ptr_array_index(file->hashes, i);

        json_dumper_begin_object(json);
        om_json_string(json, "algorithm", hash->algorithm);
        om_json_hex(json, "value", hash->value, hash->length);
        json_dumper_end_object(json);
    }
    json_dumper_end_array(json);
}

/* What became of an offered file. A later offer mostly offers the same ones again: null. */
static void
fate(json_dumper *json, const struct om_file *file, const struct told *told)
{
    const struct om_object *object = om_file_object(file, told->conclusion);

    om_json_known(json, "object", object != NULL, object ? om_object_id(object) : 0);
    if (told->first || om_file_is_told(file, told->conclusion))
        om_json_string(json, "delivery", om_delivery_name(om_file_delivery(file, told->conclusion)));
    else
        om_json_null(json, "delivery");
}

static void
file_value(json_dumper *json, const struct om_file *file, const struct told *told)
{
    json_dumper_begin_object(json);
    om_json_string(json, "name", file->name);
    om_json_string(json, "type", file->type);
    om_json_known(json, "size", file->has_size, file->size);
    om_json_string(json, "transfer_id", file->transfer_id);
    hashes(json, file);
    if (told)
        fate(json, file, told);
    json_dumper_end_object(json);
}

/* "a b c" as a list. */
static void
words(json_dumper *json, const char *key, const char *text)
{
    GPtrArray *list = g_ptr_array_new();
    char **parts = g_strsplit_set(text ? text : "", " \t", -1);

    for (char **part = parts; *part; part++) {
        if (**part)
            g_ptr_array_add(list, *part);
    }
    om_json_strings(json, key, list);
    g_ptr_array_unref(list);
    g_strfreev(parts);
}

static void
media_value(json_dumper *json, const struct om_media *media, const struct told *told)
{
    json_dumper_begin_object(json);
    om_json_strings(json, "path", media->path);
    om_json_string(json, "setup", media->setup);
    om_json_string(json, "direction", media->direction);
    words(json, "accept_types", media->accept_types);
    om_json_array(json, "files");
    for (guint i = 0; i < media->files->len; i++)
        file_value(json, g_ptr_array_index(media->files, i), told);
    json_dumper_end_array(json);
    json_dumper_end_object(json);
}

static void
description(json_dumper *json, const char *key, const struct om_description *described, const struct told *told)
{
    if (!described) {
        om_json_null(json, key);
        return;
    }
    om_json_object(json, key);
    om_json_array(json, "media");
    for (guint i = 0; i < described->media->len; i++)
        media_value(json, g_ptr_array_index(described->media, i), told);
    json_dumper_end_array(json);
    json_dumper_end_object(json);
}

static void
renegotiations(json_dumper *json, const struct om_session *session, const struct om_conclusion *conclusion)
{
    struct told told = {conclusion, FALSE};
    const struct om_exchange *exchange;

    om_json_array(json, "renegotiations");
    for (guint i = 1; (exchange = om_session_exchange(session, i)); i++) {
        json_dumper_begin_object(json);
        om_json_nonzero(json, "offer_frame", exchange->offer_frame);
        om_json_nonzero(json, "answer_frame", exchange->answer_frame);
        om_json_nonzero(json, "status", exchange->status);
        description(json, "offer", exchange->offer, &told);
        description(json, "answer", exchange->answer, NULL);
        json_dumper_end_object(json);
    }
    json_dumper_end_array(json);
}

void
om_json_session(json_dumper *json, const struct om_session *session, const struct om_conclusion *conclusion)
{
    struct told told = {conclusion, TRUE};
    const struct om_exchange *first = om_session_exchange(session, 0);
    const struct om_object *object;

    json_dumper_begin_object(json);
    om_json_number(json, "id", om_session_id(session));
    om_json_string(json, "call_id", om_session_call_id(session));
    om_json_string(json, "from", om_session_from(session));
    om_json_string(json, "to", om_session_to(session));
    om_json_strings(json, "event_apps", om_session_event_apps(session));
    om_json_strings(json, "icsis", om_session_icsis(session));
    om_json_nonzero(json, "status", om_session_status(session));
    om_json_nonzero(json, "offer_frame", om_session_offer_frame(session));
    om_json_nonzero(json, "answer_frame", om_session_answer_frame(session));
    om_json_nonzero(json, "ack_frame", om_session_ack_frame(session));
    om_json_nonzero(json, "bye_frame", om_session_bye_frame(session));
    om_json_nonzero(json, "bye_answer_frame", om_session_bye_answer_frame(session));
    description(json, "offer", first ? first->offer : NULL, &told);
    description(json, "answer", first ? first->answer : NULL, NULL);
    renegotiations(json, session, conclusion);
    om_json_array(json, "objects");
    for (guint i = 0; (object = om_session_object(session, i)); i++)
        json_dumper_value_anyf(json, "%u", om_object_id(object));
    json_dumper_end_array(json);
    om_json_string(json, "verdict", om_verdict_name(om_session_verdict(session, conclusion)));
    om_json_string(json, "delivery", om_delivery_name(om_session_delivery(session, conclusion)));
    om_json_string(json, "diagnosis", om_session_diagnosis(session, conclusion));
    json_dumper_end_object(json);
}
