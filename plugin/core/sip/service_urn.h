/* service_urn.h
 * ICSI and IARI URNs: urn:urn-7:3gpp-service.ims.icsi.X, TS 24.229 section 7.2A.8, RFC 6050.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SERVICE_URN_H
#define OM_SERVICE_URN_H

#include "core/text/slice.h"

enum om_service_kind { OM_SERVICE_UNKNOWN, OM_SERVICE_ICSI, OM_SERVICE_IARI };

enum om_service_flaw {
    OM_SERVICE_RAW_COLON = 1 << 0, /**< a ":" that is not percent-encoded */
    OM_SERVICE_ENCODED = 1 << 1,   /**< something is percent-encoded */
    OM_SERVICE_NAMESPACE = 1 << 2, /**< not urn:urn-7: */
};

struct om_service_urn {
    char *urn;                 /**< percent-decoded, valid UTF-8; g_free() it */
    enum om_service_kind kind; /**< by "3gpp-service.ims.icsi." / "3gpp-application.ims.iari." */
    const char *name;          /**< what follows those words; points into urn; NULL where unknown */
    guint flaws;               /**< enum om_service_flaw */
};

void om_service_urn_parse(struct om_slice text, struct om_service_urn *urn);
void om_service_urn_clear(struct om_service_urn *urn);

/**
 * Is this ICSI one of those that mean OMA push?
 * @param icsis  NULL-terminated suffixes (after "icsi."), compared without case; their subclasses are meant too
 */
gboolean om_service_urn_is_push(const struct om_service_urn *urn, char *const *icsis);

#endif
