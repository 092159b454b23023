/* registration_ask.h
 * What may be asked of a registration: a public part of the model (model/model.h). Lives as long as the model; texts are
 * NULL where nothing was sent, frames 0 where none was seen.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_REGISTRATION_ASK_H
#define OM_REGISTRATION_ASK_H

#include <glib.h>

enum om_registration_kind { OM_FIRST_PARTY, OM_THIRD_PARTY };

/** One REGISTER transaction, repeated with credentials or not. */
struct om_registration;

enum om_registration_kind om_registration_kind(const struct om_registration *registration);
gboolean om_registration_deregistration(const struct om_registration *registration); /**< it takes all back */
guint32 om_registration_frame(const struct om_registration *registration);
guint32 om_registration_answer_frame(const struct om_registration *registration);
guint om_registration_status(const struct om_registration *registration); /**< final answer; 0: none seen */
const char *om_registration_call_id(const struct om_registration *registration);
const char *om_registration_aor(const struct om_registration *registration);     /**< URI */
const char *om_registration_contact(const struct om_registration *registration); /**< URI */
const char *om_registration_instance(const struct om_registration *registration);
const GPtrArray *om_registration_event_apps(const struct om_registration *registration); /**< char * */
const GPtrArray *om_registration_icsis(const struct om_registration *registration);      /**< char * */
/** Is a time told? @param seconds  out: granted, else asked for; else 0 */
gboolean om_registration_expires(const struct om_registration *registration, guint64 *seconds);

#endif
