/* peer_ask.h
 * Who took part, and who broke what: a public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_PEER_ASK_H
#define OM_PEER_ASK_H

#include "model/base/base_ask.h"

/** A host of pushes. Of a conclusion, lives as long. */
struct om_peer;

const char *om_peer_address(const struct om_peer *peer);
const GPtrArray *om_peer_names(const struct om_peer *peer); /**< char *: User-Agent or Server as sent, in order */
const char *om_peer_role(const struct om_peer *peer); /**< "sender", "receiver", "relay", "core"; NULL: not known */
/** How many findings of this rule are its doing. */
guint om_peer_findings(const struct om_peer *peer, enum om_rule rule);

/** Of this address; NULL: none is known. @param address  om_finding_peer() */
const struct om_peer *om_conclusion_peer(const struct om_conclusion *conclusion, const char *address);

/** struct om_peer *, in order of first frame. */
const GPtrArray *om_conclusion_peers(const struct om_conclusion *conclusion);

#endif
