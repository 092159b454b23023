/* fuzz_model.c
 * libFuzzer target: a script of events, SIP and MSRP on several connections together, through the whole model.
 *
 * Events are parted by the byte 0x1E. The first byte of each: low nibble what it is (enum what), then two bits of
 * connection (or of hosts), one of direction. The second is a number, the rest bytes.
 * - The model tells the same whether or not somebody looked at everything after each event.
 * - It tells the same objects and findings however the bytes of a frame are cut, where none are missing.
 * - What it tells of an object fits together: digests are those of the bytes, sizes no more than what came, findings
 *   at frames there were.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/model_private.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

#define SEPARATOR   0x1e
#define CONNECTIONS 4
#define WEBSOCKET   3 /* the place of it */
#define EVENTS_MAX  200

enum what {
    SIP,
    BYTES,  /* in order: the next segment */
    LOSE,   /* the next segment, which the capture has not */
    AGAIN,  /* bytes that begin `number` before the next segment */
    HOLD,   /* the next segment, but behind the event after it */
    PIECES, /* in order, in segments of `number` bytes */
    GAP,    /* `number` times 1000 bytes that the capture has not */
    CLOSE,
    OPENED,
    WAIT, /* `number` seconds */
    NEW,  /* a new connection in this place */
    NO_SUBPROTOCOL,
    JUMP, /* sequence numbers go on elsewhere */
};

struct event {
    enum what what;
    guint place;
    guint direction;
    guint number;
    struct om_slice bytes;
};

struct play {
    struct om_model *model;
    struct om_connection *connections[CONNECTIONS];
    guint32 seq[CONNECTIONS][2];
    struct om_frame frame;
    struct event held;
    guint32 held_seq;
    gboolean holds;
    GPtrArray *records;
    guint64 fed;
    gsize cut;     /* every run of bytes is cut into runs of that many; 0: left whole */
    gboolean tidy; /* all came in order, and once */
};

static void
next_frame(struct play *play, guint place, guint direction)
{
    static const char *const hosts[CONNECTIONS] = {"192.0.2.1", "192.0.2.3", "2001:db8::1", "192.0.2.4"};

    play->frame.number++;
    play->frame.time += 10 * G_GINT64_CONSTANT(1000000);
    play->frame.src = direction ? "192.0.2.2" : hosts[place];
    play->frame.dst = direction ? hosts[place] : "192.0.2.2";
    play->frame.src_port = direction ? 2855 : (guint16) (40000 + place);
    play->frame.dst_port = direction ? (guint16) (40000 + place) : 2855;
}

static void
connect(struct play *play, guint place)
{
    static const enum om_transport transports[CONNECTIONS] = {OM_TRANSPORT_TCP, OM_TRANSPORT_TCP, OM_TRANSPORT_TLS,
                                                              OM_TRANSPORT_WS};

    play->connections[place] = om_model_connection(play->model, transports[place]);
    play->seq[place][0] = 0xFFFFFF00u;
    play->seq[place][1] = 1000;
}

/* From a block of exactly its size, so that reading beyond it is seen. */
static void
feed(struct play *play, const struct event *event, guint32 seq, struct om_slice bytes)
{
    struct om_connection *connection = play->connections[event->place];
    char *block = g_memdup2(bytes.p, bytes.l);

    play->fed += bytes.l;
    if (om_connection_transport(connection) == OM_TRANSPORT_TCP)
        om_connection_segment(connection, event->direction, &play->frame, seq, om_slice(block, bytes.l));
    else if (om_connection_transport(connection) == OM_TRANSPORT_TLS)
        om_connection_bytes(connection, event->direction, &play->frame, om_slice(block, bytes.l));
    else
        om_connection_ws(connection, event->direction, &play->frame, om_slice(block, bytes.l), event->number & 1);
    g_free(block);
}

/* One frame. */
static void
segment(struct play *play, const struct event *event, guint32 seq, struct om_slice bytes)
{
    gsize piece = play->cut && event->place != WEBSOCKET ? play->cut : MAX(bytes.l, 1);

    next_frame(play, event->place, event->direction);
    for (gsize at = 0; at < bytes.l; at += piece) {
        gsize length = MIN(piece, bytes.l - at);

        feed(play, event, seq, om_slice(bytes.p + at, length));
        seq += (guint32) length;
    }
}

static void
in_order(struct play *play, const struct event *event)
{
    guint32 *seq = &play->seq[event->place][event->direction];
    gsize piece = event->what == PIECES ? event->number + 1 : MAX(event->bytes.l, 1);

    for (gsize at = 0; at < event->bytes.l; at += piece) {
        gsize length = MIN(piece, event->bytes.l - at);

        segment(play, event, *seq, om_slice(event->bytes.p + at, length));
        *seq += (guint32) length;
    }
}

static void
release(struct play *play)
{
    if (!play->holds)
        return;
    play->holds = FALSE;
    segment(play, &play->held, play->held_seq, play->held.bytes);
}

static void
sip(struct play *play, const struct event *event)
{
    struct om_sip_msg msg;

    next_frame(play, event->place, event->direction);
    play->frame.cut = event->number & 1;
    play->fed += event->bytes.l;
    if (om_sip_msg_parse(event->bytes, &msg)) {
        g_ptr_array_add(play->records, om_model_sip(play->model, &play->frame, &msg));
        om_sip_msg_clear(&msg);
    }
    play->frame.cut = FALSE;
}

static void
play_event(struct play *play, const struct event *event)
{
    guint32 *seq = &play->seq[event->place][event->direction];

    if (event->what == LOSE || event->what == AGAIN || event->what == HOLD || event->what == GAP || event->what == JUMP)
        play->tidy = FALSE;
    switch (event->what) {
    case SIP:
        sip(play, event);
        break;
    case BYTES:
    case PIECES:
        in_order(play, event);
        break;
    case LOSE:
        *seq += (guint32) event->bytes.l;
        break;
    case AGAIN:
        segment(play, event, *seq - event->number, event->bytes);
        break;
    case HOLD:
        release(play);
        play->held = *event;
        play->held_seq = *seq;
        *seq += (guint32) event->bytes.l;
        play->holds = TRUE;
        return;
    case GAP:
        *seq += 1000 * event->number;
        break;
    case CLOSE:
        next_frame(play, event->place, event->direction);
        om_connection_closed(play->connections[event->place], 0, &play->frame, FALSE);
        break;
    case OPENED:
        om_connection_opened_by(play->connections[event->place], event->direction);
        break;
    case WAIT:
        play->frame.time += event->number * G_GINT64_CONSTANT(1000000000);
        break;
    case NEW:
        release(play);
        connect(play, event->place);
        for (guint i = 0; i < 2 && !(event->number & 1); i++)
            om_connection_starts(play->connections[event->place], i, play->seq[event->place][i]);
        break;
    case NO_SUBPROTOCOL:
        om_connection_no_subprotocol(play->connections[event->place]);
        break;
    case JUMP:
        *seq += event->number << 24;
        break;
    }
    release(play);
}

/* --- what the model tells --- */

static void
check_digests(struct om_object *object)
{
    struct om_slice bytes = om_object_bytes(object);
    struct om_digest digest;

    if (om_object_state(object) != OM_COMPLETE || om_store_given_up(object->store) || !object->digests->len)
        return;
    g_assert_cmpuint(bytes.l, >=, object->total); /* more, where the sender counts otherwise */
    for (guint i = 0; i < object->digests->len; i++) {
        const struct om_digest *told = &g_array_index(object->digests, struct om_digest, i);

        if (!om_digest_compute(told->algorithm, bytes, &digest))
            g_assert_not_reached();
        g_assert_true(om_digest_equal(&digest, told->value, told->length));
    }
}

static void
object_text(GString *text, struct om_model *model, struct om_object *object)
{
    char *name;
    GBytes *bytes;

    om_object_assess(object);
    name = om_object_export_name(object);
    bytes = om_object_export(object);
    check_digests(object);
    g_assert_true(g_utf8_validate(name, -1, NULL) && !strchr(name, '/') && name[0] != '.');
    g_string_append_printf(
        text,
        "object %u %s: %s, %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT ", %s, %s, %u chunks, %u reports, %u hops, "
        "%" G_GUINT64_FORMAT " missing, %" G_GSIZE_FORMAT " to export, frames %u to %u, session %u: %s\n",
        object->id, name, om_state_name(om_object_state(object)), om_object_size(object), object->total,
        om_verification_name(object->verification.result), object->verification.algorithm, object->chunks->len,
        object->reports->len, om_object_hops(object), om_object_missing(object), bytes ? g_bytes_get_size(bytes) : 0,
        object->first_frame, object->last_frame, object->session ? object->session->id : 0,
        om_verdict_name(om_object_verdict(object, om_model_conclude(model))));
    g_bytes_unref(bytes);
    g_free(name);
}

/* Which of two is found first at a frame may depend on how its bytes were cut. */
static gint
compare_findings(gconstpointer a, gconstpointer b)
{
    const struct om_finding *x = *(const struct om_finding *const *) a;
    const struct om_finding *y = *(const struct om_finding *const *) b;

    if (x->frame != y->frame)
        return x->frame < y->frame ? -1 : 1;
    return (gint) x->rule - (gint) y->rule;
}

static void
findings_text(GString *text, const struct play *play)
{
    GPtrArray *findings = g_ptr_array_copy(om_model_conclude(play->model)->findings, NULL, NULL);

    g_ptr_array_sort(findings, compare_findings);
    for (guint i = 0; i < findings->len; i++) {
        const struct om_finding *finding = g_ptr_array_index(findings, i);

        g_assert_true(finding->frame > 0 && finding->frame <= play->frame.number);
        g_assert_true(g_utf8_validate(finding->text, -1, NULL));
        g_string_append_printf(text, "%s@%u\n", om_rule_info(finding->rule)->id, finding->frame);
    }
    g_ptr_array_unref(findings);
}

static char *
model_text(const struct play *play)
{
    struct om_model *model = play->model;
    GString *text = g_string_new(NULL);

    /* As outputs and later visits do: selectors are given to objects there, by all that is known of all of them. */
    om_model_conclude(model);
    for (guint i = 0; i < om_model_objects(model)->len; i++) {
        struct om_object *object = g_ptr_array_index(om_model_objects(model), i);

        g_assert_cmpuint(object->id, ==, i + 1);
        g_assert_cmpuint(om_object_size(object), <=, play->fed);
        object_text(text, model, object);
    }
    findings_text(text, play);
    return g_string_free(text, FALSE);
}

/* --- the script --- */

static gboolean
next_event(struct om_slice *rest, struct event *event)
{
    gssize end = om_slice_chr(*rest, 0, SEPARATOR);
    struct om_slice all = end < 0 ? *rest : om_slice_head(*rest, (gsize) end);

    if (!rest->l)
        return FALSE;
    *rest = om_slice_from(*rest, end < 0 ? rest->l : (gsize) end + 1);
    event->what = all.l ? (guint8) all.p[0] % 16 % (JUMP + 1) : WAIT;
    event->place = all.l ? (guint8) all.p[0] >> 4 & 3 : 0;
    event->direction = all.l ? (guint8) all.p[0] >> 6 & 1 : 0;
    event->number = all.l > 1 ? (guint8) all.p[1] : 0;
    event->bytes = om_slice_from(all, 2);
    if (!event->bytes.p)
        event->bytes = om_slice("", 0);
    return TRUE;
}

/* look: at everything, after each event; settled: out, that settled what would have waited for more. tidy: out, see
 * there. */
static char *
run(struct om_slice script, gboolean look, gsize cut, gboolean *tidy, gboolean *settled)
{
    static char *icsis[] = {(char *) "omapush", NULL};
    const struct om_options options = {icsis, script.l & 1, TRUE, 4096};
    struct play play = {.model = om_model_new(&options),
                        .frame.time = G_GINT64_CONSTANT(1700000000000000000),
                        .cut = cut,
                        .tidy = TRUE};
    struct event event;
    char *text;

    play.records = g_ptr_array_new_with_free_func((GDestroyNotify) om_sip_record_free);
    for (guint i = 0; i < CONNECTIONS; i++)
        connect(&play, i);
    for (guint i = 0; i < EVENTS_MAX && next_event(&script, &event); i++) {
        play_event(&play, &event);
        if (look) {
            *settled |= om_model_capture_ends(play.model);
            g_free(model_text(&play));
        }
    }
    release(&play);
    text = model_text(&play);
    *tidy = play.tidy;
    g_ptr_array_unref(play.records);
    om_model_free(play.model);
    return text;
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    struct om_slice script = om_slice(data, size);
    gboolean tidy, settled = FALSE;
    char *plain, *other;

    if (size > 32768)
        return 0;
    plain = run(script, FALSE, 0, &tidy, &settled);
    other = run(script, TRUE, 0, &tidy, &settled);
    if (!settled)
        g_assert_cmpstr(plain, ==, other);
    g_free(other);
    if (tidy) {
        other = run(script, FALSE, 1 + size % 61, &tidy, &settled);
        g_assert_cmpstr(plain, ==, other);
        g_free(other);
    }
    g_free(plain);
    return 0;
}
