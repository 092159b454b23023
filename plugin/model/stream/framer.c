/* framer.c
 * The loop, start lines, heads, and the end of the bytes.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "possible_end.h"

struct om_framer *
om_framer_new(const struct om_stream_handler *handler, void *user)
{
    struct om_framer *framer = g_new0(struct om_framer, 1);

    framer->handler = handler;
    framer->user = user;
    framer->gap_end = framer->tail_end = G_MAXUINT64;
    return framer;
}

void
om_framer_free(struct om_framer *framer)
{
    if (!framer)
        return;
    if (framer->kept)
        g_byte_array_unref(framer->kept);
    om_held_clear(&framer->held);
    om_possible_end_free(framer->possible_end);
    om_framed_unref(framer->framed);
    g_free(framer);
}

/* --- for the steps --- */

void
om_framer_take(struct om_framer *framer, struct om_slice *rest, gsize n)
{
    *rest = om_slice_from(*rest, n);
    framer->position += n;
    framer->searched -= MIN(framer->searched, n);
}

void
om_framer_enter(struct om_framer *framer, enum om_framer_state state)
{
    framer->state = state;
    framer->searched = 0;
    framer->behind_end_line = FALSE;
    framer->begun = TRUE;
    framer->head = (struct om_head_scan){0};
}

void
om_framer_junk(struct om_framer *framer, enum om_junk why, struct om_slice *rest, gsize n)
{
    if (!n)
        return;
    framer->handler->junk(framer->user, why, om_slice_head(*rest, n), framer->position);
    framer->behind_end_line = FALSE;
    om_framer_take(framer, rest, n);
}

void
om_framer_end(struct om_framer *framer, const struct om_message_end *info, om_position end)
{
    struct om_framed *framed = framer->framed;

    framed->ended = TRUE;
    framed->length = info->body_length;
    if (info->body_length > framer->told)
        framer->handler->lost(framer->user, framed->message, framer->told, info->body_length - framer->told);
    framer->handler->end(framer->user, framed->message, info, end);
    om_framer_enter(framer, OM_FRAMER_BETWEEN);
}

/* --- between messages --- */

static gboolean
between_step(struct om_framer *framer, struct om_slice *rest, gboolean last)
{
    enum om_match match;
    gsize n = 0;

    while (n < rest->l && (rest->p[n] == '\r' || rest->p[n] == '\n'))
        n++;
    if (n) {
        om_framer_junk(framer, OM_JUNK_BLANK, rest, n);
        return TRUE;
    }
    match = om_msrp_start_line_match(*rest, &n);
    if (match == OM_MATCH_MORE && !last)
        return FALSE;
    if (match == OM_MATCH_YES) {
        om_framer_enter(framer, OM_FRAMER_HEAD);
        return TRUE;
    }
    framer->why = framer->begun ? OM_JUNK_DAMAGE : OM_JUNK_LATE_START;
    om_framer_enter(framer, OM_FRAMER_SEEK);
    return TRUE;
}

/* --- heads --- */

/* The head is complete: begin() with its first `length` bytes. */
static void
begin_message(struct om_framer *framer, struct om_slice *rest, gsize length)
{
    struct om_slice raw = om_slice_head(*rest, length);
    struct om_msrp_head head;

    om_msrp_head_parse(raw, &head);
    om_framed_unref(framer->framed);
    framer->framed = om_framed_new(&head, framer->position);
    framer->framed->body = framer->position + length;
    framer->framed->message = framer->handler->begin(framer->user, &head, raw, framer->position);
    framer->offset = framer->told = framer->gap_offset = 0;
    framer->unsure = framer->overfull = framer->beyond = framer->foreign = FALSE;
    om_framer_take(framer, rest, length);
}

/* The end-line stands among the headers, or (line == NULL) the next message does. */
static void
end_without_body(struct om_framer *framer, struct om_slice *rest, const struct om_end_line *line, gboolean other_id)
{
    struct om_message_end info = {.end_line = framer->position, .lost = !line, .other_id = other_id};

    if (line) {
        info.flag = line->flag;
        info.spaced = line->spaced;
        info.bad_flag = line->bad_flag;
        info.bare_lf = line->bare_lf;
        om_framer_take(framer, rest, line->length);
    }
    om_framer_end(framer, &info, framer->position);
}

static gboolean
head_step(struct om_framer *framer, struct om_slice *rest, gboolean last)
{
    enum om_head_end end = om_head_scan(&framer->head, *rest, last);
    struct om_head_scan found = framer->head;

    switch (end) {
    case OM_HEAD_MORE:
        return FALSE;
    case OM_HEAD_TOO_LONG:
        framer->why = OM_JUNK_DAMAGE;
        om_framer_junk(framer, framer->why, rest, OM_HEAD_LIMIT);
        om_framer_enter(framer, OM_FRAMER_SEEK);
        return TRUE;
    case OM_HEAD_BODY:
        begin_message(framer, rest, found.length);
        om_framer_enter(framer, OM_FRAMER_BODY);
        return TRUE;
    case OM_HEAD_END_LINE:
    case OM_HEAD_NEXT:
        begin_message(framer, rest, found.length);
        end_without_body(framer, rest, end == OM_HEAD_END_LINE ? &found.end_line : NULL, found.other_id);
        return TRUE;
    }
    return FALSE;
}

/* --- the loop --- */

static void
run(struct om_framer *framer, struct om_slice *rest, gboolean last)
{
    gboolean more = TRUE;

    while (more && rest->l > 0 && !framer->stopped) {
        switch (framer->state) {
        case OM_FRAMER_BETWEEN:
            more = between_step(framer, rest, last);
            break;
        case OM_FRAMER_HEAD:
            more = head_step(framer, rest, last);
            break;
        case OM_FRAMER_BODY:
            more = om_framer_body_step(framer, rest, last);
            break;
        case OM_FRAMER_SEEK:
            more = om_framer_seek_step(framer, rest, last);
            break;
        }
    }
}

static struct om_slice
undecided(const struct om_framer *framer)
{
    return framer->kept ? om_slice(framer->kept->data, framer->kept->len) : OM_SLICE_NULL;
}

/* Decides as much of the undecided bytes as can be. */
static void
run_kept(struct om_framer *framer, gboolean last)
{
    struct om_slice rest = undecided(framer);

    run(framer, &rest, last);
    if (!framer->kept)
        return;
    if (!rest.l)
        g_clear_pointer(&framer->kept, g_byte_array_unref);
    else if (rest.l < framer->kept->len) /* removing nothing would move everything */
        g_byte_array_remove_range(framer->kept, 0, framer->kept->len - (guint) rest.l);
}

void
om_framer_push(struct om_framer *framer, struct om_slice bytes)
{
    struct om_slice rest = bytes;

    /* One that begins in undecided bytes may still have a start line at it. */
    if (!framer->kept || framer->edge < framer->position)
        framer->edge = om_framer_position(framer);
    if (framer->kept) {
        g_byte_array_append(framer->kept, (const guint8 *) bytes.p, (guint) bytes.l);
        run_kept(framer, FALSE);
        return;
    }
    run(framer, &rest, FALSE);
    if (rest.l) {
        framer->kept = g_byte_array_new();
        g_byte_array_append(framer->kept, (const guint8 *) rest.p, (guint) rest.l);
    }
}

gboolean
om_framer_settle(struct om_framer *framer)
{
    om_position position = framer->position;

    framer->settling = TRUE;
    run_kept(framer, FALSE);
    framer->settling = FALSE;
    return framer->position != position;
}

/* What the steps left: a message or a head that is cut off. */
static gboolean
cut_off(struct om_framer *framer, struct om_slice *rest)
{
    enum om_framer_state state = framer->state;

    if (state == OM_FRAMER_BODY)
        om_framer_cut_body(framer, rest);
    om_framer_junk(framer, framer->state == OM_FRAMER_SEEK ? framer->why : OM_JUNK_DAMAGE, rest, rest->l);
    if (state == OM_FRAMER_HEAD)
        om_framer_enter(framer, OM_FRAMER_BETWEEN);
    return state == OM_FRAMER_BODY || state == OM_FRAMER_HEAD;
}

gboolean
om_framer_finish(struct om_framer *framer)
{
    GByteArray *kept = framer->kept;
    struct om_slice rest = undecided(framer);
    gboolean cut;

    run(framer, &rest, TRUE);
    cut = cut_off(framer, &rest);
    framer->kept = NULL;
    if (kept)
        g_byte_array_unref(kept);
    return cut;
}

/* --- what others ask --- */

enum om_framer_state
om_framer_state(const struct om_framer *framer)
{
    return framer->state;
}

om_position
om_framer_position(const struct om_framer *framer)
{
    return framer->position + (framer->kept ? framer->kept->len : 0);
}

struct om_framed *
om_framer_open(const struct om_framer *framer)
{
    return framer->state == OM_FRAMER_BODY ? framer->framed : NULL;
}

void
om_framer_forget(struct om_framer *framer)
{
    if (framer->state != OM_FRAMER_BODY)
        g_clear_pointer(&framer->framed, om_framed_unref);
}

gboolean
om_framer_idle(const struct om_framer *framer)
{
    return (framer->state == OM_FRAMER_BETWEEN || framer->state == OM_FRAMER_SEEK) && !framer->kept;
}
