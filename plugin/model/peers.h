/* peers.h
 * The hosts of pushes: what they call themselves, and what they are in the pushes that they took part in.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_PEERS_H
#define OM_PEERS_H

#include "model/base/conclusion.h"
#include "model/object/object.h"
#include "model/sip/sip_record.h"
#include "peer_ask.h"

#include "core/sip/sip_msg.h"

/** What SIP says of hosts. Owned by the model. */
struct om_peers;

struct om_peers *om_peers_new(struct om_context *context);
void om_peers_free(struct om_peers *peers);

/** A SIP message of concern was seen. */
void om_peers_sip(struct om_peers *peers, const struct om_frame *frame, const struct om_sip_msg *msg,
                  const struct om_sip_record *record);

/** Fills in the conclusion's peers, once its findings are all there. */
void om_peers_conclude(const struct om_peers *peers, const GPtrArray *objects, struct om_conclusion *conclusion);

#endif
