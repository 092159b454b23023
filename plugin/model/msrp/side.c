/* side.c
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
om_side_match(struct om_side *side, const struct om_message *message)
{
    struct om_context *context = side->connection->context;
    const struct om_sessions *sessions = side->connection->state->all_sessions;
    /* A REPORT or response names its own sender first: the same rule as for a SEND. */
    if (side->from_path != message->from_path || side->to_path != message->to_path) {
        g_free(side->from_key);
        g_free(side->to_key);
        side->from_path = message->from_path;
        side->to_path = message->to_path;
        side->from_key = endpoint_key(side->from_path);
        side->to_key = endpoint_key(side->to_path);
        side->from_leg = leg_key(context, side->from_path);
        side->to_leg = leg_key(context, side->to_path);
        side->match_generation = G_MAXUINT64;
    }
    if (side->match_generation != sessions->generation) {
        side->match_generation = sessions->generation;
        side->matched = side->from_key && side->to_key &&
                        om_session_by_endpoints(sessions, side->from_key, side->to_key, &side->match);
    }
    return side->matched ? &side->match : NULL;
}

/* --- positions --- */

void
om_side_when(const struct om_side *side, om_position position, guint32 *frame, gint64 *time)
{
    const struct om_call *call = om_side_call_at(side, position);

    *frame = call->frame;
    *time = call->time;
}

struct om_frame
om_side_frame(const struct om_side *side, om_position position)
{
    struct om_frame frame = side->where;

    om_side_when(side, position, &frame.number, &frame.time);
    return frame;
}

/* --- what the capture lost --- */

static guint64
lost_before(const struct om_side *side)
{
    return side->lost ? om_ranges_size(side->lost) : 0;
}

/* Behind the last byte seen, and beyond what is counted already. One may be a FIN, which takes a number too (RFC 9293
 * section 3.4). */
static guint64
lost_behind(const struct om_side *side)
{
    om_position known = MAX(om_stream_position(side->stream), side->lost ? om_ranges_end(side->lost) : 0);

    return side->reached > known + 1 ? side->reached - known : 0;
}

guint64
om_side_lost(const struct om_side *side)
{
    return lost_before(side) + lost_behind(side);
}

guint32
om_side_lost_frame(const struct om_side *side)
{
    return lost_before(side) ? side->lost_frame : side->reached_frame;
}

void
om_side_count_lost(struct om_side *side, const struct om_segment_result *result, gsize length)
{
    if (result->gap_before) {
        if (!side->lost)
            side->lost = om_ranges_new();
        if (!lost_before(side))
            side->lost_frame = side->where.number;
        om_ranges_add(side->lost, result->begin - result->gap_before, result->begin);
    }
    if (result->filled_gap)
        om_ranges_remove(side->lost, result->begin, result->begin + length);
}
