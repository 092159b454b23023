/* sip_capabilities.h
 * The push capabilities that one SIP message tells: event apps, ICSIs, IARIs, instance, GRUUs.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_CAPABILITIES_H
#define OM_SIP_CAPABILITIES_H

#include "core/sip/sip_msg.h"
#include "model/base/context.h"

/**
 * Bytes of one kind's values in a message, each counted with 16 more: they are repeated with every object of a session,
 * which may be of one byte. Room for all of OMNA's names; further ones are left out.
 */
#define OM_CAPABILITIES_BYTES 512

/** Owned by the caller. Texts are decoded and valid UTF-8; negated ("!") values and Reject-Contact are left out. */
struct om_capabilities {
    GPtrArray *event_apps; /**< char *, distinct, in order */
    GPtrArray *icsis;      /**< char *, URNs */
    GPtrArray *iaris;      /**< char *, URNs */
    char *instance;        /**< the first; NULL where there is none, as below */
    char *pub_gruu;
    char *temp_gruu;
    gboolean push;     /**< an event app, or an ICSI that means OMA push */
    gboolean left_out; /**< not all values found room */
};

/** Contact, Accept-Contact and the service headers of a message; om_capabilities_clear() it afterwards. */
void om_capabilities_read(const struct om_options *options, const struct om_sip_msg *msg,
                          struct om_capabilities *capabilities);

/** Contact headers only. */
void om_capabilities_read_contacts(const struct om_options *options, const struct om_sip_msg *msg,
                                   struct om_capabilities *capabilities);

/** One Contact. */
void om_capabilities_read_contact(const struct om_options *options, struct om_slice contact,
                                  struct om_capabilities *capabilities);

void om_capabilities_clear(struct om_capabilities *capabilities);

/** Adds copies of those that are not there yet, as far as there is room. */
void om_add_distinct(GPtrArray *texts, const GPtrArray *more);

#endif
