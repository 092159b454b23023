/* base_ask.h
 * What goes in with every event, and the findings that come out: a public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_BASE_ASK_H
#define OM_BASE_ASK_H

#include "rules.h"

struct om_object;
struct om_session;

/** What the preferences say. Copied. */
struct om_options {
    char **icsis; /**< NULL-terminated; suffixes of ICSIs that mean OMA push */
    gboolean all_msrp;
    gboolean verify;
    guint64 max_object; /**< bytes */
};

/** Where and when something was seen: handed in with every event, borrowed for the call. */
struct om_frame {
    guint32 number;
    gint64 time;     /**< om_frame_time(): nanoseconds since the epoch */
    const char *src; /**< addresses as text; interned by whoever keeps them */
    const char *dst;
    guint16 src_port;
    guint16 dst_port;
    gboolean cut;        /**< the capture cut the frame short: what is absent proves nothing */
    gboolean peer_heard; /**< the capture has the SYN-ACK of the TCP connection's other side */
};

/** One broken rule at one frame. Lives as long as the model, or as the conclusion that tells it. */
struct om_finding;

enum om_rule om_finding_rule(const struct om_finding *finding);
guint32 om_finding_frame(const struct om_finding *finding);
struct om_object *om_finding_object(const struct om_finding *finding);   /**< NULL where it belongs to none */
struct om_session *om_finding_session(const struct om_finding *finding); /**< NULL where it belongs to none */
const char *om_finding_text(const struct om_finding *finding);           /**< one sentence with values */
/** Address of the host that broke the rule, or did not do what it wants; NULL: none did, or it is not known. */
const char *om_finding_peer(const struct om_finding *finding);

/** Findings of one rule about one object, or equal ones about none: told once. Of a conclusion, lives as long. */
struct om_finding_group;

const struct om_finding *om_finding_group_first(const struct om_finding_group *group);
/** guint32: a frame for each finding, in order. */
const GArray *om_finding_group_frames(const struct om_finding_group *group);

/** What holds if nothing more comes: what events proved and what the end of the capture does. Until the next event. */
struct om_conclusion;

/* Lists of struct om_finding *, by frame, then in order of events; NULL for none. */
const GPtrArray *om_conclusion_findings(const struct om_conclusion *conclusion);
const GPtrArray *om_conclusion_findings_at(const struct om_conclusion *conclusion, guint32 frame);
const GPtrArray *om_conclusion_findings_of(const struct om_conclusion *conclusion, const struct om_object *object);

/** struct om_finding_group *, in order of first frame. */
const GPtrArray *om_conclusion_groups(const struct om_conclusion *conclusion);

/** Frames of the capture, also those that hold nothing of concern. */
struct om_frames {
    guint64 all;
    guint64 cut;       /**< the capture cut them short */
    guint64 first_cut; /**< the first of these; 0: none */
    gint64 first_time; /**< nanoseconds; 0 where there is none */
    gint64 last_time;  /**< the latest */
};

#endif
