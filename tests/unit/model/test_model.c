/* test_model.c
 * What plugin/wireshark sees of the model: this file includes model.h alone.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/model.h"

#define PATHS(to, from) "To-Path: msrp://" to ";tcp\r\nFrom-Path: msrp://" from ";tcp\r\nMessage-ID: m1\r\n"
#define A               "a.example.com:7654/aa"
#define B               "b.example.com:8888/bb"

/* Alice sends two chunks; Bob stops the first before it has ended, and reports. */
static const struct {
    guint direction;
    const char *text;
} segments[] = {
    {0, "MSRP t001 SEND\r\n" PATHS(B, A) "Byte-Range: 1-9/19\r\nSuccess-Report: yes\r\n"
                                         "Content-Type: application/vnd.oma.push\r\n\r\n<ni>0"},
    {1, "MSRP t001 413 Stop\r\n" PATHS(A, B) "-------t001$\r\n"},
    {0, "1234\r\n-------t001+\r\n"},
    {0,
     "MSRP t002 SEND\r\n" PATHS(B, A) "Byte-Range: 10-19/19\r\nSuccess-Report: yes\r\n"
                                      "Content-Type: application/vnd.oma.push\r\n\r\n56789</ni>\r\n-------t002$\r\n"},
    {1, "MSRP t002 200 OK\r\n" PATHS(A, B) "-------t002$\r\n"},
    {1, "MSRP r001 REPORT\r\n" PATHS(A, B) "Byte-Range: 1-19/19\r\nStatus: 000 200 OK\r\n-------r001$\r\n"},
    {1, "MSRP r002 REPORT\r\n" PATHS(A, B) "Byte-Range: 1-9/19\r\nStatus: 000 413 Stop\r\n-------r002$\r\n"},
};

static struct om_payload *calls[G_N_ELEMENTS(segments)];

/* Frames count from 1, 10 ms apart. */
static struct om_model *
play(void)
{
    static const struct om_options options = {.all_msrp = TRUE, .verify = TRUE, .max_object = 1 << 20};
    struct om_model *model = om_model_new(&options);
    struct om_connection *connection = om_model_connection(model, OM_TRANSPORT_TCP);
    guint32 seq[2] = {1, 1};

    for (guint i = 0; i < G_N_ELEMENTS(segments); i++) {
        guint direction = segments[i].direction;
        struct om_slice text = om_slice_str(segments[i].text);
        struct om_frame frame = {.number = i + 1, .time = 10000000 * (gint64) (i + 1)};

        frame.src = direction ? "192.0.2.2" : "192.0.2.1";
        frame.dst = direction ? "192.0.2.1" : "192.0.2.2";
        calls[i] = om_connection_segment(connection, direction, &frame, seq[direction], text);
        seq[direction] += (guint32) text.l;
    }
    return model;
}

static struct om_object *
only_object(const struct om_model *model)
{
    const GPtrArray *objects = om_model_objects(model);

    g_assert_cmpuint(objects->len, ==, 1);
    return g_ptr_array_index(objects, 0);
}

static void
test_object(void)
{
    struct om_model *model = play();
    struct om_object *object = only_object(model);
    guint64 total;

    om_object_assess(object);
    g_assert_cmpuint(om_object_id(object), ==, 1);
    g_assert_cmpstr(om_carrier_name(om_object_carrier(object)), ==, "MSRP");
    g_assert_cmpuint(om_object_session_id(object), ==, 0);
    g_assert_cmpstr(om_object_message_id(object), ==, "m1");
    g_assert_cmpstr(om_object_content_type(object), ==, "application/vnd.oma.push");
    g_assert_null(om_object_only_file(object));
    g_assert_cmpint(om_object_state(object), ==, OM_COMPLETE);
    g_assert_true(om_object_is_over(object));
    g_assert_true(om_object_total(object, &total));
    g_assert_cmpuint(total, ==, 19);
    g_assert_cmpuint(om_object_size(object), ==, 19);
    g_assert_cmpuint(om_object_first_frame(object), ==, 1);
    g_assert_cmpuint(om_object_last_frame(object), ==, 4);
    g_assert_cmpuint(om_object_judged_frame(object), ==, 4);
    g_assert_cmpuint(om_object_refused_status(object), ==, 413);
    g_assert_cmpuint(om_object_failed_report(object, 1), ==, 0);
    g_assert_cmpuint(om_object_failed_report(object, 2), ==, 413);
    g_assert_cmpint(om_body_innermost(om_object_body(object))->encoding, ==, OM_BODY_XML);
    g_assert_nonnull(om_object_digest(object, 0));
    om_model_free(model);
}

static void
test_chunks(void)
{
    struct om_model *model = play();
    const struct om_object *object = only_object(model);
    const struct om_chunk *first = om_object_chunk(object, 0), *second = om_object_chunk(object, 1);
    const struct om_report *report = om_object_report(object, 0);
    guint64 start, end, total;

    g_assert_cmpuint(om_object_chunk_count(object), ==, 2);
    g_assert_null(om_object_chunk(object, 2));
    g_assert_true(om_object_last_chunk(object) == second);
    g_assert_true(om_chunk_object(first) == object && om_chunk_same_leg(first, second));
    g_assert_cmpuint(om_chunk_leg_chunks(first), ==, 2);
    g_assert_cmpstr(om_chunk_tid(second), ==, "t002");
    g_assert_cmpuint(om_chunk_offset(second), ==, 9);
    g_assert_cmpuint(om_chunk_length(second), ==, 10);
    g_assert_true(om_chunk_total(second, &total));
    g_assert_cmpuint(total, ==, 19);
    g_assert_cmpint(om_chunk_flag(first), ==, '+');
    g_assert_cmpuint(om_chunk_response_status(first), ==, 413);
    g_assert_cmpuint(om_chunk_response_frame(second), ==, 5);
    g_assert_true(om_report_answers(report) == second);
    g_assert_true(om_report_range(report, &start, &end));
    g_assert_cmpuint(start, ==, 1);
    g_assert_cmpuint(end, ==, 19);
    g_assert_null(om_object_report(object, 2));
    om_model_free(model);
}

/* The message that ends in a segment: segments hold one piece each. */
static const struct om_message *
message_of(guint segment)
{
    const struct om_piece *piece = om_payload_piece(calls[segment], 0);

    g_assert_nonnull(piece);
    g_assert_cmpint(piece->kind, ==, OM_PIECE_MESSAGE);
    g_assert_null(om_payload_piece(calls[segment], 1));
    return piece->message;
}

static void
test_messages(void)
{
    struct om_model *model = play();
    const struct om_message *first = message_of(2), *second = message_of(3), *answer = message_of(4);
    guint8 bytes[4];
    gint64 taken = 0;
    guint32 begin;

    g_assert_true(om_message_is_push(answer));
    g_assert_true(om_message_request(answer) == second && om_message_response(second) == answer);
    g_assert_true(om_message_answered_chunk(answer) == om_message_chunk(second));
    g_assert_true(om_message_response_time(answer, &taken));
    g_assert_cmpint(taken, ==, 10000000);
    /* The 413 came before the end of what it stops: that took no time. */
    g_assert_nonnull(om_message_response(first));
    g_assert_false(om_message_response_time(first, &taken));
    g_assert_true(om_message_lies_in(second, calls[3], &begin));
    g_assert_cmpuint(begin, ==, 0);
    g_assert_false(om_message_lies_in(first, calls[2], &begin));
    g_assert_nonnull(om_message_raw_head(first));
    g_assert_true(om_message_has_body(first) && om_message_ends_well(first));
    g_assert_cmpuint(om_message_body_kept(first), ==, 9);
    om_message_body_copy(first, sizeof bytes, bytes);
    g_assert_cmpmem(bytes, sizeof bytes, "<ni>", 4);
    g_assert_cmpint(om_message_procedure(message_of(5)), ==, OM_PROC_REPORT);
    om_model_free(model);
}

/* Each finding of the whole is one of its frame, and of its object where it has one. */
static void
test_findings(void)
{
    struct om_model *model = play();
    const struct om_conclusion *conclusion = om_model_conclude(model);
    const GPtrArray *all = om_conclusion_findings(conclusion);
    guint of_object = 0;

    for (guint i = 0; i < all->len; i++) {
        const struct om_finding *finding = g_ptr_array_index(all, i);
        const GPtrArray *here = om_conclusion_findings_at(conclusion, om_finding_frame(finding));

        g_assert_true(here && g_ptr_array_find((GPtrArray *) here, finding, NULL));
        g_assert_cmpstr(om_finding_text(finding), !=, "");
        of_object += om_finding_object(finding) != NULL;
    }
    g_assert_cmpuint(of_object, >, 0);
    g_assert_cmpuint(om_conclusion_findings_of(conclusion, only_object(model))->len, ==, of_object);
    g_assert_null(om_conclusion_findings_at(conclusion, 999));
    g_assert_cmpint(om_object_verdict(only_object(model), conclusion), ==, OM_FAIL);
    om_model_free(model);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/model/object", test_object);
    g_test_add_func("/model/chunks", test_chunks);
    g_test_add_func("/model/messages", test_messages);
    g_test_add_func("/model/findings", test_findings);
    return g_test_run();
}
