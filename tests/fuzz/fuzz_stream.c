/* fuzz_stream.c
 * libFuzzer target: a stream cut, swapped, doubled and thinned out as a script says.
 *
 * The first byte says how to read the rest: as raw bytes of a stream, or as messages to be made, whose bodies
 * have any bytes but "M" (so that nothing in them is a start line, and no guess behind a gap can be led astray).
 * - In order, however cut, the stream tells the same.
 * - Made messages tell the same objects when all segments come, in whatever order, with doubles and overlaps.
 * - Whatever is missing: what is told keeps to its form.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "support/stream_record.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/** Segments at most: fewer gaps than a stream remembers. */
#define SEGMENTS_MAX 48
#define PATHS        "To-Path: msrp://a:1/s;tcp\r\nFrom-Path: msrp://b:1/s;tcp\r\n"

struct script {
    const guint8 *data;
    gsize size;
};

static guint
take(struct script *script)
{
    if (!script->size)
        return 0;
    script->size--;
    return *script->data++;
}

/* --- a stream out of the script --- */

static void
make_body(GString *stream, struct script *script, const char *tid)
{
    guint length = take(script);

    for (guint i = 0; i < length; i++) {
        guint c = take(script);

        if (c == 0xFF)
            g_string_append(stream, "\r\n-------x$\r\n");
        else if (c == 0xFE)
            g_string_append_printf(stream, "\r\n-------%s", tid);
        else
            g_string_append_c(stream, c == 'M' ? 'm' : (char) c);
    }
}

/* @param fixed  out: it has a fixed range end, which its body may not have: then a gap before that is taken for body */
static void
make_send(GString *stream, struct script *script, const char *tid, gboolean *fixed)
{
    static const char *const ranges[] = {"1-*/*", "1-*/120", "1-120/120", "1-40/40", "41-*/80", "0-9/10", "9-1/*"};
    static const char *const flags[] = {"$\r\n", "+\r\n", "#\r\n", "$ \r\n", "$\n"};
    guint range;

    g_string_append_printf(stream, "MSRP %s SEND\r\n" PATHS "Message-ID: m\r\n", tid);
    range = take(script) % G_N_ELEMENTS(ranges);
    *fixed |= range == 2 || range == 3;
    g_string_append_printf(stream, "Byte-Range: %s\r\n\r\n", ranges[range]);
    make_body(stream, script, tid);
    g_string_append_printf(stream, "\r\n-------%s%s", tid, flags[take(script) % G_N_ELEMENTS(flags)]);
}

/* Whole messages, each with its own end-line. */
static GString *
make_stream(struct script *script, gboolean *fixed)
{
    GString *stream = g_string_new(NULL);

    for (guint number = 0; script->size && number < 12; number++) {
        guint kind = take(script);
        char *tid = g_strdup_printf("%s%x", kind & 0x80 ? "-t" : "tid", number);

        if (kind % 4 == 0)
            g_string_append_printf(stream, "MSRP %s 200 OK\r\n" PATHS "-------%s$\r\n", tid, tid);
        else if (kind % 4 == 1)
            g_string_append(stream, "\r\n");
        else
            make_send(stream, script, tid, fixed);
        g_free(tid);
    }
    return stream;
}

/* --- runs --- */

struct run {
    struct record *record;
    struct om_stream *stream;
    const GString *bytes;
};

static const guint32 START = G_MAXUINT32 - 50;

static struct run
run_begin(const GString *bytes)
{
    struct run run = {record_new(), NULL, bytes};

    run.stream = om_stream_new(&record_handler, run.record);
    om_stream_start(run.stream, START);
    return run;
}

static void
run_feed(const struct run *run, gsize from, gsize to)
{
    struct om_segment_result result;
    gsize n;
    char *copy;

    to = MIN(to, run->bytes->len);
    if (from >= to)
        return;
    n = to - from;
    copy = g_memdup2(run->bytes->str + from, n);
    om_stream_segment(run->stream, START + (guint32) from, om_slice(copy, n), &result);
    g_assert_cmpuint(result.begin, ==, from);
    g_assert_cmpuint(result.new_from, <=, n);
    g_free(copy);
}

/* Every message has an end, within the bytes, and no more body than it says. */
static void
check_form(const struct run *run)
{
    for (guint i = 0; i < run->record->messages->len; i++) {
        const struct told *told = g_ptr_array_index(run->record->messages, i);

        g_assert_true(told->ended);
        g_assert_cmpuint(told->end, <=, run->bytes->len);
        g_assert_cmpuint(told->info.end_line, <=, told->end);
        g_assert_cmpuint(told->body->len, <=, told->info.body_length);
    }
}

static char *
run_end(struct run *run)
{
    char *text;

    om_stream_close(run->stream);
    check_form(run);
    text = record_text(run->record);
    om_stream_free(run->stream);
    return text;
}

static char *
run_whole(const GString *bytes, char **junk)
{
    struct run run = run_begin(bytes);
    char *text;

    run_feed(&run, 0, bytes->len);
    text = run_end(&run);
    *junk = g_strdup(run.record->junk->str);
    g_assert_cmpuint(run.record->twice, ==, 0);
    record_free(run.record);
    return text;
}

static void
try_cut(const GString *bytes, struct script script, const char *want, const char *want_junk)
{
    struct run run = run_begin(bytes);
    char *text;

    for (gsize at = 0; at < bytes->len;) {
        gsize n = 1 + take(&script) % 64;

        run_feed(&run, at, at + n);
        at += n;
    }
    text = run_end(&run);
    g_assert_cmpstr(text, ==, want);
    g_assert_cmpstr(run.record->junk->str, ==, want_junk);
    g_assert_cmpuint(run.record->twice, ==, 0);
    g_free(text);
    record_free(run.record);
}

/* lose: not all segments come. want: what is told when all come; NULL: not known. */
static void
try_disorder(const GString *bytes, struct script script, gboolean lose, const char *want)
{
    gsize size = bytes->len / SEGMENTS_MAX + 1 + take(&script);
    guint count = (guint) ((bytes->len + size - 1) / size);
    struct run run = run_begin(bytes);
    guint order[SEGMENTS_MAX];
    char *text;

    g_assert_cmpuint(count, <=, SEGMENTS_MAX);
    for (guint i = 0; i < count; i++)
        order[i] = i;
    for (guint i = 0; i < count; i++) {
        guint action = take(&script);
        guint other = i + action % 8;
        gsize before = action & 0x10 ? take(&script) % 32 : 0, behind = action & 0x20 ? take(&script) % 32 : 0;

        if (other < count) {
            guint swap = order[i];

            order[i] = order[other];
            order[other] = swap;
        }
        if (lose && action & 0x80)
            continue;
        run_feed(&run, order[i] * size - MIN(order[i] * size, before), (order[i] + 1) * size + behind);
        if (action & 0x40)
            run_feed(&run, order[i] * size, (order[i] + 1) * size);
    }
    text = run_end(&run);
    if (want && !lose) {
        g_assert_cmpstr(text, ==, want);
        g_assert_cmpuint(run.record->twice, ==, 0);
    }
    g_free(text);
    record_free(run.record);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    struct script script = {data, size};
    gboolean made = take(&script) & 1, fixed = FALSE;
    guint actions = take(&script);
    struct script order;
    GString *bytes;
    char *want, *junk;

    if (size > 8192 || script.size < actions)
        return 0;
    order = (struct script){script.data, actions};
    script.data += actions;
    script.size -= actions;
    bytes = made ? make_stream(&script, &fixed) : g_string_new_len((const char *) script.data, (gssize) script.size);
    want = run_whole(bytes, &junk);
    try_cut(bytes, order, want, junk);
    try_disorder(bytes, order, FALSE, made && !fixed ? want : NULL);
    try_disorder(bytes, order, TRUE, NULL);
    g_free(want);
    g_free(junk);
    g_string_free(bytes, TRUE);
    return 0;
}
