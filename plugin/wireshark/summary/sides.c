/* sides.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sides.h"

#include "core/text/visible.h"
#include "core/msrp/msrp_uri.h"
#include "core/sip/sip_uri.h"

/** Sections of one side's SDP that are asked whether a path is theirs, and exchanges of a session: it is asked for each
 * object, and each message that is followed. */
#define MEDIA_ASKED     64
#define EXCHANGES_ASKED 16

static gboolean
among(const struct om_description *description, const char *key)
{
    for (guint i = 0; description && i < MIN(description->media->len, MEDIA_ASKED); i++) {
        const struct om_media *media = g_ptr_array_index(description->media, i);

        if (media->endpoint_key && strcmp(media->endpoint_key, key) == 0)
            return TRUE;
    }
    return FALSE;
}

enum omapush_side
omapush_side_of_path(const struct om_session *session, const char *path)
{
    char *key = session && path ? om_msrp_uri_key(om_msrp_path_last(om_slice_str(path))) : NULL;
    enum omapush_side side = OMAPUSH_SIDE_UNKNOWN;
    const struct om_exchange *exchange;

    for (guint i = 0; key && side == OMAPUSH_SIDE_UNKNOWN && i < EXCHANGES_ASKED; i++) {
        exchange = om_session_exchange(session, i);
        if (!exchange)
            break;
        if (among(exchange->offer, key))
            side = exchange->by_caller ? OMAPUSH_SIDE_CALLER : OMAPUSH_SIDE_CALLEE;
        else if (among(exchange->answer, key))
            side = exchange->by_caller ? OMAPUSH_SIDE_CALLEE : OMAPUSH_SIDE_CALLER;
    }
    g_free(key);
    return side;
}

/* Behind "sip:user@", without the port. */
static struct om_slice
sip_host(struct om_slice uri)
{
    struct om_slice bare = om_sip_uri_bare(uri);
    gssize at = om_slice_find(bare, 0, OM_SLICE_LIT("@")), end;

    if (at < 0)
        at = om_slice_find(bare, 0, OM_SLICE_LIT(":"));
    bare = om_slice_from(bare, (gsize) (at + 1));
    end = om_slice_find(bare, 0, bare.l && bare.p[0] == '[' ? OM_SLICE_LIT("]") : OM_SLICE_LIT(":"));
    return end < 0 ? bare : om_slice_head(bare, (gsize) end + (bare.p[0] == '[' ? 1 : 0));
}

/* Of an MSRP path, or of a SIP URI. */
static char *
host_of(const struct om_object *object, const char *address)
{
    struct om_slice text = om_slice_str(address), host;
    struct om_msrp_uri msrp;

    if (!om_slice_isset(text))
        return NULL;
    if (om_object_carrier(object) == OM_CARRIER_MSRP) {
        om_msrp_uri_parse(om_msrp_path_last(text), &msrp);
        host = msrp.host;
    } else {
        host = sip_host(text);
    }
    return om_slice_dup_utf8(host.l ? host : text);
}

static enum omapush_side
other(enum omapush_side side)
{
    return side == OMAPUSH_SIDE_CALLER ? OMAPUSH_SIDE_CALLEE : side == OMAPUSH_SIDE_CALLEE ? OMAPUSH_SIDE_CALLER : side;
}

/* Who may send at all, as the first offer says it. */
static enum omapush_side
sending_side(const struct om_session *session)
{
    const struct om_exchange *exchange = session ? om_session_exchange(session, 0) : NULL;
    const struct om_media *media = NULL;
    enum omapush_side offerer;

    if (exchange && exchange->offer && exchange->offer->media->len)
        media = g_ptr_array_index(exchange->offer->media, 0);
    if (!media)
        return OMAPUSH_SIDE_UNKNOWN;
    offerer = exchange->by_caller ? OMAPUSH_SIDE_CALLER : OMAPUSH_SIDE_CALLEE;
    if (media->direction_id == OM_SDP_SENDONLY)
        return offerer;
    return media->direction_id == OM_SDP_RECVONLY ? other(offerer) : OMAPUSH_SIDE_UNKNOWN;
}

/* @param sender  of both sides that one */
static char *
side_of(const struct om_object *object, gboolean sender)
{
    const struct om_session *session = om_object_session_id(object) ? om_object_session(object) : NULL;
    const char *own = sender ? om_object_from_path(object) : om_object_to_path(object);
    enum omapush_side side = omapush_side_of_path(session, om_object_from_path(object));
    const char *uri = NULL;

    if (om_object_carrier(object) == OM_CARRIER_MESSAGE)
        return om_slice_dup_utf8(om_slice_str(own));
    if (side == OMAPUSH_SIDE_UNKNOWN) /* its receiver's may be, where a box between wrote another one for the sender */
        side = other(omapush_side_of_path(session, om_object_to_path(object)));
    if (side == OMAPUSH_SIDE_UNKNOWN)
        side = sending_side(session);
    if (side != OMAPUSH_SIDE_UNKNOWN)
        uri = (side == OMAPUSH_SIDE_CALLER) == sender ? om_session_from(session) : om_session_to(session);
    return uri ? om_slice_dup_utf8(om_slice_str(uri)) : host_of(object, own);
}

char *
omapush_sender(const struct om_object *object)
{
    return side_of(object, TRUE);
}

char *
omapush_receiver(const struct om_object *object)
{
    return side_of(object, FALSE);
}

char *
omapush_sender_host(const struct om_object *object)
{
    return host_of(object, om_object_from_path(object));
}
