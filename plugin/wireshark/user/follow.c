/* follow.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "follow.h"

#include <epan/addr_resolv.h>
#include <epan/follow.h>
#include <epan/tap.h>

#include "core/sip/sip_uri.h"
#include "of_frame.h"
#include "wireshark/input/msrp_late.h"
#include "wireshark/input/sip_input.h"
#include "wireshark/summary/sides.h"
#include "wireshark/summary/sip_summary.h"

#define TAP "omapush_follow"

/** What is followed: a session, or an object of none. */
struct thread {
    guint32 session; /* 0: of none */
    guint32 object;  /* 0: of none, or of a session */
};

/** One message of the frame, or a part of one; in pinfo's pool. */
struct told {
    struct thread thread;
    gboolean alone;         /* all that the frame tells is of this thread */
    enum omapush_side side; /* who says it */
    struct om_slice bytes;
};

static int follow_tap = -1;
/* Of the last filter that was asked for: where a frame tells of several threads, this one is meant. */
static struct thread asked;

/* --- filters --- */

static char *
session_filter(guint32 session)
{
    asked = (struct thread){session, 0};
    return g_strdup_printf(OMAPUSH_SESSION_FILTER, session);
}

static char *
filter_of_packet(epan_dissect_t *edt G_GNUC_UNUSED, packet_info *pinfo, guint *stream, guint *sub_stream)
{
    struct omapush_of_frame of = {NULL, NULL};

    if (omapush_capture())
        of = omapush_of_record(omapush_frame_record(pinfo, FALSE));
    *stream = of.session ? om_session_id(of.session) : 0;
    *sub_stream = 0;
    if (of.session)
        return session_filter(*stream);
    if (!of.object)
        return NULL;
    asked = (struct thread){0, om_object_id(of.object)};
    return omapush_object_filter(of.object);
}

static char *
filter_of_stream(guint stream, guint sub_stream G_GNUC_UNUSED)
{
    return session_filter(stream);
}

/* A session goes over several pairs of addresses: Wireshark tells that there is no such filter. */
static char *
filter_of_addresses(address *src G_GNUC_UNUSED, address *dst G_GNUC_UNUSED, int src_port G_GNUC_UNUSED,
                    int dst_port G_GNUC_UNUSED)
{
    return NULL;
}

/* They count from 1. */
static guint32
stream_count(void)
{
    return omapush_model() ? om_model_sessions(omapush_model())->len + 1 : 0;
}

/* --- who says it --- */

/* By the path that its side announced. */
static enum omapush_side
side_of_message(const struct om_message *message)
{
    return omapush_side_of_path(om_message_session(message), om_message_from_path(message));
}

static gboolean
is_from(const struct om_sip_msg *msg, const char *uri)
{
    const struct om_sip_header *from = om_sip_msg_header(msg, OM_SIP_H_FROM);
    struct om_sip_addr addr;

    if (!from)
        return FALSE;
    om_sip_addr_parse(from->value, &addr);
    return om_slice_isset(addr.uri) && om_slice_eq(addr.uri, om_slice_str(uri));
}

/* A response has its request's From. */
static enum omapush_side
side_of_sip(const struct om_session *session, const struct om_sip_msg *msg)
{
    const char *from = session ? om_session_from(session) : NULL, *to = session ? om_session_to(session) : NULL;
    gboolean of_caller;

    if (!from || !to || strcmp(from, to) == 0)
        return OMAPUSH_SIDE_UNKNOWN;
    of_caller = is_from(msg, from);
    if (!of_caller && !is_from(msg, to))
        return OMAPUSH_SIDE_UNKNOWN;
    return of_caller == (gboolean) (msg->request != FALSE) ? OMAPUSH_SIDE_CALLER : OMAPUSH_SIDE_CALLEE;
}

/* --- what the frame tells --- */

static struct thread
thread_of(const struct om_session *session, const struct om_object *object)
{
    struct thread thread = {session ? om_session_id(session) : 0, 0};

    if (!thread.session && object)
        thread.session = om_object_session_id(object);
    if (!thread.session && object)
        thread.object = om_object_id(object);
    return thread;
}

static gboolean
is_thread(struct thread a, struct thread b)
{
    return a.session == b.session && a.object == b.object;
}

static void
add(packet_info *pinfo, wmem_array_t *list, struct told told)
{
    struct told *kept;

    if (!told.thread.session && !told.thread.object)
        return;
    kept = wmem_memdup(pinfo->pool, &told, sizeof told);
    wmem_array_append_one(list, kept);
}

static void
add_sip(packet_info *pinfo, wmem_array_t *list, const struct om_frame_record *record, wmem_array_t *messages)
{
    guint count = messages ? MIN(wmem_array_get_count(messages), record->sip->len) : 0;

    for (guint i = 0; i < count; i++) {
        const struct om_sip_record *sip = g_ptr_array_index(record->sip, i);
        const struct omapush_sip_message *message = wmem_array_index(messages, i);
        struct told told = {.bytes = message->msg.text};

        if (!sip || !om_sip_record_is_push(sip))
            continue;
        told.thread = thread_of(om_sip_record_session(sip), om_sip_record_object(sip, 0));
        told.side = side_of_sip(om_sip_record_session(sip), &message->msg);
        add(pinfo, list, told);
    }
}

static void
add_piece(packet_info *pinfo, wmem_array_t *list, const struct omapush_payload *payload, const struct om_piece *piece)
{
    const struct om_message *message = piece->message;
    struct om_slice bytes = om_slice_from(omapush_bytes(payload->tvb), piece->from);
    struct told told = {.thread = thread_of(om_message_session(message), om_message_object(message)),
                        .side = side_of_message(message)};

    told.bytes = om_slice_head(bytes, piece->to - piece->from);
    add(pinfo, list, told);
}

static void
add_msrp(packet_info *pinfo, wmem_array_t *list, wmem_array_t *payloads)
{
    const struct om_piece *piece;

    for (guint i = 0; payloads && i < wmem_array_get_count(payloads); i++) {
        const struct omapush_payload *payload = wmem_array_index(payloads, i);

        for (guint k = 0; (piece = om_payload_piece(payload->call, k)); k++) {
            if (piece->message && om_message_is_push(piece->message) && piece->to > piece->from &&
                piece->to <= tvb_captured_length(payload->tvb))
                add_piece(pinfo, list, payload, piece);
        }
    }
}

void
omapush_follow_tell(packet_info *pinfo, const struct om_frame_record *record, wmem_array_t *messages,
                    wmem_array_t *payloads)
{
    gboolean alone = TRUE;
    wmem_array_t *list;

    if (!have_tap_listener(follow_tap))
        return;
    list = wmem_array_new(pinfo->pool, sizeof(struct told *));
    add_sip(pinfo, list, record, messages);
    add_msrp(pinfo, list, payloads);
    for (guint i = 1; i < wmem_array_get_count(list); i++)
        alone &= is_thread((*(struct told **) wmem_array_index(list, i - 1))->thread,
                           (*(struct told **) wmem_array_index(list, i))->thread);
    for (guint i = 0; i < wmem_array_get_count(list); i++) {
        struct told *told = *(struct told **) wmem_array_index(list, i);

        told->alone = alone;
        tap_queue_packet(follow_tap, pinfo, told);
    }
}

/* --- the follower --- */

/* The two hosts that the window names. */
static void
name_hosts(follow_info_t *info, packet_info *pinfo, enum omapush_side side)
{
    gboolean from_server = side == OMAPUSH_SIDE_CALLEE;

    info->client_port = from_server ? pinfo->destport : pinfo->srcport;
    info->server_port = from_server ? pinfo->srcport : pinfo->destport;
    copy_address(&info->client_ip, from_server ? &pinfo->dst : &pinfo->src);
    copy_address(&info->server_ip, from_server ? &pinfo->src : &pinfo->dst);
}

static tap_packet_status
follow(void *data, packet_info *pinfo, epan_dissect_t *edt G_GNUC_UNUSED, const void *tapped,
       tap_flags_t flags G_GNUC_UNUSED)
{
    const struct told *told = tapped;
    follow_info_t *info = data;
    follow_record_t *record;

    if (!told->alone && !is_thread(told->thread, asked))
        return TAP_PACKET_DONT_REDRAW;
    if (!info->client_port)
        name_hosts(info, pinfo, told->side);
    record = g_new0(follow_record_t, 1);
    record->is_server = told->side == OMAPUSH_SIDE_UNKNOWN ? !addresses_equal(&info->client_ip, &pinfo->src)
                                                           : told->side == OMAPUSH_SIDE_CALLEE;
    record->packet_num = pinfo->num;
    record->abs_ts = pinfo->abs_ts;
    record->data = g_byte_array_sized_new((guint) told->bytes.l);
    g_byte_array_append(record->data, (const guint8 *) told->bytes.p, (guint) told->bytes.l);
    info->bytes_written[record->is_server] += record->data->len;
    info->payload = g_list_prepend(info->payload, record);
    return TAP_PACKET_DONT_REDRAW;
}

void
omapush_follow_register(void)
{
    follow_tap = register_tap(TAP);
    om_register_follow_stream(proto_omapush, TAP, filter_of_packet, filter_of_stream, filter_of_addresses,
                              tcp_port_to_display, follow, stream_count);
}
