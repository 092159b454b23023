/* object_ask.h
 * What may be asked of a push object, its chunks and its REPORTs: a public part of the model (model/model.h).
 *
 * All of them live as long as the model. Times are nanoseconds since the epoch; frames count from 1, 0 stands for none;
 * offsets count from 0.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_OBJECT_ASK_H
#define OM_OBJECT_ASK_H

#include "model/body/body.h"
#include "model/bytes/digest.h"
#include "model/bytes/ranges.h"

struct om_session;

/** One push content delivered once, by MSRP or by SIP MESSAGE. */
struct om_object;
/** One MSRP SEND of an object. */
struct om_chunk;
/** One REPORT for an object. */
struct om_report;

enum om_carrier { OM_CARRIER_MSRP, OM_CARRIER_MESSAGE };
enum om_state { OM_INCOMPLETE, OM_COMPLETE, OM_ABORTED };
enum om_verification_result { OM_NOT_OFFERED, OM_NOT_VERIFIABLE, OM_MATCH, OM_MISMATCH };
enum om_covers { OM_COVERS_NONE, OM_COVERS_OBJECT, OM_COVERS_CONTENT };

const char *om_carrier_name(enum om_carrier carrier);                 /**< "MSRP", "MESSAGE" */
const char *om_state_name(enum om_state state);                       /**< "complete", ... as in JSON */
const char *om_verification_name(enum om_verification_result result); /**< "match", ... */
const char *om_covers_name(enum om_covers covers);                    /**< "object", "content", NULL for none */

/* --- what it is: texts are NULL where nothing was sent --- */

guint32 om_object_id(const struct om_object *object); /**< from 1, in order of first frame */
enum om_carrier om_object_carrier(const struct om_object *object);
struct om_session *om_object_session(const struct om_object *object);  /**< NULL: none is known; may be no push yet */
guint32 om_object_session_id(const struct om_object *object);          /**< 0: none is known that is a push */
const char *om_object_call_id(const struct om_object *object);         /**< its MESSAGE's, else its push session's */
const char *om_object_message_id(const struct om_object *object);      /**< MSRP only */
const char *om_object_from_path(const struct om_object *object);       /**< as on the first leg; MESSAGE: From's URI */
const char *om_object_to_path(const struct om_object *object);         /**< as on the first leg; MESSAGE: To's URI */
const char *om_object_content_type(const struct om_object *object);    /**< as sent, with parameters */
const char *om_object_innermost_type(const struct om_object *object);  /**< of what the user gets, inside envelopes */
const GPtrArray *om_object_event_apps(const struct om_object *object); /**< char *: its own, else its session's */
const GPtrArray *om_object_icsis(const struct om_object *object);      /**< the same of ICSIs */
/** The one file that its sender offers in its session; NULL: there are several or none, or it has no name. */
const char *om_object_only_file(const struct om_object *object);

/* --- how far it has come --- */

/** Complete: all bytes up to a known total are held; where there are more than that, the message has ended and all bytes
 * up to the last one are. */
enum om_state om_object_state(const struct om_object *object);
/** Nothing more is to come: complete, its last chunk seen, or aborted. */
gboolean om_object_is_over(const struct om_object *object);
/** Distinct bytes held. */
guint64 om_object_size(const struct om_object *object);
/** Is it known how many bytes it has? What was announced is not, where more came and more may follow.
 * @param total  out: that many, else 0 */
gboolean om_object_total(const struct om_object *object, guint64 *total);
/** Missing ranges [from, to) from 0, of what is known of the total: struct om_range; g_array_unref() it. */
GArray *om_object_gaps(const struct om_object *object);
/** The first `most` of them. @param more  out: how many others there are */
GArray *om_object_first_gaps(const struct om_object *object, guint most, guint *more);
/** Bytes missing of what is known of the total. */
guint64 om_object_missing(const struct om_object *object);
/** Body bytes that the capture lost and nothing brought later. */
guint64 om_object_capture_lost(const struct om_object *object);
/** Ways from host to host on which it was seen. */
guint om_object_hops(const struct om_object *object);

guint32 om_object_first_frame(const struct om_object *object); /**< where the first chunk begins */
guint32 om_object_last_frame(const struct om_object *object);  /**< where the last chunk ends, or has come to */
gint64 om_object_first_time(const struct om_object *object);
gint64 om_object_last_time(const struct om_object *object);

/* --- what its receiver said --- */

guint om_object_status(const struct om_object *object);         /**< MESSAGE: final answer; 0: none seen, or MSRP */
guint32 om_object_answer_frame(const struct om_object *object); /**< ... and its frame */
guint om_object_refused_status(const struct om_object *object); /**< MSRP: 4xx/5xx to a SEND of it; 0: none */
guint32 om_object_report_frame(const struct om_object *object); /**< the REPORT that completed the report */
gint64 om_object_report_time(const struct om_object *object);
/** Status of the first of its REPORTs (`most` of them are looked at) that is neither 200 nor unreadable; 0: none. */
guint om_object_failed_report(const struct om_object *object, guint most);

/* --- its bytes --- */

/** Of om_object_assess(); NULL where nothing is held. Until the next event. */
const struct om_body *om_object_body(const struct om_object *object);
/** What the body's slices point into (but for those that were decoded): it stays as it is as long as somebody holds a
 * reference. NULL where there is no body. */
GBytes *om_object_body_bytes(const struct om_object *object);
/** The frame that completed the object; 0: none has. */
guint32 om_object_judged_frame(const struct om_object *object);
/** Over all of it, complete objects only: the i-th algorithm's; NULL behind the last one. */
const struct om_digest *om_object_digest(const struct om_object *object, guint i);

struct om_file;

/** What checking against the selector says: a plain record, made anew when something changes. */
struct om_verification {
    enum om_verification_result result;
    const struct om_file *file; /**< the selector that belongs to it, or NULL */
    const char *algorithm;      /**< of the hash that decided, or NULL */
    struct om_digest offered;   /**< length 0: none */
    struct om_digest computed;  /**< over what `covers` says (object where nothing matches); length 0: none */
    enum om_covers covers;
    struct om_slice covered; /**< the bytes that it covers, on a match */
    gboolean size_wrong;     /**< size offered, neither the object's nor the content's */
    gboolean hash_wrong;
    gboolean part;       /**< a=file-range: it is a part of the file that the selector describes ... */
    guint64 part_length; /**< ... of so many bytes; 0: not known */
    gboolean extra;      /**< the m-line has selectors, all used by earlier objects */
    char *hint;          /**< what the hash does fit, one phrase, or NULL */
};

/** As of the last om_object_assess(). */
const struct om_verification *om_object_verification(const struct om_object *object);

/* --- chunks, in order of first frame --- */

guint om_object_chunk_count(const struct om_object *object);
/** NULL behind the last one. */
const struct om_chunk *om_object_chunk(const struct om_object *object, guint i);
/** The one that ends in the object's last frame; NULL: none has begun to. */
const struct om_chunk *om_object_last_chunk(const struct om_object *object);

struct om_object *om_chunk_object(const struct om_chunk *chunk);
const char *om_chunk_tid(const struct om_chunk *chunk);
guint om_chunk_number(const struct om_chunk *chunk);  /**< from 1, on its leg */
guint om_chunk_index(const struct om_chunk *chunk);   /**< among its object's chunks */
guint32 om_chunk_frame(const struct om_chunk *chunk); /**< where it ends; last one with a byte of it while it is open */
gint64 om_chunk_end_time(const struct om_chunk *chunk);
guint64 om_chunk_offset(const struct om_chunk *chunk); /**< of its first body byte in the object */
guint64 om_chunk_length(const struct om_chunk *chunk); /**< body bytes, gaps counted */
guint64 om_chunk_lost(const struct om_chunk *chunk);   /**< of these, bytes that the capture lost */
/** Did it announce a total? @param total  out: bytes, else 0 */
gboolean om_chunk_total(const struct om_chunk *chunk, guint64 *total);
char om_chunk_flag(const struct om_chunk *chunk); /**< '$', '+', '#', 0: not ended (yet) */
gboolean om_chunk_ended(const struct om_chunk *chunk);
guint32 om_chunk_response_frame(const struct om_chunk *chunk);
guint om_chunk_response_status(const struct om_chunk *chunk); /**< 0: none seen */
gint64 om_chunk_response_time(const struct om_chunk *chunk);
gboolean om_chunk_repeated(const struct om_chunk *chunk);  /**< seen on another leg before: lists leave it out */
gboolean om_chunk_overlaps(const struct om_chunk *chunk);  /**< some of its bytes were sent before on its leg */
gboolean om_chunk_conflicts(const struct om_chunk *chunk); /**< ... with other values */

/** Were they sent on the same way? */
gboolean om_chunk_same_leg(const struct om_chunk *chunk, const struct om_chunk *other);
const char *om_chunk_src(const struct om_chunk *chunk); /**< the host that sent it, as text */
const char *om_chunk_dst(const struct om_chunk *chunk);
/** Chunks on its leg, known once the object is complete there; else 0. */
guint om_chunk_leg_chunks(const struct om_chunk *chunk);

/* --- REPORTs, in order --- */

/** NULL behind the last one. */
const struct om_report *om_object_report(const struct om_object *object, guint i);

guint32 om_report_frame(const struct om_report *report);
gint64 om_report_time(const struct om_report *report);
guint om_report_status(const struct om_report *report); /**< 0 where unreadable */
/** Did it have a Byte-Range? @param start, end  out: from 1, inclusive, "*" resolved to what is known of the object */
gboolean om_report_range(const struct om_report *report, guint64 *start, guint64 *end);
gboolean om_report_total(const struct om_report *report, guint64 *total);
/** The chunk that it answers; NULL: none is known. */
const struct om_chunk *om_report_answers(const struct om_report *report);
gboolean om_report_repeated(const struct om_report *report); /**< the same on another hop: lists leave it out */

#endif
