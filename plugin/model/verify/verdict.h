/* verdict.h
 * Is the object right, all in all: a public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_VERDICT_H
#define OM_VERDICT_H

#include "model/base/base_ask.h"
#include "model/base/outcome.h"
#include "model/object/object_ask.h"
#include "model/session/session_ask.h"

/**
 * What holds of it, with what the end of the capture proves.
 * @param conclusion  NULL: as known by now, by events alone
 */
enum om_verdict om_object_verdict(struct om_object *object, const struct om_conclusion *conclusion);
enum om_delivery om_object_delivery(struct om_object *object, const struct om_conclusion *conclusion);
/** NULL where there is nothing to say, or it is not known yet. */
const char *om_object_diagnosis(const struct om_object *object, const struct om_conclusion *conclusion);

/* --- with a conclusion only --- */

enum om_verdict om_session_verdict(const struct om_session *session, const struct om_conclusion *conclusion);
enum om_delivery om_session_delivery(const struct om_session *session, const struct om_conclusion *conclusion);
const char *om_session_diagnosis(const struct om_session *session, const struct om_conclusion *conclusion);
/** Is anything known of it of its own? Not of a file that a later offer repeats. */
gboolean om_file_is_told(const struct om_file *file, const struct om_conclusion *conclusion);
/** Of an offered file; of one of an answer there is none: unknown. */
enum om_delivery om_file_delivery(const struct om_file *file, const struct om_conclusion *conclusion);
/** The object that carried it; NULL: none did. */
const struct om_object *om_file_object(const struct om_file *file, const struct om_conclusion *conclusion);

enum om_verdict om_capture_verdict(const struct om_conclusion *conclusion);
/** char *: why the capture is no pass, worst first. */
const GPtrArray *om_capture_reasons(const struct om_conclusion *conclusion);

#endif
