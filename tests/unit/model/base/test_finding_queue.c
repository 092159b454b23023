/* test_finding_queue.c
 * Findings that are kept back, and what the context and a conclusion make of them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/base/finding_queue.h"

/* Not looked into by the rooms below: any address will do. */
#define OBJECT  ((struct om_object *) &places[0])
#define SESSION ((struct om_session *) &places[1])

static char places[2];

struct fixture {
    struct om_context *context;
    struct om_finding_queue queue;
};

static void
set_up(struct fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    char *none[] = {NULL};
    struct om_options options = {.icsis = none};

    f->context = om_context_new(&options);
    f->queue = (struct om_finding_queue){.context = f->context, .session = SESSION, .object = OBJECT};
}

static void
tear_down(struct fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    om_finding_queue_clear(&f->queue);
    om_context_free(f->context);
}

/* "FRAME RULE TEXT" of each, a line each. */
static char *
texts(const GPtrArray *findings)
{
    GString *all = g_string_new(NULL);

    for (guint i = 0; findings && i < findings->len; i++) {
        const struct om_finding *finding = g_ptr_array_index(findings, i);

        g_string_append_printf(all, "%u %s %s\n", finding->frame, om_rule_info(finding->rule)->id, finding->text);
    }
    return g_string_free(all, FALSE);
}

#define ASSERT_TEXTS(findings, expected)     \
    do {                                     \
        char *seen = texts(findings);        \
        g_assert_cmpstr(seen, ==, expected); \
        g_free(seen);                        \
    } while (0)

static void
held_until_open(struct fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const struct om_finding *finding;

    om_finding_queue_find(&f->queue, OM_RULE_SIP_TO_TAG, 3, "seen \"%s\"", "a");
    om_finding_queue_find(&f->queue, OM_RULE_SDP_SYNTAX, 0, "b");
    ASSERT_TEXTS(f->context->findings, "");
    g_assert_cmpuint(om_context_proved(f->context, OBJECT, OM_ERROR), ==, 0);

    om_finding_queue_open(&f->queue, 7);
    ASSERT_TEXTS(f->context->findings, "3 SIP-TO-TAG seen \"a\"\n7 SDP-SYNTAX b\n");
    finding = g_ptr_array_index(f->context->findings, 0);
    g_assert_true(finding->session == SESSION && finding->object == OBJECT);

    om_finding_queue_find(&f->queue, OM_RULE_SIP_REJECTED, 9, "c");
    ASSERT_TEXTS(om_context_findings_at(f->context, 9), "9 SIP-REJECTED c\n");
    om_finding_queue_open(&f->queue, 10);
    g_assert_cmpuint(f->context->findings->len, ==, 3);
}

/* What they are about may be known only when they are told: an MSRP message's session and object. */
static void
about_what_is_known_then(struct fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const struct om_finding *finding;

    f->queue.session = NULL;
    f->queue.object = NULL;
    om_finding_queue_find(&f->queue, OM_RULE_SDP_SYNTAX, 0, "a");
    f->queue.object = OBJECT;
    om_finding_queue_open(&f->queue, 2);
    finding = g_ptr_array_index(f->context->findings, 0);
    g_assert_true(finding->session == NULL && finding->object == OBJECT);
    g_assert_cmpuint(om_context_proved(f->context, OBJECT, om_rule_info(OM_RULE_SDP_SYNTAX)->severity), ==, 1);
}

static void
dropped(struct fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    om_finding_queue_find(&f->queue, OM_RULE_SIP_TO_TAG, 3, "a");
    om_finding_queue_clear(&f->queue);
    om_finding_queue_open(&f->queue, 7);
    ASSERT_TEXTS(f->context->findings, "");
}

/* The latest of this rule at this frame, whether it was told or not. */
static void
withdrawn(struct fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    enum om_severity severity = om_rule_info(OM_RULE_SIP_REJECTED)->severity;
    struct om_conclusion *conclusion;

    om_finding_queue_find(&f->queue, OM_RULE_SIP_REJECTED, 3, "a");
    om_finding_queue_find(&f->queue, OM_RULE_SIP_REJECTED, 3, "b");
    om_finding_queue_find(&f->queue, OM_RULE_SIP_REJECTED, 4, "c");
    om_finding_queue_withdraw(&f->queue, OM_RULE_SIP_REJECTED, 3);
    om_finding_queue_withdraw(&f->queue, OM_RULE_SIP_CANCELLED, 4);
    om_finding_queue_open(&f->queue, 0);
    ASSERT_TEXTS(f->context->findings, "3 SIP-REJECTED a\n4 SIP-REJECTED c\n");
    g_assert_cmpuint(om_context_proved(f->context, OBJECT, severity), ==, 2);

    om_finding_queue_withdraw(&f->queue, OM_RULE_SIP_REJECTED, 4);
    ASSERT_TEXTS(om_context_findings_at(f->context, 4), "");
    g_assert_cmpuint(om_context_proved(f->context, OBJECT, severity), ==, 1);
    conclusion = om_conclusion_new(f->context);
    om_conclusion_sort(conclusion, f->context);
    ASSERT_TEXTS(conclusion->findings, "3 SIP-REJECTED a\n");
    om_conclusion_free(conclusion);
}

static void
concluded(struct fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    struct om_conclusion *conclusion = om_conclusion_new(f->context);

    om_context_find(f->context, OM_RULE_SIP_TO_TAG, 8, NULL, NULL, "told");
    om_finding_queue_find(&f->queue, OM_RULE_SDP_SYNTAX, 0, "kept");
    om_finding_queue_conclude(&f->queue, 5, conclusion);
    om_conclusion_sort(conclusion, f->context);
    ASSERT_TEXTS(conclusion->findings, "5 SDP-SYNTAX kept\n8 SIP-TO-TAG told\n");
    ASSERT_TEXTS(g_hash_table_lookup(conclusion->by_object, OBJECT), "5 SDP-SYNTAX kept\n");
    g_assert_cmpuint(GPOINTER_TO_UINT(g_hash_table_lookup(conclusion->worst, OBJECT)), ==,
                     1 + om_rule_info(OM_RULE_SDP_SYNTAX)->severity);
    om_conclusion_free(conclusion);

    /* It changed nothing: the queue still has it. */
    ASSERT_TEXTS(f->queue.held, "0 SDP-SYNTAX kept\n");
    ASSERT_TEXTS(f->context->findings, "8 SIP-TO-TAG told\n");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add("/finding_queue/" #name, struct fixture, NULL, set_up, name, tear_down)
    ADD(held_until_open);
    ADD(about_what_is_known_then);
    ADD(dropped);
    ADD(withdrawn);
    ADD(concluded);
    return g_test_run();
}
