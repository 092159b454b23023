/* endpoints.h
 * Which session the endpoints of an MSRP message belong to: by the paths of offers and answers.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_ENDPOINTS_H
#define OM_ENDPOINTS_H

#include "session.h"

/**
 * Owned by the sessions. About 400 bytes for each media line of an exchange and side;
 * all lookups are by hash.
 */
struct om_endpoints;

struct om_endpoints *om_endpoints_new(void);
void om_endpoints_free(struct om_endpoints *endpoints);

/** The endpoints of one side's SDP; refused sections (port 0) have none. Everything handed in lives as long. */
void om_endpoints_add(struct om_endpoints *endpoints, struct om_session *session, struct om_exchange *exchange,
                      const struct om_description *description, gboolean is_offer);

/** An offer and an answer of one exchange, on one hop or fork: their endpoints talk to each other. */
void om_endpoints_pair(struct om_endpoints *endpoints, struct om_session *session, struct om_exchange *exchange,
                       const struct om_description *offer, const struct om_description *answer);

gboolean om_endpoints_find(const struct om_endpoints *endpoints, const char *from_key, const char *to_key,
                           struct om_session_match *match);

#endif
