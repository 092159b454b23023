/* sip_rest.h
 * A SIP message on TCP of which a segment holds only the beginning, and that nobody else puts together: stock knows
 * Content-Length by its long name only, and loses its place behind keep-alives (RFC 5626 section 4.4.1).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_REST_H
#define OM_SIP_REST_H

#include "../core/slice.h"

/** Most bytes that are kept of a message; most segments that its head may take, which is read again with each. */
#define OM_SIP_REST_LIMIT         (256 * 1024)
#define OM_SIP_REST_HEAD_SEGMENTS 32

/** What one direction of a connection waits for. Opaque. */
struct om_sip_rest;

/**
 * @param start  the message as far as it has come
 * @param next   sequence number of the byte that follows
 */
struct om_sip_rest *om_sip_rest_new(struct om_slice start, guint32 next);
void om_sip_rest_free(struct om_sip_rest *rest);

enum om_sip_rest_state {
    OM_SIP_REST_WAITS, /**< more has to come; a segment that came before changes nothing */
    OM_SIP_REST_WHOLE, /**< the message is there: om_sip_rest_bytes() */
    OM_SIP_REST_LOST   /**< a segment is missing, or a limit is passed */
};

/** The next segment of that direction. */
enum om_sip_rest_state om_sip_rest_add(struct om_sip_rest *rest, guint32 seq, struct om_slice segment);

/** All that has come: from the message's beginning to the end of the last segment. Of the rest; until it changes. */
struct om_slice om_sip_rest_bytes(const struct om_sip_rest *rest);

/** Of these the message that is whole, without line ends before it. */
struct om_slice om_sip_rest_message(const struct om_sip_rest *rest);

#endif
