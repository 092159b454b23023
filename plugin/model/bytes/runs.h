/* runs.h
 * Known bytes of a stream, in runs with missing bytes between them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_RUNS_H
#define OM_RUNS_H

#include "core/text/slice.h"
#include "position.h"

/** More runs than any loss gives. */
#define OM_RUNS_MAX 256

/** Copied bytes; runs neither overlap nor touch. Embedded in its owner. */
struct om_runs {
    GPtrArray *list; /**< struct om_run *, by position */
    gsize size;      /**< bytes in all */
};

struct om_run {
    om_position at;
    GByteArray *bytes;
};

void om_runs_init(struct om_runs *runs);
void om_runs_clear(struct om_runs *runs);

/** Adds those of the bytes that are not there yet. @return offset of the first one added, or bytes.l */
gsize om_runs_add(struct om_runs *runs, om_position at, struct om_slice bytes);
/** Forgets what lies before `at`, or at and behind it. */
void om_runs_drop_before(struct om_runs *runs, om_position at);
void om_runs_drop_from(struct om_runs *runs, om_position at);
/** The known bytes from `at` on; absent where the byte at `at` is missing. */
struct om_slice om_runs_at(const struct om_runs *runs, om_position at);
/** Where the first run at or behind `at` begins; G_MAXUINT64: there is none. */
om_position om_runs_next(const struct om_runs *runs, om_position at);

#endif
