/* context.h
 * What all rooms of the model share about one capture: options, interned strings, frames seen, findings. It knows
 * none of them. No globals: all hangs on a context.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_CONTEXT_H
#define OM_CONTEXT_H

#include "base_ask.h"

#include "core/text/slice.h"

/** One broken rule at one frame. Owned by the context (or by a conclusion), lives as long. */
struct om_finding {
    enum om_rule rule;
    guint32 frame;
    struct om_object *object;
    struct om_session *session;
    char *text;
    const char *peer;   /**< interned; NULL: nobody's doing, or not known */
    gboolean withdrawn; /**< it counts no more */
};

/** Who sent a frame to whom: addresses, interned. */
struct om_frame_hosts {
    guint32 frame;
    const char *src;
    const char *dst;
};

/** Owned by whoever made it with om_context_new(). */
struct om_context {
    struct om_options options;
    GPtrArray *findings;           /**< struct om_finding *: those that an event proved at its frame */
    GHashTable *findings_by_frame; /**< frame number -> GPtrArray of these */
    GHashTable *proved;            /**< struct om_object * -> guint[OM_SEVERITIES]: how many of these */
    guint64 generation;            /**< counts events: what is derived from the model is good for one generation */
    struct om_frames frames;       /**< of the whole capture */
    GArray *hosts;                 /**< struct om_frame_hosts: of frames with events, in their order */
    guint32 last_frame;            /**< last frame an event came from */
    gint64 first_time;
    gint64 last_time;      /**< latest time told by an event, or of a frame that is none */
    GStringChunk *strings; /**< interned strings */
    GHashTable *interned;  /**< set of them */
};

struct om_context *om_context_new(const struct om_options *options);
void om_context_free(struct om_context *context);

/** Interned copy, lives as long as the context. NULL gives NULL. */
const char *om_context_intern(struct om_context *context, const char *text);

/** Every event begins with this: frame and time seen, generation counted. */
void om_context_event(struct om_context *context, const struct om_frame *frame);

/** An event that nobody will ask about: what om_context_event() does but for keeping the frame's hosts. */
void om_context_passes(struct om_context *context, guint32 frame, gint64 time);

/** A frame that is no event: time goes by, for timers that run. */
void om_context_time(struct om_context *context, gint64 time);

/** Of a frame with an event; NULL: there was none. Until the next event. */
const struct om_frame_hosts *om_context_hosts(const struct om_context *context, guint32 frame);

/** Records a finding that this frame proves. The text is one sentence with values. */
void om_context_find(struct om_context *context, enum om_rule rule, guint32 frame, struct om_session *session,
                     struct om_object *object, const char *format, ...) G_GNUC_PRINTF(6, 7);

/**
 * Takes back the latest finding of this rule at this frame about these: a later event disproved it (a
 * rejection on one branch of a fork that another one accepts).
 */
void om_context_withdraw(struct om_context *context, enum om_rule rule, guint32 frame, const struct om_session *session,
                         const struct om_object *object);

/** Findings that events proved at this frame; NULL where there are none. */
const GPtrArray *om_context_findings_at(const struct om_context *context, guint32 frame);

/** How many findings of this severity events proved about this object. */
guint om_context_proved(const struct om_context *context, const struct om_object *object, enum om_severity severity);

#endif
