/* session.c
 * Finding the session of an MSRP message (declared in session.h, with the structs).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "session.h"

#include "endpoints.h"
#include "model/sip/sip_private.h"

gboolean
om_session_by_endpoints(struct om_registry *registry, const char *from_key, const char *to_key,
                        struct om_session_match *match)
{
    return om_endpoints_find(registry->sip->endpoints, from_key, to_key, match);
}

const struct om_media *
om_session_match_sender(const struct om_session_match *match)
{
    return match->from_offerer ? match->offer_media : match->answer_media;
}

const struct om_media *
om_session_match_receiver(const struct om_session_match *match)
{
    return match->from_offerer ? match->answer_media : match->offer_media;
}
