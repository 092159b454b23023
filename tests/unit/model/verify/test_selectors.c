/* test_selectors.c
 * Which selector each object of a session belongs to, as tables of what is offered and what is sent.
 *
 * A file is a letter: its name, and what its content is made of. From "p" on all have one size, before it each has its
 * own. Offered: "a" with size and hash, "a=" with its size alone, "a#" with its hash alone, "a-" with neither; "|" begins
 * another m-line with the same path. Sent: "a" a whole object, "a1" and "a2" its halves, "A" one of its size with other
 * bytes, "!a" lost by the capture, "~" what was lost last comes late, "aX" refused with 413.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "support/flow.h"

#include "model/bytes/digest.h"

struct row {
    const char *name;
    const char *offered, *sent;
    const char *objects;  /* "selector:verification" of each, "?" for none */
    const char *files;    /* the id of the object that carried each offered file, "-" for none */
    const char *findings; /* rules of content and files, sorted by frame */
};

static const struct row rows[] = {
    {"in order", "a b", "a b", "a:match b:match", "1 2", ""},
    {"swapped, of one size", "p q", "q p", "q:match p:match", "2 1", "FILE-ORDER"},
    {"swapped, told by their sizes", "a= b=", "b a", "b:not-offered a:not-offered", "2 1", "FILE-ORDER"},
    {"swapped, and nothing tells: they are taken for what stands in order", "a- b-", "b a",
     "a:not-offered b:not-offered", "1 2", ""},
    {"three of one m-line take turns", "a b c", "a1 b1 c1 c2 a2 b2", "a:match b:match c:match", "1 2 3", "FILE-ORDER"},
    {"two m-lines with one path", "a|b", "a b", "a:match b:match", "1 2", ""},
    {"three m-lines with one path, the last first", "a|b|c", "c a b", "c:match a:match b:match", "2 3 1", "FILE-ORDER"},
    {"the first is lost", "a b", "!a b", "b:match", "- 1", "FILE-NOT-SEEN"},
    {"the first comes late: no other order", "a b", "!a b ~", "a:match b:match", "1 2", ""},
    {"one is lost, another one fits nothing: nobody is accused", "p# q# r#", "p !q S", "p:match ?:not-verifiable",
     "1 - -", "FILE-NOT-SEEN FILE-NOT-SEEN"},
    {"one fits nothing, nothing is lost", "p# q#", "p S", "p:match q:mismatch", "1 2", "OBJ-HASH"},
    {"one of the right size with other bytes has the selector of its size", "a b", "B a", "b:mismatch a:match", "2 1",
     "OBJ-HASH FILE-ORDER"},
    {"what fits better comes later", "p", "Q p", "?:not-offered p:match", "2", "OBJ-EXTRA"},
    {"more than were offered", "a", "a b", "a:match ?:not-offered", "1", "OBJ-EXTRA"},
    {"one file twice", "a a", "a a", "a:match a:match", "1 2", ""},
    {"a refused try uses nothing up", "a b", "aX a b", "a:match a:match b:match", "2 3", ""},
    {"a refused try and nothing else", "a b", "aX b", "a:match b:match", "1 2", ""},
    {"the second is never sent", "a b", "a", "a:match", "1 -", "FILE-NOT-SENT"},
    {"neither is", "a b", "", "", "- -", "FILE-NOT-SEEN FILE-NOT-SEEN"},
};

#define TAGS "+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.omapush\";+g.oma.pusheventapp=\"wml.ua\""
#define HEAD(cseq, to)                                                                     \
    "Via: SIP/2.0/UDP psa.example.com:5060;branch=z9hG4bK" cseq "\r\nMax-Forwards: 70\r\n" \
    "From: <sip:psa@example.com>;tag=49583\r\nTo: <sip:user@example.com>" to "\r\n"        \
    "Call-ID: 390458126334871@psa.example.com\r\nCSeq: " cseq "\r\n"

/* --- files --- */

static guint
size_of(char letter)
{
    return letter >= 'p' ? 40 : 20 + 4 * (guint) (letter - 'a');
}

/* upper case: the same size, other bytes */
static char *
content_of(char letter)
{
    guint size = size_of(g_ascii_tolower(letter));
    char *middle = g_strnfill(size - 9, letter);
    char *text = g_strdup_printf("<ni>%s</ni>", middle);

    g_free(middle);
    return text;
}

static void
add_selector(GString *sdp, char letter, char with)
{
    char *content = content_of(letter), *hash;
    struct om_digest digest;

    om_digest_compute("sha-1", om_slice_str(content), &digest);
    hash = om_digest_text(digest.value, digest.length);
    g_string_append_printf(sdp, "a=file-selector:name:\"%c\" type:application/vnd.oma.push", letter);
    if (with != '#' && with != '-')
        g_string_append_printf(sdp, " size:%" G_GSIZE_FORMAT, strlen(content));
    if (with != '=' && with != '-')
        g_string_append_printf(sdp, " hash:sha-1:%s", hash);
    g_string_append(sdp, "\r\n");
    g_free(hash);
    g_free(content);
}

/* --- SIP --- */

static char *
sdp_of(const char *offered, const char *path, const char *side)
{
    GString *sdp = g_string_new("v=0\r\no=- 1 1 IN IP4 h.example.com\r\ns=-\r\nc=IN IP4 h.example.com\r\nt=0 0\r\n");

    for (const char *at = offered; *at; at++) {
        if (at == offered || *at == '|')
            g_string_append_printf(sdp,
                                   "m=message 7654 TCP/MSRP *\r\na=path:%s\r\n%s"
                                   "a=accept-types:application/vnd.oma.push\r\na=file-transfer-id:t\r\n",
                                   path, side);
        if (g_ascii_isalpha(*at))
            add_selector(sdp, *at, at[1]);
    }
    return g_string_free(sdp, FALSE);
}

static void
say(struct flow_play *play, const char *head, char *sdp)
{
    char *text = g_strdup_printf("%s\r\n%s", head, sdp ? sdp : "");

    flow_event(play, FLOW_SIP, text);
    g_free(text);
    g_free(sdp);
}

static void
open_session(struct flow_play *play, const char *offered)
{
    say(play,
        "INVITE sip:user@example.com SIP/2.0\r\n" HEAD("1 INVITE", "") "Contact: <sip:psa@192.0.2.1>;" TAGS
                                                                       "\r\nContent-Type: application/sdp\r\n",
        sdp_of(offered, ALICE, "a=setup:actpass\r\na=sendonly\r\n"));
    say(play, "SIP/2.0 200 OK\r\n" HEAD("1 INVITE", ";tag=r7x2") "Content-Type: application/sdp\r\n",
        sdp_of(offered, BOB, "a=setup:passive\r\na=recvonly\r\n"));
    say(play, "ACK sip:user@192.0.2.2 SIP/2.0\r\n" HEAD("1 ACK", ";tag=r7x2"), NULL);
}

/* --- MSRP --- */

static char *
send_of(guint tid, const char *id, const char *content, gsize from, gsize to)
{
    gsize total = strlen(content);

    return g_strdup_printf("MSRP tid%05u SEND\r\n" TO_BOB "Message-ID: %s\r\n"
                           "Byte-Range: %" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT "/%" G_GSIZE_FORMAT "\r\n" PUSH_TYPE
                           "\r\n%.*s\r\n-------tid%05u%c\r\n",
                           tid, id, from + 1, to, total, (int) (to - from), content + from, tid,
                           to == total ? '$' : '+');
}

/* One word of `sent`. late: in, out: what was lost last */
static void
send_word(struct flow_play *play, const char *word, guint tid, char **late)
{
    gboolean lost = *word == '!';
    char letter = word[lost], then = letter ? word[lost + 1] : 0;
    char *content, *id, *text;
    gsize length;

    if (*word == '~') {
        flow_event(play, FLOW_LATE_AB, *late);
        return;
    }
    content = content_of(letter);
    length = strlen(content);
    id = then == '1' || then == '2' ? g_strdup_printf("m-%c", letter) : g_strdup_printf("m-%c-%u", letter, tid);
    text = send_of(tid, id, content, then == '2' ? length / 2 : 0, then == '1' ? length / 2 : length);
    flow_event(play, lost ? FLOW_LOSE_AB : FLOW_AB, text);
    if (lost) {
        g_free(*late);
        *late = g_strdup(text);
    }
    g_free(text);
    if (then == 'X') {
        text = g_strdup_printf("MSRP tid%05u 413 Stop\r\n" TO_ALICE "-------tid%05u$\r\n", tid, tid);
        flow_event(play, FLOW_BA, text);
        g_free(text);
    }
    g_free(id);
    g_free(content);
}

/* --- in words --- */

static char *
objects_text(struct om_model *model)
{
    const GPtrArray *objects = om_model_objects(model);
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < objects->len; i++) {
        const struct om_verification *verification = om_object_verification(g_ptr_array_index(objects, i));

        g_string_append_printf(text, "%s%s:%s", i ? " " : "", verification->file ? verification->file->name : "?",
                               om_verification_name(verification->result));
    }
    return g_string_free(text, FALSE);
}

static char *
files_text(struct om_model *model, const struct om_conclusion *conclusion)
{
    const struct om_session *session = g_ptr_array_index(om_model_sessions(model), 0);
    const struct om_exchange *exchange = om_session_exchange(session, 0);
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < exchange->offer->media->len; i++) {
        const struct om_media *media = g_ptr_array_index(exchange->offer->media, i);

        for (guint k = 0; k < media->files->len; k++) {
            const struct om_object *object = om_file_object(g_ptr_array_index(media->files, k), conclusion);

            g_string_append(text, text->len ? " " : "");
            if (object)
                g_string_append_printf(text, "%u", om_object_id(object));
            else
                g_string_append_c(text, '-');
        }
    }
    return g_string_free(text, FALSE);
}

static char *
findings_text(const struct om_conclusion *conclusion)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < conclusion->findings->len; i++) {
        const struct om_finding *finding = g_ptr_array_index(conclusion->findings, i);
        const char *id = om_rule_info(finding->rule)->id;

        g_test_message("frame %u: %s: %s", finding->frame, id, finding->text);
        if (g_str_has_prefix(id, "OBJ-") || g_str_has_prefix(id, "FILE-"))
            g_string_append_printf(text, "%s%s", text->len ? " " : "", id);
    }
    return g_string_free(text, FALSE);
}

static void
check_text(char *text, const char *expected)
{
    g_assert_cmpstr(text, ==, expected);
    g_free(text);
}

/* Looked at once at the end, or after each object: the same must come of it. */
static void
run(const struct row *row, gsize piece, gboolean look_often)
{
    static const struct om_options options = {.verify = TRUE, .max_object = 1 << 20};
    char **words = g_strsplit(row->sent, " ", -1), *late = NULL;
    const struct om_conclusion *conclusion;
    struct flow_play play;

    g_test_message("%s, pieces of %" G_GSIZE_FORMAT, row->name, piece);
    flow_begin(&play, &options, piece);
    open_session(&play, row->offered);
    for (guint i = 0; words[i] && *words[i]; i++) {
        send_word(&play, words[i], i, &late);
        if (look_often)
            om_model_conclude(play.model);
    }
    say(&play, "BYE sip:user@192.0.2.2 SIP/2.0\r\n" HEAD("2 BYE", ";tag=r7x2"), NULL);
    conclusion = om_model_conclude(play.model);
    check_text(objects_text(play.model), row->objects);
    check_text(files_text(play.model, conclusion), row->files);
    check_text(findings_text(conclusion), row->findings);
    om_model_free(play.model);
    g_strfreev(words);
    g_free(late);
}

static void
test_row(gconstpointer data)
{
    static const gsize pieces[] = {0, 7, 100};

    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        run(data, pieces[i], FALSE);
        if (!strchr(((const struct row *) data)->sent, '~')) /* a look does not wait for what comes late */
            run(data, pieces[i], TRUE);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        char *path = g_strdup_printf("/selectors/%s", rows[i].name);

        g_test_add_data_func(path, &rows[i], test_row);
        g_free(path);
    }
    return g_test_run();
}
