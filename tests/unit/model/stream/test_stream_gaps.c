/* test_stream_gaps.c
 * Segments lost, late, swapped, doubled and overlapping: what is filled must give the same objects as in order,
 * what is not must be missing exactly.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "support/stream_record.h"

#define PATHS                                               \
    "To-Path: msrp://userpc.domain.com:8888/9di4ea;tcp\r\n" \
    "From-Path: msrp://psa.domain.com:7654/a3cd20b8ae7f;tcp\r\n"
#define SEND_HEAD(tid, range)                                                     \
    "MSRP " tid " SEND\r\n" PATHS "Message-ID: 12339sdqwer\r\nByte-Range: " range \
    "\r\nContent-Type: application/vnd.oma.push\r\n\r\n"
#define SEND(tid, range, body, flag) SEND_HEAD(tid, range) body "\r\n-------" tid flag "\r\n"
#define RESPONSE(tid)                "MSRP " tid " 200 OK\r\n" PATHS "-------" tid "$\r\n"
#define REPORT(tid) \
    "MSRP " tid " REPORT\r\n" PATHS "Message-ID: 12339sdqwer\r\nStatus: 000 200 OK\r\n-------" tid "$\r\n"

#define FORTY  "0123456789abcdefghijABCDEFGHIJ**********"
#define DASHES "\r\n-------x$\r\n--------\r\n-------dd" /* 32 bytes */

/** Streams that no gap makes ambiguous: nothing in a body is a start line with the stream's own paths. */
static const char *const streams[] = {
    /* fixed range ends */
    SEND("d93kswow", "1-80/160", FORTY FORTY, "+") SEND("op2nc9a", "81-160/160", FORTY FORTY, "$") RESPONSE("zzzz"),
    /* open range ends, total known and not */
    SEND("aaaa1", "1-*/160", FORTY FORTY, "+") SEND("bbbb1", "81-*/160", FORTY FORTY, "$"),
    SEND("aaaa2", "1-*/*", FORTY FORTY FORTY, "+") SEND("bbbb2", "121-*/*", FORTY, "$") RESPONSE("cccc2"),
    /* no bodies */
    RESPONSE("aaaa3") RESPONSE("bbbb3") REPORT("cccc3") RESPONSE("dddd3"),
    /* bodies of dashes and foreign end-lines */
    SEND("aaaa4", "1-*/*", DASHES DASHES DASHES, "+") SEND("dd4", "97-192/192", DASHES DASHES DASHES, "$")
        SEND("ee4", "1-96/*", DASHES DASHES DASHES, "$"),
    /* everything */
    SEND("aaaa5", "1-*/83", FORTY "\r\n\r", "+") RESPONSE("bbbb5") SEND("cccc5", "44-83/83", FORTY, "$")
        REPORT("dddd5") "\r\n" SEND("eeee5", "1-0/0", "", "$") SEND("ffff5", "1-*/*", "x", "#") RESPONSE("gggg5"),
};

static const guint32 START = G_MAXUINT32 - 200; /* the numbers wrap on the way */

/* --- feeding --- */

struct feed {
    const char *text;
    gsize length;
    gsize size; /* of a segment */
    guint count;
    struct record *record;
    struct om_stream *stream;
};

static void
feed_begin(struct feed *feed, const char *text, gsize size)
{
    feed->text = text;
    feed->length = strlen(text);
    feed->size = size;
    feed->count = (guint) ((feed->length + size - 1) / size);
    feed->record = record_new();
    feed->stream = om_stream_new(&record_handler, feed->record);
    om_stream_start(feed->stream, START);
}

static struct om_segment_result
feed_bytes(struct feed *feed, gsize from, gsize to)
{
    struct om_segment_result result;
    char *copy;

    to = MIN(to, feed->length);
    copy = g_memdup2(feed->text + from, to - from);
    g_assert_cmpuint(om_stream_locate(feed->stream, START + (guint32) from), ==, from);
    om_stream_segment(feed->stream, START + (guint32) from, om_slice(copy, to - from), &result);
    g_assert_cmpuint(result.begin, ==, from);
    g_free(copy);
    return result;
}

static struct om_segment_result
feed_segment(struct feed *feed, guint index)
{
    return feed_bytes(feed, index * feed->size, (index + 1) * feed->size);
}

/* Closes; gives what was told. */
static char *
feed_end(struct feed *feed)
{
    char *text;

    om_stream_close(feed->stream);
    text = record_text(feed->record);
    om_stream_free(feed->stream);
    return text;
}

static char *
in_order(const char *text)
{
    struct feed feed;
    char *told;

    feed_begin(&feed, text, strlen(text));
    feed_segment(&feed, 0);
    told = feed_end(&feed);
    record_free(feed.record);
    return told;
}

/* All was fed in the end: the same objects, and no body byte told twice. */
static void
check_filled(struct feed *feed, const char *want)
{
    char *text = feed_end(feed);

    g_assert_cmpstr(text, ==, want);
    g_assert_cmpuint(feed->record->twice, ==, 0);
    g_free(text);
    record_free(feed->record);
}

static const gsize sizes[] = {1, 7, 23, 50, 121, 300};

/* --- filled --- */

/* Two segments change places, next to each other or further apart. */
static void
test_swapped(void)
{
    for (gsize s = 0; s < G_N_ELEMENTS(streams); s++) {
        char *want = in_order(streams[s]);

        for (gsize z = 1; z < G_N_ELEMENTS(sizes); z++) {
            guint count = (guint) ((strlen(streams[s]) + sizes[z] - 1) / sizes[z]);

            for (guint a = 0; a < count; a++) {
                for (guint b = a + 1; b < MIN(count, a + 12); b++) {
                    struct feed feed;

                    g_test_message("stream %zu, size %zu, %u and %u", s, sizes[z], a, b);
                    feed_begin(&feed, streams[s], sizes[z]);
                    for (guint i = 0; i < count; i++)
                        feed_segment(&feed, i == a ? b : i == b ? a : i);
                    check_filled(&feed, want);
                }
            }
        }
        g_free(want);
    }
}

/* One segment comes late: any number of segments later, after the close too. */
static void
test_late(void)
{
    for (gsize s = 0; s < G_N_ELEMENTS(streams); s++) {
        char *want = in_order(streams[s]);

        for (gsize z = 1; z < G_N_ELEMENTS(sizes); z++) {
            guint count = (guint) ((strlen(streams[s]) + sizes[z] - 1) / sizes[z]);

            for (guint lost = 0; lost < count; lost++) {
                for (guint late = lost + 1; late < count; late += late < lost + 10 ? 1 : 5) {
                    struct feed feed;

                    g_test_message("stream %zu, size %zu, %u behind %u", s, sizes[z], lost, late);
                    feed_begin(&feed, streams[s], sizes[z]);
                    for (guint i = 0; i < count; i++) {
                        struct om_segment_result result;

                        if (i == lost)
                            continue;
                        result = feed_segment(&feed, i);
                        g_assert_cmpuint(result.gap_before, ==, i == lost + 1 ? sizes[z] : 0);
                        g_assert_false(result.filled_gap);
                        if (i == late) {
                            result = feed_segment(&feed, lost);
                            g_assert_true(result.filled_gap);
                            g_assert_cmpuint(result.new_from, ==, 0);
                        }
                    }
                    check_filled(&feed, want);
                }
            }
        }
        g_free(want);
    }
}

/* Any order at all, with doubles and overlaps. */
static void
test_shuffled(void)
{
    for (guint run = 0; run < 3000; run++) {
        const char *stream = streams[run % G_N_ELEMENTS(streams)];
        gsize size = (gsize) g_test_rand_int_range(15, 200);
        guint reach = (guint) g_test_rand_int_range(1, 9);
        char *want = in_order(stream);
        struct feed feed;
        guint *order;

        g_test_message("run: stream %zu", (gsize) (run % G_N_ELEMENTS(streams)));
        feed_begin(&feed, stream, size);
        order = g_new(guint, feed.count);
        for (guint i = 0; i < feed.count; i++)
            order[i] = i;
        for (guint i = 0; i + 1 < feed.count; i++) {
            guint other = i + (guint) g_test_rand_int_range(0, (gint32) MIN(reach, feed.count - i));
            guint swap = order[i];

            order[i] = order[other];
            order[other] = swap;
        }
        for (guint i = 0; i < feed.count; i++) {
            gsize before = (gsize) g_test_rand_int_range(0, 40) * (gsize) g_test_rand_int_range(0, 2);
            gsize behind = (gsize) g_test_rand_int_range(0, 40) * (gsize) g_test_rand_int_range(0, 2);
            gsize from = order[i] * size - MIN(order[i] * size, before);
            gsize to = (order[i] + 1) * size + behind;

            g_test_message("%zu-%zu", from, to);
            feed_bytes(&feed, from, to);
            if (g_test_rand_int_range(0, 4) == 0)
                feed_bytes(&feed, from, to);
        }
        check_filled(&feed, want);
        g_free(order);
        g_free(want);
    }
}

/* --- not filled --- */

/* Is this position one of the bytes that were dropped? */
static gboolean
dropped(om_position at, gsize from, gsize to)
{
    return at >= from && at < to;
}

static const struct told *
find_told(const struct record *record, om_position begin)
{
    for (guint i = 0; i < record->messages->len; i++) {
        const struct told *told = g_ptr_array_index(record->messages, i);

        if (told->begin == begin)
            return told;
    }
    return NULL;
}

/* What stands directly before the gap and may be the beginning of an end-line: nobody can tell whether it is body. */
static gsize
undecided_before(const struct told *whole, gsize length)
{
    static const char pattern[] = "(\\r\\n?|\\r\\n-{1,6}|\\r\\n-{7,}[!-~]*(\\r\\n?)?)\\z";
    GRegex *regex = g_regex_new(pattern, G_REGEX_RAW | G_REGEX_NEWLINE_LF, 0, NULL);
    GMatchInfo *match;
    gint from = (gint) length, to;

    g_assert_nonnull(regex);
    if (g_regex_match_full(regex, (const char *) whole->body->data, (gssize) length, 0, 0, &match, NULL))
        g_match_info_fetch_pos(match, 0, &from, &to);
    g_match_info_free(match);
    g_regex_unref(regex);
    return length - (gsize) from;
}

/* One message of the whole stream against what is told with [from, to) missing. */
static void
check_message(const struct told *whole, const struct record *record, gsize from, gsize to)
{
    const struct told *told = find_told(record, whole->begin);
    /* Without a body the end-line is what completes the head. */
    om_position head_end = whole->info.has_body ? whole->begin + whole->head : whole->end;
    gboolean head_hit = from < head_end && to > whole->begin;
    gboolean end_hit = from < whole->end && to > whole->info.end_line - (whole->info.has_body ? 2 : 0);
    om_position body = whole->begin + whole->head;
    gsize before = from > body ? MIN(from - body, whole->body->len) : 0;
    om_position certain = end_hit && before < whole->body->len ? from - undecided_before(whole, before) : from;

    if (head_hit) {
        g_assert_null(told);
        return;
    }
    if (to <= whole->begin) { /* whole, behind the gap */
        g_assert_nonnull(told);
        end_hit = FALSE;
    }
    g_assert_nonnull(told);
    g_assert_true(told->ended);
    if (!end_hit) {
        g_assert_cmpint(told->info.flag, ==, whole->info.flag);
        g_assert_cmpuint(told->end, ==, whole->end);
        g_assert_cmpuint(told->info.body_length, ==, whole->info.body_length);
        g_assert_cmpuint(told->body->len, <=, whole->body->len);
    }
    for (guint i = 0; i < whole->body->len; i++) {
        gboolean known = i < told->known->len && told->known->data[i];

        if (known)
            g_assert_cmpint(told->body->data[i], ==, whole->body->data[i]);
        if (dropped(body + i, from, to))
            g_assert_false(known);
        else if (body + i < certain || (body + i >= to && !end_hit))
            g_assert_true(known);
    }
}

/* Each segment lost for good. */
static void
test_lost(void)
{
    for (gsize s = 0; s < G_N_ELEMENTS(streams); s++) {
        struct feed whole;

        feed_begin(&whole, streams[s], strlen(streams[s]));
        feed_segment(&whole, 0);
        g_free(feed_end(&whole));
        for (gsize z = 0; z < G_N_ELEMENTS(sizes); z++) {
            guint count = (guint) ((strlen(streams[s]) + sizes[z] - 1) / sizes[z]);

            for (guint lost = 0; lost + 1 < count; lost++) {
                gsize from = lost * sizes[z];
                struct feed feed;
                char *text;

                feed_begin(&feed, streams[s], sizes[z]);
                for (guint i = 0; i < count; i++)
                    if (i != lost)
                        feed_segment(&feed, i);
                text = feed_end(&feed);
                g_test_message("stream %zu, size %zu, %u (%zu-%zu):\n%s%s", s, sizes[z], lost, from, from + sizes[z],
                               text, feed.record->junk->str);
                for (guint i = 0; i < whole.record->messages->len; i++)
                    check_message(g_ptr_array_index(whole.record->messages, i), feed.record, from, from + sizes[z]);
                for (guint i = 0; i < feed.record->messages->len; i++) /* nothing that was not there */
                    g_assert_nonnull(
                        find_told(whole.record, ((struct told *) g_ptr_array_index(feed.record->messages, i))->begin));
                g_assert_cmpuint(feed.record->twice, ==, 0);
                g_free(text);
                record_free(feed.record);
            }
        }
        record_free(whole.record);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stream_gaps/swapped", test_swapped);
    g_test_add_func("/stream_gaps/late", test_late);
    g_test_add_func("/stream_gaps/shuffled", test_shuffled);
    g_test_add_func("/stream_gaps/lost", test_lost);
    return g_test_run();
}
