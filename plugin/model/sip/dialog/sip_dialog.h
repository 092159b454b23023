/* sip_dialog.h
 * One SIP dialog that offers MSRP, or may still: private to the files that handle INVITE and what follows it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SIP_DIALOG_H
#define OM_SIP_DIALOG_H

#include "model/session/sdp_description.h"
#include "model/sip/sip_private.h"

/** Descriptions of one exchange that are kept beside the first: other hops' and forks'. */
#define OM_ALTERNATES_MAX 16

/** One offer and its answers, as seen on every hop and from every fork. Owned by its dialog. */
struct om_negotiation {
    struct om_exchange *exchange;
    GPtrArray *offers;    /**< struct om_description *, owned; exchange->offer is among them */
    GPtrArray *answers;   /**< struct om_description *, owned; exchange->answer is among them */
    gboolean in_answer;   /**< the offer came in an answer (a 2xx or reliable 1xx to an INVITE without one) */
    gboolean provisional; /**< the answer came in a 1xx: that of the 2xx counts */
};

/**
 * Owned by the sip state. A session with one exchange costs some 5 KB in all: dialog,
 * descriptions, endpoints, transactions.
 */
struct om_dialog {
    struct om_sip_usage usage;
    struct om_session *session;
    struct om_sip_tags tags;
    char *accepted_tag;                /**< of the first 2xx to the INVITE; NULL: none yet */
    GPtrArray *fork_tags;              /**< char *, of further ones; OM_CALLEE_TAGS_MAX at most */
    GPtrArray *negotiations;           /**< struct om_negotiation *, in order of session->exchanges */
    struct om_negotiation *unanswered; /**< offer in an answer, still without its own; NULL: none */
    gboolean unnamed;                  /**< its INVITE names no application: told */
    gboolean bye_demanded;             /**< the BYE's answer so far is a challenge */
};

/* --- offers and answers: sip_negotiation.c --- */

void om_negotiation_free(gpointer negotiation);

/**
 * A new exchange.
 * @param offer  taken over
 */
struct om_negotiation *om_negotiation_open(struct om_sip_event *event, struct om_dialog *dialog, gboolean by_caller,
                                           struct om_description *offer);
/** The offer again: on another hop, or repeated after a challenge (then it counts). Takes it over. */
void om_negotiation_offer_again(struct om_sip_event *event, struct om_dialog *dialog,
                                struct om_negotiation *negotiation, struct om_description *offer, gboolean counts);
/** An answer, from a fork or another hop again. Takes it over. */
void om_negotiation_answer(struct om_sip_event *event, struct om_dialog *dialog, struct om_negotiation *negotiation,
                           struct om_description *answer, gboolean provisional);

/** The SDP of a message (of a cut one its whole lines), parsed; om_sdp_clear() it. @return FALSE where there is none */
gboolean om_sip_sdp_parse(const struct om_sip_event *event, struct om_sdp *sdp);
/** Reads an offer that a message carries and records what it breaks. NULL where it offers no MSRP. */
struct om_description *om_sip_read_offer(struct om_sip_event *event, struct om_dialog *dialog, gboolean by_caller);
/** Reads an answer and records what it breaks. NULL where there is none. */
struct om_description *om_sip_read_answer(struct om_sip_event *event, struct om_dialog *dialog,
                                          const struct om_negotiation *negotiation);

/* --- the dialog: sip_dialog.c --- */

struct om_dialog *om_dialog_new(struct om_sip_event *event);

/** Takes the To tag of a 2xx to the INVITE: the first is the session's, others are those of forks. */
void om_dialog_note_accepted(struct om_dialog *dialog, struct om_slice tag);
/**
 * Is this message of the dialog with another fork than the one whose 2xx counts? Each fork's 2xx makes a dialog of
 * its own, with its own ACK and BYE (RFC 3261 section 13.2.2.4); the caller drops those that it does not want.
 */
gboolean om_dialog_is_forks(const struct om_dialog *dialog, const struct om_sip_msg *msg);

/** Takes the tags and capabilities of a message, and makes it a push session where they say so. */
void om_dialog_note(struct om_sip_event *event, struct om_dialog *dialog);
struct om_sip_record *om_dialog_record(const struct om_dialog *dialog, enum om_procedure procedure,
                                       const struct om_negotiation *negotiation);

#endif
