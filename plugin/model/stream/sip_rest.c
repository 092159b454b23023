/* sip_rest.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_rest.h"

#include "core/sip/sip_msg.h"

/** Longest start line that is waited for. */
#define START_LINE_LIMIT 4096

/** A segment behind a missing one. */
struct held {
    guint32 seq;
    GBytes *bytes;
};

struct om_sip_rest {
    GByteArray *bytes;
    guint32 next;
    gboolean begun; /**< the start line is there */
    gsize searched; /**< as far as the end of the head was looked for */
    guint readings; /**< of a head that did not end where it seemed to */
    guint64 wanted; /**< length of the message; 0: its head has not ended */
    GQueue *held;   /**< struct held *, as they came */
    gsize held_bytes;
};

struct om_sip_rest *
om_sip_rest_new(guint32 next)
{
    struct om_sip_rest *rest = g_new0(struct om_sip_rest, 1);

    rest->bytes = g_byte_array_new();
    rest->next = next;
    rest->held = g_queue_new();
    return rest;
}

static void
held_free(gpointer data)
{
    struct held *held = data;

    g_bytes_unref(held->bytes);
    g_free(held);
}

void
om_sip_rest_free(struct om_sip_rest *rest)
{
    g_byte_array_unref(rest->bytes);
    g_queue_free_full(rest->held, held_free);
    g_free(rest);
}

struct om_slice
om_sip_rest_bytes(const struct om_sip_rest *rest)
{
    return om_slice(rest->bytes->data, rest->bytes->len);
}

static struct om_slice
behind_line_ends(struct om_slice bytes)
{
    gsize at = 0;

    while (at < bytes.l && (bytes.p[at] == '\r' || bytes.p[at] == '\n'))
        at++;
    return om_slice_from(bytes, at);
}

/* --- the message at the beginning of the bytes --- */

enum start {
    NO_START,
    START_GOES_ON, /**< part of what may be a start line */
    START
};

/* A method or "SIP/2.0" begins with a capital letter. */
static enum start
start_of(struct om_slice bytes)
{
    struct om_slice line;
    gssize end;

    bytes = behind_line_ends(bytes);
    if (!bytes.l)
        return START_GOES_ON;
    if (!g_ascii_isupper(bytes.p[0]))
        return NO_START;
    end = om_slice_chr(om_slice_head(bytes, START_LINE_LIMIT), 0, '\n');
    if (end < 0)
        return bytes.l < START_LINE_LIMIT ? START_GOES_ON : NO_START;
    line = om_slice_head(bytes, (gsize) end);
    if (line.l && line.p[line.l - 1] == '\r')
        line.l--;
    return om_sip_is_start_line(line) ? START : NO_START;
}

/* Is there an empty line among the bytes that were not searched yet? */
static gboolean
head_seems_to_end(struct om_sip_rest *rest)
{
    struct om_slice bytes = om_sip_rest_bytes(rest);
    gsize from = MAX(rest->searched, (gsize) (behind_line_ends(bytes).p - bytes.p));

    /* Its first line end may be at the end of what was searched. */
    from = from > 3 ? from - 3 : 0;
    rest->searched = bytes.l;
    return om_slice_find(bytes, from, OM_SLICE_LIT("\n\r\n")) >= 0 ||
           om_slice_find(bytes, from, OM_SLICE_LIT("\n\n")) >= 0;
}

/* Without a Content-Length it goes on as far as it has come (RFC 3261 section 20.14 wants one on TCP). */
static guint64
wanted_length(struct om_slice bytes)
{
    struct om_sip_msg msg;
    guint64 wanted;

    if (!om_sip_msg_parse(bytes, &msg))
        return bytes.l;
    if (msg.flaws & OM_SIP_BLANK_LINE)
        wanted = (guint64) (msg.text.p - bytes.p) + msg.text.l;
    else if (msg.flaws & OM_SIP_NO_BLANK_LINE)
        wanted = 0;
    else if (msg.flaws & OM_SIP_BODY_SHORT)
        wanted = (guint64) (msg.body.p - bytes.p) + msg.content_length;
    else
        wanted = (guint64) (msg.text.p - bytes.p) + msg.text.l;
    om_sip_msg_clear(&msg);
    return wanted;
}

static void
begin_anew(struct om_sip_rest *rest)
{
    rest->begun = FALSE;
    rest->searched = 0;
    rest->readings = 0;
    rest->wanted = 0;
}

static enum om_sip_rest_state
state_of(struct om_sip_rest *rest)
{
    struct om_slice bytes = om_sip_rest_bytes(rest);

    if (!rest->begun) {
        enum start start = start_of(bytes);

        if (start == START_GOES_ON)
            return OM_SIP_REST_WAITS;
        if (start == NO_START) {
            g_byte_array_set_size(rest->bytes, 0);
            return OM_SIP_REST_NONE;
        }
        rest->begun = TRUE;
    }
    if (!rest->wanted && head_seems_to_end(rest)) {
        if (++rest->readings > OM_SIP_REST_READINGS)
            return OM_SIP_REST_LOST;
        rest->wanted = wanted_length(bytes);
    }
    if (rest->wanted > OM_SIP_REST_LIMIT)
        return OM_SIP_REST_LOST;
    return rest->wanted && rest->wanted <= bytes.l ? OM_SIP_REST_WHOLE : OM_SIP_REST_WAITS;
}

/* --- segments --- */

/* The next bytes. Line ends between messages are passed over where they stand alone. */
static void
append(struct om_sip_rest *rest, struct om_slice bytes)
{
    rest->next += (guint32) bytes.l;
    if (rest->bytes->len || behind_line_ends(bytes).l)
        g_byte_array_append(rest->bytes, (const guint8 *) bytes.p, (guint) bytes.l);
}

/* Of a segment what lies behind `next`; empty where nothing does. FALSE: it begins farther on. */
static gboolean
new_part(const struct om_sip_rest *rest, guint32 seq, struct om_slice *segment)
{
    gint32 ahead = (gint32) (seq - rest->next);

    if (ahead > 0)
        return FALSE;
    *segment = om_slice_from(*segment, (gsize) - (gint64) ahead);
    return TRUE;
}

static void
hold(struct om_sip_rest *rest, guint32 seq, struct om_slice segment)
{
    struct held *held = g_new(struct held, 1);

    *held = (struct held){seq, g_bytes_new(segment.p, segment.l)};
    g_queue_push_tail(rest->held, held);
    rest->held_bytes += segment.l;
}

/* Returns whether there was one that follows now, or that has nothing new. */
static gboolean
append_held(struct om_sip_rest *rest)
{
    for (GList *at = rest->held->head; at; at = at->next) {
        struct held *held = at->data;
        gsize length;
        const guint8 *data = g_bytes_get_data(held->bytes, &length);
        struct om_slice bytes = om_slice(data, length);

        if (!new_part(rest, held->seq, &bytes))
            continue;
        append(rest, bytes);
        rest->held_bytes -= length;
        held_free(held);
        g_queue_delete_link(rest->held, at);
        return TRUE;
    }
    return FALSE;
}

/* The missing segment is given up. */
static void
skip_to(struct om_sip_rest *rest, guint32 seq)
{
    g_byte_array_set_size(rest->bytes, 0);
    begin_anew(rest);
    rest->next = seq;
}

enum om_sip_rest_state
om_sip_rest_add(struct om_sip_rest *rest, guint32 seq, struct om_slice segment)
{
    if (segment.l > OM_SIP_REST_LIMIT - rest->bytes->len - rest->held_bytes)
        return OM_SIP_REST_LOST;
    if (!new_part(rest, seq, &segment)) {
        if (start_of(segment) != START) {
            hold(rest, seq, segment);
            return rest->held->length > OM_SIP_REST_HELD ? OM_SIP_REST_LOST : OM_SIP_REST_WAITS;
        }
        skip_to(rest, seq);
    }
    if (!segment.l)
        return OM_SIP_REST_NONE;
    append(rest, segment);
    while (append_held(rest))
        ;
    return state_of(rest);
}

void
om_sip_rest_take(struct om_sip_rest *rest, gsize length)
{
    struct om_slice left = behind_line_ends(om_slice_from(om_sip_rest_bytes(rest), length));

    if (start_of(left) == NO_START)
        left.l = 0;
    g_byte_array_remove_range(rest->bytes, 0, rest->bytes->len - (guint) left.l);
    begin_anew(rest);
}
