/* replay.c
 * A capture through the model alone, without Wireshark: what it costs.
 *
 *   hostile_replay CAPTURE...
 *
 * prints a line for each: bytes that the model holds at the end, frames, objects, findings.
 * A capture is a classic pcap file of Ethernet frames with IPv4, no fragments, WebSocket frames one a segment.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/model.h"
#include "model/model_private.h"

#include <malloc.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define FILE_HEADER   24
#define RECORD_HEADER 16
#define ETHERNET      14
#define IP_HEADER     20
#define UDP_HEADER    8
#define TCP_HEADER    20
#define TCP_FIN       0x01
#define TCP_SYN       0x02
#define TCP_ACK       0x10
#define HTTP_PORT     80

struct replay {
    struct om_model *model;
    GHashTable *connections; /* ends in order -> struct om_connection * */
    struct om_frame frame;
    GPtrArray *records;
};

static guint16
get_16(const guint8 *p)
{
    return (guint16) (p[0] << 8 | p[1]);
}

static guint32
get_32(const guint8 *p)
{
    return (guint32) get_16(p) << 16 | get_16(p + 2);
}

static void
take_udp(struct replay *replay, struct om_slice datagram)
{
    struct om_sip_msg msg;

    if (!om_sip_msg_parse(datagram, &msg))
        return;
    g_ptr_array_add(replay->records, om_model_sip(replay->model, &replay->frame, &msg));
    om_sip_msg_clear(&msg);
}

static void
take_websocket(struct replay *replay, struct om_connection *connection, guint direction, struct om_slice bytes)
{
    const guint8 *p = (const guint8 *) bytes.p;
    gsize head = p[1] == 126 ? 4 : 2;

    om_connection_ws(connection, direction, &replay->frame, om_slice_from(bytes, head), p[0] >> 7);
}

static void
take_segment(struct replay *replay, struct om_connection *connection, guint direction, guint32 seq, guint8 flags,
             struct om_slice bytes)
{
    if (flags & TCP_SYN)
        om_connection_starts(connection, direction, seq + 1);
    if ((flags & (TCP_SYN | TCP_ACK)) == TCP_SYN)
        om_connection_opened_by(connection, direction);
    if (!bytes.l) {
        /* nothing to read */
    } else if (om_connection_transport(connection) == OM_TRANSPORT_TCP) {
        om_connection_segment(connection, direction, &replay->frame, seq, bytes);
    } else if (!om_slice_starts_str(bytes, "GET ") && !om_slice_starts_str(bytes, "HTTP/")) {
        take_websocket(replay, connection, direction, bytes);
    }
    if (flags & TCP_FIN)
        om_connection_closed(connection, 0, &replay->frame, FALSE);
}

static void
take_tcp(struct replay *replay, const guint8 *tcp, gsize length)
{
    struct om_frame *frame = &replay->frame;
    gsize header = (tcp[12] >> 4) * 4;
    guint direction = frame->src_port == 8888 || frame->src_port == HTTP_PORT;
    char *key = direction ? g_strdup_printf("%s %u %s %u", frame->dst, frame->dst_port, frame->src, frame->src_port)
                          : g_strdup_printf("%s %u %s %u", frame->src, frame->src_port, frame->dst, frame->dst_port);
    struct om_connection *connection = g_hash_table_lookup(replay->connections, key);

    if (!connection) {
        gboolean websocket = frame->src_port == HTTP_PORT || frame->dst_port == HTTP_PORT;

        connection = om_model_connection(replay->model, websocket ? OM_TRANSPORT_WS : OM_TRANSPORT_TCP);
        g_hash_table_insert(replay->connections, key, connection);
    } else {
        g_free(key);
    }
    take_segment(replay, connection, direction, get_32(tcp + 4), tcp[13], om_slice(tcp + header, length - header));
}

static void
take_frame(struct replay *replay, const guint8 *ip, gsize length)
{
    char src[16], dst[16];

    g_snprintf(src, sizeof src, "%u.%u.%u.%u", ip[12], ip[13], ip[14], ip[15]);
    g_snprintf(dst, sizeof dst, "%u.%u.%u.%u", ip[16], ip[17], ip[18], ip[19]);
    replay->frame.src = src;
    replay->frame.dst = dst;
    replay->frame.src_port = get_16(ip + IP_HEADER);
    replay->frame.dst_port = get_16(ip + IP_HEADER + 2);
    if (ip[9] == 17)
        take_udp(replay, om_slice(ip + IP_HEADER + UDP_HEADER, length - IP_HEADER - UDP_HEADER));
    else
        take_tcp(replay, ip + IP_HEADER, length - IP_HEADER);
}

/* What a list of frames asks for, at each of them: the object that is being sent, where it is complete. */
static void
show(const struct replay *replay)
{
    const GPtrArray *objects = om_model_objects(replay->model);
    struct om_object *object = objects->len ? g_ptr_array_index(objects, objects->len - 1) : NULL;

    if (object && om_object_last_frame(object) == replay->frame.number && om_object_state(object) == OM_COMPLETE)
        om_object_assess(object);
}

static void
take_capture(struct replay *replay, const guint8 *bytes, gsize size)
{
    for (gsize at = FILE_HEADER; at + RECORD_HEADER <= size;) {
        guint32 record[4];

        memcpy(record, bytes + at, sizeof record);
        at += RECORD_HEADER;
        g_assert_true(record[2] >= ETHERNET + IP_HEADER + UDP_HEADER && record[2] <= size - at);
        replay->frame.number++;
        replay->frame.time = record[0] * G_GINT64_CONSTANT(1000000000) + record[1] * G_GINT64_CONSTANT(1000);
        take_frame(replay, bytes + at + ETHERNET, record[2] - ETHERNET);
        show(replay);
        at += record[2];
    }
}

/* What a report and an export ask for. */
static const struct om_conclusion *
look(struct om_model *model)
{
    const struct om_conclusion *conclusion = om_model_conclude(model);
    GHashTable *names = om_export_names_new();

    for (guint i = 0; i < om_model_objects(model)->len; i++) {
        struct om_object *object = g_ptr_array_index(om_model_objects(model), i);

        om_object_assess(object);
        om_object_verdict(object, conclusion);
        g_free(om_export_names_use(names, om_object_export_name(object)));
    }
    g_hash_table_unref(names);
    return conclusion;
}

static gsize
held(void)
{
    struct mallinfo2 info = mallinfo2();

    return info.uordblks + info.hblkhd;
}

/* In a process of its own: what one capture leaves in the allocator is not there for the next. */
static int
play(const char *path)
{
    static char *icsis[] = {(char *) "omapush", NULL};
    const struct om_options options = {icsis, FALSE, TRUE, G_GUINT64_CONSTANT(256) << 20};
    struct replay replay = {.model = NULL};
    const struct om_conclusion *conclusion;
    gsize size, before;
    char *bytes;

    if (!g_file_get_contents(path, &bytes, &size, NULL))
        return 2;
    before = held();
    replay.model = om_model_new(&options);
    replay.connections = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    replay.records = g_ptr_array_new_with_free_func((GDestroyNotify) om_sip_record_free);
    take_capture(&replay, (const guint8 *) bytes, size);
    conclusion = look(replay.model);
    printf("%zu %u %u %u\n", held() - before, replay.frame.number, om_model_objects(replay.model)->len,
           conclusion->findings->len);
    g_ptr_array_unref(replay.records);
    g_hash_table_unref(replay.connections);
    om_model_free(replay.model);
    g_free(bytes);
    return 0;
}

int
main(int argc, char **argv)
{
    int worst = 0;

    for (int i = 1; i < argc; i++) {
        pid_t child = fork();
        int status;

        if (child == 0)
            return play(argv[i]);
        if (child < 0 || waitpid(child, &status, 0) != child)
            return 1;
        worst = MAX(worst, WIFEXITED(status) ? WEXITSTATUS(status) : 1);
    }
    return worst;
}
