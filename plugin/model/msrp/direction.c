/* direction.c
 * One direction of a connection: the session that its messages belong to, and what the capture lost of it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_private.h"

#include "core/msrp/msrp_uri.h"

/* --- which session --- */

static char *
endpoint_key(const char *path)
{
    return path ? om_msrp_uri_key(om_msrp_path_last(om_slice_str(path))) : NULL;
}

/* The keys of a path's URIs as one interned string. */
static const char *
leg_key(struct om_context *context, const char *path)
{
    struct om_slice rest = om_slice_str(path), uri;
    GString *keys = g_string_new(NULL);
    const char *interned;

    while (path && om_msrp_path_next(&rest, &uri)) {
        char *key = om_msrp_uri_key(uri);

        g_string_append_printf(keys, "%s ", key ? key : "");
        g_free(key);
    }
    interned = om_context_intern(context, keys->str);
    g_string_free(keys, TRUE);
    return interned;
}

const struct om_session_match *
om_direction_match(struct om_direction *dir, const struct om_message *message)
{
    struct om_context *context = dir->connection->context;
    const struct om_sessions *sessions = dir->connection->state->all_sessions;
    /* A REPORT or response names its own sender first: the same rule as for a SEND. */
    if (dir->from_path != message->from_path || dir->to_path != message->to_path) {
        g_free(dir->from_key);
        g_free(dir->to_key);
        dir->from_path = message->from_path;
        dir->to_path = message->to_path;
        dir->from_key = endpoint_key(dir->from_path);
        dir->to_key = endpoint_key(dir->to_path);
        dir->from_leg = leg_key(context, dir->from_path);
        dir->to_leg = leg_key(context, dir->to_path);
        dir->match_generation = G_MAXUINT64;
    }
    if (dir->match_generation != sessions->generation) {
        dir->match_generation = sessions->generation;
        dir->matched =
            dir->from_key && dir->to_key && om_session_by_endpoints(sessions, dir->from_key, dir->to_key, &dir->match);
    }
    return dir->matched ? &dir->match : NULL;
}

/* --- positions --- */

void
om_direction_when(const struct om_direction *dir, om_position position, guint32 *frame, gint64 *time)
{
    const struct om_payload *payload = om_direction_payload_at(dir, position);

    *frame = payload->frame;
    *time = payload->time;
}

struct om_frame
om_direction_frame(const struct om_direction *dir, om_position position)
{
    struct om_frame frame = dir->where;

    om_direction_when(dir, position, &frame.number, &frame.time);
    return frame;
}

/* --- what the capture lost --- */

static guint64
lost_before(const struct om_direction *dir)
{
    return dir->lost ? om_ranges_size(dir->lost) : 0;
}

/* Behind the last byte seen, and beyond what is counted already. One may be a FIN, which takes a number too (RFC 9293
 * section 3.4). */
static guint64
lost_behind(const struct om_direction *dir)
{
    om_position known = MAX(om_stream_position(dir->stream), dir->lost ? om_ranges_end(dir->lost) : 0);

    return dir->reached > known + 1 ? dir->reached - known : 0;
}

guint64
om_direction_lost(const struct om_direction *dir)
{
    return lost_before(dir) + lost_behind(dir) + dir->carrier_lost;
}

guint32
om_direction_lost_frame(const struct om_direction *dir)
{
    if (dir->carrier_lost)
        return dir->carrier_frame;
    return lost_before(dir) ? dir->lost_frame : dir->reached_frame;
}

void
om_direction_count_lost(struct om_direction *dir, const struct om_segment_result *result, gsize length)
{
    if (result->gap_before) {
        if (!dir->lost)
            dir->lost = om_ranges_new();
        if (!lost_before(dir))
            dir->lost_frame = dir->where.number;
        om_ranges_add(dir->lost, result->begin - result->gap_before, result->begin);
    }
    if (result->filled_gap)
        om_ranges_remove(dir->lost, result->begin, result->begin + length);
}
