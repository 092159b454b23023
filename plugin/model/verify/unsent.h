/* unsent.h
 * Why nothing of an offered file is there: how far the peers came (RFC 4975 section 5.4, RFC 5547 section 8).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_UNSENT_H
#define OM_UNSENT_H

#include "model/base/rules.h"
#include "model/session/session.h"

/** One m-line of an offer whose session was accepted. */
struct om_offered_line {
    const struct om_sessions *sessions;
    const struct om_session *session;
    const struct om_exchange *exchange;
    guint index; /**< of the m-line in the offer */
};

/** Of all its files of which there is no object. */
struct om_unsent {
    enum om_rule rule; /**< SDP-REFUSED, FILE-NOT-SENT or FILE-NOT-SEEN */
    guint32 frame;     /**< where the finding goes: a frame of the session */
    guint32 cause;     /**< the frame that shows it */
    char *text;        /**< what is to be said of "the file", with the side in parentheses; g_free() it */
};

void om_unsent_find(const struct om_offered_line *line, struct om_unsent *unsent);

/** Does the side that made the offer send its files? Else it asks for them (RFC 5547 section 8.2.2). */
gboolean om_offer_sends(const struct om_media *media);

#endif
