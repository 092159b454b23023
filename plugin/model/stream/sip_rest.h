/* sip_rest.h
 * One direction of a TCP connection that carries SIP: what has come of messages that go on in the next segment. Stock
 * does not put every one together: it wants a whole start line in the first segment, knows Content-Length by its long
 * name only, and loses its place behind keep-alives (RFC 5626 section 4.4.1). A public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_REST_H
#define OM_SIP_REST_H

#include "core/text/slice.h"

/** Most bytes that are kept; most segments that are held behind a missing one; how often a head may be read in vain. */
#define OM_SIP_REST_LIMIT    (256 * 1024)
#define OM_SIP_REST_HELD     64
#define OM_SIP_REST_READINGS 32

/** Opaque. */
struct om_sip_rest;

/** @param next  sequence number of the byte at which a message may begin */
struct om_sip_rest *om_sip_rest_new(guint32 next);
void om_sip_rest_free(struct om_sip_rest *rest);

enum om_sip_rest_state {
    OM_SIP_REST_NONE,  /**< no message begins there, or all of it came before */
    OM_SIP_REST_WAITS, /**< more has to come */
    OM_SIP_REST_WHOLE, /**< a message is there: om_sip_rest_bytes() begin with it */
    OM_SIP_REST_LOST   /**< a limit is passed: to be freed */
};

/**
 * A segment of that direction. Behind a missing one it is held; where it begins with a message, the missing one is
 * given up.
 */
enum om_sip_rest_state om_sip_rest_add(struct om_sip_rest *rest, guint32 seq, struct om_slice segment);

/** What has come and was not taken. Of the rest; until it changes. */
struct om_slice om_sip_rest_bytes(const struct om_sip_rest *rest);

/** The first `length` of these bytes were read. What follows stays where it can be the beginning of a message. */
void om_sip_rest_take(struct om_sip_rest *rest, gsize length);

#endif
