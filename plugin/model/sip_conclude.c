/* sip_conclude.c
 * What only the end of the capture proves about registrations, MESSAGEs and offers.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_events.h"

#include "model/sip/sip_private.h"

static gboolean
is_answered_otherwise(const struct om_sip_transaction *request)
{
    const struct om_session *session = request->usage->findings.session;

    /* An ACK (or a BYE) tells of an answer that the capture does not have. */
    return request->cancel_frame || (session && (session->ack_frame || session->released));
}

void
om_sip_conclude(struct om_sip_state *state, struct om_conclusion *conclusion)
{
    const GPtrArray *requests = state->requests;

    for (guint i = 0; i < requests->len; i++) {
        const struct om_sip_transaction *request = g_ptr_array_index(requests, i);
        const struct om_sip_usage *usage = request->usage;

        if (!usage->findings.open || request->superseded)
            continue;
        if (request->status == 0 && !is_answered_otherwise(request))
            om_conclusion_find(conclusion, OM_RULE_SIP_NO_ANSWER, request->frame, usage->findings.session,
                               usage->findings.object, "no final answer to this request in the capture");
        else if (om_sip_is_demand(request->status))
            om_conclusion_find(conclusion, OM_RULE_SIP_REJECTED, request->answer_frame, usage->findings.session,
                               usage->findings.object,
                               "the request of frame %u was rejected: %u %s, and did not come again", request->frame,
                               request->status, request->reason ? request->reason : "");
    }
}
