/* sip_start.h
 * What a SIP message is by its start line.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_SIP_START_H
#define OMAPUSH_SIP_START_H

#include <glib.h>

#include "core/sip/sip_msg.h"

/** What is kept of a SIP message's text for later visits, which may have no tree to find it by. */
struct om_sip_start {
    const char *text; /**< "INVITE", "200 OK for INVITE"; interned in the model. NULL: not kept */
    guint status;     /**< 0: a request */
    gboolean body;    /**< it has one */
};

void omapush_sip_start(const struct om_sip_msg *msg, struct om_sip_start *start);

#endif
