/* test_report_chunk.c
 * Which chunk each REPORT answers, and how long that took.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "support/flow.h"

static const struct om_options options = {.verify = TRUE, .max_object = 1 << 20};

/* For each REPORT the place of its chunk among the object's, and the milliseconds from there: frames are 10 ms apart. */
static const struct {
    const char *name;
    struct {
        enum flow_what what;
        const char *text;
    } events[FLOW_EVENTS];
    const char *answered;
} cases[] = {
    {"one REPORT for all",
     {{FLOW_AB, CHUNK_TO_REPORT("a001", "1-9/19", PART_1, "+")},
      {FLOW_AB, CHUNK_TO_REPORT("a002", "10-19/19", PART_2, "$")},
      {FLOW_BA, REPORT("b001", "1-19/19", "000 200 OK")}},
     "2:10"},
    {"one for each chunk, behind all of them: none is from the last chunk",
     {{FLOW_AB, CHUNK_TO_REPORT("a001", "1-9/19", PART_1, "+")},
      {FLOW_AB, CHUNK_TO_REPORT("a002", "10-19/19", PART_2, "$")},
      {FLOW_BA, REPORT("b001", "1-9/19", "000 200 OK")},
      {FLOW_BA, REPORT("b002", "10-19/19", "000 200 OK")}},
     "1:20 2:20"},
    {"what comes later does not change what a REPORT was for",
     {{FLOW_AB, CHUNK_TO_REPORT("a001", "1-9/19", PART_1, "+")},
      {FLOW_BA, REPORT("b001", "1-9/19", "000 200 OK")},
      {FLOW_AB, CHUNK_TO_REPORT("a002", "10-19/19", PART_2, "$")},
      {FLOW_AB, CHUNK_TO_REPORT("a003", "1-9/19", PART_1, "+")}},
     "1:10"},
    {"out of order: the chunk that came last, not the one with the last byte",
     {{FLOW_AB, CHUNK_TO_REPORT("a002", "10-19/19", PART_2, "$")},
      {FLOW_AB, CHUNK_TO_REPORT("a001", "1-9/19", PART_1, "+")},
      {FLOW_BA, REPORT("b001", "1-19/19", "000 200 OK")},
      {FLOW_BA, REPORT("b002", "10-19/*", "000 200 OK")}},
     "2:10 1:30"},
    {"end and total not told",
     {{FLOW_AB, CHUNK_TO_REPORT("a001", "1-9/19", PART_1, "+")}, {FLOW_BA, REPORT("b001", "1-*/*", "000 200 OK")}},
     "1:10"},
    {"captured before the end of what it reports",
     {{FLOW_AB, "MSRP a001 SEND\r\n" TO_BOB "Message-ID: m1\r\nByte-Range: 1-19/19\r\nSuccess-Report: yes\r\n" PUSH_TYPE
                "\r\n" PART_1},
      {FLOW_BA, REPORT("b001", "1-19/19", "000 200 OK")},
      {FLOW_AB, PART_2 "\r\n" END_LINE("a001", "$")}},
     "none"},
};

static char *
answered(const struct om_object *object)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < object->reports->len; i++) {
        const struct om_report *report = g_ptr_array_index(object->reports, i);

        g_string_append(text, text->len ? " " : "");
        if (report->chunk)
            g_string_append_printf(text, "%u:%" G_GINT64_FORMAT, report->chunk->index + 1,
                                   (report->time - report->chunk->end_time) / 1000000);
        else
            g_string_append(text, "none");
    }
    return g_string_free(text, FALSE);
}

static void
test_case(gconstpointer data)
{
    gsize at = GPOINTER_TO_SIZE(data);
    struct flow_play play;
    char *text;

    flow_begin(&play, &options, 0);
    for (guint i = 0; i < FLOW_EVENTS && cases[at].events[i].what; i++)
        flow_event(&play, cases[at].events[i].what, cases[at].events[i].text);
    text = answered(g_ptr_array_index(om_model_objects(play.model), 0));
    g_assert_cmpstr(text, ==, cases[at].answered);
    g_free(text);
    om_model_free(play.model);
}

/* Many more REPORTs than chunks are looked at one by one, all behind the last chunk. */
static void
test_many(void)
{
    enum { MANY = 1000 };
    struct flow_play play;
    const struct om_object *object;

    flow_begin(&play, &options, 0);
    for (guint i = 1; i <= MANY; i++) {
        char *event =
            g_strdup_printf(CHUNK_TO_REPORT("a%04u", "%u-%u/1000", "x", "%s"), i, i, i, i, i == MANY ? "$" : "+");

        flow_event(&play, FLOW_AB, event);
        g_free(event);
    }
    for (guint i = 1; i <= MANY; i++) {
        char *event = g_strdup_printf(REPORT("b%04u", "%u-%u/1000", "000 200 OK"), i, i, i, i);

        flow_event(&play, FLOW_BA, event);
        g_free(event);
    }
    object = g_ptr_array_index(om_model_objects(play.model), 0);
    g_assert_cmpuint(object->reports->len, ==, MANY);
    for (guint i = 0; i < MANY; i++)
        g_assert_cmpuint(((const struct om_report *) g_ptr_array_index(object->reports, i))->chunk->index, ==, i);
    om_model_free(play.model);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *path = g_strdup_printf("/report_chunk/%s", cases[i].name);

        g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_case);
        g_free(path);
    }
    g_test_add_func("/report_chunk/many", test_many);
    return g_test_run();
}
