/* msrp_rules.c
 * MSRP rules that one message breaks, alone or held against its session.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include <stdio.h>

#include "msrp_private.h"

#include "core/text/media_type.h"
#include "core/msrp/msrp_uri.h"

/** RFC 4975 section 7.1.1: larger bodies must be interruptible. */
#define INTERRUPTIBLE_LIMIT 2048

static const char *
first_line(const struct om_msrp_head *head, char *buffer, gsize size)
{
    snprintf(buffer, size, "MSRP %.*s %.*s", (int) MIN(head->tid.l, 40), head->tid.p,
             (int) MIN(head->method_name.l, 20), head->method_name.l ? head->method_name.p : "");
    return buffer;
}

void
om_rules_head(struct om_direction *dir G_GNUC_UNUSED, struct om_message *message, const struct om_msrp_head *head)
{
    char line[80];

    if (head->flaws & OM_MSRP_HEAD_START_LINE)
        OM_FIND(message, MSRP_START_LINE, "\"%s\" is not MSRP SP transaction-id SP method or status",
                first_line(head, line, sizeof line));
    if (head->flaws & OM_MSRP_HEAD_TID)
        OM_FIND(message, MSRP_START_LINE,
                "transaction id \"%s\" has %" G_GSIZE_FORMAT
                " characters: 4 to 32 of letters, digits, . - + %% = are allowed, a letter or digit first",
                message->tid, head->tid.l);
    if (head->flaws & OM_MSRP_HEAD_BARE_LF)
        OM_FIND(message, MSRP_START_LINE, "lines end with LF, not CRLF");
    if (head->flaws & (OM_MSRP_HEAD_ORDER_PATHS | OM_MSRP_HEAD_NO_PATHS))
        OM_FIND(message, MSRP_HEADER_ORDER, "%s",
                head->flaws & OM_MSRP_HEAD_NO_PATHS ? "To-Path or From-Path is missing"
                                                    : "To-Path and From-Path are not the first two headers");
    if (head->flaws & OM_MSRP_HEAD_ORDER_TYPE)
        OM_FIND(message, MSRP_HEADER_ORDER, "Content-Type is not the last header before the body");
    if (head->flaws & (OM_MSRP_HEAD_BLANK_LINE | OM_MSRP_HEAD_NO_COLON))
        OM_FIND(message, MSRP_HEADER_ORDER, "a blank line or a line without a colon among the headers");
}

static void
check_body_type(struct om_message *message)
{
    const struct om_send *send = message->send;

    if (message->end_info.lost)
        return;
    if (!send->content_type && message->body_length)
        OM_FIND(message, MSRP_BODY_TYPE, "a body of %" G_GUINT64_FORMAT " bytes without Content-Type",
                message->body_length);
    else if ((send->content_type || send->mime_headers) && !message->end_info.has_body)
        OM_FIND(message, MSRP_BODY_TYPE, "%s without a body", send->content_type ? "Content-Type" : "MIME headers");
}

static void
check_range_length(struct om_message *message)
{
    const struct om_chunk *chunk = message->chunk;
    const struct om_send *send = message->send;
    guint64 announced;

    if (!chunk || !send->has_range || message->end_info.lost)
        return;
    if (send->range.end_open) {
        if (chunk->flag == '$' && chunk->has_total && chunk->offset + chunk->length != chunk->total)
            OM_FIND(message, MSRP_RANGE_LENGTH,
                    "the last chunk ends at byte %" G_GUINT64_FORMAT ", the total announced is %" G_GUINT64_FORMAT,
                    chunk->offset + chunk->length, chunk->total);
        return;
    }
    if (send->range.end + 1 < send->range.start)
        return; /* MSRP-RANGE-SYNTAX says so */
    announced = send->range.end + 1 - send->range.start;
    /* An abort may cut a chunk short (section 7.1.1). */
    if (announced != chunk->length && chunk->flag != '#')
        OM_FIND(message, MSRP_RANGE_LENGTH,
                "Byte-Range %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT " announces %" G_GUINT64_FORMAT
                " bytes, the body has %" G_GUINT64_FORMAT,
                send->range.start, send->range.end, announced, chunk->length);
    if (announced == chunk->length && chunk->length > INTERRUPTIBLE_LIMIT)
        OM_FIND(message, MSRP_UNINTERRUPTIBLE,
                "a body of %" G_GUINT64_FORMAT " bytes with range-end %" G_GUINT64_FORMAT
                ": over 2048 the range-end should be \"*\", so that it can be interrupted",
                chunk->length, send->range.end);
}

static void
check_first_range(struct om_message *message)
{
    const struct om_chunk *chunk = message->chunk;

    if (chunk && chunk->number == 1 && chunk->flag == '+' && !message->send->has_range && !message->send->range_broken)
        OM_FIND(message, MSRP_RANGE_FIRST,
                "more chunks follow, and this first one has no Byte-Range: taken to begin at byte 1");
}

static void
check_end_line(struct om_message *message)
{
    const struct om_message_end *info = &message->end_info;

    if (info->spaced)
        OM_FIND(message, MSRP_END_LINE, "spaces in the end-line of transaction %s", message->tid);
    if (info->bad_flag)
        OM_FIND(message, MSRP_END_LINE, "the end-line of transaction %s has none of the flags $, +, #", message->tid);
    if (info->no_crlf)
        OM_FIND(message, MSRP_END_LINE, "no CRLF before the end-line of transaction %s", message->tid);
    if (info->bare_lf)
        OM_FIND(message, MSRP_END_LINE, "the end-line of transaction %s ends with LF, not CRLF", message->tid);
    if (info->other_id)
        OM_FIND(message, MSRP_END_LINE, "the end-line has another id than the transaction's, %s", message->tid);
    if (info->foreign)
        OM_FIND(
            message, MSRP_END_LINE,
            "the body goes beyond its announced end, and the end-line of another message stands in it: two messages "
            "were written into each other");
    if (message->method != OM_MSRP_SEND && info->flag && info->flag != '$')
        OM_FIND(message, MSRP_END_LINE, "%s with the flag %c: only $ is allowed",
                message->method == OM_MSRP_RESPONSE ? "a response" : "a REPORT", info->flag);
}

static gboolean type_in(const char *type, const char *list);

/* What the last chunk shows: the size where no total was announced, and what a wrapper holds. */
static void
check_whole(struct om_message *message)
{
    const struct om_object *object = message->object;
    const struct om_media *receiver =
        object && object->judged && object->session ? om_session_match_receiver(&object->match) : NULL;
    const struct om_body *body = object ? object->body : NULL;

    if (!receiver || object->last_frame != message->frame)
        return;
    if (receiver->has_max_size && !object->total_announced && object->total > receiver->max_size)
        OM_FIND(message, MSRP_MAX_SIZE,
                "the message has %" G_GUINT64_FORMAT " bytes, the receiver's a=max-size is %" G_GUINT64_FORMAT,
                object->total, receiver->max_size);
    if (!body || body->encoding != OM_BODY_CPIM || !body->content_type || !receiver->accept_types)
        return;
    /* RFC 4975 section 8.6: inside a wrapper both lists count. */
    if (!type_in(body->content_type, receiver->accept_types) &&
        !(receiver->accept_wrapped_types && type_in(body->content_type, receiver->accept_wrapped_types)))
        OM_FIND(message, MSRP_TYPE_REFUSED, "the wrapper holds %s, the receiver accepts: %.*s, wrapped: %.*s",
                body->content_type, OM_QUOTE_TEXT(receiver->accept_types),
                OM_QUOTE_TEXT(receiver->accept_wrapped_types ? receiver->accept_wrapped_types : "(nothing more)"));
}

/* Was this message sent behind that one? What fills a gap of the capture comes late. */
static gboolean
sent_after(const struct om_message *message, const struct om_message *other)
{
    if (message->connection == other->connection && message->direction == other->direction)
        return message->begin > other->begin;
    return message->begin_frame > other->frame;
}

/** A sender that has more in its socket's buffer, or whose TCP tells nothing, needs some time to stop. */
#define REACTION G_GINT64_CONSTANT(1000000000)

/* Did the sender know of the 413 when it began this SEND? Its TCP had acknowledged it, and nothing was in its way. */
static gboolean
sent_knowing(const struct om_message *message, const struct om_leg *leg)
{
    const struct om_message *stop = leg->stopped_by;
    gboolean tcp = stop->connection->transport == OM_TRANSPORT_TCP && stop->connection == message->connection;

    if (stop->frame >= message->begin_frame)
        return FALSE;
    if (tcp && message->send->known_to < stop->begin + stop->head_length)
        return FALSE;
    return (tcp && !leg->stopped_in_flight) || message->begin_time - stop->time > REACTION;
}

/* On its leg: a relay may have more of the message to pass on when the sender gives it up (RFC 4976 section 6), and
 * what the receiver tells the relay the sender does not know yet. To end the message with "#" is what a 413 asks for
 * (RFC 4975 section 10.5). */
static void
check_after_end(struct om_message *message)
{
    const struct om_leg *leg = message->chunk ? message->chunk->leg : NULL;

    if (!leg)
        return;
    if (leg->aborted_by && sent_after(message, leg->aborted_by))
        OM_FIND(message, MSRP_AFTER_ABORT, "the message was aborted with \"#\" in frame %u", leg->aborted_by->frame);
    else if (leg->stopped_by && message->chunk->flag != '#' && sent_knowing(message, leg))
        OM_FIND(message, MSRP_AFTER_ABORT, "the receiver refused the message with 413 in frame %u",
                leg->stopped_by->frame);
}

void
om_rules_end(struct om_direction *dir, struct om_message *message)
{
    check_end_line(message);
    if (message->send) {
        check_body_type(message);
        check_range_length(message);
        check_first_range(message);
        check_after_end(message);
        check_whole(message);
        if (!message->chunk)
            om_rules_connect_side(dir, message);
    }
}

/* --- Byte-Range and what chunks of one message share --- */

static void
check_shared(struct om_message *message)
{
    const struct om_object *object = message->object;
    const struct om_chunk *chunk = message->chunk;
    const char *type = message->send->content_type;

    if (chunk->has_total && object->has_total && chunk->total != object->total)
        OM_FIND(message, MSRP_TOTAL_CHANGES,
                "total %" G_GUINT64_FORMAT ", it was %" G_GUINT64_FORMAT " before (first chunk in frame %u)",
                chunk->total, object->total, object->first_frame);
    if (type && object->content_type && !om_media_type_same(om_slice_str(type), om_slice_str(object->content_type)))
        OM_FIND(message, MSRP_TYPE_CHANGES, "Content-Type %s, the first chunk (frame %u) says %.*s", type,
                object->first_frame, OM_QUOTE_TEXT(object->content_type));
}

void
om_rules_range(struct om_direction *dir G_GNUC_UNUSED, struct om_message *message, const struct om_msrp_head *head)
{
    const struct om_byte_range *range = &head->byte_range;
    int length = (int) MIN(head->byte_range_text.l, 60);

    if (message->send->range_broken) {
        OM_FIND(message, MSRP_RANGE_SYNTAX, "Byte-Range \"%.*s\" is not start-end/total", length,
                head->byte_range_text.p);
    } else if (message->send->has_range) {
        if (range->start == 0)
            OM_FIND(message, MSRP_RANGE_SYNTAX, "Byte-Range \"%.*s\" begins at 0: bytes count from 1", length,
                    head->byte_range_text.p);
        else if (!range->end_open && range->start - 1 > range->end)
            OM_FIND(message, MSRP_RANGE_SYNTAX, "Byte-Range \"%.*s\" begins behind its end", length,
                    head->byte_range_text.p);
        else if (!range->end_open && !range->total_open && range->end > range->total)
            OM_FIND(message, MSRP_RANGE_SYNTAX, "Byte-Range \"%.*s\" ends behind the total", length,
                    head->byte_range_text.p);
        else if (range->end_open && !range->total_open && range->start - 1 > range->total)
            OM_FIND(message, MSRP_RANGE_SYNTAX, "Byte-Range \"%.*s\" begins behind the total", length,
                    head->byte_range_text.p);
    }
    if (message->chunk && !message->send->has_range && !message->send->range_broken && message->chunk->number > 1)
        OM_FIND(
            message, MSRP_RANGE_MISSING,
            "chunk %u of the message has no Byte-Range: placed behind what was sent before, at byte %" G_GUINT64_FORMAT,
            message->chunk->number, message->chunk->offset + 1);
    if (message->chunk)
        check_shared(message);
}

/* --- against the session --- */

static gboolean
type_in(const char *type, const char *list)
{
    return om_media_type_in_list(om_slice_str(type), om_slice_str(list));
}

static void
check_type(struct om_message *message, const struct om_media *receiver)
{
    const char *type = message->send->content_type;

    if (type && receiver->accept_types && !type_in(type, receiver->accept_types))
        OM_FIND(message, MSRP_TYPE_REFUSED, "Content-Type %s, the receiver accepts: %.*s", type,
                OM_QUOTE_TEXT(receiver->accept_types));
}

static void
check_direction(struct om_message *message, const struct om_media *sender, const struct om_media *receiver)
{
    if (sender->direction_id == OM_SDP_RECVONLY || sender->direction_id == OM_SDP_INACTIVE)
        OM_FIND(message, MSRP_DIRECTION, "content is sent by the side that said a=%s", sender->direction);
    else if (receiver && (receiver->direction_id == OM_SDP_SENDONLY || receiver->direction_id == OM_SDP_INACTIVE))
        OM_FIND(message, MSRP_DIRECTION, "content is sent to the side that said a=%s", receiver->direction);
}

static void
check_paths(struct om_message *message, struct om_direction *dir, const struct om_media *sender,
            const struct om_media *receiver)
{
    const char *to = receiver->endpoint_key ? g_ptr_array_index(receiver->path, receiver->path->len - 1) : NULL;
    const char *from = sender->endpoint_key ? g_ptr_array_index(sender->path, sender->path->len - 1) : NULL;
    const char *why = om_paths_rewritten(dir, message, to, from, FALSE)
                          ? ": a box between rewrote the authority and left the session-id (core)"
                          : "";

    if (to && g_strcmp0(receiver->endpoint_key, dir->to_key) != 0)
        OM_FIND(message, MSRP_PATH, "To-Path is %s, the receiver's SDP says %.*s%s", message->to_path,
                OM_QUOTE_TEXT(to), why);
    if (from && g_strcmp0(sender->endpoint_key, dir->from_key) != 0)
        OM_FIND(message, MSRP_PATH, "From-Path is %s, the sender's SDP says %.*s%s", message->from_path,
                OM_QUOTE_TEXT(from), why);
}

void
om_rules_first_chunk(struct om_direction *dir, struct om_message *message)
{
    const struct om_session_match *match = &message->object->match;
    const struct om_media *sender, *receiver;
    struct om_chunk *chunk = message->chunk;

    if (chunk->number != 1 || chunk->repeated || !message->object->session)
        return;
    sender = om_session_match_sender(match);
    receiver = om_session_match_receiver(match);
    if (receiver)
        check_type(message, receiver);
    if (sender)
        check_direction(message, sender, receiver);
    if (receiver && receiver->has_max_size && chunk->has_total && chunk->total > receiver->max_size)
        OM_FIND(message, MSRP_MAX_SIZE,
                "the message has %" G_GUINT64_FORMAT " bytes, the receiver's a=max-size is %" G_GUINT64_FORMAT,
                chunk->total, receiver->max_size);
    if (sender && receiver)
        check_paths(message, dir, sender, receiver);
}

/* Which side of the exchange is to open the connection: RFC 4975 section 5.4, RFC 6135 section 4.2.
 * @return FALSE where it cannot be told */
static gboolean
offerer_opens(const struct om_session_match *match, gboolean *offerer, const char **why)
{
    const struct om_exchange *exchange = match->exchange;
    const struct om_media *offer, *answer;

    if (!exchange->offer || !exchange->answer || match->media_index >= exchange->offer->media->len ||
        match->media_index >= exchange->answer->media->len)
        return FALSE;
    offer = g_ptr_array_index(exchange->offer->media, match->media_index);
    answer = g_ptr_array_index(exchange->answer->media, match->media_index);
    if (offer->path->len > 1 || answer->path->len > 1) /* each side connects to its relay */
        return FALSE;
    *why = answer->setup ? answer->setup : "";
    if (answer->setup_id == OM_SDP_ACTIVE)
        *offerer = FALSE;
    else if (answer->setup_id == OM_SDP_PASSIVE || answer->setup_id == OM_SDP_SETUP_NONE)
        *offerer = TRUE;
    else
        return FALSE;
    return answer->setup_id != OM_SDP_SETUP_NONE || offer->setup_id == OM_SDP_SETUP_NONE;
}

void
om_rules_connect_side(struct om_direction *dir, const struct om_message *message)
{
    struct om_connection *connection = dir->connection;
    gboolean offerer, opened_by_offerer;
    const char *setup;

    if (connection->opener_told || connection->opened_by < 0 || !dir->matched || !dir->match.exact ||
        !dir->match.session->id)
        return;
    connection->opener_told = TRUE;
    if (!offerer_opens(&dir->match, &offerer, &setup))
        return;
    opened_by_offerer = ((guint) connection->opened_by == dir->direction) == dir->match.from_offerer;
    if (opened_by_offerer != offerer)
        OM_FIND((struct om_message *) message, MSRP_CONNECT_SIDE,
                "the connection was opened by the %s; %s%s gives that to the %s",
                opened_by_offerer ? "offerer" : "answerer", *setup ? "the answer's a=setup:" : "SDP without a=setup",
                setup, offerer ? "offerer" : "answerer");
}
