/* json_sip.h
 * Registrations and sessions of the JSON report.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_JSON_SIP_H
#define OMAPUSH_JSON_SIP_H

#include <wsutil/json_dumper.h>

#include "model/model.h"

void om_json_registration(json_dumper *json, const struct om_registration *registration);
void om_json_session(json_dumper *json, const struct om_session *session, const struct om_conclusion *conclusion);

#endif
