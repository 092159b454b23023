/* flow.h
 * Flows as tables: what two peers send on a connection, and how the model tells it.
 *
 * Each event is one frame: frames count from 1, 10 ms apart. What came of a flow is put
 * into words, one line an object and one for the findings, and held against the table's.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_TEST_FLOW_H
#define OM_TEST_FLOW_H

#include "model/model_private.h"

enum flow_what {
    FLOW_END,
    FLOW_AB, /* Alice's bytes to Bob: one segment */
    FLOW_BA,
    FLOW_LOSE_AB, /* the same, but not in the capture: no frame */
    FLOW_LOSE_BA,
    FLOW_LATE_AB, /* what was lost last comes now */
    FLOW_LATE_BA,
    FLOW_SIP,     /* a SIP message, from Alice to Bob */
    FLOW_OPENED,  /* who opened the connection: "0" Alice, "1" Bob; no frame */
    FLOW_CLOSE,   /* the connection is closed */
    FLOW_FIN,     /* FIN of Alice */
    FLOW_CONNECT, /* a new connection; the text is the host that Alice's side has there */
    FLOW_MIDST,   /* a new connection whose beginning the capture missed */
    FLOW_WAIT,    /* the text is seconds: no frame */
};

#define FLOW_EVENTS  16
#define FLOW_OBJECTS 4

struct flow {
    const char *name;
    struct {
        enum flow_what what;
        const char *text;
    } events[FLOW_EVENTS];
    const char *objects[FLOW_OBJECTS]; /* see flow_object_text() */
    const char *findings;              /* "RULE@frame ..." by frame and rule, "" for none */
};

/* A flow being played. */
struct flow_play {
    struct om_model *model;
    struct om_connection *connection;
    gsize piece;       /* segments are cut into runs of that many bytes; 0: left whole */
    guint32 seq[2];    /* by direction */
    guint32 lost[2];   /* sequence number of what was lost last */
    const char *alice; /* her host */
    struct om_frame frame;
};

static inline void
flow_connect(struct flow_play *play, const char *alice, gboolean from_the_start)
{
    play->connection = om_model_connection(play->model, OM_TRANSPORT_TCP);
    play->alice = *alice ? alice : "192.0.2.1";
    play->seq[0] = 0xFFFFFFF0u; /* both wrap around early */
    play->seq[1] = 0xFFFFFF00u;
    for (guint i = 0; from_the_start && i < 2; i++)
        om_connection_starts(play->connection, i, play->seq[i]);
}

static inline void
flow_next_frame(struct flow_play *play, guint direction)
{
    play->frame.number++;
    play->frame.time += 10 * G_GINT64_CONSTANT(1000000);
    play->frame.src = direction ? "192.0.2.2" : play->alice;
    play->frame.dst = direction ? play->alice : "192.0.2.2";
    play->frame.src_port = direction ? 8888 : 40000;
    play->frame.dst_port = direction ? 40000 : 8888;
}

/* From a block of exactly its size, so that reading beyond it is seen by AddressSanitizer. */
static inline void
flow_segment(struct flow_play *play, guint direction, guint32 *seq, struct om_slice bytes)
{
    gsize piece = play->piece ? play->piece : bytes.l;

    flow_next_frame(play, direction);
    for (gsize at = 0; at < bytes.l; at += piece) {
        gsize length = MIN(piece, bytes.l - at);
        char *block = g_memdup2(bytes.p + at, length);

        om_connection_segment(play->connection, direction, &play->frame, *seq, om_slice(block, length));
        *seq += (guint32) length;
        g_free(block);
    }
}

static inline void
flow_sip(struct flow_play *play, const char *text)
{
    struct om_sip_msg msg;

    flow_next_frame(play, 0);
    g_assert_true(om_sip_msg_parse(om_slice_str(text), &msg));
    om_sip_record_free(om_model_sip(play->model, &play->frame, &msg));
    om_sip_msg_clear(&msg);
}

static inline void
flow_event(struct flow_play *play, enum flow_what what, const char *text)
{
    switch (what) {
    case FLOW_AB:
    case FLOW_BA:
        flow_segment(play, what == FLOW_BA, &play->seq[what == FLOW_BA], om_slice_str(text));
        break;
    case FLOW_LOSE_AB:
    case FLOW_LOSE_BA:
        play->lost[what == FLOW_LOSE_BA] = play->seq[what == FLOW_LOSE_BA];
        play->seq[what == FLOW_LOSE_BA] += (guint32) strlen(text);
        break;
    case FLOW_LATE_AB:
    case FLOW_LATE_BA:
        flow_segment(play, what == FLOW_LATE_BA, &play->lost[what == FLOW_LATE_BA], om_slice_str(text));
        break;
    case FLOW_SIP:
        flow_sip(play, text);
        break;
    case FLOW_OPENED:
        om_connection_opened_by(play->connection, *text == '1');
        break;
    case FLOW_CLOSE:
        flow_next_frame(play, 0);
        om_connection_closed(play->connection, 0, &play->frame, FALSE);
        break;
    case FLOW_FIN:
        flow_next_frame(play, 0);
        om_connection_fin(play->connection, 0, &play->frame, play->seq[0]);
        break;
    case FLOW_CONNECT:
    case FLOW_MIDST:
        flow_connect(play, text, what == FLOW_CONNECT);
        break;
    case FLOW_WAIT:
        play->frame.time += g_ascii_strtoll(text, NULL, 10) * G_GINT64_CONSTANT(1000000000);
        break;
    case FLOW_END:
        g_assert_not_reached();
    }
}

/* --- in words --- */

static inline void
flow_chunk_text(GString *text, const struct om_chunk *chunk)
{
    g_string_append_printf(text, " %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "%c", chunk->offset + 1,
                           chunk->offset + chunk->length, chunk->flag ? chunk->flag : '?');
    if (chunk->response_frame)
        g_string_append_printf(text, " %u@%u", chunk->response_status, chunk->response_frame);
    g_string_append_c(text, ',');
}

static inline void
flow_gaps_text(GString *text, const struct om_object *object)
{
    GArray *gaps = om_object_gaps(object);

    for (guint i = 0; i < gaps->len; i++) {
        const struct om_range *gap = &g_array_index(gaps, struct om_range, i);

        g_string_append_printf(text, "%s%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, i ? "," : "; gaps ", gap->from + 1,
                               gap->to);
    }
    g_array_unref(gaps);
}

static inline void
flow_verification_text(GString *text, const struct om_object *object)
{
    const struct om_verification *verification = &object->verification;

    if (!verification->file)
        return;
    g_string_append_printf(text, "; %s", om_verification_name(verification->result));
    if (verification->algorithm)
        g_string_append_printf(text, " %s", verification->algorithm);
    if (verification->covers)
        g_string_append_printf(text, " of %s", om_covers_name(verification->covers));
    if (verification->file->name)
        g_string_append_printf(text, " (%s)", verification->file->name);
}

/* "Message-ID state size/total: start-endFLAG status@frame, ...; gaps; hops; reported@frame; verification; verdict" */
static inline char *
flow_object_text(struct om_model *model, struct om_object *object)
{
    GString *text = g_string_new(object->message_id);

    om_object_assess(object);
    g_string_append_printf(text, " %s %" G_GUINT64_FORMAT "/", om_state_name(om_object_state(object)),
                           om_object_size(object));
    if (object->has_total)
        g_string_append_printf(text, "%" G_GUINT64_FORMAT ":", object->total);
    else
        g_string_append(text, "*:");
    for (guint i = 0; i < object->chunks->len; i++) {
        const struct om_chunk *chunk = g_ptr_array_index(object->chunks, i);

        if (!chunk->repeated)
            flow_chunk_text(text, chunk);
    }
    g_string_truncate(text, text->len - 1);
    flow_gaps_text(text, object);
    if (om_object_hops(object) > 1)
        g_string_append_printf(text, "; %u hops", om_object_hops(object));
    if (object->report_frame)
        g_string_append_printf(text, "; reported@%u", object->report_frame);
    flow_verification_text(text, object);
    g_string_append_printf(text, "; %s", om_verdict_name(om_object_verdict(object, om_model_conclude(model))));
    return g_string_free(text, FALSE);
}

/* Within a frame by rule: which of two is found first may depend on how the bytes were cut. */
static inline gint
flow_compare_findings(gconstpointer a, gconstpointer b)
{
    const struct om_finding *x = *(const struct om_finding *const *) a;
    const struct om_finding *y = *(const struct om_finding *const *) b;

    if (x->frame != y->frame)
        return x->frame < y->frame ? -1 : 1;
    return (gint) x->rule - (gint) y->rule;
}

static inline char *
flow_findings_text(struct om_model *model)
{
    GPtrArray *findings = g_ptr_array_copy(om_model_conclude(model)->findings, NULL, NULL);
    GString *text = g_string_new(NULL);

    g_ptr_array_sort(findings, flow_compare_findings);

    for (guint i = 0; i < findings->len; i++) {
        const struct om_finding *finding = g_ptr_array_index(findings, i);

        g_test_message("frame %u: %s: %s", finding->frame, om_rule_info(finding->rule)->id, finding->text);
        g_string_append_printf(text, "%s%s@%u", i ? " " : "", om_rule_info(finding->rule)->id, finding->frame);
    }
    g_ptr_array_unref(findings);
    return g_string_free(text, FALSE);
}

/* --- playing --- */

static inline void
flow_begin(struct flow_play *play, const struct om_options *options, gsize piece)
{
    memset(play, 0, sizeof *play);
    play->model = om_model_new(options);
    play->piece = piece;
    play->frame.time = G_GINT64_CONSTANT(1700000000) * 1000000000;
    flow_connect(play, "", TRUE);
}

static inline void
flow_check(const struct flow *flow, struct om_model *model)
{
    char *findings;

    om_model_capture_ends(model);
    for (guint i = 0; i < FLOW_OBJECTS && i < om_model_objects(model)->len; i++) {
        char *text = flow_object_text(model, g_ptr_array_index(om_model_objects(model), i));

        g_assert_cmpstr(text, ==, flow->objects[i]);
        g_free(text);
    }
    if (om_model_objects(model)->len < FLOW_OBJECTS)
        g_assert_null(flow->objects[om_model_objects(model)->len]);
    findings = flow_findings_text(model);
    g_assert_cmpstr(findings, ==, flow->findings);
    g_free(findings);
}

/* Plays a flow whole and cut into pieces: the same must come of it. */
static inline void
flow_run(const struct flow *flow, const struct om_options *options)
{
    static const gsize pieces[] = {0, 1, 7, 100};

    for (gsize p = 0; p < G_N_ELEMENTS(pieces); p++) {
        struct flow_play play;

        g_test_message("%s, pieces of %" G_GSIZE_FORMAT, flow->name, pieces[p]);
        flow_begin(&play, options, pieces[p]);
        for (guint i = 0; i < FLOW_EVENTS && flow->events[i].what; i++)
            flow_event(&play, flow->events[i].what, flow->events[i].text);
        flow_check(flow, play.model);
        om_model_free(play.model);
    }
}

/* --- messages --- */

#define ALICE    "msrp://psa.example.com:7654/a3cd20b8ae7f;tcp"
#define BOB      "msrp://userpc.example.com:8888/9di4ea;tcp"
#define TO_BOB   "To-Path: " BOB "\r\nFrom-Path: " ALICE "\r\n"
#define TO_ALICE "To-Path: " ALICE "\r\nFrom-Path: " BOB "\r\n"

#define END_LINE(tid, flag) "-------" tid flag "\r\n"
#define PUSH_TYPE           "Content-Type: application/vnd.oma.push\r\n"

/* headers: all between the paths and the body */
#define SEND(tid, headers, body, flag) "MSRP " tid " SEND\r\n" TO_BOB headers "\r\n" body "\r\n" END_LINE(tid, flag)
#define CHUNK(tid, range, body, flag)  SEND(tid, "Message-ID: m1\r\nByte-Range: " range "\r\n" PUSH_TYPE, body, flag)
#define CHUNK_TO_REPORT(tid, range, body, flag) \
    SEND(tid, "Message-ID: m1\r\nByte-Range: " range "\r\nSuccess-Report: yes\r\n" PUSH_TYPE, body, flag)
#define ANSWER(tid, status) "MSRP " tid " " status "\r\n" TO_ALICE END_LINE(tid, "$")
#define OK(tid)             ANSWER(tid, "200 OK")
#define REPORT(tid, range, status)                                                                  \
    "MSRP " tid " REPORT\r\n" TO_ALICE "Message-ID: m1\r\nByte-Range: " range "\r\nStatus: " status \
    "\r\n" END_LINE(tid, "$")

/* A push body of 19 bytes, in two parts: an operator's voice-mail notice is bare XML too. */
#define PART_1 "<ni>01234"
#define PART_2 "56789</ni>"
#define WHOLE  PART_1 PART_2

#endif
