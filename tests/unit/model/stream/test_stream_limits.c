/* test_stream_limits.c
 * Sequence numbers that say nothing, more gaps than are remembered, and what is too late.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "support/stream_record.h"

#define PATHS                 "To-Path: msrp://a.example:1/s;tcp\r\nFrom-Path: msrp://b.example:1/s;tcp\r\n"
#define SEND_HEAD(tid, range) "MSRP " tid " SEND\r\n" PATHS "Message-ID: m\r\nByte-Range: " range "\r\n\r\n"
#define RESPONSE(tid)         "MSRP " tid " 200 OK\r\n" PATHS "-------" tid "$\r\n"

struct fixture {
    struct record *record;
    struct om_stream *stream;
    GString *bytes;
    guint32 start;
};

static struct fixture
begin(const char *head, gsize body, const char *rest)
{
    struct fixture f = {record_new(), NULL, g_string_new(head), 0xFFFFFF00u};

    f.stream = om_stream_new(&record_handler, f.record);
    om_stream_start(f.stream, f.start);
    for (gsize i = 0; i < body; i++)
        g_string_append_c(f.bytes, (char) ('a' + i * 7 % 26));
    g_string_append(f.bytes, rest);
    return f;
}

static struct om_segment_result
feed(struct fixture *f, gsize from, gsize to)
{
    struct om_segment_result result;

    to = MIN(to, f->bytes->len);
    om_stream_segment(f->stream, f->start + (guint32) from, om_slice(f->bytes->str + from, to - from), &result);
    return result;
}

static const struct told *
message(const struct fixture *f, guint index)
{
    g_assert_cmpuint(index, <, f->record->messages->len);
    return g_ptr_array_index(f->record->messages, index);
}

static guint64
unknown(const struct told *told)
{
    guint64 n = told->info.body_length - told->known->len;

    for (guint i = 0; i < told->known->len; i++)
        n += !told->known->data[i];
    return n;
}

static void
end(struct fixture *f)
{
    om_stream_free(f->stream);
    record_free(f->record);
    g_string_free(f->bytes, TRUE);
}

static void
test_nothing_new(void)
{
    struct fixture f = begin(SEND_HEAD("aaaa", "1-500/500"), 500, "\r\n-------aaaa$\r\n");
    struct om_segment_result result;
    guint events;

    feed(&f, 0, 200);
    events = f.record->events;
    result = feed(&f, 199, 200); /* keep-alive */
    g_assert_cmpuint(result.begin, ==, 199);
    g_assert_cmpuint(result.new_from, ==, 1);
    g_assert_false(result.filled_gap);
    result = feed(&f, 0, 200); /* retransmission */
    g_assert_cmpuint(result.new_from, ==, 200);
    result = feed(&f, 300, 300); /* an acknowledgement ahead */
    g_assert_cmpuint(result.gap_before, ==, 0);
    om_stream_segment(f.stream, f.start - 50, om_slice_head(om_slice_str(f.bytes->str), 20),
                      &result); /* before the start */
    g_assert_cmpuint(result.begin, ==, 0);
    g_assert_cmpuint(result.new_from, ==, 20);
    g_assert_cmpuint(f.record->events, ==, events);
    result = feed(&f, 150, 400); /* half of it new */
    g_assert_cmpuint(result.begin, ==, 150);
    g_assert_cmpuint(result.new_from, ==, 50);
    feed(&f, 400, f.bytes->len);
    g_assert_true(message(&f, 0)->ended);
    g_assert_cmpuint(unknown(message(&f, 0)), ==, 0);
    g_assert_cmpuint(f.record->twice, ==, 0);
    end(&f);
}

/* A number that has nothing to do with what was seen: a gap of unknown size. */
static void
test_anew(void)
{
    struct fixture f = begin(SEND_HEAD("aaaa", "1-500/500"), 500, "\r\n-------aaaa$\r\n");
    struct om_segment_result result;
    om_position at;

    feed(&f, 0, 200);
    at = om_stream_position(f.stream);
    om_stream_segment(f.stream, f.start + 0x60000000u, om_slice_str("rest\r\n" RESPONSE("bbbb")), &result);
    g_assert_cmpuint(result.begin, ==, at);
    g_assert_cmpuint(result.gap_before, ==, 0);
    g_assert_cmpuint(f.record->messages->len, ==, 2);
    g_assert_true(message(&f, 0)->ended);
    g_assert_true(message(&f, 0)->info.lost);
    g_assert_cmpstr(message(&f, 1)->tid, ==, "bbbb");
    end(&f);
}

/* Without om_stream_start() the first segment sets the start. */
static void
test_no_start(void)
{
    struct record *record = record_new();
    struct om_stream *stream = om_stream_new(&record_handler, record);
    struct om_segment_result result;

    g_assert_cmpuint(om_stream_locate(stream, 77), ==, 0);
    om_stream_segment(stream, 77, om_slice_str(RESPONSE("aaaa")), &result);
    g_assert_cmpuint(result.begin, ==, 0);
    g_assert_cmpuint(result.gap_before, ==, 0);
    g_assert_cmpuint(om_stream_locate(stream, 80), ==, 3);
    g_assert_cmpuint(record->messages->len, ==, 1);
    om_stream_free(stream);
    record_free(record);
}

/* Every second segment lost, then all of them late, the first lost last. */
static void
test_many_gaps(void)
{
    struct fixture f = begin(SEND_HEAD("aaaa", "1-200000/200000"), 200000, "\r\n-------aaaa$\r\n" RESPONSE("bbbb"));
    const gsize size = 1000;
    guint gaps = 0, filled = 0;

    for (gsize at = 0; at < f.bytes->len; at += size)
        if (at / size % 2 == 0)
            gaps += feed(&f, at, at + size).gap_before == size;
    g_assert_cmpuint(gaps, ==, 100);
    g_assert_cmpuint(unknown(message(&f, 0)), ==, 100 * size);
    for (gsize at = f.bytes->len / size * size; at > 0; at -= size)
        if (at / size % 2 == 1)
            filled += feed(&f, at, at + size).filled_gap;
    g_assert_cmpuint(filled, ==, 100);
    g_assert_cmpuint(unknown(message(&f, 0)), ==, 0);
    g_assert_cmpuint(f.record->messages->len, ==, 2);
    g_assert_cmpuint(f.record->twice, ==, 0);
    end(&f);
}

/* A gap within a body is filled however much came behind it, the range end fixed or not, given up or not. */
static void
late_in_body(const char *head, gboolean fixed, gboolean given_up)
{
    struct fixture f = begin(head, 300000, "\r\n-------aaaa$\r\n" RESPONSE("bbbb"));

    for (gsize at = 0; at < f.bytes->len; at += 1460)
        if (at != 1460 * 20)
            feed(&f, at, at + 1460);
    if (given_up)
        om_stream_settle(f.stream);
    g_assert_cmpuint(f.record->messages->len, ==, fixed || given_up ? 2 : 1);
    if (fixed || given_up) {
        g_assert_cmpuint(message(&f, 0)->info.body_length, ==, 300000);
        g_assert_cmpuint(unknown(message(&f, 0)), ==, 1460);
        g_assert_cmpuint(message(&f, 0)->lost, ==, 1460);
    }
    for (gsize part = 0; part < 1460; part += 500) /* and in pieces */
        feed(&f, 1460 * 20 + part, 1460 * 20 + MIN(part + 500, 1460));
    g_assert_cmpuint(unknown(message(&f, 0)), ==, 0);
    g_assert_cmpmem(message(&f, 0)->body->data, message(&f, 0)->body->len, f.bytes->str + strlen(head), 300000);
    g_assert_cmpuint(message(&f, 0)->ends, ==, 1);
    g_assert_cmpuint(f.record->messages->len, ==, 2);
    g_assert_cmpuint(f.record->twice, ==, 0);
    end(&f);
}

static void
test_late_in_body(void)
{
    static const char *const heads[] = {SEND_HEAD("aaaa", "1-300000/300000"), SEND_HEAD("aaaa", "1-*/300000"),
                                        SEND_HEAD("aaaa", "1-*/*"), SEND_HEAD("aaaa", "garbage")};

    for (gsize i = 0; i < G_N_ELEMENTS(heads); i++) {
        late_in_body(heads[i], i == 0, FALSE);
        late_in_body(heads[i], i == 0, TRUE);
    }
}

/* A gap with a message's beginning: as much as waits behind it counts once it is filled. More than that, and the
 * message is lost: what comes late for it is too late, but not for the others. */
static void
test_too_late(void)
{
    static const gsize sizes[] = {300000, 600000};

    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        struct fixture f =
            begin(RESPONSE("aaaa") SEND_HEAD("bbbb", "1-*/*"), sizes[i], "\r\n-------bbbb$\r\n" RESPONSE("cccc"));
        gsize lost = strlen(RESPONSE("aaaa")) + 10;
        gboolean waits = sizes[i] == 300000;

        feed(&f, 0, lost);
        for (gsize at = lost + 60; at < f.bytes->len; at += 1460)
            feed(&f, at, at + 1460);
        g_assert_cmpuint(f.record->messages->len, ==, waits ? 1 : 2);
        g_assert_cmpint(feed(&f, lost, lost + 60).filled_gap, ==, waits);
        g_assert_cmpuint(f.record->messages->len, ==, waits ? 3 : 2);
        g_assert_cmpstr(message(&f, 0)->tid, ==, "aaaa");
        g_assert_cmpstr(message(&f, waits ? 2 : 1)->tid, ==, "cccc");
        if (waits) {
            g_assert_cmpint(message(&f, 1)->info.flag, ==, '$');
            g_assert_cmpmem(message(&f, 1)->body->data, message(&f, 1)->body->len,
                            f.bytes->str + message(&f, 1)->begin + message(&f, 1)->head, sizes[i]);
        }
        end(&f);
    }
}

/* What was acknowledged and does not come within 16 segments of the connection is lost: the bytes behind it wait no
 * longer. */
static void
test_patience(void)
{
    struct fixture f = begin(RESPONSE("aaaa") RESPONSE("bbbb") RESPONSE("cccc"), 0, "");
    gsize one = strlen(RESPONSE("aaaa"));

    feed(&f, 0, one);
    feed(&f, 2 * one, 3 * one);
    for (guint i = 0; i < 100; i++)
        om_stream_tick(f.stream);
    g_assert_cmpuint(f.record->messages->len, ==, 1); /* nobody says that the receiver has it */
    om_stream_acknowledged(f.stream, 3 * one);
    for (guint i = 0; i < 15; i++)
        om_stream_tick(f.stream);
    g_assert_cmpuint(f.record->messages->len, ==, 1);
    g_assert_cmpuint(om_stream_front(f.stream), ==, one);
    om_stream_tick(f.stream);
    g_assert_cmpuint(f.record->messages->len, ==, 2);
    g_assert_cmpstr(message(&f, 1)->tid, ==, "cccc");
    g_assert_false(feed(&f, one, 2 * one).filled_gap);
    end(&f);
}

/* The end of the capture, asked for at any time: what waits is framed, and more may come. */
static void
test_settle(void)
{
    struct fixture f = begin(RESPONSE("aaaa") RESPONSE("bbbb") RESPONSE("cccc") RESPONSE("dddd"), 0, "");
    gsize one = strlen(RESPONSE("aaaa"));

    g_assert_false(om_stream_settle(f.stream));
    feed(&f, one + 20, 2 * one);
    g_assert_cmpuint(f.record->messages->len, ==, 0);
    g_assert_true(om_stream_settle(f.stream));
    g_assert_false(om_stream_settle(f.stream));
    feed(&f, 2 * one, 3 * one);
    feed(&f, 0, one + 20); /* too late */
    feed(&f, 3 * one, 4 * one);
    g_assert_cmpuint(f.record->messages->len, ==, 2);
    g_assert_cmpstr(message(&f, 0)->tid, ==, "cccc");
    g_assert_cmpstr(message(&f, 1)->tid, ==, "dddd");
    end(&f);
}

/* Segments of one byte, every second one late: time grows with the bytes, not faster. */
static void
test_hostile(void)
{
    struct fixture f = begin(SEND_HEAD("aaaa", "1-*/*"), 100000, "\r\n-------aaaa$\r\n" RESPONSE("bbbb"));
    gint64 began = g_get_monotonic_time();

    feed(&f, 0, 50);
    for (gsize at = 50; at + 1 < f.bytes->len; at += 2) {
        feed(&f, at + 1, at + 2);
        feed(&f, at, at + 1);
    }
    om_stream_close(f.stream);
    g_assert_cmpuint(f.record->messages->len, ==, 2);
    g_assert_cmpuint(unknown(message(&f, 0)), ==, 0);
    g_assert_cmpint(g_get_monotonic_time() - began, <, 10 * G_USEC_PER_SEC);
    end(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stream_limits/nothing_new", test_nothing_new);
    g_test_add_func("/stream_limits/anew", test_anew);
    g_test_add_func("/stream_limits/no_start", test_no_start);
    g_test_add_func("/stream_limits/many_gaps", test_many_gaps);
    g_test_add_func("/stream_limits/late_in_body", test_late_in_body);
    g_test_add_func("/stream_limits/too_late", test_too_late);
    g_test_add_func("/stream_limits/patience", test_patience);
    g_test_add_func("/stream_limits/settle", test_settle);
    g_test_add_func("/stream_limits/hostile", test_hostile);
    return g_test_run();
}
