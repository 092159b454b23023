/* sip_private.h
 * What the files of the SIP side share: Call-IDs, transactions, and usages (a registration, a MESSAGE push, a
 * dialog) with the findings that are held back until a usage turns out to be a push.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_PRIVATE_H
#define OM_SIP_PRIVATE_H

#include "core/sip/sip_msg.h"
#include "model/base/finding_queue.h"
#include "model/object/object.h"
#include "model/sip/sip_record.h"
#include "model/verify/verify.h"

struct om_dialog;
struct om_negotiation;

enum om_sip_method {
    OM_SIP_REGISTER,
    OM_SIP_MESSAGE,
    OM_SIP_INVITE,
    OM_SIP_ACK,
    OM_SIP_BYE,
    OM_SIP_CANCEL,
    OM_SIP_UPDATE,
    OM_SIP_PRACK,
    OM_SIP_METHODS, /**< none of these: of no concern here */
};

/**
 * What requests and answers are for, a usage in the words of RFC 5057: first member of a registration's, a page-mode
 * message's (RFC 3428) and a dialog's own struct. Owned by the sip state.
 */
struct om_sip_usage {
    struct om_finding_queue findings;   /**< open when it is known to be a push */
    struct om_sip_transaction *current; /**< its first request, or that one repeated after a challenge */
};

/** A MESSAGE that is a push, with all repetitions. Owned by the sip state. */
struct om_page_message {
    struct om_sip_usage usage; /**< findings about the first of its objects */
    GPtrArray *objects;        /**< struct om_object *, in order of its parts: those of (Call-ID, CSeq) */
    gboolean cut;              /**< only the beginning of it has been seen */
};

/** To tags of one INVITE that are kept. */
#define OM_CALLEE_TAGS_MAX 16

/** The tags of a dialog's two sides. Part of the dialog. */
struct om_sip_tags {
    char *caller;       /**< From tag of the INVITE */
    GPtrArray *callees; /**< char *: distinct To tags of those that took it, OM_CALLEE_TAGS_MAX at most */
};

/** One Call-ID with which something of concern began. Owned by the sip state. */
struct om_sip_call {
    char *call_id;
    struct om_dialog *dialog;                        /**< the latest one; NULL where there is none */
    const struct om_sip_tags *tags;                  /**< that one's */
    struct om_sip_transaction *last[OM_SIP_METHODS]; /**< latest request seen of each method */
};

/**
 * One request with its answers, on however many hops: (Call-ID, CSeq, method), and which
 * side of the dialog sent it, for each counts its own CSeq. Owned by the sip state.
 */
struct om_sip_transaction {
    struct om_sip_call *call;
    guint32 cseq;
    enum om_sip_method method;
    gboolean from_callee;
    guint branch;                       /**< om_hash() of the client's branch; 0: none */
    struct om_sip_transaction *same_as; /**< an answer's CSeq that can only mean that request; else NULL */
    struct om_sip_usage *usage;         /**< NULL: a request of another method in a call of concern */
    guint32 frame;                      /**< of the request */
    guint32 answer_frame;               /**< of the final answer that counts (sip_hop.h); 0: none seen */
    guint status;                       /**< that answer's; 0: none seen */
    GPtrArray *hops;                    /**< struct om_sip_hop *, owned; NULL: none yet */
    gboolean superseded;                /**< repeated with what its answer demanded */
    guint32 cancel_frame;               /**< INVITE: a CANCEL before the final answer; 0: none seen */
    gboolean cancelled_on_way;          /**< ... from a host that the INVITE went through */
    gboolean rejected;                  /**< SIP-REJECTED was recorded */
    char *reason;                       /**< of the final answer */
    char *to_tag;                       /**< of the request; NULL where there is none */
    gboolean outside;                   /**< known to be outside any dialog: a To tag is out of place */
    struct om_negotiation *negotiation; /**< whose offer the request or its answer carries */
};

/** What the SIP side knows of a capture. Owned by the model. */
struct om_sip_state {
    struct om_context *context;
    struct om_sessions *sessions;
    struct om_objects *objects;
    GPtrArray *registrations; /**< struct om_registration * that are pushes, by first frame; owned */
    GHashTable *calls;        /**< Call-ID -> struct om_sip_call * */
    GHashTable *transactions; /**< set of struct om_sip_transaction *, the latest where a Call-ID is used again */
    GPtrArray *all;           /**< the same, owned */
    GHashTable *copies;       /**< set of fingerprints: messages seen, by text and hop */
    GPtrArray *requests;      /**< struct om_sip_transaction *: those that began a usage, in order */
    GHashTable *parties;      /**< registered parties, see sip_party.c */
    GPtrArray *registers;     /**< struct om_register * */
    GPtrArray *page_messages; /**< struct om_page_message * */
    GPtrArray *dialogs;       /**< struct om_dialog * */
    GHashTable *sources;      /**< set of hosts that sent any SIP, interned */
    const char *source;       /**< the last of them */
    GQueue *early;            /**< answers before their requests, see sip_early.h */
};

/** Points into the model. */
struct om_sip_record {
    gboolean shared; /**< two hold it: the first that frees it leaves it to the other */
    enum om_procedure procedure;
    struct om_session *session;
    struct om_registration *registration;
    const GPtrArray *objects; /**< struct om_object *, of a MESSAGE; NULL: none */
    struct om_exchange *exchange;
};

/** One message as it is handled, borrowed for the call. */
struct om_sip_event {
    struct om_context *context;
    struct om_sip_state *state;
    const struct om_frame *frame;
    const struct om_sip_msg *msg;
    enum om_sip_method method;
    gboolean copy_known; /**< new_copy was found out */
    gboolean new_copy;
};

/** It is a push: what was held back is told, and how its request ended. */
void om_sip_usage_is_push(struct om_sip_usage *usage);

/* --- Call-IDs and transactions: sip_transaction.c --- */

const char *om_sip_method_name(enum om_sip_method method);

/** Is the tag in this list? tags: char * */
gboolean om_sip_is_among(const GPtrArray *tags, struct om_slice tag);
/** Was the request (or the one that is answered) sent by the side that took the INVITE? tags: NULL where there is none */
gboolean om_sip_from_callee(const struct om_sip_tags *tags, const struct om_sip_msg *msg);

struct om_sip_call *om_sip_call_find(struct om_sip_event *event);
struct om_sip_call *om_sip_call_open(struct om_sip_event *event);
void om_sip_call_free(gpointer call);
void om_sip_transaction_free(gpointer transaction);
guint om_sip_transaction_hash(gconstpointer transaction);
gboolean om_sip_transaction_equal(gconstpointer a, gconstpointer b);

/** Is the end of the message not here, because the capture cut the frame (or a stream goes on in another)? */
gboolean om_sip_is_cut(const struct om_sip_event *event);

/** The first sight of this text on this hop? A retransmission of the same bytes is none. */
gboolean om_sip_is_new_copy(struct om_sip_event *event);

/** The request with the event's CSeq and method, NULL where none was seen. */
struct om_sip_transaction *om_sip_transaction_find(struct om_sip_event *event, const struct om_sip_call *call,
                                                   enum om_sip_method method, gboolean from_callee);
struct om_sip_transaction *om_sip_transaction_open(struct om_sip_event *event, struct om_sip_call *call,
                                                   gboolean from_callee, struct om_sip_usage *usage);
/** Remembers a request of a method that is of no concern here: its answer is no slip of another one's. */
void om_sip_note_other(struct om_sip_event *event);
/**
 * The request that an answer belongs to, NULL where none was seen. Where its CSeq is that of no
 * request, but one of that method or that number waits for an answer, it is that one's, and
 * SIP-CSEQ-RESPONSE.
 */
struct om_sip_transaction *om_sip_answered(struct om_sip_event *event, struct om_sip_call *call);

/** Does the answer ask for the same request again, with credentials (401, 407) or another value (422, 423, 494)? */
gboolean om_sip_is_demand(guint status);
/** Is this new request the repetition that the last one's answer demanded, or its way on after a redirection (3xx)? */
gboolean om_sip_meets_demand(struct om_sip_event *event, const struct om_sip_transaction *last);

/**
 * Takes an answer. Of final ones that of the hop nearest to the receiver counts, there the first, or a 2xx after
 * another one (a fork's, RFC 3261 section 16.7).
 * @return TRUE where another status counts than before
 */
gboolean om_sip_transaction_answer(struct om_sip_event *event, struct om_sip_transaction *transaction);
/** Records SIP-REJECTED where the usage is a push and its request was rejected for good (487 after CANCEL is not). */
void om_sip_transaction_settle(struct om_sip_transaction *transaction);

/* --- what each method means --- */

/** @return NULL where the message is of no concern */
struct om_sip_record *om_sip_register_request(struct om_sip_event *event);
struct om_sip_record *om_sip_register_answer(struct om_sip_event *event, struct om_sip_transaction *transaction);
struct om_sip_record *om_sip_message_request(struct om_sip_event *event);
struct om_sip_record *om_sip_message_answer(struct om_sip_event *event, struct om_sip_transaction *transaction);
struct om_sip_record *om_sip_dialog_request(struct om_sip_event *event);
struct om_sip_record *om_sip_dialog_answer(struct om_sip_event *event, struct om_sip_transaction *transaction);
/** An answer within a dialog whose request the capture does not have. */
struct om_sip_record *om_sip_dialog_stray_answer(struct om_sip_event *event, struct om_dialog *dialog);

void om_register_free(gpointer reg);
void om_page_message_free(gpointer page_message);
void om_dialog_free(gpointer dialog);

/* --- rules: sip_rules.c, sip_tag_rules.c --- */

/** Rules about the message itself: addresses, Via, Content-Length, GRUUs, feature tags, service headers. */
/** Bytes of a session's Call-ID that outputs repeat with each of its objects. */
#define OM_CALL_ID_SHOWN 255

void om_sip_rules(struct om_finding_queue *findings, const struct om_frame *frame, const struct om_sip_msg *msg);
void om_sip_tag_rules(struct om_finding_queue *findings, const struct om_frame *frame, const struct om_sip_msg *msg);

#endif
