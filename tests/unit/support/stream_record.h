/* stream_record.h
 * A handler that writes down what a stream tells, in a form that two runs can be compared by.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_STREAM_RECORD_H
#define OM_STREAM_RECORD_H

#include "model/stream/stream.h"

struct told {
    char *tid;
    enum om_msrp_method method;
    om_position begin, end;
    gsize head;        /* length of raw */
    GByteArray *body;  /* bytes by offset */
    GByteArray *known; /* 1: told, 0: not */
    guint64 lost;      /* bytes that lost() told in all */
    gboolean ended;
    guint ends; /* how often end() was told */
    struct om_message_end info;
};

struct record {
    GPtrArray *messages; /* struct told * */
    GString *junk;       /* one letter a piece, joined: "D:garbage|O:-------x$\r\n|" */
    gint junk_last;
    guint twice; /* body bytes told twice */
    guint events;
};

static inline void
told_free(gpointer data)
{
    struct told *told = data;

    g_free(told->tid);
    g_byte_array_unref(told->body);
    g_byte_array_unref(told->known);
    g_free(told);
}

static inline void *
record_begin(void *user, const struct om_msrp_head *head, struct om_slice raw, om_position begin)
{
    struct record *record = user;
    struct told *told = g_new0(struct told, 1);

    told->tid = om_slice_dup(head->tid);
    told->method = head->method;
    told->begin = begin;
    told->head = raw.l;
    told->body = g_byte_array_new();
    told->known = g_byte_array_new();
    g_ptr_array_add(record->messages, told);
    record->junk_last = -1;
    record->events++;
    return told;
}

static inline void
record_body(void *user, void *message, guint64 offset, struct om_slice bytes)
{
    struct record *record = user;
    struct told *told = message;
    guint old = told->body->len;

    g_assert_cmpuint(bytes.l, >, 0);
    g_assert_cmpuint(offset + bytes.l, <, 1u << 30);
    record->events++;
    if (offset + bytes.l > old) {
        g_byte_array_set_size(told->body, (guint) (offset + bytes.l));
        g_byte_array_set_size(told->known, (guint) (offset + bytes.l));
        memset(told->body->data + old, 0, offset + bytes.l - old);
        memset(told->known->data + old, 0, offset + bytes.l - old);
    }
    for (gsize i = 0; i < bytes.l; i++) {
        record->twice += told->known->data[offset + i];
        told->known->data[offset + i] = 1;
    }
    memcpy(told->body->data + offset, bytes.p, bytes.l);
}

static inline void
record_lost(void *user, void *message, guint64 offset, guint64 length)
{
    (void) user, (void) offset;
    g_assert_cmpuint(length, >, 0);
    ((struct told *) message)->lost += length;
}

static inline void
record_end(void *user, void *message, const struct om_message_end *info, om_position end)
{
    struct record *record = user;
    struct told *told = message;

    told->ended = TRUE;
    told->ends++;
    told->info = *info;
    told->end = end;
    record->junk_last = -1;
    record->events++;
    g_assert_cmpuint(end, >=, told->begin + told->head);
    if (!info->has_body)
        g_assert_cmpuint(info->body_length, ==, 0);
}

static inline void
record_junk(void *user, enum om_junk why, struct om_slice bytes, om_position at)
{
    struct record *record = user;

    (void) at;
    g_assert_cmpuint(bytes.l, >, 0);
    if (record->junk_last != (gint) why || why == OM_JUNK_ORPHAN_END_LINE)
        g_string_append_printf(record->junk, "|%c:", "LAODB"[why]);
    g_string_append_len(record->junk, bytes.p, (gssize) bytes.l);
    record->junk_last = (gint) why;
    record->events++;
}

static const struct om_stream_handler record_handler = {
    .begin = record_begin, .body = record_body, .lost = record_lost, .end = record_end, .junk = record_junk};

static inline struct record *
record_new(void)
{
    struct record *record = g_new0(struct record, 1);

    record->messages = g_ptr_array_new_with_free_func(told_free);
    record->junk = g_string_new(NULL);
    record->junk_last = -1;
    return record;
}

static inline void
record_free(struct record *record)
{
    g_ptr_array_unref(record->messages);
    g_string_free(record->junk, TRUE);
    g_free(record);
}

static inline gint
told_compare(gconstpointer a, gconstpointer b)
{
    const struct told *x = *(struct told *const *) a, *y = *(struct told *const *) b;

    return x->begin < y->begin ? -1 : x->begin > y->begin;
}

static inline void
append_bytes(GString *text, const guint8 *data, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        if (g_ascii_isprint(data[i]) && data[i] != '%')
            g_string_append_c(text, (char) data[i]);
        else
            g_string_append_printf(text, "%%%02x", data[i]);
    }
}

/** The messages as text, by position: equal texts mean equal objects. Unknown body bytes are "?". */
static inline char *
record_text(struct record *record)
{
    GString *text = g_string_new(NULL);

    g_ptr_array_sort(record->messages, told_compare);
    for (guint i = 0; i < record->messages->len; i++) {
        const struct told *told = g_ptr_array_index(record->messages, i);
        const struct om_message_end *info = &told->info;

        g_string_append_printf(text, "%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT " %s", told->begin, told->end,
                               told->tid);
        if (!told->ended)
            g_string_append(text, " open");
        if (info->flag)
            g_string_append_printf(text, " %c", info->flag);
        g_string_append_printf(text, "%s%s%s%s%s%s", info->lost ? " lost" : "", info->spaced ? " spaced" : "",
                               info->bad_flag ? " bad-flag" : "", info->no_crlf ? " no-crlf" : "",
                               info->bare_lf ? " bare-lf" : "", info->other_id ? " other-id" : "");
        if (info->has_body)
            g_string_append_printf(text, " %" G_GUINT64_FORMAT " @%" G_GUINT64_FORMAT, info->body_length,
                                   info->end_line);
        g_string_append(text, " [");
        for (guint k = 0; k < told->body->len; k++) {
            if (told->known->data[k])
                append_bytes(text, told->body->data + k, 1);
            else
                g_string_append_c(text, '?');
        }
        g_string_append(text, "]\n");
    }
    return g_string_free(text, FALSE);
}

#endif
