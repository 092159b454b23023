/* test_stream_random.c
 * Flows of several messages in random segments: in any order the same comes of them as in order, and with losses
 * nothing that the sender did not send, nothing at another place, and all that nothing around was lost of.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "support/stream_record.h"

#define PATHS        "To-Path: msrp://a.example:1/s;tcp\r\nFrom-Path: msrp://b.example:1/s;tcp\r\n"
#define MESSAGES_MAX 10
#define SEGMENTS_MAX 2000
#define ROUNDS       1500

/* What the sender knows. */
struct sent {
    char tid[12];
    gsize begin, body, end; /* offsets into the flow */
    gsize length;           /* of the body */
    char flag;
};

struct flow {
    GString *bytes;
    struct sent sent[MESSAGES_MAX];
    guint messages;
    gsize edges[SEGMENTS_MAX + 1]; /* segment i is [edges[i], edges[i + 1]) */
    guint segments;
};

/* Bytes that like to look like MSRP. */
static void
append_body(GString *bytes, gsize length)
{
    static const char *const bits[] = {"\r\n",     "-------", "\r\n-------", "MSRP ",     "x",
                                       "abc+\r\n", "\r",      "-",           "some text "};
    gsize end = bytes->len + length;

    while (bytes->len < end)
        g_string_append(bytes, bits[g_test_rand_int_range(0, G_N_ELEMENTS(bits))]);
    g_string_truncate(bytes, end);
}

static void
append_send(struct flow *flow, struct sent *sent)
{
    gsize start = (gsize) g_test_rand_int_range(1, 5000), total = start - 1 + 3000;

    sent->length = (gsize) g_test_rand_int_range(0, 700);
    sent->flag = "+$"[g_test_rand_int_range(0, 2)];
    g_string_append_printf(flow->bytes, "MSRP %s SEND\r\n" PATHS "Message-ID: m%d\r\n", sent->tid,
                           g_test_rand_int_range(0, 3));
    switch (g_test_rand_int_range(0, 3)) {
    case 0:
        g_string_append_printf(flow->bytes, "Byte-Range: %zu-%zu/%zu\r\n", start, start + sent->length - 1, total);
        break;
    case 1:
        g_string_append_printf(flow->bytes, "Byte-Range: %zu-*/%zu\r\n", start, total);
        break;
    default:
        g_string_append_printf(flow->bytes, "Byte-Range: %zu-*/*\r\n", start);
    }
    g_string_append(flow->bytes, "Content-Type: text/plain\r\n\r\n");
    sent->body = flow->bytes->len;
    append_body(flow->bytes, sent->length);
    g_string_append_printf(flow->bytes, "\r\n-------%s%c\r\n", sent->tid, sent->flag);
}

static struct flow *
flow_new(void)
{
    struct flow *flow = g_new0(struct flow, 1);
    gsize size = (gsize) g_test_rand_int_range(8, 500);

    flow->bytes = g_string_new(NULL);
    flow->messages = (guint) g_test_rand_int_range(2, MESSAGES_MAX + 1);
    for (guint i = 0; i < flow->messages; i++) {
        struct sent *sent = &flow->sent[i];

        g_snprintf(sent->tid, sizeof sent->tid, "t%u-%04d", i, g_test_rand_int_range(0, 9999));
        sent->begin = flow->bytes->len;
        if (g_test_rand_int_range(0, 3)) {
            append_send(flow, sent);
        } else {
            sent->flag = '$';
            g_string_append_printf(flow->bytes, "MSRP %s 200 OK\r\n" PATHS "-------%s$\r\n", sent->tid, sent->tid);
        }
        sent->end = flow->bytes->len;
    }
    for (gsize at = 0; at < flow->bytes->len; flow->edges[flow->segments] = at = MIN(at, flow->bytes->len)) {
        g_assert_cmpuint(flow->segments, <, SEGMENTS_MAX);
        flow->segments++;
        at += (gsize) g_test_rand_int_range(1, (gint32) size + 1);
    }
    return flow;
}

static void
flow_free(struct flow *flow)
{
    g_string_free(flow->bytes, TRUE);
    g_free(flow);
}

static const guint32 START = G_MAXUINT32 - 700;

static void
feed(const struct flow *flow, struct om_stream *stream, guint segment)
{
    gsize from = flow->edges[segment], n = flow->edges[segment + 1] - from;
    char *copy = g_memdup2(flow->bytes->str + from, n);
    struct om_segment_result result;

    om_stream_segment(stream, START + (guint32) from, om_slice(copy, n), &result);
    om_stream_tick(stream);
    g_free(copy);
}

/* @param reach  how far segments may change places; lost: by segment, or NULL */
static struct record *
play(const struct flow *flow, guint reach, const gboolean *lost)
{
    struct record *record = record_new();
    struct om_stream *stream = om_stream_new(&record_handler, record);
    guint *order = g_new(guint, flow->segments);
    gboolean *there = lost ? g_memdup2(lost, flow->segments * sizeof *lost) : g_new0(gboolean, flow->segments);
    guint arrived = 0; /* the receiver has all before this one */

    om_stream_start(stream, START);
    for (guint i = 0; i < flow->segments; i++)
        order[i] = i;
    for (guint i = 0; reach && i < flow->segments; i++) {
        guint other = i + (guint) g_test_rand_int_range(0, (gint32) MIN(reach, flow->segments - i));
        guint swap = order[i];

        order[i] = order[other];
        order[other] = swap;
    }
    for (guint i = 0; i < flow->segments; i++) {
        if (!lost || !lost[order[i]])
            feed(flow, stream, order[i]);
        if (reach && g_test_rand_int_range(0, 8) == 0 && (!lost || !lost[order[i]])) /* once more */
            feed(flow, stream, order[i]);
        for (there[order[i]] = TRUE; arrived < flow->segments && there[arrived];)
            arrived++;
        if (g_test_rand_int_range(0, 4) == 0)
            om_stream_acknowledged(stream, flow->edges[arrived]);
    }
    om_stream_close(stream);
    om_stream_free(stream);
    g_free(there);
    g_free(order);
    return record;
}

static void
test_order(void)
{
    for (guint round = 0; round < ROUNDS; round++) {
        struct flow *flow = flow_new();
        struct record *in_order = play(flow, 0, NULL);
        struct record *disorder = play(flow, (guint) g_test_rand_int_range(2, 14), NULL);
        char *want = record_text(in_order), *text = record_text(disorder);

        g_assert_cmpuint(in_order->messages->len, ==, flow->messages);
        for (guint i = 0; i < flow->messages; i++) {
            const struct told *told = g_ptr_array_index(in_order->messages, i);

            g_assert_cmpstr(told->tid, ==, flow->sent[i].tid);
            g_assert_cmpuint(told->end, ==, flow->sent[i].end);
            g_assert_cmpmem(told->body->data, told->body->len, flow->bytes->str + flow->sent[i].body,
                            flow->sent[i].length);
        }
        g_assert_cmpstr(text, ==, want);
        g_assert_cmpstr(disorder->junk->str, ==, in_order->junk->str);
        g_assert_cmpuint(disorder->twice, ==, 0);
        g_free(want);
        g_free(text);
        record_free(in_order);
        record_free(disorder);
        flow_free(flow);
    }
}

static const struct sent *
sent_at(const struct flow *flow, om_position begin)
{
    for (guint i = 0; i < flow->messages; i++)
        if (flow->sent[i].begin == begin)
            return &flow->sent[i];
    return NULL;
}

/* Nothing that was not sent, nothing at another place. */
static void
check_told(const struct flow *flow, const struct told *told, const guint8 *missing)
{
    const struct sent *sent = sent_at(flow, told->begin);

    g_test_message("%s at %" G_GUINT64_FORMAT ": %.*s", told->tid, told->begin,
                   sent ? (int) (sent->end - sent->begin) : 0, flow->bytes->str + (sent ? sent->begin : 0));
    g_assert_nonnull(sent);
    g_assert_cmpstr(told->tid, ==, sent->tid);
    g_assert_cmpuint(told->ends, ==, 1);
    g_assert_cmpuint(told->end, <=, sent->end);
    g_assert_cmpuint(told->body->len, <=, sent->length);
    for (guint i = 0; i < told->body->len; i++) {
        if (!told->known->data[i])
            continue;
        g_assert_false(missing[sent->body + i]);
        g_assert_cmpint(told->body->data[i], ==, (guint8) flow->bytes->str[sent->body + i]);
    }
    if (!told->info.lost) {
        g_assert_cmpint(told->info.flag, ==, sent->flag);
        g_assert_cmpuint(told->info.body_length, ==, sent->length);
    }
}

static gboolean
is_whole(const struct sent *sent, const guint8 *missing)
{
    return !memchr(missing + sent->begin, 1, sent->end - sent->begin);
}

/* Of a message behind a whole one, or at the beginning, all is told. */
static void
check_complete(const struct flow *flow, struct record *record, const guint8 *missing)
{
    for (guint i = 0; i < flow->messages; i++) {
        const struct sent *sent = &flow->sent[i];
        const struct told *found = NULL;

        if (!is_whole(sent, missing) || (i && !is_whole(sent - 1, missing)))
            continue;
        for (guint k = 0; k < record->messages->len; k++) {
            const struct told *told = g_ptr_array_index(record->messages, k);

            if (told->begin == sent->begin)
                found = told;
        }
        g_test_message("%s at %zu, behind a whole one", sent->tid, sent->begin);
        g_assert_nonnull(found);
        g_assert_false(found->info.lost);
        g_assert_cmpmem(found->body->data, found->body->len, flow->bytes->str + sent->body, sent->length);
        g_assert_true(!found->known->len || !memchr(found->known->data, 0, found->known->len));
    }
}

static void
test_losses(void)
{
    for (guint round = 0; round < ROUNDS; round++) {
        struct flow *flow = flow_new();
        gboolean *lost = g_new0(gboolean, flow->segments);
        guint8 *missing = g_new0(guint8, flow->bytes->len + 1);
        gint rate = g_test_rand_int_range(2, 40);
        struct record *record;
        char *text;

        for (guint i = 0; i < flow->segments; i++) {
            lost[i] = g_test_rand_int_range(0, rate) == 0;
            if (lost[i])
                memset(missing + flow->edges[i], 1, flow->edges[i + 1] - flow->edges[i]);
        }
        record = play(flow, round % 2 ? 8 : 0, lost);
        text = record_text(record);
        g_test_message("%s\n%s", text, record->junk->str);
        for (guint i = 0; i < record->messages->len; i++)
            check_told(flow, g_ptr_array_index(record->messages, i), missing);
        check_complete(flow, record, missing);
        g_assert_cmpuint(record->twice, ==, 0);
        g_free(text);
        record_free(record);
        g_free(missing);
        g_free(lost);
        flow_free(flow);
    }
}

/* The end of another message in a body, at every place against the announced end, with a message behind it or without,
 * in one segment or cut anywhere: the message ends at its own end-line. */
static void
test_foreign_end_line(void)
{
    static const char *const foreign[] = {
        "\r\n-------other$\r\n",
        "\r\n-------other$\r\nMSRP more1 200 OK\r\n" PATHS "-------more1$\r\n",
        "MSRP other 200 OK\r\n" PATHS "-------other$\r\nMSRP more1 200 OK\r\n" PATHS "-------more1$\r\n"
        "MSRP more2 200 OK\r\n" PATHS "-------more2$\r\nMSRP more3 200 OK\r\n" PATHS "-------more3$\r\n"
        "MSRP more4 200 OK\r\n" PATHS "-------more4$\r\n",
        "\r\nMSRP other 200 OK\r\n" PATHS "-------other$\r\n",
    };
    static const gsize announced = 800;

    for (gsize f = 0; f < G_N_ELEMENTS(foreign); f++) {
        for (gsize at = announced - MIN(strlen(foreign[f]) + 4, announced); at <= announced + 4; at++) {
            GString *bytes = g_string_new("MSRP aaaa SEND\r\n" PATHS "Message-ID: m\r\nByte-Range: 1-800/1600\r\n\r\n");
            gsize head = bytes->len, body;

            for (gsize i = 0; i < announced; i++) {
                if (i == at)
                    g_string_append(bytes, foreign[f]);
                g_string_append_c(bytes, (char) ('a' + i % 7));
            }
            if (at >= announced)
                g_string_append_printf(bytes, "%.*s%s", (int) (at - announced), "xxxx", foreign[f]);
            body = bytes->len - head;
            g_string_append(bytes, "\r\n-------aaaa+\r\nMSRP bbbb SEND\r\n" PATHS
                                   "Message-ID: m\r\nByte-Range: 801-802/1600\r\n\r\nhi\r\n-------bbbb+\r\n");
            for (gsize size = 100; size < 2000; size += 611) {
                struct record *record = record_new();
                struct om_stream *stream = om_stream_new(&record_handler, record);
                struct om_segment_result result;
                const struct told *told;

                for (gsize i = 0; i < bytes->len; i += size)
                    om_stream_bytes(stream, om_slice(bytes->str + i, MIN(size, bytes->len - i)), &result);
                g_test_message("%zu at %zu, segments of %zu", f, at, size);
                g_assert_cmpuint(record->messages->len, ==, 2);
                told = g_ptr_array_index(record->messages, 0);
                g_assert_cmpint(told->info.flag, ==, '+');
                g_assert_false(told->info.other_id);
                g_assert_true(told->info.foreign);
                g_assert_cmpuint(told->info.body_length, ==, body);
                g_assert_cmpmem(told->body->data, told->body->len, bytes->str + head, body);
                g_assert_cmpuint(record->twice, ==, 0);
                om_stream_free(stream);
                record_free(record);
            }
            g_string_free(bytes, TRUE);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stream_random/order", test_order);
    g_test_add_func("/stream_random/losses", test_losses);
    g_test_add_func("/stream_random/foreign_end_line", test_foreign_end_line);
    return g_test_run();
}
