/* test_msrp_given_up.c
 * Objects larger than what is held: whatever order, overlaps and losses they come in, everything that is asked of an
 * object can be asked of one whose content was given up, and what does not need the content stays as it is.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/verify/object_export.h"
#include "model/verify/object_name.h"
#include "support/flow.h"

#define SIZE   600
#define ROUNDS 400

/* What a round sends: pieces of one body in any order, some of them twice, some with other bytes. */
struct sender {
    GRand *rand;
    guint8 body[SIZE];
    guint sent;
};

static char *
chunk_text(struct sender *sender, guint from, guint to, char flag, gsize *length)
{
    const char *end = g_rand_boolean(sender->rand) ? "*" : NULL;
    char *range = end ? g_strdup_printf("%u-*/%u", from + 1, SIZE) : g_strdup_printf("%u-%u/%u", from + 1, to, SIZE);
    GString *text = g_string_new(NULL);

    g_string_printf(text, "MSRP t%05u SEND\r\n" TO_BOB "Message-ID: m1\r\nByte-Range: %s\r\n" PUSH_TYPE "\r\n",
                    sender->sent, range);
    g_string_append_len(text, (const char *) sender->body + from, to - from);
    if (to > from && g_rand_int_range(sender->rand, 0, 8) == 0)
        text->str[text->len - 1] ^= 1;
    g_string_append_printf(text, "\r\n-------t%05u%c\r\n", sender->sent++, flag);
    g_free(range);
    *length = text->len;
    return g_string_free(text, FALSE);
}

/* All that views and reports ask. */
static void
ask(struct om_model *model)
{
    for (guint i = 0; i < om_model_objects(model)->len; i++) {
        struct om_object *object = g_ptr_array_index(om_model_objects(model), i);
        GBytes *bytes;
        char *name;

        om_object_assess(object);
        om_object_verdict(object, om_model_conclude(model));
        g_array_unref(om_object_gaps(object));
        bytes = om_object_export(object);
        g_assert_true(!bytes || !om_store_given_up(object->store));
        if (bytes)
            g_bytes_unref(bytes);
        name = om_object_export_name(object);
        g_free(name);
        name = om_object_name(object);
        g_free(name);
    }
}

static void
send_one(struct sender *sender, struct flow_play *play)
{
    guint from = (guint) g_rand_int_range(sender->rand, 0, SIZE);
    guint to = from + (guint) g_rand_int_range(sender->rand, 0, (gint) (SIZE - from) + 1);
    char flag = "+++$#"[g_rand_int_range(sender->rand, 0, 5)];
    gsize length;
    char *text = chunk_text(sender, from, to, flag, &length);
    gsize half = (gsize) g_rand_int_range(sender->rand, 0, (gint) length + 1);
    guint32 seq = play->seq[0];

    switch (g_rand_int_range(sender->rand, 0, 4)) {
    case 0: /* the capture lost the first half, and may have it later */
        play->seq[0] += (guint32) half;
        flow_segment(play, 0, &play->seq[0], om_slice(text + half, length - half));
        if (g_rand_boolean(sender->rand))
            flow_segment(play, 0, &seq, om_slice(text, half));
        break;
    default:
        flow_segment(play, 0, &play->seq[0], om_slice(text, length));
    }
    g_free(text);
}

/* @return what the object is without its content: state, size, gaps */
static char *
play_round(guint32 seed, guint64 max_object, gboolean asked)
{
    struct om_options options = {.icsis = (char *[]){NULL}, .verify = TRUE, .max_object = max_object};
    struct sender sender = {.rand = g_rand_new_with_seed(seed)};
    struct om_object *object;
    struct flow_play play;
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < SIZE; i++)
        sender.body[i] = (guint8) ('a' + i % 23);
    flow_begin(&play, &options, seed % 3 ? 0 : 50);
    for (guint n = (guint) g_rand_int_range(sender.rand, 1, 30); n; n--) {
        send_one(&sender, &play);
        if (asked)
            ask(play.model);
    }
    ask(play.model);
    if (om_model_objects(play.model)->len) {
        object = g_ptr_array_index(om_model_objects(play.model), 0);
        g_string_append_printf(text, "%s %" G_GUINT64_FORMAT, om_state_name(om_object_state(object)),
                               om_object_size(object));
        flow_gaps_text(text, object);
    }
    om_model_free(play.model);
    g_rand_free(sender.rand);
    return g_string_free(text, FALSE);
}

static void
test_rounds(void)
{
    static const guint64 limits[] = {0, 1, 10, 100, SIZE - 1, SIZE};

    for (guint32 seed = 0; seed < ROUNDS; seed++) {
        char *whole = play_round(seed, 1 << 20, FALSE);

        for (gsize i = 0; i < G_N_ELEMENTS(limits); i++) {
            char *given_up = play_round(seed, limits[i], seed % 2);

            g_assert_cmpstr(given_up, ==, whole);
            g_free(given_up);
        }
        g_free(whole);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/msrp_given_up/rounds", test_rounds);
    return g_test_run();
}
