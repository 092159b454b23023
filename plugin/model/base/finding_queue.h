/* finding_queue.h
 * Findings that are kept back: of a registration, a MESSAGE or a dialog until it is known to be a push, of an MSRP
 * message until it ends. Of an ordinary REGISTER or an MSRP chat nothing is ever told.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_FINDING_QUEUE_H
#define OM_FINDING_QUEUE_H

#include "conclusion.h"

#include "core/text/visible.h"

/** Bytes of a slice for "%.*s" in a finding's text: at most this many of them. */
#define OM_QUOTE_MAX 100
#define OM_QUOTE(s)  ((int) om_slice_head_utf8((s), OM_QUOTE_MAX).l), ((s).p ? (s).p : "")
/** The same of a string that another message brought: it may be long, and be quoted for each of many short ones. */
#define OM_QUOTE_TEXT_MAX 240
#define OM_QUOTE_TEXT(s)  ((int) om_slice_head_utf8(om_slice_str(s), OM_QUOTE_TEXT_MAX).l), ((s) ? (s) : "")

/** Part of what the findings are about. Zeroed, with a context, it is ready for use. */
struct om_finding_queue {
    struct om_context *context;
    struct om_session *session; /**< what findings are about as they are told; NULL: none */
    struct om_object *object;
    gboolean open; /**< findings go to the context at once */
    guint32 frame; /**< of the latest one, and how many this frame has */
    guint count;
    GPtrArray *held; /**< struct om_finding *, owned; NULL where there are none */
};

/** What one message breaks more often is not told: SDP has room for thousands of broken lines. */
#define OM_FINDINGS_OF_A_FRAME 64

/** Drops what is kept back. */
void om_finding_queue_clear(struct om_finding_queue *queue);

/**
 * A broken rule: to the context, or kept back. What is not UTF-8 in the text is replaced.
 * @param frame  0: not known yet, om_finding_queue_open() tells it
 */
void om_finding_queue_find(struct om_finding_queue *queue, enum om_rule rule, guint32 frame, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/** Takes back the latest finding of this rule at this frame: a later event disproved it. */
void om_finding_queue_withdraw(struct om_finding_queue *queue, enum om_rule rule, guint32 frame);

/** What was kept back goes to the context, and what follows at once. @param frame  of those without one */
void om_finding_queue_open(struct om_finding_queue *queue, guint32 frame);

/** If nothing more came: adds what is kept back to a conclusion. @param frame  of those without one */
void om_finding_queue_conclude(const struct om_finding_queue *queue, guint32 frame, struct om_conclusion *conclusion);

#endif
