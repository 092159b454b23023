/* sip_matter.c
 * Findings of a registration, a MESSAGE or a dialog: kept back until it is known to be a push.
 *
 * Of an ordinary REGISTER or an MSRP chat nothing is ever told; what is held of it goes with the context.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_private.h"

struct held_finding {
    enum om_rule rule;
    guint32 frame;
    char *text;
};

static void
held_finding_free(gpointer data)
{
    struct held_finding *held = data;

    g_free(held->text);
    g_free(held);
}

void
om_matter_clear(struct om_matter *matter)
{
    g_clear_pointer(&matter->held, g_ptr_array_unref);
}

static void
tell(struct om_matter *matter, enum om_rule rule, guint32 frame, const char *text)
{
    om_context_find(matter->context, rule, frame, matter->session, matter->object, "%s", text);
}

void
om_matter_find(struct om_matter *matter, enum om_rule rule, guint32 frame, const char *format, ...)
{
    char *text;
    va_list args;

    va_start(args, format);
    text = om_vprintf_utf8(format, args);
    va_end(args);
    if (matter->push) {
        tell(matter, rule, frame, text);
        g_free(text);
    } else {
        struct held_finding *held = g_new(struct held_finding, 1);

        *held = (struct held_finding){rule, frame, text};
        if (!matter->held)
            matter->held = g_ptr_array_new_with_free_func(held_finding_free);
        g_ptr_array_add(matter->held, held);
    }
}

void
om_matter_withdraw(struct om_matter *matter, enum om_rule rule, guint32 frame)
{
    if (matter->push) {
        om_context_withdraw(matter->context, rule, frame, matter->session, matter->object);
        return;
    }
    for (guint i = matter->held ? matter->held->len : 0; i > 0; i--) {
        const struct held_finding *held = g_ptr_array_index(matter->held, i - 1);

        if (held->rule == rule && held->frame == frame) {
            g_ptr_array_remove_index(matter->held, i - 1);
            return;
        }
    }
}

void
om_matter_is_push(struct om_matter *matter)
{
    if (matter->push)
        return;
    matter->push = TRUE;
    for (guint i = 0; matter->held && i < matter->held->len; i++) {
        const struct held_finding *held = g_ptr_array_index(matter->held, i);

        tell(matter, held->rule, held->frame, held->text);
    }
    om_matter_clear(matter);
    if (matter->current)
        om_sip_transaction_settle(matter->current);
}
