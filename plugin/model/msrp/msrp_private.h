/* msrp_private.h
 * What the files of the MSRP room share.
 *
 *   msrp_state.c     all connections, all objects
 *   connection.c     connections and their payloads
 *   direction.c           one direction: its session, what it lost
 *   pieces.c         which bytes of which payload are what
 *   message.c        messages as the stream tells of them
 *   msrp_send.c      a SEND: object, leg, chunk, bytes
 *   msrp_answer.c    requests and their responses
 *   msrp_report.c    REPORTs
 *   msrp_rules.c     rules that one message alone (or with its session) breaks
 *   early_answers.c          responses and REPORTs that stand before what they answer
 *   headless.c       body bytes behind a loss that took their head, placed where they fit exactly
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_MSRP_PRIVATE_H
#define OM_MSRP_PRIVATE_H

#include "model/object/early_answers.h"
#include "model/base/finding_queue.h"
#include "message.h"
#include "msrp_state.h"

struct om_copies;

/** One direction of a connection. Part of its connection. */
struct om_direction {
    struct om_connection *connection;
    guint direction;
    struct om_stream *stream;
    GHashTable *requests; /**< tid -> struct om_message *: requests sent in this direction; of several with one id the
                                     first that waits for its response, the others behind it by same_id */
    struct om_early_answers
        *early;               /**< responses to requests of this direction that are still to come, by transaction id */
    struct om_ranges *lost;   /**< positions that the capture lost and nothing brought later; NULL: none ever */
    guint32 lost_frame;       /**< first frame behind the loss */
    om_position acknowledged; /**< the receiver's TCP has acknowledged all before this; 0 where no TCP tells */
    om_position reached;      /**< the sender has come to here, as om_connection_reached() tells */
    guint32 reached_frame;    /**< the frame that tells so */
    guint32 carried_to;    /**< TLS and WebSocket: the sequence number behind the last segment; valid where carried */
    guint64 carrier_lost;  /**< ... and bytes of TCP that the capture lost, or has behind their acknowledgement */
    guint32 carrier_frame; /**< ... first frame behind the loss */
    gboolean carried;      /**< om_connection_carried() told of a segment */
    gboolean started;      /**< seen from its first byte on ... */
    guint32 start;         /**< ... which has this sequence number, on TCP */
    struct om_copies *copies; /**< copies.h; NULL before its first segment */
    gboolean late_start;      /**< bytes before the first message were of no message */
    gboolean seen;            /**< any bytes at all */
    gboolean heard, taken;    /**< any segment of it, be it an acknowledgement alone; its SYN-ACK */

    const char *last_from, *last_to; /**< paths of the last message, interned */

    /* The last pair of paths and where it belongs: the same for every chunk of a message. */
    const char *from_path, *to_path;
    char *from_key, *to_key;       /**< om_msrp_uri_key() of their last URIs */
    const char *from_leg, *to_leg; /**< the keys of all their URIs, interned: the same leg, however it is spelt */
    guint64 match_generation;
    gboolean matched;
    struct om_session_match match;
    struct om_object *object; /**< the last SEND's, with its paths: the next one's nearly always */
    const char *object_from, *object_to;

    GArray *places;        /**< of its payloads, by position: pieces.c */
    om_position painted;   /**< so far the payloads have pieces that tell what they are, as far as is known */
    struct om_frame where; /**< addresses and ports; number and time are the last frame's */
    struct om_payload *last_payload;

    /* The payload under way; NULL where bytes that waited are framed without one. */
    struct om_payload *payload;
    struct om_slice bytes; /**< its bytes */
    om_position front;     /**< where the bytes that the stream has not framed began before it */

    struct om_message *last_send; /**< with bytes of an object */
    struct om_headless *headless; /**< headless.h; NULL nearly always */
};

struct om_connection {
    struct om_msrp_state *state;
    struct om_context *context;
    enum om_transport transport;
    struct om_direction directions[2];
    GPtrArray *messages;  /**< struct om_message *, owned */
    GPtrArray *payloads;  /**< struct om_payload *, owned */
    gint opened_by;       /**< direction; -1: not known */
    gboolean opener_told; /**< MSRP-CONNECT-SIDE was decided */
    gboolean no_subprotocol;
    gboolean proto_told; /**< SDP-MEDIA: the m-line of a WebSocket */
    gpointer carrier;    /**< its carrier's */
    gboolean closed;
    guint32 closed_frame;
    gint64 closed_time;
    guint closed_by;      /**< direction of the FIN or RST */
    gboolean closed_hard; /**< by RST */
};

/** What the MSRP room knows of a capture. Owned by the model. */
struct om_msrp_state {
    struct om_context *context;
    struct om_sessions *all_sessions;
    struct om_objects *all_objects;
    GPtrArray *connections;    /**< owned */
    GHashTable *objects;       /**< "from-key to-key message-id" -> struct om_object * */
    GHashTable *by_message_id; /**< set of struct om_object *, the first of each session (or none) and Message-ID */
    struct om_early_answers *reports; /**< REPORTs for objects that are still to come, by the key of `objects` */
    GHashTable *lines;                /**< see selector.h */
    guint64 settled;                  /**< the context's generation in which all was settled last */
};

/** How far a chunk's SEND has come that has no object (yet). */
struct om_send {
    struct om_byte_range range;
    gboolean has_range;
    gboolean range_broken;
    gboolean success_report;
    enum om_msrp_failure_report failure_report;
    char *message_id;
    char *content_type; /**< NULL where there is none */
    gboolean mime_headers;
    guint64 high;         /**< one past the highest body offset told */
    om_position known_to; /**< what its sender's TCP had acknowledged of the other direction when it began */
    gboolean overlap_told, conflict_told;
};

void om_connection_free(gpointer connection);

/* direction.c */
/** The session that this message's paths belong to, as its sender sees it; NULL where there is none. */
const struct om_session_match *om_direction_match(struct om_direction *dir, const struct om_message *message);
/** The frame and time in which the byte at this position was seen. */
void om_direction_when(const struct om_direction *dir, om_position position, guint32 *frame, gint64 *time);
/** The same with addresses; borrows them. */
struct om_frame om_direction_frame(const struct om_direction *dir, om_position position);
/** Bytes of this direction that the capture lost and nothing brought later. */
guint64 om_direction_lost(const struct om_direction *dir);
/** The first frame that tells of them; valid where there are any. */
guint32 om_direction_lost_frame(const struct om_direction *dir);
/** Keeps count of them: a segment that only came late is no loss. length: the segment's. */
void om_direction_count_lost(struct om_direction *dir, const struct om_segment_result *result, gsize length);

/* pieces.c */
void om_direction_pieces_init(struct om_direction *dir);
/** Positions of a payload, before the stream gets its bytes. length: those that have any. */
void om_direction_place(struct om_direction *dir, struct om_payload *payload, gsize length);
/** The payload that brought the byte at this position; of a missing one that with the bytes before it. */
const struct om_payload *om_direction_payload_at(const struct om_direction *dir, om_position position);
/** Do these positions lie in one payload? */
gboolean om_direction_in_one_payload(const struct om_direction *dir, om_position from, om_position to);
/** A head is complete: what of it lies in earlier payloads than its end. */
void om_direction_paint_head(struct om_direction *dir, struct om_message *message, om_position end);
void om_direction_paint_message(struct om_direction *dir, struct om_message *message, om_position end);
void om_direction_paint_junk(struct om_direction *dir, enum om_junk why, om_position from, om_position to);
/** Body bytes that the payload under way brings late. @return FALSE where they are none */
gboolean om_direction_paint_late(struct om_direction *dir, struct om_message *message, om_position from,
                                 om_position to);
/** What has come, and is of a message or head that goes on. */
void om_direction_paint_undecided(struct om_direction *dir);
/** What of the payload under way waits for bytes before it. */
void om_direction_paint_waiting(struct om_direction *dir);

/* message.c */
/** `user` is a struct om_direction, messages are struct om_message, owned by its connection. */
extern const struct om_stream_handler om_message_handler;
void om_message_free(gpointer message);

/* msrp_send.c */
void om_send_begin(struct om_direction *dir, struct om_message *message, const struct om_msrp_head *head);
void om_send_body(struct om_direction *dir, struct om_message *message, guint64 offset, struct om_slice bytes);
void om_send_lost(struct om_direction *dir, struct om_message *message, guint64 offset, guint64 length);
void om_send_end(struct om_direction *dir, struct om_message *message);
void om_send_free(struct om_send *send);

/* msrp_answer.c */
/** A request is one that a response may answer. */
void om_request_begin(struct om_direction *dir, struct om_message *message);
void om_response_begin(struct om_direction *dir, struct om_message *message);
/** The request ended: a response that the capture has before it is its answer. */
void om_request_end(struct om_direction *dir, struct om_message *message);
/** The message ended in another frame than the one its head was complete in. */
void om_answer_end(struct om_message *message);
/**
 * Did a box on the way put in authorities of its own, so that a response or REPORT differs from what it answers in these
 * alone? The first SEND of the object says so, once for each side.
 * @param to, from  where it should go to and come from
 * @param first     the first URIs of the paths count, else the last ones
 */
gboolean om_paths_rewritten(struct om_direction *dir, const struct om_message *message, const char *to,
                            const char *from, gboolean first);
/** What a status code says, for people. */
const char *om_status_meaning(guint status);

/* msrp_report.c */
void om_report_begin(struct om_direction *dir, struct om_message *message, const struct om_msrp_head *head);
/** The first chunk of an object ended, key: in the table of objects. The same for a REPORT. */
void om_report_awaited(struct om_message *message, const char *key);
/** Success reports that came before all of the object had: do they cover it now? */
void om_report_settle(struct om_object *object);
/** Whether it tells of more than was sent, which later frames may explain. */
void om_report_conclude(const struct om_message *message, struct om_conclusion *conclusion);
/** As om_answer_end(), of a REPORT that tells of an object. */
void om_report_end(struct om_message *message);

/* msrp_rules.c */
void om_rules_head(struct om_direction *dir, struct om_message *message, const struct om_msrp_head *head);
void om_rules_end(struct om_direction *dir, struct om_message *message);
void om_rules_first_chunk(struct om_direction *dir, struct om_message *message);
void om_rules_range(struct om_direction *dir, struct om_message *message, const struct om_msrp_head *head);
void om_rules_connect_side(struct om_direction *dir, const struct om_message *message);

/**
 * A finding about this message: recorded at the frame in which it ends, so kept
 * back until then.
 */
void om_message_find(struct om_message *message, enum om_rule rule, const char *format, ...) G_GNUC_PRINTF(3, 4);

#define OM_FIND(message, rule, ...) om_message_find(message, OM_RULE_##rule, __VA_ARGS__)

#endif
