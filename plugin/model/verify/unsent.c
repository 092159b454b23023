/* unsent.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "unsent.h"

#include "model/base/finding_queue.h"
#include "core/msrp/msrp_uri.h"
#include "model/object/object.h"
#include "model/session/ways.h"

/** RFC 4975 section 7.1.1: a transaction times out after 30 s. */
#define RESPONSE_SECONDS 30
#define NOTHING_OF_IT    "the session ended and nothing of it was sent, though its connection was there (sender)"
#define SECONDS(taken)   ((double) (taken) / 1e9)

/** What is known of a line, for all its causes. */
struct look {
    const struct om_offered_line *line;
    const struct om_media *offer, *answer; /* answer: NULL where it was not seen */
    gboolean offer_sends;
    const struct om_way *way; /* the one that came farthest; NULL: none */
    gboolean receiver_opened; /* ... by the file's receiver */
    gboolean ended;           /* the session or its connection */
    guint32 end_frame;        /* the BYE, else the answer */
};

gboolean
om_offer_sends(const struct om_media *media)
{
    return media->direction_id != OM_SDP_RECVONLY;
}

static const struct om_media *
media_at(const struct om_description *description, guint index)
{
    return description && index < description->media->len ? g_ptr_array_index(description->media, index) : NULL;
}

static void say(struct om_unsent *unsent, enum om_rule rule, guint32 cause, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

static void
say(struct om_unsent *unsent, enum om_rule rule, guint32 cause, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    unsent->text = g_strdup_vprintf(format, args);
    va_end(args);
    unsent->rule = rule;
    unsent->cause = cause ? cause : unsent->frame;
}

/* --- ways --- */

static guint
progress(const struct om_way *way)
{
    if (om_way_is_open(way))
        return 4;
    return om_way_is_refused(way) ? 3 : way->syns ? 2 : 1;
}

/* Was it opened to one of this section's addresses? */
static gboolean
leads_to(const struct om_way *way, const struct om_media *media)
{
    struct om_msrp_uri uri;

    if (!media || !media->path->len || way->opener < 0)
        return FALSE;
    om_msrp_uri_parse(om_slice_str(g_ptr_array_index(media->path, 0)), &uri);
    return way->ports[1 - way->opener] == (uri.port ? uri.port : media->port);
}

static void
take_ways(struct look *look, const struct om_media *media)
{
    const GPtrArray *ways = om_ways_to(look->line->sessions->ways, media);
    const struct om_media *sender = look->offer_sends ? look->offer : look->answer;

    for (guint i = 0; ways && i < ways->len; i++) {
        const struct om_way *way = g_ptr_array_index(ways, i);

        if (way->last_frame < look->line->exchange->offer_frame || (look->way && progress(way) <= progress(look->way)))
            continue;
        look->way = way;
        look->receiver_opened = media == sender && leads_to(way, sender);
    }
}

static void
look_around(struct look *look)
{
    const struct om_session *session = look->line->session;
    const struct om_exchange *exchange = look->line->exchange;

    look->offer = media_at(exchange->offer, look->line->index);
    look->answer = media_at(exchange->answer, look->line->index);
    look->offer_sends = om_offer_sends(look->offer);
    take_ways(look, look->answer);
    take_ways(look, look->offer);
    look->ended = session->released || session->traffic.closed_frame ||
                  (look->way && om_way_is_open(look->way) && (look->way->rst_frame || look->way->fin_frame));
    look->end_frame = session->bye_frame       ? session->bye_frame
                      : exchange->answer_frame ? exchange->answer_frame
                                               : exchange->offer_frame;
}

static const char *
other_side(gboolean is_sender)
{
    return is_sender ? "receiver" : "sender";
}

/* --- refused --- */

static gboolean
find_refusal(const struct look *look, struct om_unsent *unsent)
{
    const struct om_exchange *exchange = look->line->exchange;
    const char *side = other_side(look->offer_sends);

    if (exchange->answerless && !exchange->answer) {
        unsent->frame = exchange->answer_frame;
        say(unsent, OM_RULE_SDP_REFUSED, exchange->answer_frame,
            "the 2xx has no SDP, so no answer to the offer of frame %u: nothing can be sent (%s)",
            exchange->offer_frame, side);
        return TRUE;
    }
    if (!exchange->answer || exchange->answer->cut || (look->answer && look->answer->port))
        return FALSE;
    unsent->frame = exchange->answer->frame;
    say(unsent, OM_RULE_SDP_REFUSED, exchange->answer->frame, "the answer refuses its m-line with %s (%s)",
        look->answer ? "port 0" : "none of its own", side);
    return TRUE;
}

/* --- where the capture cannot tell --- */

static gboolean
is_one_sided(const struct om_way *way)
{
    return way->seen[0] != way->seen[1] && (way->bytes != OM_WAY_NOTHING || way->answered_frame || !way->syns);
}

/* Has the capture anything that it cannot read, or only part of it? */
static gboolean
find_blindness(const struct look *look, struct om_unsent *unsent)
{
    const struct om_traffic *traffic = &look->line->session->traffic;
    const struct om_way *way = look->way;
    enum om_rule rule = OM_RULE_FILE_NOT_SEEN;

    if (traffic->first_frame && !traffic->requests)
        say(unsent, rule, traffic->first_frame,
            "only one direction of its MSRP connection is in the capture: answers to SENDs that are not (capture)");
    else if (traffic->holes)
        say(unsent, rule, traffic->lost_frame,
            "the capture lost bytes of the MSRP connection, the file may have been in them: it is not in the capture "
            "(capture)");
    else if (way && way->bytes == OM_WAY_TLS && !traffic->first_frame)
        say(unsent, rule, way->bytes_frame,
            "its MSRP connection, %s to %s, is encrypted with TLS and the capture has no keys (capture)", way->hosts[0],
            way->hosts[1]);
    else if (way && way->lost_frame && way->bytes != OM_WAY_MSRP)
        say(unsent, rule, way->lost_frame,
            "the capture lost bytes of its connection before this frame, the file may have been in them (capture)");
    else if (way && way->cut_frame && !traffic->first_frame)
        say(unsent, rule, way->cut_frame,
            "the frames of its MSRP connection are cut by the capture's snaplen (capture)");
    else if (way && is_one_sided(way) && !traffic->first_frame)
        say(unsent, rule, way->first_frame, "only one direction of its MSRP connection is in the capture (capture)");
    else if (!look->ended)
        say(unsent, rule, look->line->exchange->answer_frame,
            "it was accepted, and the capture ends before anything of it was sent and before the session ended (capture)");
    return unsent->text != NULL;
}

/* --- how far they came --- */

/* Objects of this line, and the last binding SEND. */
static gboolean
has_objects(const struct look *look)
{
    const GPtrArray *objects = look->line->session->objects;

    for (guint i = 0; i < objects->len; i++) {
        const struct om_object *object = g_ptr_array_index(objects, i);
        const struct om_media *media = media_at(look->line->exchange->offer, object->match.media_index);

        if (object->match.exchange == look->line->exchange && media &&
            g_strcmp0(media->endpoint_key, look->offer->endpoint_key) == 0)
            return TRUE;
    }
    return FALSE;
}

static const struct om_bind *
last_bind(const struct look *look)
{
    const GArray *binds = look->line->session->traffic.binds;

    for (guint i = binds ? binds->len : 0; i > 0; i--) {
        const struct om_bind *bind = &g_array_index(binds, struct om_bind, i - 1);
        const struct om_media *media = media_at(bind->exchange->offer, bind->media_index);

        if (bind->exchange == look->line->exchange && media &&
            g_strcmp0(media->endpoint_key, look->offer->endpoint_key) == 0)
            return bind;
    }
    return NULL;
}

static void
tell_bind(const struct look *look, const struct om_bind *bind, struct om_unsent *unsent)
{
    gboolean by_sender = bind->from_offerer == look->offer_sends;
    gint64 waited = bind->waited_to - bind->time;

    if (bind->answer_frame && bind->status / 100 != 2)
        say(unsent, OM_RULE_FILE_NOT_SENT, bind->answer_frame,
            "the empty SEND of frame %u that binds the session was answered %u (%s); nothing was sent", bind->frame,
            bind->status, other_side(by_sender));
    else if (bind->answer_frame)
        say(unsent, OM_RULE_FILE_NOT_SENT, bind->answer_frame,
            "the empty SEND of frame %u bound the session, then nothing was sent (sender)", bind->frame);
    else if (waited >= G_GINT64_CONSTANT(1000000000) * RESPONSE_SECONDS)
        say(unsent, OM_RULE_FILE_NOT_SENT, bind->frame,
            "the empty SEND that binds the session got no answer in %.1f s (%s); nothing was sent", SECONDS(waited),
            other_side(by_sender));
    else
        say(unsent, OM_RULE_FILE_NOT_SENT, bind->frame,
            "the empty SEND that binds the session was not answered in the %.1f s that the session went on (%s); nothing "
            "was sent",
            SECONDS(waited), other_side(by_sender));
}

static void
tell_open(const struct look *look, struct om_unsent *unsent)
{
    const struct om_way *way = look->way;
    guint32 frame = way->bytes == OM_WAY_HTTP ? look->end_frame
                    : way->connected_frame    ? way->connected_frame
                    : way->answered_frame     ? way->answered_frame
                                              : way->first_frame;

    if (way->bytes == OM_WAY_MSRP && look->line->session->traffic.requests)
        say(unsent, OM_RULE_FILE_NOT_SENT, look->end_frame, NOTHING_OF_IT);
    else if (way->bytes == OM_WAY_MSRP)
        say(unsent, OM_RULE_FILE_NOT_SEEN, way->bytes_frame,
            "its connection carries MSRP and no SEND on the paths of this session; it is not in the capture (capture)");
    else if (way->bytes == OM_WAY_OTHER)
        say(unsent, OM_RULE_FILE_NOT_SEEN, way->bytes_frame,
            "what its connection carries is no MSRP that can be read; it is not in the capture (capture)");
    else if (look->receiver_opened)
        say(unsent, OM_RULE_FILE_NOT_SENT, frame,
            "%s connected to %s port %u and bound the session with no SEND, the connection stayed idle (receiver); the "
            "sender has nothing to send to",
            way->hosts[way->opener], way->hosts[1 - way->opener], way->ports[1 - way->opener]);
    else
        say(unsent, OM_RULE_FILE_NOT_SENT, frame,
            "the connection between %s and %s was open and stayed idle%s: nothing was sent (sender)", way->hosts[0],
            way->hosts[1], way->bytes == OM_WAY_HTTP ? " behind the WebSocket handshake" : "");
}

static void
tell_closed(const struct look *look, struct om_unsent *unsent)
{
    const struct om_way *way = look->way;
    const char *side = look->receiver_opened ? "sender" : "receiver";

    if (om_way_is_refused(way))
        say(unsent, OM_RULE_FILE_NOT_SENT, way->rst_frame,
            "the SYN of frame %u to %s port %u was refused with RST (%s); nothing was sent", way->syn_frame,
            way->hosts[1 - way->opener], way->ports[1 - way->opener], side);
    else if (way->syns)
        say(unsent, OM_RULE_FILE_NOT_SENT, way->syn_frame,
            "the SYN to %s port %u was not answered, %u sent in %.1f s (%s); nothing was sent",
            way->hosts[1 - way->opener], way->ports[1 - way->opener], way->syns,
            SECONDS(way->last_syn_time - way->syn_time), side);
    else
        say(unsent, OM_RULE_FILE_NOT_SEEN, way->first_frame,
            "of its connection the capture has no beginning and no bytes: it is not in the capture (capture)");
}

static void
tell_unconnected(const struct look *look, struct om_unsent *unsent)
{
    const struct om_media *to = look->answer ? look->answer : look->offer;
    const char *path = to->path->len ? g_ptr_array_index(to->path, to->path->len - 1) : "";

    if (look->line->session->traffic.first_frame)
        say(unsent, OM_RULE_FILE_NOT_SENT, look->end_frame,
            "no SYN to %.*s came, nobody connected (sender); the session ended and nothing was sent",
            OM_QUOTE_TEXT(path));
    else
        say(unsent, OM_RULE_FILE_NOT_SEEN, look->end_frame,
            "no MSRP connection of the session is in the capture: it cannot tell whether anything was sent (capture)");
}

void
om_unsent_find(const struct om_offered_line *line, struct om_unsent *unsent)
{
    struct look look = {.line = line};
    const struct om_bind *bind;

    look_around(&look);
    *unsent = (struct om_unsent){.frame = look.end_frame};
    if (find_refusal(&look, unsent) || find_blindness(&look, unsent))
        return;
    bind = last_bind(&look);
    if (has_objects(&look))
        say(unsent, OM_RULE_FILE_NOT_SENT, look.end_frame, NOTHING_OF_IT);
    else if (bind)
        tell_bind(&look, bind, unsent);
    else if (look.way && om_way_is_open(look.way))
        tell_open(&look, unsent);
    else if (look.way)
        tell_closed(&look, unsent);
    else
        tell_unconnected(&look, unsent);
}
