/* model.h
 * What happened in one capture: SIP messages and MSRP bytes go in, registrations, sessions, push objects and findings
 * come out. No globals: all hangs on a model.
 *
 * This header, with what it brings along, and base/rules.h are all that plugin/wireshark may see of the model
 * (tools/layers). What lives in it is opaque and is asked by functions; plain records are what is handed in (frames,
 * options), what SDP and bodies say, and results (ranges, digests, a verification). Lists are const GPtrArrays, or are
 * walked by a function that tells the i-th, and NULL behind the last. Times are nanoseconds since the epoch, offsets
 * bytes from 0, frames count from 1 and 0 is none.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_MODEL_H
#define OM_MODEL_H

/* What goes in. */
#include "model/base/base_ask.h"
#include "model/base/frame_time.h"
#include "model/msrp/msrp_events.h"
#include "model/session/way_events.h"
#include "model/stream/sip_rest.h"
#include "model/stream/stream_ask.h"
#include "core/sip/sip_glance.h"
#include "core/sip/sip_msg.h"

/* What comes out. */
#include "model/msrp/message_ask.h"
#include "model/peer_ask.h"
#include "model/object/object_ask.h"
#include "model/session/session_ask.h"
#include "model/sip/register/registration_ask.h"
#include "model/sip/sip_record.h"

/* What a complete object is, and what it holds. */
#include "model/body/body.h"
#include "model/body/entity.h"
#include "model/body/export_names.h"
#include "model/bytes/digest.h"
#include "model/bytes/ranges.h"
#include "model/verify/assess.h"
#include "model/verify/object_export.h"
#include "model/verify/object_name.h"
#include "model/verify/verdict.h"

/** Owned by whoever made it with om_model_new(). All that is told of it lives as long, unless another end is told. */
struct om_model;

/** @param options  copied */
struct om_model *om_model_new(const struct om_options *options);
void om_model_free(struct om_model *model);

/* --- events, in the order of frames --- */

/**
 * Takes one SIP message. Requests, answers, retransmissions and copies on other hops alike.
 * @return NULL where it has nothing to do with MSRP sessions or push; om_sip_record_free() it
 */
struct om_sip_record *om_model_sip(struct om_model *model, const struct om_frame *frame, const struct om_sip_msg *msg);

/**
 * Is this message certain to be nothing to us, now: would om_model_sip() return NULL and learn nothing from it, and has
 * it no description of MSRP? It is not of a call that we know, and not of a kind that can begin anything.
 */
gboolean om_model_sip_is_nothing(const struct om_model *model, const struct om_sip_glance *glance);
/** A frame with SIP messages that are nothing to us, in place of om_model_sip(). */
void om_model_sip_passes(struct om_model *model, guint32 frame, gint64 time);

/**
 * Every frame of the capture, once, before its events, whatever is in it: that time has gone by decides what timers
 * prove. Costs nothing.
 */
void om_model_frame(struct om_model *model, gint64 time, gboolean cut);

/** A new connection, at its first MSRP bytes: what comes on it is told by the om_connection_ functions. */
struct om_connection *om_model_connection(struct om_model *model, enum om_transport transport);

/** A TCP segment from or to an address that SDP announced for MSRP, from the SYN on, whatever it carries. */
void om_model_segment(struct om_model *model, const struct om_frame *frame, const struct om_tcp_segment *segment);

/** Has any connection been made? Where there is none, no payload needs to be looked up. */
gboolean om_model_has_connections(const struct om_model *model);

/**
 * No more frames for now (the first pass is over, a report is made): bytes that wait for missing ones are taken without
 * them. Costs nothing where nothing waits; more frames may follow.
 * @return TRUE where that changed anything
 */
gboolean om_model_capture_ends(struct om_model *model);

/* --- what they told --- */

/** Is there something a user is to be shown (a session that is a push by now, a registration, an object)? */
gboolean om_sip_record_is_push(const struct om_sip_record *record);

/** struct om_object *, [i]->id == i + 1. */
const GPtrArray *om_model_objects(const struct om_model *model);
/** struct om_session *, [i]->id == i + 1: push sessions. */
const GPtrArray *om_model_sessions(const struct om_model *model);
/** What om_model_frame() told. */
const struct om_frames *om_model_frames(const struct om_model *model);

/** struct om_registration *, in order of first frame. */
const GPtrArray *om_model_registrations(const struct om_model *model);

/** Findings (struct om_finding *) that events proved at this frame; NULL where there are none. */
const GPtrArray *om_model_findings_at(const struct om_model *model, guint32 frame);

/** What holds if nothing more comes, as om_model_capture_ends() takes it. Kept until the next event. */
const struct om_conclusion *om_model_conclude(struct om_model *model);

/** Interned copy, lives as long as the model. NULL gives NULL. */
const char *om_model_intern(struct om_model *model, const char *text);

#endif
