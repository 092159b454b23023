/* session_ask.h
 * What may be asked of a push session: a public part of the model (model/model.h). What SDP says are plain records, not
 * to be changed.
 *
 * All of it lives as long as the model. Texts are NULL where nothing was sent, frames 0 where none was seen, times
 * nanoseconds.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SESSION_ASK_H
#define OM_SESSION_ASK_H

#include "core/sdp/file_selector.h"
#include "core/sdp/sdp.h"

struct om_object;

/** One SIP dialog that offers push content over MSRP. */
struct om_session;

/** One offered file: a file-selector. Owned by its om_media. */
struct om_file {
    char *name; /**< decoded, NULL where there is none */
    char *type; /**< with parameters */
    gboolean has_size;
    guint64 size;
    char *transfer_id; /**< the file-transfer-id beside it, NULL where there is none */
    GPtrArray *hashes; /**< struct om_offered_hash * */
};

struct om_offered_hash {
    char *algorithm; /**< lower case */
    guint8 value[OM_HASH_MAX];
    gsize length;          /**< 0 where the value could not be read */
    gsize expected_length; /**< of the algorithm, 0: unknown algorithm */
};

/** One MSRP m= section as it counts. Owned by its om_description. */
struct om_media {
    guint line;         /**< which m= line of the SDP it is, from 0 */
    GPtrArray *path;    /**< char *, URIs in order */
    char *endpoint_key; /**< om_msrp_uri_key() of the last URI; NULL where there is none */
    char *proto;
    guint port;  /**< of the m= line, else (no number there) of the path; 0: refused */
    char *setup; /**< text, NULL where there is none */
    enum om_sdp_setup setup_id;
    char *direction; /**< text, "sendrecv" where nothing is said */
    enum om_sdp_direction direction_id;
    char *accept_types; /**< SP separated as sent, NULL where there is none */
    char *accept_wrapped_types;
    gboolean has_max_size;
    guint64 max_size;
    guint64 range_start; /**< a=file-range, from 1; 0: none, or one that makes no sense */
    guint64 range_end;   /**< G_MAXUINT64: "*", up to the end of the file */
    char *transfer_id;
    char *disposition;
    GPtrArray *files; /**< struct om_file *, in order */
};

/** One SDP of an exchange. Owned by its dialog. */
struct om_description {
    guint32 frame;
    gboolean cut;     /**< the capture has its beginning only: what is absent proves nothing */
    GPtrArray *media; /**< struct om_media *, MSRP sections only, in order; those of an answer stand where the
                                   offer's do */
};

/** One offer and its answer. Owned by its session. */
struct om_exchange {
    guint32 offer_frame;
    guint32 answer_frame; /**< final answer to the offer, also where a 183's SDP is `answer`; 0: none seen */
    gint64 offer_time;
    guint status;                  /**< final status of the request that carried it; 0: none seen */
    gboolean answerless;           /**< the whole 2xx of a request with an offer, and no SDP in it */
    gboolean by_caller;            /**< the offer came from the side that sent the INVITE */
    struct om_description *offer;  /**< NULL where it was not seen */
    struct om_description *answer; /**< NULL where it was not seen */
};

guint32 om_session_id(const struct om_session *session); /**< from 1; 0: an MSRP dialog that is no push (yet) */
const char *om_session_call_id(const struct om_session *session);
const char *om_session_from(const struct om_session *session); /**< URI of the INVITE */
const char *om_session_to(const struct om_session *session);
const GPtrArray *om_session_event_apps(const struct om_session *session); /**< char *, distinct, in order */
const GPtrArray *om_session_icsis(const struct om_session *session);      /**< char *, decoded, distinct, in order */
guint om_session_status(const struct om_session *session);                /**< final answer to the INVITE; 0: none */
guint32 om_session_offer_frame(const struct om_session *session);         /**< the first offer, else the INVITE */
guint32 om_session_answer_frame(const struct om_session *session);        /**< the final answer to the INVITE */
guint32 om_session_ack_frame(const struct om_session *session);
guint32 om_session_bye_frame(const struct om_session *session);
guint32 om_session_bye_answer_frame(const struct om_session *session);
/** Was it accepted, and when it was asked for seen? @param taken  out: from the offer to the answer, else 0 */
gboolean om_session_setup_time(const struct om_session *session, gint64 *taken);

/** Offers with their answers: [0] the first, then renegotiations; NULL behind the last one. */
const struct om_exchange *om_session_exchange(const struct om_session *session, guint i);
/** In order of first frame; NULL behind the last one. */
const struct om_object *om_session_object(const struct om_session *session, guint i);

#endif
