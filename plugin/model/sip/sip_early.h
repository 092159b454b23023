/* sip_early.h
 * Answers that the capture has before their requests: a tap with two queues files a direction late. They are kept for
 * as long as that can take.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_EARLY_H
#define OM_SIP_EARLY_H

#include "sip_private.h"

/** Answers that are kept, and the longest of them, in bytes. */
#define OM_SIP_EARLY_MAX   32
#define OM_SIP_EARLY_BYTES 16384

/**
 * A final answer whose request was not seen.
 * @return its record, which tells of something once the request has come; NULL: it is not kept
 */
struct om_sip_record *om_sip_early_keep(const struct om_sip_event *event);

/** Called with each answer that was kept, as it was seen. @return what it means, see om_model_sip() */
typedef struct om_sip_record *(*om_sip_take)(struct om_sip_event *event);

/** A request that is of concern: its answers, if they came within a second, are handed to `take`. */
void om_sip_early_take(const struct om_sip_event *request, om_sip_take take);

/** The first kept 2xx to an INVITE that shows a push, whose INVITE never came; 0: there is none. */
guint32 om_sip_early_push(const struct om_sip_state *state);

void om_sip_early_free(gpointer early);

#endif
