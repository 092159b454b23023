/* early_answers.h
 * Responses and REPORTs that stand in the capture before what they answer: a capture of two interfaces or queues, or
 * one merged of two, does not keep the order of the two directions to the microsecond; and what they answer may wait
 * for missing bytes before it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_EARLY_ANSWERS_H
#define OM_EARLY_ANSWERS_H

#include "object.h"

struct om_message;

/** text -> what came early; NULL as long as nothing did. */
struct om_early_answers;

void om_early_answers_free(struct om_early_answers *early);

/**
 * Keeps a response by the transaction id, or a REPORT by the object that it tells of, until that comes.
 * @param time  when it came, nanoseconds
 * @param report  of a REPORT, taken over; else NULL
 */
void om_early_answers_keep(struct om_early_answers **early, const char *key, struct om_message *message, gint64 time,
                           struct om_report *report);

/**
 * What waits for this, the first of several, or NULL: it waits no longer then, and not for what comes too late to be
 * what it answers. @param begun  when that began, nanoseconds
 * @param report  out: g_free() it; NULL where none is asked for
 */
struct om_message *om_early_answers_take(struct om_early_answers *early, const char *key, gint64 begun,
                                         struct om_report **report);

#endif
