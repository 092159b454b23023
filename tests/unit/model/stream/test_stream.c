/* test_stream.c
 * Messages out of contiguous bytes: every form of end, damage, and cuts at every byte.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "support/stream_record.h"

#define TO          "To-Path: msrp://userpc.domain.com:8888/9di4ea;tcp\r\n"
#define FROM        "From-Path: msrp://psa.domain.com:7654/a3cd20b8ae7f;tcp\r\n"
#define PATHS       TO FROM
#define OTHER_PATHS "To-Path: msrp://x.example:1/x;tcp\r\nFrom-Path: msrp://y.example:1/y;tcp\r\n"
#define TYPE        "Content-Type: application/vnd.oma.push\r\n\r\n"

#define SEND_HEAD(tid, range)        "MSRP " tid " SEND\r\n" PATHS "Message-ID: 12339sdqwer\r\nByte-Range: " range "\r\n" TYPE
#define SEND(tid, range, body, flag) SEND_HEAD(tid, range) body "\r\n-------" tid flag "\r\n"
#define RESPONSE(tid)                "MSRP " tid " 200 OK\r\n" PATHS "-------" tid "$\r\n"
#define REPORT(tid) \
    "MSRP " tid " REPORT\r\n" PATHS "Message-ID: 12339sdqwer\r\nStatus: 000 200 OK\r\n-------" tid "$\r\n"

/* want: for each message "tid flag and flaws [body]"; junk as stream_record.h writes it. */
struct row {
    const char *name;
    const char *text;
    gsize length; /* 0: strlen */
    const char *want;
    const char *junk;
};

static const struct row rows[] = {
    {"one", SEND("d93kswow", "1-5/5", "hello", "$"), 0, "d93kswow $ [hello]\n", ""},
    {"no body", RESPONSE("d93kswow"), 0, "d93kswow $\n", ""},
    {"many", SEND("aaaa", "1-*/9", "one", "+") RESPONSE("bbbb") REPORT("cccc") SEND("dddd", "4-9/9", "twotwo", "$"), 0,
     "aaaa + [one]\nbbbb $\ncccc $\ndddd $ [twotwo]\n", ""},
    {"aborted", SEND("aaaa", "1-*/9", "one", "#"), 0, "aaaa # [one]\n", ""},
    {"empty body", SEND("aaaa", "1-0/0", "", "$"), 0, "aaaa $ []\n", ""},
    {"blank line, then the end-line", "MSRP aaaa 200 OK\r\n" PATHS "\r\n-------aaaa$\r\n", 0, "aaaa $ []\n", ""},
    {"bodiless SEND", "MSRP aaaa SEND\r\n" PATHS "Message-ID: x\r\nByte-Range: 1-0/0\r\n-------aaaa$\r\n", 0,
     "aaaa $\n", ""},

    /* bodies that look like MSRP */
    {"dashes", SEND("aaaa", "1-*/*", "-------\r\n--------------------------\r\n-------", "$"), 0,
     "aaaa $ [-------%0d%0a--------------------------%0d%0a-------]\n", ""},
    {"other end-lines", SEND("aaaa", "1-*/*", "\r\n-------x$\r\n-------aaa$\r\n-------aaaaa$\r\n", "$"), 0,
     "aaaa $ [%0d%0a-------x$%0d%0a-------aaa$%0d%0a-------aaaaa$%0d%0a]\n", ""},
    {"own id, other text", SEND("aaaa", "1-*/*", "\r\n-------aaaa$ and more\r\n-------aaaa$$\r\n", "$"), 0,
     "aaaa $ [%0d%0a-------aaaa$ and more%0d%0a-------aaaa$$%0d%0a]\n", ""},
    {"own id, longer", SEND("aaaa", "1-*/*", "\r\n-------aaaa.$\r\n-------aaaa+$\r\n", "$"), 0,
     "aaaa $ [%0d%0a-------aaaa.$%0d%0a-------aaaa+$%0d%0a]\n", ""},
    {"quoted message, other paths",
     SEND("aaaa", "1-*/*", "\r\n-------x$\r\nMSRP bbbb SEND\r\n" OTHER_PATHS "\r\nhi\r\n-------bbbb$\r\n", "$"), 0,
     NULL, ""},
    {"quoted messages, own paths, total known",
     SEND("aaaa", "1-*/900", "\r\n-------x$\r\n" RESPONSE("bbbb") RESPONSE("cccc") RESPONSE("dddd") RESPONSE("eeee"),
          "$"),
     0, NULL, ""},
    {"quoted messages, own paths, fixed range",
     SEND("aaaa", "1-900/900", "\r\n-------x$\r\n" RESPONSE("bbbb") RESPONSE("cccc") RESPONSE("dddd") RESPONSE("eeee"),
          "$"),
     0, NULL, ""},
    {"two quoted messages, own paths, nothing known",
     SEND("aaaa", "1-*/*", "\r\n-------x$\r\n" RESPONSE("bbbb") RESPONSE("cccc"), "$"), 0, NULL, ""},
    {"start line in the body", SEND("aaaa", "1-*/*", "MSRP bbbb SEND\r\n" PATHS "\r\n", "$"), 0, NULL, ""},
    {"transaction id with dashes", SEND("--aa", "1-*/*", "x-------aa$\r\n-------", "$"), 0,
     "--aa $ [x-------aa$%0d%0a-------]\n", ""},
    {"NUL bytes", SEND_HEAD("aaaa", "1-3/3") "\0-\0\r\n-------aaaa$\r\n", sizeof(SEND_HEAD("aaaa", "1-3/3")) - 1 + 19,
     "aaaa $ [%00-%00]\n", ""},

    /* end-lines that are forgiven */
    {"spaced",
     SEND_HEAD("aaaa", "1-2/2") "hi\r\n------- aaaa$\r\n" SEND_HEAD("bbbb", "1-2/2") "ho\r\n-------bbbb $ \r\n", 0,
     "aaaa $ spaced [hi]\nbbbb $ spaced [ho]\n", ""},
    {"spaced, no body", "MSRP aaaa 200 OK\r\n" PATHS "------- aaaa$\r\n", 0, "aaaa $ spaced\n", ""},
    {"flag missing", SEND_HEAD("aaaa", "1-2/2") "hi\r\n-------aaaa\r\n", 0, "aaaa $ bad-flag [hi]\n", ""},
    {"flag bad", SEND_HEAD("aaaa", "1-2/2") "hi\r\n-------aaaa!\r\n", 0, "aaaa $ bad-flag [hi]\n", ""},
    {"flag missing before the announced end: body", SEND("aaaa", "1-20/20", "hi\r\n-------aaaa\r\n1234567", "$"), 0,
     "aaaa $ [hi%0d%0a-------aaaa%0d%0a1234567]\n", ""},
    {"no CRLF before", SEND_HEAD("aaaa", "1-2/2") "hi-------aaaa$\r\n", 0, "aaaa $ no-crlf [hi]\n", ""},
    {"no CRLF before, spaced: body", SEND("aaaa", "1-*/*", "hi------- aaaa$\r\n", "$"), 0,
     "aaaa $ [hi------- aaaa$%0d%0a]\n", ""},
    {"bare LF", "MSRP aaaa SEND\n" TO FROM "\nhi\n-------aaaa$\n", 0, "aaaa $ no-crlf bare-lf [hi]\n", ""},
    {"eight dashes", SEND_HEAD("aaaa", "1-*/*") "hi\r\n--------aaaa$\r\n", 0, "aaaa $ no-crlf [hi%0d%0a-]\n", ""},
    {"cut behind the flag", SEND_HEAD("aaaa", "1-2/2") "hi\r\n-------aaaa$", 0, "aaaa $ [hi]\n", ""},
    {"cut behind the flag, no body", "MSRP aaaa 200 OK\r\n" PATHS "-------aaaa$", 0, "aaaa $\n", ""},
    {"cut before the flag", SEND_HEAD("aaaa", "1-2/2") "hi\r\n-------aaaa", 0, "aaaa lost [hi]\n",
     "|D:\r\n-------aaaa"},
    {"cut in the body", SEND_HEAD("aaaa", "1-9/9") "hi\r\n--", 0, "aaaa lost [hi%0d%0a--]\n", ""},
    {"cut in the head", "MSRP aaaa SEND\r\n" TO, 0, "", "|D:MSRP aaaa SEND\r\n" TO},

    /* heads */
    {"blank line before the paths",
     "MSRP aaaa SEND\r\n\r\n" TO "\r\n" FROM "Message-ID: x\r\n\r\nhi\r\n-------aaaa$\r\n", 0, "aaaa $ [hi]\n", ""},
    {"no paths", "MSRP aaaa SEND\r\n\r\nhi\r\n-------aaaa$\r\n", 0, "aaaa $ [hi]\n", ""},
    {"no paths, empty", "MSRP aaaa SEND\r\n\r\n-------aaaa$\r\n", 0, "aaaa $ []\n", ""},
    {"a line that is no header", "MSRP aaaa SEND\r\n" PATHS "what\r\n-------what is this\r\n\r\nhi\r\n-------aaaa$\r\n",
     0, "aaaa $ [hi]\n", ""},
    {"another id among the headers", "MSRP aaaa 200 OK\r\n" PATHS "-------bbbb$\r\n" RESPONSE("cccc"), 0,
     "aaaa $ other-id\ncccc $\n", ""},
    {"end-line missing among the headers", "MSRP aaaa 200 OK\r\n" PATHS RESPONSE("cccc"), 0, "aaaa lost\ncccc $\n", ""},

    /* between messages */
    {"keep-alive", "\r\n\r\n" RESPONSE("aaaa") "\r\n" RESPONSE("bbbb"), 0, "aaaa $\nbbbb $\n", "|B:\r\n\r\n|B:\r\n"},
    {"orphan end-line", RESPONSE("aaaa") "-------zzzz$\r\n" RESPONSE("bbbb"), 0, "aaaa $\nbbbb $\n",
     "|O:-------zzzz$\r\n"},
    {"garbage", RESPONSE("aaaa") "gar\r\nbage-------x MSRP what MSRP aaa SEND\r\n" RESPONSE("bbbb"), 0,
     "aaaa $\nbbbb $\n", "|D:gar\r\nbage-------x MSRP what MSRP aaa SEND\r\n"},
    {"garbage, no line end", RESPONSE("aaaa") "-------zzMSRP" RESPONSE("bbbb"), 0, "aaaa $\nbbbb $\n",
     "|D:-------zzMSRP"},
    {"garbage, other paths",
     RESPONSE("aaaa") "gar\r\nMSRP xxxx SEND\r\n" OTHER_PATHS "-------xxxx$\r\n" RESPONSE("bbbb"), 0,
     "aaaa $\nbbbb $\n", "|D:gar\r\nMSRP xxxx SEND\r\n" OTHER_PATHS "|O:-------xxxx$\r\n"},
    {"late start", "ody of something\r\n-------zzzz+\r\n" SEND("aaaa", "1-2/2", "hi", "$"), 0, "aaaa $ [hi]\n",
     "|L:ody of something\r\n|O:-------zzzz+\r\n"},
    {"late start, end-line lost", "ody of something\r\n" SEND("aaaa", "1-2/2", "hi", "$"), 0, "aaaa $ [hi]\n",
     "|L:ody of something\r\n"},
    {"no MSRP at all", "GET / HTTP/1.1\r\n\r\n", 0, "", "|L:GET / HTTP/1.1\r\n\r\n"},

    /* damage */
    {"other id, fixed range: at its place", SEND_HEAD("aaaa", "1-2/2") "hi\r\n-------bbbb+\r\n", 0,
     "aaaa + other-id [hi]\n", ""},
    {"other id, fixed range: later place, next message",
     SEND_HEAD("aaaa", "1-2/9") "h\xc3\xa4\r\n-------bbbb+\r\n" RESPONSE("cccc"), 0,
     "aaaa + other-id [h%c3%a4]\ncccc $\n", ""},
    {"garbage for an end-line, fixed range", SEND_HEAD("aaaa", "1-2/2") "hi\r\n---ga\r\n" RESPONSE("cccc"), 0,
     "aaaa lost [hi]\ncccc $\n", "|D:\r\n---ga\r\n"},
    {"much garbage for an end-line, fixed range",
     SEND_HEAD("aaaa", "1-2/2") "hi\r\n" PATHS PATHS PATHS PATHS PATHS PATHS PATHS RESPONSE("cccc"), 0,
     "aaaa lost [hi]\ncccc $\n", "|D:\r\n" PATHS PATHS PATHS PATHS PATHS PATHS PATHS},
    {"end-line missing, fixed range", SEND_HEAD("aaaa", "1-2/2") "hi\r\n" RESPONSE("cccc"), 0,
     "aaaa lost [hi]\ncccc $\n", "|D:\r\n"},
    {"other id, next chunk says so",
     SEND_HEAD("aaaa", "1-*/8") "one\r\n-------bbbb+\r\n" SEND("cccc", "4-*/8", "three", "$"), 0,
     "aaaa + other-id [one]\ncccc $ [three]\n", ""},
    {"other id, next chunk says so later",
     SEND_HEAD("aaaa", "1-*/8") "one\r\n-------bbbb+\r\n" RESPONSE("dddd") SEND("cccc", "4-*/8", "three", "$"), 0,
     "aaaa + other-id [one]\ndddd $\ncccc $ [three]\n", ""},
    {"other id, fixed range cut short, next chunk says so",
     SEND_HEAD("aaaa", "1-8/8") "one\r\n-------bbbb+\r\n" SEND("cccc", "4-8/8", "three", "$"), 0,
     "aaaa + other-id [one]\ncccc $ [three]\n", ""},
    {"other id, at the total", SEND_HEAD("aaaa", "1-*/3") "one\r\n-------bbbb$\r\n" RESPONSE("cccc"), 0,
     "aaaa $ other-id [one]\ncccc $\n", ""},
    {"other id, third message says so",
     SEND_HEAD("aaaa", "1-*/*") "one\r\n-------bbbb$\r\n" RESPONSE("cccc") RESPONSE("dddd") RESPONSE("eeee") "x", 0,
     "aaaa $ other-id [one]\ncccc $\ndddd $\neeee $\n", "|D:x"},
    {"other id, the close says so", SEND_HEAD("aaaa", "1-*/*") "one\r\n-------bbbb$\r\n" RESPONSE("cccc"), 0,
     "aaaa $ other-id [one]\ncccc $\n", ""},
    {"own id with a bad flag, next chunk says so",
     SEND_HEAD("aaaa", "1-8/8") "one\r\n-------aaaa!\r\n" SEND("cccc", "4-8/8", "three", "$"), 0,
     "aaaa $ bad-flag [one]\ncccc $ [three]\n", ""},
    {"response with a body that is garbage", "MSRP aaaa 200 OK\r\n" PATHS "\r\nwhat\r\n" RESPONSE("bbbb"), 0,
     "aaaa lost []\nbbbb $\n", "|D:what\r\n"},
};

static gsize
row_length(const struct row *row)
{
    return row->length ? row->length : strlen(row->text);
}

/* The messages in the short form of the table: record_text() without positions and lengths. */
static char *
short_text(struct record *record)
{
    char *text = record_text(record);
    GString *out = g_string_new(NULL);
    guint i = 0;

    for (const char *line = text; *line; line = strchr(line, '\n') + 1) {
        const struct told *told = g_ptr_array_index(record->messages, i++);
        const char *from = strchr(line, ' ') + 1;
        const char *body = strchr(from, '[');
        const char *at = g_strstr_len(from, body - from, " @");

        g_assert_cmpuint(told->info.body_length, ==, told->body->len);
        while (at && *--at != ' ')
            ; /* back over the length too */
        g_string_append_len(out, from, (at ? at : body - 1) - from);
        if (told->info.has_body)
            g_string_append_printf(out, " %.*s", (int) (strchr(body, '\n') - body), body);
        g_string_append_c(out, '\n');
    }
    g_free(text);
    return g_string_free(out, FALSE);
}

/* Fed in pieces that end at the given offsets. */
static struct record *
run_cut(const struct row *row, gsize first, gsize second)
{
    struct record *record = record_new();
    struct om_stream *stream = om_stream_new(&record_handler, record);
    gsize length = row_length(row);
    gsize edges[] = {0, MIN(first, length), MIN(second, length), length};
    struct om_segment_result result;

    for (guint i = 0; i < 3; i++) {
        gsize n = edges[i + 1] - edges[i];
        char *copy = g_memdup2(row->text + edges[i], n);

        om_stream_bytes(stream, om_slice(copy, n), &result);
        g_assert_cmpuint(result.begin, ==, edges[i]);
        g_free(copy);
    }
    om_stream_close(stream);
    g_assert_cmpuint(om_stream_position(stream), ==, length);
    om_stream_free(stream);
    return record;
}

static struct record *
run_bytewise(const struct row *row)
{
    struct record *record = record_new();
    struct om_stream *stream = om_stream_new(&record_handler, record);
    struct om_segment_result result;

    for (gsize i = 0; i < row_length(row); i++) {
        char *copy = g_memdup2(row->text + i, 1);

        om_stream_segment(stream, (guint32) (G_MAXUINT32 - 30 + i), om_slice(copy, 1), &result);
        g_assert_cmpuint(result.new_from, ==, 0);
        g_free(copy);
    }
    om_stream_close(stream);
    om_stream_free(stream);
    return record;
}

/* A quoting body comes out whole: what lies between the first head and the last end-line. */
static char *
whole_body(const struct row *row)
{
    GString *text = g_string_new("aaaa $ ");
    const char *body = strstr(row->text, TYPE) + strlen(TYPE);
    gsize length = (gsize) (row->text + strlen(row->text) - body) - strlen("\r\n-------aaaa$\r\n");

    g_string_append_c(text, '[');
    append_bytes(text, (const guint8 *) body, length);
    g_string_append(text, "]\n");
    return g_string_free(text, FALSE);
}

static void
test_rows(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct record *record = run_cut(&rows[i], G_MAXSIZE, G_MAXSIZE);
        char *text = short_text(record);
        char *want = rows[i].want ? g_strdup(rows[i].want) : whole_body(&rows[i]);

        g_test_message("%s", rows[i].name);
        g_assert_cmpstr(text, ==, want);
        g_assert_cmpstr(record->junk->str, ==, rows[i].junk);
        g_assert_cmpuint(record->twice, ==, 0);
        g_free(want);
        g_free(text);
        record_free(record);
    }
}

static void
compare(struct record *a, struct record *b)
{
    char *x = record_text(a), *y = record_text(b);

    g_assert_cmpstr(x, ==, y);
    g_assert_cmpstr(a->junk->str, ==, b->junk->str);
    g_assert_cmpuint(b->twice, ==, 0);
    g_free(x);
    g_free(y);
}

/* Every pair of cuts, and byte by byte, tells the same. */
static void
test_cuts(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct record *whole = run_cut(&rows[i], G_MAXSIZE, G_MAXSIZE);
        struct record *bytewise = run_bytewise(&rows[i]);

        g_test_message("%s", rows[i].name);
        compare(whole, bytewise);
        record_free(bytewise);
        for (gsize first = 1; first < row_length(&rows[i]); first++) {
            /* Far apart every seventh place will do; close together every one. */
            for (gsize second = first; second < row_length(&rows[i]); second += second < first + 16 ? 1 : 7) {
                struct record *record;

                if (first % 5 && second > first + 16)
                    break;
                record = run_cut(&rows[i], first, second);
                compare(whole, record);
                record_free(record);
            }
        }
        record_free(whole);
    }
}

/* A prefix of each: nothing is told that the whole does not tell, and nothing is read beyond it. */
static void
test_prefixes(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        for (gsize l = 0; l < row_length(&rows[i]); l++) {
            struct row prefix = rows[i];
            struct record *record;

            prefix.length = l;
            if (l == 0)
                continue;
            record = run_cut(&prefix, G_MAXSIZE, G_MAXSIZE);
            g_assert_cmpuint(record->twice, ==, 0);
            for (guint k = 0; k < record->messages->len; k++)
                g_assert_true(((struct told *) g_ptr_array_index(record->messages, k))->ended);
            record_free(record);
        }
    }
}

static void
test_boundary(void)
{
    struct record *record = record_new();
    struct om_stream *stream = om_stream_new(&record_handler, record);
    struct om_segment_result result;
    char *text;

    om_stream_bytes(stream, om_slice_str(RESPONSE("aaaa")), &result);
    g_assert_false(om_stream_boundary(stream));
    om_stream_bytes(stream, om_slice_str(SEND_HEAD("bbbb", "1-9/9") "hi"), &result);
    g_assert_nonnull(om_stream_open_message(stream));
    g_assert_true(om_stream_boundary(stream));
    g_assert_null(om_stream_open_message(stream));
    om_stream_bytes(stream, om_slice_str(SEND_HEAD("cccc", "1-2/2") "hi\r\n-------cccc$"), &result);
    g_assert_false(om_stream_boundary(stream));
    om_stream_bytes(stream, om_slice_str("MSRP dddd SE"), &result);
    g_assert_true(om_stream_in_head(stream));
    om_stream_boundary(stream);
    om_stream_bytes(stream, om_slice_str(RESPONSE("eeee")), &result);
    g_assert_false(om_stream_boundary(stream));
    text = short_text(record);
    g_assert_cmpstr(text, ==, "aaaa $\nbbbb lost [hi]\ncccc $ [hi]\neeee $\n");
    g_free(text);
    om_stream_free(stream);
    record_free(record);
}

/* A head without end is given up at 64 KB, however it comes; the message behind it is found. */
static void
test_head_limit(void)
{
    static const gsize sizes[] = {1, 1000, 1 << 20};
    GString *bytes = g_string_new("MSRP aaaa SEND\r\n" PATHS "X: ");

    while (bytes->len < 100000)
        g_string_append_c(bytes, 'x');
    g_string_append(bytes, "\r\n" RESPONSE("bbbb"));
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        struct record *record = record_new();
        struct om_stream *stream = om_stream_new(&record_handler, record);
        struct om_segment_result result;
        char *text;

        for (gsize at = 0; at < bytes->len; at += sizes[i])
            om_stream_bytes(stream, om_slice(bytes->str + at, MIN(sizes[i], bytes->len - at)), &result);
        text = short_text(record);
        g_assert_cmpstr(text, ==, "bbbb $\n");
        g_free(text);
        om_stream_free(stream);
        record_free(record);
    }
    g_string_free(bytes, TRUE);
}

/* More than 256 KB behind a place where the message may have ended: it was body, and the end-line is still found,
 * however it comes. */
static void
test_possible_end_limit(void)
{
    static const gsize sizes[] = {100, 1460, 1 << 20};
    GString *bytes = g_string_new(SEND_HEAD("aaaa", "1-*/9000000") "hi\r\n-------x$\r\n" SEND_HEAD("bbbb", "1-*/*"));

    for (guint i = 0; i < 30000; i++)
        g_string_append(bytes, "some text\r\n-------x$\r\n");
    g_string_append(bytes, "\r\n-------aaaa$\r\n" RESPONSE("cccc"));
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        struct record *record = record_new();
        struct om_stream *stream = om_stream_new(&record_handler, record);
        struct om_segment_result result;
        const struct told *told;

        for (gsize at = 0; at < bytes->len; at += sizes[i])
            om_stream_bytes(stream, om_slice(bytes->str + at, MIN(sizes[i], bytes->len - at)), &result);
        g_assert_cmpuint(record->messages->len, ==, 2);
        told = g_ptr_array_index(record->messages, 0);
        g_assert_true(told->ended && told->info.flag == '$' && !told->info.other_id);
        g_assert_cmpuint(told->info.body_length, ==, told->body->len);
        g_assert_cmpuint(record->twice, ==, 0);
        om_stream_free(stream);
        record_free(record);
    }
    g_string_free(bytes, TRUE);
}

static void
test_probes(void)
{
    static const struct {
        const char *text;
        gboolean start, inside;
    } probes[] = {
        {RESPONSE("aaaa"), TRUE, TRUE},
        {"MSRP aaaa SEND\r\n\r\n" PATHS, TRUE, TRUE},
        {"MSRP aaaa SEND\r\nFrom-Path: x\r\n", TRUE, TRUE},
        {"MSRP aaaa SEND\r\nTo-Pa", FALSE, FALSE},
        {"MSRP aaaa SEND\r\n", FALSE, FALSE},
        {"MSRP aaaa SEND\r\nVia: x\r\n", FALSE, FALSE},
        {"MSRP is a protocol\r\nTo-Path: x\r\n", FALSE, FALSE},
        {"\r\n" RESPONSE("aaaa"), FALSE, TRUE},
        {"dy\r\n-------aaaa$\r\nMSRP bbbb SEND\r\n", FALSE, TRUE},
        {"dy\r\n-------aaaa$ \r\nMSRP bbbb SEND\r\n", FALSE, TRUE},
        {"dy\r\n-------aaaa$\r\n\r\nMSRP bbbb SEND\r\n", FALSE, FALSE},
        {"dy\r\n-------aaaa$\r\n", FALSE, FALSE},
        {"", FALSE, FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(probes); i++) {
        gsize l = strlen(probes[i].text);
        char *copy = g_memdup2(probes[i].text, l);

        g_test_message("%s", probes[i].text);
        g_assert_cmpint(om_stream_probe_start(om_slice(copy, l)), ==, probes[i].start);
        g_assert_cmpint(om_stream_probe_inside(om_slice(copy, l)), ==, probes[i].inside);
        g_free(copy);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stream/rows", test_rows);
    g_test_add_func("/stream/cuts", test_cuts);
    g_test_add_func("/stream/prefixes", test_prefixes);
    g_test_add_func("/stream/boundary", test_boundary);
    g_test_add_func("/stream/head_limit", test_head_limit);
    g_test_add_func("/stream/possible_end_limit", test_possible_end_limit);
    g_test_add_func("/stream/probes", test_probes);
    return g_test_run();
}
