/* test_ways.c
 * How far a TCP connection to a negotiated address came: tables of segments.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/session/ways.h"

#include "core/sdp/sdp.h"
#include "model/session/sdp_description.h"

#define EVENTS 10

enum { S = OM_SEGMENT_SYN, F = OM_SEGMENT_FIN, R = OM_SEGMENT_RST, K = OM_SEGMENT_ACK };

struct segment {
    char from;    /* 'a' the active side, 'p' the passive one, 'b' the active one from another port; 0: no more */
    guint8 flags; /* S F R K */
    guint32 seq;
    const char *bytes; /* NULL: none */
    guint32 cut;       /* bytes that the capture cut off */
};

struct row {
    const char *name;
    const char *active, *passive; /* hosts */
    const char *path;             /* of the m-line that is asked for */
    struct segment segments[EVENTS];
    const char *ways; /* as way_text() tells them */
};

#define V4 "192.0.2.3", "192.0.2.4", "msrp://192.0.2.4:8888/x;tcp"
#define OPEN                                            \
    {'a', S, 100, NULL, 0}, {'p', S | K, 500, NULL, 0}, \
    {                                                   \
        'a', K, 101, NULL, 0                            \
    }

static const struct row rows[] = {
    {"nothing", V4, {{0}}, ""},
    {"SYNs without an answer", V4, {{'a', S, 1, NULL, 0}, {'a', S, 1, NULL, 0}, {'a', S, 1, NULL, 0}}, "3 SYN@1-3"},
    {"refused", V4, {{'a', S, 1, NULL, 0}, {'p', R | K, 0, NULL, 0}}, "1 SYN@1-1 refused@2"},
    {"refused twice, from two ports",
     V4,
     {{'a', S, 1, NULL, 0}, {'p', R | K, 0, NULL, 0}, {'b', S, 9, NULL, 0}},
     "1 SYN@1-1 refused@2; 1 SYN@3-3"},
    {"open and idle, with keep-alives",
     V4,
     {OPEN, {'a', K, 100, "\0", 0}, {'p', K, 501, NULL, 0}},
     "1 SYN@1-1 answered@2 connected@3"},
    {"MSRP", V4, {OPEN, {'a', K, 101, "MSRP abcd SEND\r\n", 0}}, "1 SYN@1-1 answered@2 connected@3 bytes1@4"},
    {"TLS", V4, {OPEN, {'a', K, 101, "\x16\x03\x01..", 0}}, "1 SYN@1-1 answered@2 connected@3 bytes2@4"},
    {"a WebSocket", V4, {OPEN, {'a', K, 101, "GET / HTTP/1.1", 0}}, "1 SYN@1-1 answered@2 connected@3 bytes3@4"},
    {"something else, cut", V4, {OPEN, {'p', K, 501, "220 hi", 9}}, "1 SYN@1-1 answered@2 connected@3 bytes4@4 cut@4"},
    {"closed, then opened anew between the same ends",
     V4,
     {OPEN, {'a', F | K, 101, NULL, 0}, {'a', S, 7000, NULL, 0}},
     "1 SYN@1-1 answered@2 connected@3 fin@4; 1 SYN@5-5"},
    {"reset after it was open is not refused",
     V4,
     {OPEN, {'p', R, 501, NULL, 0}},
     "1 SYN@1-1 answered@2 connected@3 rst@4"},
    {"IPv6 in another spelling",
     "2001:db8::3",
     "2001:db8::4",
     "msrp://[2001:DB8:0:0::4]:8888/x;tcp",
     {{'a', S, 1, NULL, 0}},
     "1 SYN@1-1"},
    {"a host name: the port tells",
     "192.0.2.3",
     "192.0.2.4",
     "msrp://pra.example.com:8888/x;tcp",
     {{'a', S, 1, NULL, 0}},
     "1 SYN@1-1"},
    {"another port is another way",
     "192.0.2.3",
     "192.0.2.4",
     "msrp://192.0.2.4:8889/x;tcp",
     {{'a', S, 1, NULL, 0}},
     ""},
    {"another host is another way",
     "192.0.2.3",
     "192.0.2.5",
     "msrp://192.0.2.4:8888/x;tcp",
     {{'a', S, 1, NULL, 0}},
     ""},
};

static void
way_text(GString *text, const struct om_way *way)
{
    g_string_append_printf(text, "%s%u SYN@%u-%u", text->len ? "; " : "", way->syns, way->syn_frame,
                           way->last_syn_frame);
    if (way->answered_frame)
        g_string_append_printf(text, " answered@%u", way->answered_frame);
    if (way->connected_frame)
        g_string_append_printf(text, " connected@%u", way->connected_frame);
    if (way->rst_frame)
        g_string_append_printf(text, " %s@%u", om_way_is_refused(way) ? "refused" : "rst", way->rst_frame);
    if (way->fin_frame)
        g_string_append_printf(text, " fin@%u", way->fin_frame);
    if (way->bytes)
        g_string_append_printf(text, " bytes%d@%u", (int) way->bytes, way->bytes_frame);
    if (way->cut_frame)
        g_string_append_printf(text, " cut@%u", way->cut_frame);
}

static void
feed(struct om_ways *ways, struct om_context *context, const struct row *row, const struct segment *event, guint number)
{
    gboolean back = event->from == 'p';
    guint16 port = event->from == 'b' ? 40001 : 40000;
    /* One byte of nothing is a keep-alive's. */
    gsize length = !event->bytes ? 0 : *event->bytes ? strlen(event->bytes) : 1;
    struct om_frame frame = {.number = number,
                             .time = number,
                             .src = back ? row->passive : row->active,
                             .dst = back ? row->active : row->passive,
                             .src_port = back ? 8888 : port,
                             .dst_port = back ? port : 8888};
    struct om_tcp_segment segment = {.flags = event->flags,
                                     .seq = event->seq,
                                     .length = (guint32) length + event->cut,
                                     .bytes = om_slice(event->bytes, length)};

    om_ways_segment(ways, context, &frame, &segment);
}

static void
test_row(gconstpointer data)
{
    static const struct om_options options = {.verify = TRUE};
    const struct row *row = data;
    struct om_context *context = om_context_new(&options);
    struct om_ways *ways = om_ways_new();
    char *text = g_strdup_printf("v=0\r\nm=message 8888 TCP/MSRP *\r\na=path:%s\r\n", row->path);
    struct om_description *description;
    GString *told = g_string_new(NULL);
    const GPtrArray *found;
    struct om_sdp sdp;

    om_sdp_parse(om_slice_str(text), &sdp);
    description = om_description_new(&sdp, 1, NULL);
    for (guint i = 0; i < EVENTS && row->segments[i].from; i++)
        feed(ways, context, row, &row->segments[i], i + 1);
    found = om_ways_to(ways, g_ptr_array_index(description->media, 0));
    for (guint i = 0; found && i < found->len; i++)
        way_text(told, g_ptr_array_index(found, i));
    g_assert_cmpstr(told->str, ==, row->ways);
    g_string_free(told, TRUE);
    om_description_free(description);
    om_sdp_clear(&sdp);
    om_ways_free(ways);
    om_context_free(context);
    g_free(text);
}

/* Whatever comes, no more than so many are kept. */
static void
test_bounded(void)
{
    static const struct om_options options = {.verify = TRUE};
    struct om_context *context = om_context_new(&options);
    struct om_ways *ways = om_ways_new();
    struct om_tcp_segment segment = {.flags = S};
    struct om_media media = {.path = g_ptr_array_new(), .port = 8888};

    g_ptr_array_add(media.path, (gpointer) "msrp://192.0.2.4:8888/x;tcp");
    for (guint i = 0; i < OM_WAYS_MAX + 1000; i++) {
        struct om_frame frame = {.number = i + 1,
                                 .src = "192.0.2.3",
                                 .dst = "192.0.2.4",
                                 .src_port = (guint16) (20000 + i),
                                 .dst_port = 8888};

        om_ways_segment(ways, context, &frame, &segment);
    }
    g_assert_cmpuint(om_ways_to(ways, &media)->len, ==, OM_WAYS_MAX);
    g_ptr_array_unref(media.path);
    om_ways_free(ways);
    om_context_free(context);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        char *path = g_strdup_printf("/ways/%s", rows[i].name);

        g_test_add_data_func(path, &rows[i], test_row);
        g_free(path);
    }
    g_test_add_func("/ways/bounded", test_bounded);
    return g_test_run();
}
