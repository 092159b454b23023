/* session.c
 * The sessions of a capture: finding the one of an MSRP message, making one a push session (session.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "session.h"

#include "core/msrp/msrp_uri.h"
#include "endpoints.h"
#include "ways.h"

struct om_sessions *
om_sessions_new(struct om_context *context)
{
    struct om_sessions *sessions = g_new0(struct om_sessions, 1);

    sessions->context = context;
    sessions->pushes = g_ptr_array_new();
    sessions->endpoints = om_endpoints_new();
    sessions->ways = om_ways_new();
    return sessions;
}

void
om_sessions_free(struct om_sessions *sessions)
{
    om_ways_free(sessions->ways);
    om_endpoints_free(sessions->endpoints);
    g_ptr_array_unref(sessions->pushes);
    g_free(sessions);
}

void
om_traffic_clear(struct om_traffic *traffic)
{
    g_clear_pointer(&traffic->binds, g_array_unref);
    memset(traffic, 0, sizeof *traffic);
}

gboolean
om_session_by_endpoints(const struct om_sessions *sessions, const char *from_key, const char *to_key,
                        struct om_session_match *match)
{
    return om_endpoints_find(sessions->endpoints, from_key, to_key, match);
}

void
om_session_promote(struct om_sessions *sessions, struct om_session *session)
{
    if (session->id)
        return;
    g_ptr_array_add(sessions->pushes, session);
    session->id = sessions->pushes->len;
    sessions->context->generation++; /* what was held back is told now */
    sessions->generation++;
    if (session->on_push)
        session->on_push(session);
}

/* A browser's stack writes ";ws" and TCP/MSRP: who takes the m-line at its word opens no WebSocket. */
static const struct om_media *
media_against_path(const struct om_media *media)
{
    struct om_msrp_uri uri;

    if (!media || !media->path->len || !media->proto || strstr(media->proto, "/W") || strstr(media->proto, "/w"))
        return NULL;
    om_msrp_uri_parse(om_slice_str(g_ptr_array_index(media->path, 0)), &uri);
    return om_slice_ieq_str(uri.transport, "ws") ? media : NULL;
}

const struct om_media *
om_session_match_ws_without_proto(const struct om_session_match *match)
{
    const struct om_media *media = media_against_path(match->offer_media);

    return media ? media : media_against_path(match->answer_media);
}

const struct om_media *
om_session_match_sender(const struct om_session_match *match)
{
    return match->from_offerer ? match->offer_media : match->answer_media;
}

const struct om_media *
om_session_match_receiver(const struct om_session_match *match)
{
    return match->from_offerer ? match->answer_media : match->offer_media;
}
