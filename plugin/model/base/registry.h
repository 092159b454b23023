/* registry.h
 * Everything known of one capture. No globals: all hangs on a registry.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_REGISTRY_H
#define OM_REGISTRY_H

#include "core/text/slice.h"
#include "rules.h"

struct om_object;
struct om_session;
struct om_registration;
struct om_conclusion;

/** What the preferences say. Copied into the registry. */
struct om_options {
    char **icsis; /**< NULL-terminated; suffixes of ICSIs that mean OMA push */
    gboolean all_msrp;
    gboolean verify;
    guint64 max_object; /**< bytes */
};

/** Where and when something was seen: handed in with every event, borrowed for the call. */
struct om_frame {
    guint32 number;
    gint64 time;     /**< nanoseconds since the epoch */
    const char *src; /**< addresses as text; interned by whoever keeps them */
    const char *dst;
    guint16 src_port;
    guint16 dst_port;
    gboolean cut; /**< the capture cut the frame short: what is absent proves nothing */
};

/** One broken rule at one frame. Owned by the registry (or by a conclusion), lives as long. */
struct om_finding {
    enum om_rule rule;
    guint32 frame;
    struct om_object *object;   /**< NULL where it belongs to none */
    struct om_session *session; /**< NULL where it belongs to none */
    char *text;
    gboolean withdrawn; /**< it counts no more */
};

/** Owned by whoever made it with om_registry_new(). */
struct om_registry {
    struct om_options options;
    GPtrArray *registrations;      /**< struct om_registration *, in order of first frame */
    GPtrArray *sessions;           /**< struct om_session *, sessions[i]->id == i + 1 */
    GPtrArray *objects;            /**< struct om_object *, objects[i]->id == i + 1 */
    GPtrArray *findings;           /**< struct om_finding *: those that an event proved at its frame */
    GHashTable *findings_by_frame; /**< frame number -> GPtrArray of these */
    guint64 generation;            /**< counts events: a conclusion is good for one generation */
    guint64 sip_generation;        /**< counts SIP events: a session looked up by paths holds for one */
    guint32 last_frame;            /**< last frame an event came from */
    gint64 first_time;
    gint64 last_time;                 /**< latest time told by an event */
    struct om_conclusion *conclusion; /**< cache of om_registry_conclude() */
    GHashTable *sip_rests;      /**< direction of a connection, as its input numbers them -> struct om_sip_rest * */
    GStringChunk *strings;      /**< interned strings */
    GHashTable *interned;       /**< set of them */
    struct om_sip_state *sip;   /**< private to the SIP side (sip_events.c) */
    struct om_msrp_state *msrp; /**< private to the MSRP side (msrp_events.c) */
};

struct om_registry *om_registry_new(const struct om_options *options);
void om_registry_free(struct om_registry *registry);

/** Interned copy, lives as long as the registry. NULL gives NULL. */
const char *om_registry_intern(struct om_registry *registry, const char *text);

/** Every event begins with this: frame and time seen, generation counted. */
void om_registry_event(struct om_registry *registry, const struct om_frame *frame);

/** Records a finding that this frame proves. The text is one sentence with values. */
void om_registry_find(struct om_registry *registry, enum om_rule rule, guint32 frame, struct om_session *session,
                      struct om_object *object, const char *format, ...) G_GNUC_PRINTF(6, 7);

/**
 * Takes back the latest finding of this rule at this frame about these: a later event disproved it (a
 * rejection on one branch of a fork that another one accepts).
 */
void om_registry_withdraw(struct om_registry *registry, enum om_rule rule, guint32 frame,
                          const struct om_session *session, struct om_object *object);

/** Findings that events proved at this frame; NULL where there are none. */
const GPtrArray *om_registry_findings_at(const struct om_registry *registry, guint32 frame);

/**
 * What holds if nothing more comes: all findings, those proved by events and
 * those that only the end of the capture proves (no answer, gaps, missing
 * responses and reports). Changes nothing in the model; kept until the next event.
 */
struct om_conclusion {
    guint64 generation;
    GPtrArray *findings;   /**< struct om_finding *, by frame, then in order of events */
    GPtrArray *own;        /**< the derived ones, owned here */
    GHashTable *by_frame;  /**< frame number -> GPtrArray of struct om_finding * */
    GHashTable *by_object; /**< struct om_object * -> GPtrArray of struct om_finding * */
    GHashTable *worst;     /**< struct om_object * -> 1 + the worst severity of its findings */
};
const struct om_conclusion *om_registry_conclude(struct om_registry *registry);

/** For the conclude functions of each side: adds a derived finding. */
void om_conclusion_find(struct om_conclusion *conclusion, enum om_rule rule, guint32 frame, struct om_session *session,
                        struct om_object *object, const char *format, ...) G_GNUC_PRINTF(6, 7);

#endif
