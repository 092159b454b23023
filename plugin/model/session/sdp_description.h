/* sdp_description.h
 * The MSRP sections of an SDP, kept: paths, attributes, offered files.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SDP_DESCRIPTION_H
#define OM_SDP_DESCRIPTION_H

#include "session.h"

/**
 * Bytes that are kept of values that outputs or checks repeat: for each m-line of a description what stands for all of
 * them, for each object what its file is called. SIP-TOO-LONG says so of files' names and ids and of lists of types.
 */
#define OM_SETUP_KEPT       32
#define OM_ALGORITHM_KEPT   32
#define OM_TRANSFER_ID_KEPT 128
#define OM_FILE_NAME_KEPT   255
/** A longer list of types is none. */
#define OM_TYPES_KEPT 2048

/** An MSRP section, also one whose proto is misspelt. */
gboolean om_section_is_msrp(const struct om_sdp_media *section);

/** Has the SDP an MSRP section? */
gboolean om_sdp_has_msrp(const struct om_sdp *sdp);

/**
 * Takes copies of the MSRP sections.
 * @param offer  what the SDP answers: its sections are those at the offer's places; NULL for an offer
 * @return om_description_free() it
 */
struct om_description *om_description_new(const struct om_sdp *sdp, guint32 frame, const struct om_description *offer);
void om_description_free(gpointer description);

/** Do both name the same endpoints? */
gboolean om_description_same_endpoints(const struct om_description *a, const struct om_description *b);

/** Does it say that push content is to be sent: application/vnd.oma.push offered or accepted? */
gboolean om_description_is_push(const struct om_description *description);

#endif
