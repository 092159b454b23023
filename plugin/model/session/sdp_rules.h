/* sdp_rules.h
 * Rules about the MSRP sections of offers and answers: RFC 8866, 4975 section 8, 5547, 6135, 6714.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SDP_RULES_H
#define OM_SDP_RULES_H

#include "sdp_description.h"
#include "model/base/finding_queue.h"

/** What any SDP with MSRP sections must obey. */
void om_sdp_rules(struct om_finding_queue *findings, guint32 frame, const struct om_sdp *sdp);

/** The selectors of its MSRP sections, for themselves. */
void om_sdp_file_rules(struct om_finding_queue *findings, guint32 frame, const struct om_sdp *sdp);

/**
 * What an offer of files must obey.
 * @param first  the dialog's first offer: a later one may be inactive, or from the side that takes the files
 */
void om_sdp_offer_rules(struct om_finding_queue *findings, const struct om_description *offer, gboolean first);

/**
 * What an answer must obey in the light of its offer.
 * @param push  the offer came from the side that pushes: answers to files are recvonly
 */
void om_sdp_answer_rules(struct om_finding_queue *findings, const struct om_description *offer,
                         const struct om_description *answer, gboolean push);

#endif
