/* endpoints.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "endpoints.h"

#include "core/msrp/msrp_uri.h"
#include "core/text/text_hash.h"

/* One side's media line; the latest wins where an endpoint is used again. */
struct place {
    struct om_session *session;
    struct om_exchange *exchange;
    const struct om_media *media;
    guint number;
    gboolean is_offer;
    guint64 order;
};

/* Key of `pairs`: endpoints as interned, so that pointers tell them apart. */
struct pair {
    const char *offerer;
    const char *answerer;
    struct om_session *session;
    struct om_exchange *exchange;
    const struct om_media *offer;
    const struct om_media *answer;
    guint number;
    guint64 order;
};

/* Places that differ in the host only; of two sessions neither is the one. */
struct hostless {
    const char *key;
    struct om_session *session;
    gboolean ambiguous;
};

/* Key of `by_ids`: what a box that puts in an authority of its own leaves (RFC 4975 section 6.1). */
struct id_pair {
    char *offerer; /* session-ids */
    char *answerer;
    struct pair pair;   /* the latest */
    gboolean ambiguous; /* of two sessions neither is the one */
};

struct om_endpoints {
    GHashTable *places;   /* endpoint key -> struct place * */
    GHashTable *pairs;    /* set of struct pair * */
    GHashTable *hostless; /* port and session-id -> struct hostless * */
    GHashTable *by_ids;   /* set of struct id_pair * */
    guint64 order;
};

static guint
pair_hash(gconstpointer data)
{
    const struct pair *pair = data;

    return g_direct_hash(pair->offerer) * 31 + g_direct_hash(pair->answerer);
}

static gboolean
pair_equal(gconstpointer a, gconstpointer b)
{
    const struct pair *x = a, *y = b;

    return x->offerer == y->offerer && x->answerer == y->answerer;
}

static guint
id_pair_hash(gconstpointer data)
{
    const struct id_pair *ids = data;

    return om_text_hash(ids->offerer) * 31 + om_text_hash(ids->answerer);
}

static gboolean
id_pair_equal(gconstpointer a, gconstpointer b)
{
    const struct id_pair *x = a, *y = b;

    return strcmp(x->offerer, y->offerer) == 0 && strcmp(x->answerer, y->answerer) == 0;
}

static void
id_pair_free(gpointer data)
{
    struct id_pair *ids = data;

    g_free(ids->offerer);
    g_free(ids->answerer);
    g_free(ids);
}

struct om_endpoints *
om_endpoints_new(void)
{
    struct om_endpoints *endpoints = g_new0(struct om_endpoints, 1);

    endpoints->places = g_hash_table_new_full(om_text_hash, g_str_equal, g_free, g_free);
    endpoints->pairs = g_hash_table_new_full(pair_hash, pair_equal, g_free, NULL);
    endpoints->hostless = g_hash_table_new_full(om_text_hash, g_str_equal, g_free, g_free);
    endpoints->by_ids = g_hash_table_new_full(id_pair_hash, id_pair_equal, id_pair_free, NULL);
    return endpoints;
}

void
om_endpoints_free(struct om_endpoints *endpoints)
{
    g_hash_table_unref(endpoints->by_ids);
    g_hash_table_unref(endpoints->pairs);
    g_hash_table_unref(endpoints->hostless);
    g_hash_table_unref(endpoints->places);
    g_free(endpoints);
}

/* Port and session-id: what a border element that puts in its own address leaves. NULL where there is no such URI. */
static char *
hostless_key(const char *key)
{
    struct om_msrp_uri uri;

    om_msrp_uri_parse(om_slice_str(key), &uri);
    if (!uri.port || !uri.session.l)
        return NULL;
    return g_strdup_printf("%u/%.*s", uri.port, (int) MIN(uri.session.l, G_MAXINT), uri.session.p);
}

static void
add_hostless(struct om_endpoints *endpoints, const char *endpoint, const struct place *place)
{
    char *key = hostless_key(endpoint);
    struct hostless *hostless = key ? g_hash_table_lookup(endpoints->hostless, key) : NULL;

    if (!key)
        return;
    if (hostless) {
        hostless->ambiguous |= hostless->session != place->session;
        hostless->key = endpoint;
        g_free(key);
        return;
    }
    hostless = g_new0(struct hostless, 1);
    hostless->key = endpoint;
    hostless->session = place->session;
    g_hash_table_insert(endpoints->hostless, key, hostless);
}

void
om_endpoints_add(struct om_endpoints *endpoints, struct om_session *session, struct om_exchange *exchange,
                 const struct om_description *description, gboolean is_offer)
{
    for (guint i = 0; i < description->media->len; i++) {
        const struct om_media *media = g_ptr_array_index(description->media, i);
        gpointer key, place;

        if (!media->endpoint_key || !media->port)
            continue;
        if (!g_hash_table_lookup_extended(endpoints->places, media->endpoint_key, &key, &place)) {
            key = g_strdup(media->endpoint_key);
            place = g_new(struct place, 1);
            g_hash_table_insert(endpoints->places, key, place);
        }
        *(struct place *) place = (struct place){session, exchange, media, i, is_offer, ++endpoints->order};
        add_hostless(endpoints, key, place);
    }
}

/* The endpoint's interned key, NULL where it is not known. */
static const char *
interned(const struct om_endpoints *endpoints, const char *endpoint)
{
    gpointer key;

    return endpoint && g_hash_table_lookup_extended(endpoints->places, endpoint, &key, NULL) ? key : NULL;
}

static char *
session_id(const char *key)
{
    struct om_msrp_uri uri;

    om_msrp_uri_parse(om_slice_str(key), &uri);
    return uri.session.l ? g_strndup((const char *) uri.session.p, uri.session.l) : NULL;
}

static void
add_ids(struct om_endpoints *endpoints, const struct pair *pair)
{
    struct id_pair *ids = g_new0(struct id_pair, 1), *known;

    ids->offerer = session_id(pair->offerer);
    ids->answerer = session_id(pair->answerer);
    ids->pair = *pair;
    if (!ids->offerer || !ids->answerer) {
        id_pair_free(ids);
        return;
    }
    known = g_hash_table_lookup(endpoints->by_ids, ids);
    if (!known) {
        g_hash_table_add(endpoints->by_ids, ids);
        /* cppcheck-suppress memleak */
        return;
    }
    known->ambiguous |= known->pair.session != pair->session;
    known->pair = *pair;
    id_pair_free(ids);
}

void
om_endpoints_pair(struct om_endpoints *endpoints, struct om_session *session, struct om_exchange *exchange,
                  const struct om_description *offer, const struct om_description *answer)
{
    for (guint i = 0; i < offer->media->len && i < answer->media->len; i++) {
        const struct om_media *offered = g_ptr_array_index(offer->media, i);
        const struct om_media *answered = g_ptr_array_index(answer->media, i);
        const char *offerer = interned(endpoints, offered->endpoint_key);
        const char *answerer = interned(endpoints, answered->endpoint_key);
        struct pair *pair;

        if (!offerer || !answerer || !offered->port || !answered->port)
            continue;
        pair = g_new(struct pair, 1);
        *pair = (struct pair){offerer, answerer, session, exchange, offered, answered, i, ++endpoints->order};
        g_hash_table_replace(endpoints->pairs, pair, pair);
        add_ids(endpoints, pair);
    }
}

/* --- lookup --- */

static const struct pair *
find_pair(const struct om_endpoints *endpoints, const char *offerer, const char *answerer)
{
    struct pair key = {.offerer = offerer, .answerer = answerer};

    return g_hash_table_lookup(endpoints->pairs, &key);
}

static void
match_of(const struct pair *pair, gboolean forth, gboolean exact, struct om_session_match *match)
{
    *match = (struct om_session_match){.session = pair->session,
                                       .exchange = pair->exchange,
                                       .media_index = pair->number,
                                       .offer_media = pair->offer,
                                       .answer_media = pair->answer,
                                       .from_offerer = forth,
                                       .exact = exact};
}

static gboolean
match_pair(const struct om_endpoints *endpoints, const char *from, const char *to, struct om_session_match *match)
{
    const struct pair *forth = from && to ? find_pair(endpoints, from, to) : NULL;
    const struct pair *back = from && to ? find_pair(endpoints, to, from) : NULL;
    const struct pair *pair = forth && (!back || forth->order > back->order) ? forth : back;

    if (!pair)
        return FALSE;
    match_of(pair, pair == forth, TRUE, match);
    return TRUE;
}

static const struct id_pair *
find_ids(const struct om_endpoints *endpoints, char *offerer, char *answerer)
{
    struct id_pair key = {.offerer = offerer, .answerer = answerer};
    const struct id_pair *ids = offerer && answerer ? g_hash_table_lookup(endpoints->by_ids, &key) : NULL;

    return ids && !ids->ambiguous ? ids : NULL;
}

/* Both authorities were rewritten on the way: the two session-ids tell. */
static gboolean
match_ids(const struct om_endpoints *endpoints, const char *from_key, const char *to_key,
          struct om_session_match *match)
{
    char *from = from_key ? session_id(from_key) : NULL, *to = to_key ? session_id(to_key) : NULL;
    const struct id_pair *forth = find_ids(endpoints, from, to), *back = find_ids(endpoints, to, from);
    const struct id_pair *ids = forth ? forth : back;

    if (ids)
        match_of(&ids->pair, ids == forth, FALSE, match);
    g_free(from);
    g_free(to);
    return ids != NULL;
}

static const struct om_media *
media_at(const struct om_description *description, guint number)
{
    return description && number < description->media->len ? g_ptr_array_index(description->media, number) : NULL;
}

static void
match_place(const struct place *place, gboolean is_from, gboolean exact, struct om_session_match *match)
{
    *match = (struct om_session_match){
        .session = place->session,
        .exchange = place->exchange,
        .media_index = place->number,
        .offer_media = place->is_offer ? place->media : media_at(place->exchange->offer, place->number),
        .answer_media = place->is_offer ? media_at(place->exchange->answer, place->number) : place->media,
        .from_offerer = place->is_offer == is_from,
        .exact = exact};
}

/* The SDP that would name its peer was not seen. */
static gboolean
lacks_peer(const struct place *place)
{
    return place->is_offer ? !place->exchange->answer : !place->exchange->offer;
}

/* Of endpoints in two sessions one is a stranger to its own: the latest one whose peer nobody named. */
static const struct place *
choose(const struct place *from, const struct place *to)
{
    const struct place *later = from->order > to->order ? from : to;
    const struct place *earlier = later == from ? to : from;

    if (from->session == to->session || lacks_peer(later))
        return later;
    return lacks_peer(earlier) ? earlier : NULL;
}

static gboolean
match_places(const struct place *from, const struct place *to, gboolean exact, struct om_session_match *match)
{
    const struct place *place = from && to ? choose(from, to) : from ? from : to;

    if (!place)
        return FALSE;
    match_place(place, place == from, exact && from && to && from->session == to->session, match);
    return TRUE;
}

/* The endpoint under another host name, where only one session has it. */
static const char *
find_hostless(const struct om_endpoints *endpoints, const char *endpoint)
{
    char *key = endpoint ? hostless_key(endpoint) : NULL;
    const struct hostless *hostless = key ? g_hash_table_lookup(endpoints->hostless, key) : NULL;

    g_free(key);
    return hostless && !hostless->ambiguous ? hostless->key : NULL;
}

static const struct place *
place_of(const struct om_endpoints *endpoints, const char *key)
{
    return key ? g_hash_table_lookup(endpoints->places, key) : NULL;
}

gboolean
om_endpoints_find(const struct om_endpoints *endpoints, const char *from_key, const char *to_key,
                  struct om_session_match *match)
{
    const char *from = interned(endpoints, from_key);
    const char *to = interned(endpoints, to_key);
    const char *other_from, *other_to;
    gboolean exact = from && to;

    if (match_pair(endpoints, from, to, match))
        return TRUE;
    other_from = from ? from : find_hostless(endpoints, from_key);
    other_to = to ? to : find_hostless(endpoints, to_key);
    if (!exact && match_pair(endpoints, other_from, other_to, match)) {
        match->exact = FALSE;
        return TRUE;
    }
    if (!exact && match_ids(endpoints, from_key, to_key, match))
        return TRUE;
    /* One that is known by its whole URI is not given up for one that only looks alike. */
    if (from || to)
        return match_places(place_of(endpoints, from), place_of(endpoints, to), exact, match);
    return match_places(place_of(endpoints, other_from), place_of(endpoints, other_to), FALSE, match);
}
