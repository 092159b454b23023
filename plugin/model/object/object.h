/* object.h
 * Push objects: one push content delivered once, by MSRP or by SIP MESSAGE, with
 * its chunks, reports, legs, bytes and what verification says. What others ask of them is in object_ask.h.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_OBJECT_H
#define OM_OBJECT_H

#include "core/msrp/msrp_head.h"
#include "object_ask.h"

#include "model/base/context.h"
#include "model/bytes/store.h"
#include "model/session/session.h"

struct om_line;
struct om_message;

/** What tells which selector an object belongs to: the later, the better. */
enum om_basis { OM_BY_NOTHING, OM_BY_ORDER, OM_BY_SIZE, OM_BY_HASH };

/** The selector of an object: selector.h. */
struct om_choice {
    const struct om_file *file; /**< NULL: none */
    guint index;                /**< in its line */
    enum om_basis basis;        /**< OM_BY_NOTHING: not chosen yet, or there is none */
    gboolean extra;             /**< all selectors are used by other objects */
    gboolean untold;            /**< the capture lost what would tell */
};

/** One way on which an object was seen: sending host, receiving host, paths as they are there. Owned by its object. */
struct om_leg {
    const char *src; /**< interned */
    const char *dst;
    const char *from_path; /**< keys of its URIs, interned; for MESSAGE: NULL */
    const char *to_path;
    guint via_count;                     /**< MESSAGE only */
    struct om_ranges *held;              /**< MSRP only: bytes seen on this leg */
    guint chunks;                        /**< MSRP only */
    const struct om_message *aborted_by; /**< its first SEND that ended with "#"; owned by its connection */
    const struct om_message
        *stopped_by;            /**< first answer there that stops the message (413); owned by its connection */
    gboolean stopped_in_flight; /**< ... came when more of it was under way already */
};

/** One MSRP SEND of an object. Owned by its object. */
struct om_chunk {
    struct om_object *object;
    struct om_leg *leg;
    char *tid;
    guint number;        /**< from 1, on its leg */
    guint index;         /**< in its object's chunks */
    guint32 begin_frame; /**< where its start line begins */
    guint32 frame;       /**< where it ends; last frame with a byte of it while it is open */
    gint64 begin_time;   /**< nanoseconds */
    gint64 end_time;
    const void *stream; /**< stands for the direction of the connection that it came on */
    guint64 position;   /**< ... and where it begins there */
    guint64 offset;     /**< of its first body byte in the object, from 0 */
    guint64 length;     /**< body bytes, gaps counted */
    guint64 lost;       /**< of these, bytes that the capture lost */
    gboolean has_range; /**< a Byte-Range that could be read */
    gboolean end_open;  /**< "*" */
    guint64 range_end;  /**< valid unless end_open; announced */
    gboolean has_total;
    guint64 total; /**< announced */
    char flag;     /**< '$', '+', '#', 0: not ended (yet) */
    gboolean ended;
    gboolean success_report; /**< requested */
    enum om_msrp_failure_report failure_report;
    guint32 response_frame; /**< 0: none seen */
    guint response_status;  /**< 0: none seen */
    gint64 response_time;
    gboolean placeless; /**< its Byte-Range cannot be read: its bytes have no place */
    gboolean overcome;  /**< it was refused, and a later SEND of the same bytes was taken */
    gboolean copied;    /**< the same SEND on another connection of these ports: another capture point saw it */
    gboolean repeated;  /**< all its bytes were seen on another leg before: not listed */
    gboolean overlaps;  /**< some of its bytes were sent before on its leg, or before with other values */
    gboolean conflicts; /**< ... with other values */
};

/** One REPORT for an object. Owned by its object. */
struct om_report {
    guint32 frame;
    gint64 time;
    gboolean has_range;
    guint64 start, end; /**< from 1, inclusive; "*" resolved to what is known of the object */
    gboolean end_open;
    gboolean has_total;
    guint64 total;
    guint status;          /**< 0 where unreadable */
    const char *src, *dst; /**< interned */
    const char *from_path, *to_path;
    const void *stream;           /**< stands for the direction of the connection that it came on */
    gboolean by_relay;            /**< of failure, in the relay's own name */
    gboolean repeated;            /**< the same report on another hop or connection: not listed */
    gboolean too_early;           /**< it covers more than had been sent, if the capture lost nothing */
    guint64 sent;                 /**< too_early: what had been sent */
    const struct om_chunk *chunk; /**< the one that it answers (report_chunk.h); NULL: none is known */
};

/** The objects of a capture. Owned by the model. */
struct om_objects {
    struct om_context *context;
    GPtrArray *all; /**< struct om_object *, all[i]->id == i + 1; owned */
};

struct om_objects *om_objects_new(struct om_context *context);
void om_objects_free(struct om_objects *objects);

/** Owned by the list of them. */
struct om_object {
    struct om_context *context;
    guint32 id;
    enum om_carrier carrier;
    struct om_session *session;    /**< NULL where none is known */
    struct om_session_match match; /**< valid where session is not NULL */
    struct om_line *line;          /**< private to selector.c: its m-line; NULL: none */
    guint place;                   /**< ... and how many objects of it that use a selector had begun before */
    struct om_choice choice;       /**< ... and the selector there, as far as it is known (selector.h) */
    gboolean neighbours_lost;      /**< told before a conclusion: the capture lost bytes of the way it came on */
    char *call_id;                 /**< MESSAGE */
    guint32 cseq;
    guint status; /**< MESSAGE: final answer, 0: none seen */
    guint32 answer_frame;
    char *message_id;          /**< MSRP */
    char *from_path, *to_path; /**< MSRP: as on the first leg. MESSAGE: URIs of From and To */
    char *content_type;        /**< with parameters; NULL where none was sent */
    GPtrArray *event_apps;     /**< char *; of a session's object see om_object_event_apps() */
    GPtrArray *icsis;

    GPtrArray *legs;         /**< struct om_leg * */
    GHashTable *leg_table;   /**< private to leg.c: set of them; NULL where they are few */
    GPtrArray *chunks;       /**< struct om_chunk *, in order of first frame */
    GHashTable *chunk_table; /**< private to msrp_send.c: transaction id -> struct om_chunk *; NULL: not needed yet */
    GPtrArray *reports;      /**< struct om_report * */
    GHashTable *reported_words; /**< private to reports: set of those that are listed, by status and range; NULL
                                          as long as all came on one leg */
    struct om_ranges *reported; /**< bytes that success reports cover */
    struct om_store *store;
    struct om_running_digest *running; /**< of the bytes in order so far; NULL: not begun, or no use any more */
    gboolean undigested;               /**< no running digests: it has bytes that came twice, with different values */

    gboolean has_total;
    guint64 total; /**< announced, else known from the "$" chunk */
    gboolean total_announced;
    gboolean last_seen;      /**< a "$" chunk ended */
    gboolean success_report; /**< a chunk requested one */
    gboolean zero_based;     /**< its sender counts ranges from 0 */
    gboolean aborted;        /**< a "#" chunk ended, bytes are missing */
    guint refused_status;    /**< of the first SEND of it answered with 4xx/5xx: receiver does not want it; 0: none, or
                                  what was refused was sent again and taken */
    GPtrArray *refused_chunks; /**< struct om_chunk *, those that nothing overcame; private to msrp_answer.c */
    gboolean turned_down;      /**< the latest answer to a SEND of it was such a one */
    gboolean report_failed;    /**< a REPORT with a status other than 200 */
    gboolean dropped;          /**< a try that uses no selector up, counted by its line (selector.c) */
    guint64 capture_lost;      /**< body bytes that the capture lost and nothing brought later */

    guint32 first_frame;               /**< where the first chunk begins */
    const struct om_chunk *last_chunk; /**< the one that ends there; NULL: none has begun to */
    guint32 last_frame;                /**< where the last chunk ends ; while it is open: has come to */
    guint32 reported_frame;            /**< the latest success REPORT that told of more, 0: none */
    gboolean reported_early;           /**< that one came before all bytes had */
    guint32 report_frame;              /**< REPORT that completed the report, 0: none */
    gint64 first_time, last_time, reported_time, report_time;

    /* Derived, made when the object is complete (or asked for) and made anew after a change. */
    gboolean judged;      /**< findings about the complete object were recorded */
    guint32 told_frame;   /**< ... those about hash, size and type, too, at this frame; 0: the conclusion tells them */
    guint32 judged_frame; /**< ... in this frame, which completed it */
    gboolean dirty;       /**< bytes or state changed since body and digests were made */
    guint64 verified;     /**< context generation for which `verification` is right */
    GBytes *bytes;        /**< what `body` lies in; NULL where nothing is held */
    struct om_body *body; /**< of these; NULL where nothing is held */
    GArray *digests;      /**< struct om_digest over the whole object: complete objects only */
    GArray *content_digests; /**< struct om_content_digest, private to verify.c */
    struct om_verification verification;
    const char *changed_at; /**< the host between two legs that changed it, interned; NULL: none is known */
    const struct om_object *changed_from; /**< ... the message on the leg before */
    guint hint_objects; /**< so many objects the session had when the hint was looked for; 0: it was not */
};

/** Of a complete object: its bytes, those behind a total that was announced too low included. */
guint64 om_object_length(const struct om_object *object);
/** The bytes in one piece from 0 up to the first gap; borrowed until the next event. */
struct om_slice om_object_bytes(struct om_object *object);

/* --- carried by MESSAGE --- */

struct om_entity;

/** First sight of a MESSAGE push, with what is in its body. Takes copies. */
struct om_object *om_object_open_message(struct om_objects *objects, const struct om_frame *frame, const char *call_id,
                                         guint32 cseq, const char *from, const char *to, const struct om_entity *entity,
                                         guint via_count);
/** What was opened from a MESSAGE that the capture cut is there whole now, or a longer beginning of it: that counts. */
void om_object_message_body(struct om_object *object, const struct om_frame *frame, const char *from, const char *to,
                            const struct om_entity *entity);
/** The same MESSAGE again: another hop (hosts or number of Vias differ) or a retransmission. */
void om_object_message_hop(struct om_object *object, const struct om_frame *frame, guint via_count);
/** Its final answer, as far as it is known by now. */
void om_object_message_answer(struct om_object *object, guint32 frame, guint status);
/** Adds a value to event_apps / icsis unless it is there. */
void om_object_add_event_app(struct om_object *object, const char *app);
void om_object_add_icsi(struct om_object *object, const char *icsi);

/* --- for the MSRP side --- */

/**
 * The leg between the frame's hosts, with these paths (interned, or NULL): made where there is none. Ports are left
 * out: a transfer resumed on a new connection is the same hop.
 */
struct om_leg *om_object_leg(struct om_object *object, const struct om_frame *frame, const char *from_path,
                             const char *to_path, guint via_count);
void om_leg_free(gpointer leg);
/** Does one of its paths name this URI? key: om_msrp_uri_key() of it. */
gboolean om_leg_names(const struct om_leg *leg, const char *key);
struct om_object *om_object_new(struct om_objects *objects, enum om_carrier carrier, const struct om_frame *frame);
void om_object_free(struct om_object *object);

#endif
