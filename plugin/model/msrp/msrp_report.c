/* msrp_report.c
 * REPORTs to their objects (RFC 4975 sections 7.1.2 and 7.1.3).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_private.h"
#include "model/object/report_chunk.h"
#include "model/verify/selector.h"

#include "core/msrp/msrp_uri.h"
#include "core/text/text_hash.h"
#include "core/text/visible.h"

/* The key of the object that is reported, g_free() it; NULL where the REPORT does not say. */
static char *
reported_key(const struct om_direction *dir, const struct om_msrp_head *head)
{
    char *message_id = om_slice_dup_utf8(head->message_id);
    char *key = NULL;

    /* The REPORT comes from where the message went to: ends exchanged (section 7.1.2). */
    if (message_id && dir->from_key && dir->to_key)
        key = g_strdup_printf("%s %s %s", dir->to_key, dir->from_key, message_id);
    g_free(message_id);
    return key;
}

/* A message of this session (NULL: of none) by its Message-ID alone. */
static struct om_object *
named_object(struct om_direction *dir, struct om_session *session, const struct om_msrp_head *head)
{
    struct om_object key = {.session = session, .message_id = om_slice_dup_utf8(head->message_id)};
    struct om_object *object = NULL;

    if (key.message_id)
        object = g_hash_table_lookup(dir->connection->state->by_message_id, &key);
    g_free(key.message_id);
    return object;
}

/* Does it come from somewhere on the message's way, and go to its sender? So does what a relay reports that could not
 * pass the message on: in its own name (RFC 4976 section 6.4). */
static gboolean
from_the_way(const struct om_direction *dir, const struct om_object *object)
{
    char *sender = om_msrp_uri_key(om_msrp_path_last(om_slice_str(object->from_path)));
    gboolean back = g_strcmp0(dir->to_key, sender) == 0;

    g_free(sender);
    return back && dir->from_key && om_leg_names(g_ptr_array_index(object->legs, 0), dir->from_key);
}

/* A REPORT that names other ends than the message had: the Message-ID tells which one is meant. Without a session it is
 * meant where the paths speak for it. */
static struct om_object *
misdirected(struct om_direction *dir, struct om_session *session, const struct om_msrp_head *head)
{
    struct om_object *object = session ? named_object(dir, session, head) : NULL;

    if (object)
        return object;
    object = named_object(dir, NULL, head);
    return object && from_the_way(dir, object) ? object : NULL;
}

static void
check_report_paths(struct om_message *message)
{
    OM_FIND(message, MSRP_PATH, "the REPORT goes from %s to %s, the message went from %.*s to %.*s", message->from_path,
            message->to_path, OM_QUOTE_TEXT(message->object->from_path), OM_QUOTE_TEXT(message->object->to_path));
}

static guint64
known_end(const struct om_object *object)
{
    return object->has_total ? object->total : om_ranges_end(om_store_ranges(object->store));
}

static void
check_syntax(struct om_message *message, const struct om_msrp_head *head)
{
    GString *missing = g_string_new(NULL);

    if (!om_slice_isset(head->report_status_text))
        g_string_append(missing, " Status");
    if (!om_slice_isset(head->message_id))
        g_string_append(missing, " Message-ID");
    if (!om_slice_isset(head->byte_range_text))
        g_string_append(missing, " Byte-Range");
    if (missing->len)
        OM_FIND(message, MSRP_REPORT_SYNTAX, "REPORT without:%s", missing->str);
    g_string_free(missing, TRUE);
    if (om_slice_isset(head->byte_range_text) && !head->byte_range_ok)
        OM_FIND(message, MSRP_REPORT_SYNTAX, "Byte-Range \"%.*s\" is not start-end/total",
                (int) MIN(head->byte_range_text.l, 60), head->byte_range_text.p);
    if (!om_slice_isset(head->report_status_text))
        return;
    if (head->report_status == 0)
        OM_FIND(message, MSRP_REPORT_SYNTAX, "Status \"%.*s\" is not namespace, code and phrase",
                (int) MIN(head->report_status_text.l, 60), head->report_status_text.p);
    else if (head->report_namespace == G_MAXUINT)
        OM_FIND(message, MSRP_REPORT_SYNTAX, "Status \"%.*s\" has no namespace before its code",
                (int) MIN(head->report_status_text.l, 60), head->report_status_text.p);
    else if (head->report_namespace != 0)
        OM_FIND(message, MSRP_REPORT_NAMESPACE, "Status namespace is %03u, RFC 4975 knows 000 only",
                head->report_namespace);
}

/* A SEND of it whose rest is not in the capture yet: captures do not keep the order of two directions. Of a REPORT that
 * waited for bytes before it nobody can tell any more. */
static gboolean
may_be_under_way(const struct om_direction *dir, const struct om_message *message)
{
    const struct om_object *object = message->object;
    const struct om_direction *other = &dir->connection->directions[1 - dir->direction];
    const struct om_message *open = om_stream_open_message(other->stream);

    return !dir->payload || message->frame != dir->payload->frame || (open && open->object == object) ||
           om_direction_lost(other);
}

static void
check_range(const struct om_direction *dir, struct om_message *message, struct om_report *report)
{
    const struct om_object *object = message->object;
    guint64 end = om_ranges_end(om_store_ranges(object->store));

    if (!report->has_range)
        return;
    if (report->has_total && object->has_total && report->total != object->total)
        OM_FIND(message, MSRP_REPORT_RANGE,
                "the REPORT's total is %" G_GUINT64_FORMAT ", the message's %" G_GUINT64_FORMAT, report->total,
                object->total);
    else if (object->has_total && report->end > object->total)
        OM_FIND(message, MSRP_REPORT_RANGE,
                "the REPORT covers bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT
                ", the message has %" G_GUINT64_FORMAT,
                report->start, report->end, object->total);
    else if (report->end > end && !report->end_open && !may_be_under_way(dir, message)) {
        report->too_early = TRUE;
        report->sent = end;
    }
}

void
om_report_conclude(const struct om_message *message, struct om_conclusion *conclusion)
{
    const struct om_report *report = message->report;

    /* Where the capture lost bytes, as may be known later only, they may be those. */
    if (report && report->too_early && !message->object->capture_lost &&
        !om_direction_lost(&message->connection->directions[1 - message->direction]))
        om_conclusion_find(conclusion, OM_RULE_MSRP_REPORT_RANGE, message->frame, message->session, message->object,
                           "the REPORT covers bytes up to %" G_GUINT64_FORMAT ", sent so far were %" G_GUINT64_FORMAT,
                           report->end, report->sent);
}

/* --- the same REPORT on another hop: other hosts or paths, the same words --- */

static gboolean
same_way(const struct om_report *a, const struct om_report *b)
{
    return a->stream == b->stream && a->from_path == b->from_path && a->to_path == b->to_path && a->src == b->src &&
           a->dst == b->dst;
}

static guint
words_hash(gconstpointer data)
{
    const struct om_report *report = data;
    guint64 words[] = {report->start, report->end, report->status};

    return om_hash(om_slice(words, sizeof words));
}

static gboolean
words_equal(gconstpointer a, gconstpointer b)
{
    const struct om_report *x = a, *y = b;

    return x->start == y->start && x->end == y->end && x->status == y->status;
}

/* From the first report on that came on a second leg or connection. The first one with the same words stays. */
static void
begin_words(struct om_object *object)
{
    object->reported_words = g_hash_table_new(words_hash, words_equal);
    for (guint i = object->reports->len; i > 0; i--)
        g_hash_table_replace(object->reported_words, g_ptr_array_index(object->reports, i - 1),
                             g_ptr_array_index(object->reports, i - 1));
}

static gboolean
is_repeated(struct om_object *object, struct om_report *report)
{
    const struct om_report *other;

    if (!object->reported_words && object->reports->len && !same_way(g_ptr_array_index(object->reports, 0), report))
        begin_words(object);
    if (!object->reported_words)
        return FALSE;
    other = g_hash_table_lookup(object->reported_words, report);
    if (!other)
        g_hash_table_add(object->reported_words, report);
    return other && !same_way(other, report);
}

static struct om_report *
make_report(struct om_direction *dir, struct om_message *message, const struct om_msrp_head *head)
{
    struct om_context *context = dir->connection->context;
    struct om_report *report = g_new0(struct om_report, 1);

    report->stream = dir;
    report->frame = message->frame;
    report->time = message->time;
    report->status = head->report_status;
    report->has_range = head->byte_range_ok;
    report->start = head->byte_range.start;
    report->end_open = head->byte_range_ok && head->byte_range.end_open;
    report->end = head->byte_range.end;
    report->has_total = head->byte_range_ok && !head->byte_range.total_open;
    report->total = head->byte_range.total;
    report->src = om_context_intern(context, dir->where.src);
    report->dst = om_context_intern(context, dir->where.dst);
    report->from_path = dir->from_leg;
    report->to_path = dir->to_leg;
    return report;
}

static void
add_report(struct om_object *object, struct om_report *report)
{
    if (report->end_open)
        report->end = known_end(object);
    report->repeated = is_repeated(object, report);
    report->chunk = om_report_chunk(object, report);
    g_ptr_array_add(object->reports, report);
}

void
om_report_settle(struct om_object *object)
{
    if (object->report_frame || !object->reported_frame || om_object_state(object) != OM_COMPLETE ||
        !om_ranges_covers(object->reported, 0, object->total))
        return;
    object->report_frame = object->reported_frame;
    object->report_time = object->reported_time;
}

static void
count_success(struct om_object *object, const struct om_report *report)
{
    gboolean covered =
        object->reported_frame && object->has_total && om_ranges_covers(object->reported, 0, object->total);

    if (!report->has_range)
        return;
    /* Where the sender counts from 0 the receiver may or may not. */
    om_ranges_add(object->reported, report->start ? report->start - 1 : 0,
                  report->end + (object->zero_based && !report->end_open));
    /* With "*" as its end one tells of what came so far: the next one says more, though all seems reported. */
    if (!covered || object->reported_early) {
        object->reported_frame = report->frame;
        object->reported_time = report->time;
        object->report_frame = 0;
    }
    object->reported_early = om_object_state(object) != OM_COMPLETE;
    om_report_settle(object);
}

/* Is every SEND of it in the capture, as far as can be told? */
static gboolean
whole_in_capture(const struct om_direction *dir, const struct om_object *object)
{
    const struct om_direction *other = &dir->connection->directions[1 - dir->direction];

    return other->seen && !other->late_start && !om_direction_lost(other) && !object->capture_lost;
}

static void
take_report(const struct om_direction *dir, struct om_message *message, struct om_report *report, gboolean by_relay)
{
    struct om_object *object = message->object;

    report->by_relay = by_relay;
    add_report(object, report);
    message->report = report;
    if (report->repeated)
        return;
    check_range(dir, message, report);
    if (report->status == 200) {
        if (!object->success_report && whole_in_capture(dir, object))
            OM_FIND(message, MSRP_REPORT_UNWANTED, "no SEND of the message asked for a success report");
        count_success(object, report);
    } else if (report->status) {
        object->report_failed = TRUE;
        om_line_update(object);
        OM_FIND(message, MSRP_REPORT_FAILED,
                "%s%s reports %u for bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT ": %s",
                by_relay ? "the relay " : "the receiver", by_relay ? dir->from_key : "", report->status, report->start,
                report->end, om_status_meaning(report->status));
    }
}

void
om_report_begin(struct om_direction *dir, struct om_message *message, const struct om_msrp_head *head)
{
    const struct om_session_match *match = om_direction_match(dir, message);
    char *key = reported_key(dir, head);
    gboolean by_relay = FALSE;

    message->object = key ? g_hash_table_lookup(dir->connection->state->objects, key) : NULL;
    message->session = message->object ? message->object->session : match ? match->session : NULL;
    check_syntax(message, head);
    if (!message->object && (message->object = misdirected(dir, message->session, head))) {
        by_relay = head->report_status != 200 && from_the_way(dir, message->object);
        if (!by_relay && !om_paths_rewritten(dir, message, message->object->from_path, message->object->to_path, FALSE))
            check_report_paths(message);
    }
    if (message->object)
        take_report(dir, message, make_report(dir, message, head), by_relay);
    else if (key)
        om_early_answers_keep(&dir->connection->state->reports, key, message, message->time,
                              make_report(dir, message, head));
    g_free(key);
}

void
om_report_awaited(struct om_message *message, const char *key)
{
    struct om_early_answers *reports = message->connection->state->reports;
    struct om_report *report;
    struct om_message *early;

    while ((early = om_early_answers_take(reports, key, message->begin_time, &report))) {
        early->object = message->object;
        early->session = message->object->session;
        take_report(&early->connection->directions[early->direction], early, report, FALSE);
        report->too_early = FALSE; /* what else it covers may follow as late as this did */
    }
}

void
om_report_end(struct om_message *message)
{
    struct om_object *object = message->object;

    if (object->report_frame == message->report->frame) {
        object->report_frame = message->frame;
        object->report_time = message->time;
    }
    if (object->reported_frame == message->report->frame) {
        object->reported_frame = message->frame;
        object->reported_time = message->time;
    }
    message->report->frame = message->frame;
    message->report->time = message->time;
}
