/* sip_fixture.h
 * Feeds SIP messages as text into a model and looks at what is found.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef SIP_FIXTURE_H
#define SIP_FIXTURE_H

#include "model/model_private.h"

#define MS 1000000 /* nanoseconds */

struct fixture {
    struct om_model *model;
    GPtrArray *records; /* struct om_sip_record * or NULL, by frame - 1 */
};

static inline void
fixture_begin(struct fixture *f, gboolean all_msrp)
{
    static char *icsis[] = {(char *) "omapush", (char *) "oma.push", NULL};
    const struct om_options options = {icsis, all_msrp, TRUE, 1 << 28};

    f->model = om_model_new(&options);
    f->records = g_ptr_array_new_with_free_func((GDestroyNotify) om_sip_record_free);
}

static inline void
fixture_end(struct fixture *f)
{
    g_ptr_array_unref(f->records);
    om_model_free(f->model);
}

/* The next frame: 10 ms after the one before. The text is parsed in a block of exactly its size. */
static inline const struct om_sip_record *
feed_bytes(struct fixture *f, const char *src, const char *dst, const char *text, gsize length, gboolean cut)
{
    char *block = g_memdup2(text, length);
    guint32 number = f->records->len + 1;
    const struct om_frame frame = {.number = number,
                                   .time = number * 10 * (gint64) MS,
                                   .src = src,
                                   .dst = dst,
                                   .src_port = 5060,
                                   .dst_port = 5060,
                                   .cut = cut};
    struct om_sip_record *record;
    struct om_sip_msg msg;

    g_assert_true(om_sip_msg_parse(om_slice(block, length), &msg));
    record = om_model_sip(f->model, &frame, &msg);
    om_sip_msg_clear(&msg);
    g_free(block);
    g_ptr_array_add(f->records, record);
    return record;
}

static inline const struct om_sip_record *
feed(struct fixture *f, const char *src, const char *dst, const char *text)
{
    return feed_bytes(f, src, dst, text, strlen(text), FALSE);
}

/* Of the text only the first bytes, for the capture has no more. */
static inline void
feed_cut(struct fixture *f, const char *src, const char *dst, const char *text, gsize length)
{
    feed_bytes(f, src, dst, text, length, TRUE);
}

static inline void
append_lines(GString *text, const char *lines)
{
    for (const char *c = lines; *c; c++) {
        if (*c == '\n' && (c == lines || c[-1] != '\r'))
            g_string_append_c(text, '\r');
        g_string_append_c(text, *c);
    }
}

/* Lines that end with LF become lines that end with CRLF; the right Content-Length is put in. g_free() it. */
static inline char *
sip(const char *head, const char *body)
{
    GString *text = g_string_new(NULL);
    GString *content = g_string_new(NULL);

    append_lines(content, body ? body : "");
    append_lines(text, head);
    g_string_append_printf(text, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", content->len, content->str);
    g_string_free(content, TRUE);
    return g_string_free(text, FALSE);
}

/* The same, fed: head and body. */
static inline const struct om_sip_record *
feed_sip(struct fixture *f, const char *src, const char *dst, const char *head, const char *body)
{
    char *text = sip(head, body);
    const struct om_sip_record *record = feed(f, src, dst, text);

    g_free(text);
    return record;
}

/* Findings of that rule, with what the end of the capture proves; at that frame (all: 0). NULL: of all rules but
 * FILE-NOT-SEEN, for the sessions here have no MSRP. */
static inline guint
findings(const struct fixture *f, const char *rule, guint32 frame)
{
    const struct om_conclusion *conclusion = om_model_conclude(f->model);
    guint count = 0;

    for (guint i = 0; i < conclusion->findings->len; i++) {
        const struct om_finding *finding = g_ptr_array_index(conclusion->findings, i);

        if (rule ? strcmp(om_rule_info(finding->rule)->id, rule) != 0 : finding->rule == OM_RULE_FILE_NOT_SEEN)
            continue;
        count += !frame || finding->frame == frame;
    }
    return count;
}

static inline void
print_findings(const struct fixture *f)
{
    const struct om_conclusion *conclusion = om_model_conclude(f->model);

    for (guint i = 0; i < conclusion->findings->len; i++) {
        const struct om_finding *finding = g_ptr_array_index(conclusion->findings, i);

        g_test_message("frame %u: %s: %s", finding->frame, om_rule_info(finding->rule)->id, finding->text);
    }
}

/* Findings that are more than a note; that a file is refused departs from nothing. */
static inline guint
departures(const struct fixture *f)
{
    const struct om_conclusion *conclusion = om_model_conclude(f->model);
    guint count = 0;

    for (guint i = 0; i < conclusion->findings->len; i++) {
        const struct om_finding *finding = g_ptr_array_index(conclusion->findings, i);

        count += om_rule_info(finding->rule)->severity != OM_NOTE && finding->rule != OM_RULE_SDP_REFUSED;
    }
    return count;
}

static inline const struct om_session *
session_at(const struct fixture *f, guint index)
{
    g_assert_cmpuint(index, <, om_model_sessions(f->model)->len);
    return g_ptr_array_index(om_model_sessions(f->model), index);
}

static inline const struct om_registration *
registration_at(const struct fixture *f, guint index)
{
    g_assert_cmpuint(index, <, om_model_registrations(f->model)->len);
    return g_ptr_array_index(om_model_registrations(f->model), index);
}

static inline const struct om_sip_record *
record_at(const struct fixture *f, guint32 frame)
{
    return g_ptr_array_index(f->records, frame - 1);
}

#endif
