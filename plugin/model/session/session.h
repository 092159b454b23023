/* session.h
 * Push sessions: one SIP dialog that offers push content over MSRP, with its offer/answer exchanges. What others ask
 * of them is in session_ask.h.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SESSION_H
#define OM_SESSION_H

#include "session_ask.h"

#include "model/base/context.h"

/** An empty SEND that binds a session to a connection (RFC 4975 section 5.4). */
struct om_bind {
    const struct om_exchange *exchange;
    guint media_index;
    gboolean from_offerer;
    guint32 frame;
    guint32 answer_frame; /**< 0: none seen */
    guint status;
    gint64 time;
    gint64 waited_to; /**< where its connection ended, or the capture */
};

/** What MSRP connections say of a session; told before each conclusion. Part of its session. */
struct om_traffic {
    guint32 first_frame;  /**< of any MSRP message of it; 0: there is none */
    guint32 closed_frame; /**< a connection of it was closed; 0: none */
    guint32 lost_frame;   /**< valid with `holes` */
    gboolean holes;       /**< the capture lost bytes of its connections, or begins in the middle of one */
    gboolean requests;    /**< there is a SEND among the messages */
    GArray *binds;        /**< struct om_bind; NULL: none */
};

void om_traffic_clear(struct om_traffic *traffic);

/** Owned by the SIP side. */
struct om_session {
    guint32 id; /**< from 1; 0: an MSRP dialog that is no push (yet) */
    char *call_id;
    char *from; /**< URIs of the INVITE */
    char *to;
    GPtrArray *event_apps; /**< char *, distinct, in order */
    GPtrArray *icsis;      /**< char *, decoded, distinct, in order */
    guint status;          /**< final answer to the INVITE, 0: none seen */
    guint32 invite_frame;
    guint32 offer_frame;  /**< the first offer; the INVITE where there is none (yet) */
    guint32 answer_frame; /**< the final answer to the INVITE */
    guint32 ack_frame;
    guint32 bye_frame;
    guint32 bye_answer_frame;
    gint64 offer_time;  /**< first offer; the INVITE that asked for it where the 2xx carries it */
    gint64 answer_time; /**< its 2xx */
    gint64 bye_time;
    gboolean released;      /**< BYE seen */
    gboolean bye_by_callee; /**< ... from the side that took the INVITE; valid with bye_frame */
    gboolean cancelled;
    GPtrArray *exchanges; /**< struct om_exchange *: [0] the first, then renegotiations */
    GPtrArray *objects;   /**< struct om_object *, in order of first frame */
    struct om_traffic traffic;
    /** Called once, when it turns out to be a push session: by whoever made it. NULL: nobody is to know. */
    void (*on_push)(struct om_session *session);
    struct om_dialog *dialog; /**< private to the SIP side */
};

struct om_endpoints;
struct om_ways;

/** The sessions of a capture. Owned by the model. */
struct om_sessions {
    struct om_context *context;
    GPtrArray *pushes;              /**< struct om_session *, pushes[i]->id == i + 1 */
    struct om_endpoints *endpoints; /**< of all of them */
    struct om_ways *ways;           /**< TCP connections to negotiated addresses */
    guint64 generation;             /**< counts changes: a session looked up by paths holds for one */
};

struct om_sessions *om_sessions_new(struct om_context *context);
void om_sessions_free(struct om_sessions *sessions);

/** Where a pair of paths belongs. */
struct om_session_match {
    struct om_session *session;
    struct om_exchange *exchange;       /**< the latest that names these endpoints */
    guint media_index;                  /**< into offer and answer media */
    const struct om_media *offer_media; /**< as on this hop or fork; NULL where that side's SDP was not seen */
    const struct om_media *answer_media;
    gboolean from_offerer; /**< From-Path is the offerer's side of the exchange */
    gboolean exact;        /**< both endpoints known; else one only, or told by port and session-id alone */
};

/**
 * Finds the session (also one whose id is still 0) for the endpoints of an MSRP message.
 * @param from_key, to_key  om_msrp_uri_key() of the last URIs of From-Path and To-Path; to_key of a REPORT or
 *        response is the sender's. Latest exchange first where a URI was used more than once.
 */
gboolean om_session_by_endpoints(const struct om_sessions *sessions, const char *from_key, const char *to_key,
                                 struct om_session_match *match);

/** Makes an MSRP dialog a push session: gives it the next id, calls on_push. Nothing where it is one already. */
void om_session_promote(struct om_sessions *sessions, struct om_session *session);

/** The side's own media (path it announced) and its peer's, either may be NULL. */
const struct om_media *om_session_match_sender(const struct om_session_match *match);
const struct om_media *om_session_match_receiver(const struct om_session_match *match);

/** A section whose path begins with ";ws" and whose proto is one of a plain connection; NULL: none of the two. */
const struct om_media *om_session_match_ws_without_proto(const struct om_session_match *match);

#endif
