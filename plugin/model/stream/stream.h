/* stream.h
 * One direction of one connection cut into MSRP messages, whatever the segments.
 *
 * The body of a message is streamed: nothing but undecided bytes at a segment's end (a possible end-line) and an
 * unfinished head is ever copied. A message ends at the end-line with its own transaction id (RFC 4975 section 7.1),
 * whatever dashes, CRLFs or "MSRP ..." lines the body holds.
 *
 * Bytes are framed once, in the order of their sequence numbers. Those behind a gap wait until it is filled, or is lost
 * for good: the receiver has acknowledged bytes behind it and nothing came for it for some more segments, too many
 * wait, or no more segments come. There is no waiting where the gap lies in a body for certain (framer_gap.c).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_STREAM_H
#define OM_STREAM_H

#include "stream_ask.h"

#include "core/msrp/msrp_head.h"
#include "core/msrp/msrp_opening.h"

/** A position in the stream: bytes since the first byte seen (which is 0), gaps counted. */
typedef guint64 om_position;

/** How a message ended. */
struct om_message_end {
    char flag;            /**< '$', '+', '#', or 0 where no end-line was seen */
    gboolean lost;        /**< no end-line because the capture lost it, or the stream ended */
    gboolean spaced;      /**< spaces between dashes, id and flag, or before CRLF */
    gboolean bad_flag;    /**< flag missing or another character: read as '$' */
    gboolean no_crlf;     /**< no CRLF before the end-line (bare LF, or nothing) */
    gboolean bare_lf;     /**< the end-line itself ends with LF alone */
    gboolean other_id;    /**< an end-line with another id was taken: it stands among the headers, exactly where the
                                 announced range ends, or a new message of the same paths follows it at once */
    gboolean foreign;     /**< the body goes beyond its announced end, and a line with the form of another message's
                                 end-line is in it */
    guint64 body_length;  /**< bytes between the empty line and the CRLF before the end-line, gaps counted */
    gboolean has_body;    /**< an empty line was there (an empty body counts) */
    om_position end_line; /**< where the end-line begins */
};

/**
 * Told in the order of the stream, each thing once and for good. `user` is the handler's own; `message` what begin()
 * returned: it must live as long as the stream, for late bytes of a gap that was known to lie in a body are told as
 * body() when they come, the message may have ended by then. Positions tell where in the stream it all belongs.
 */
struct om_stream_handler {
    /** A head is complete. raw: start line and headers, with the empty line where there is one; begin: its place. */
    void *(*begin)(void *user, const struct om_msrp_head *head, struct om_slice raw, om_position begin);
    /** Body bytes at this offset of the body. In order but for late ones. */
    void (*body)(void *user, void *message, guint64 offset, struct om_slice bytes);
    /** Body bytes that are not there (yet). */
    void (*lost)(void *user, void *message, guint64 offset, guint64 length);
    /** The message is over; end: position behind its last byte that was seen. */
    void (*end)(void *user, void *message, const struct om_message_end *info, om_position end);
    /** Bytes that are of no message. */
    void (*junk)(void *user, enum om_junk why, struct om_slice bytes, om_position at);
    /** Are these paths of a session that may be on this connection? NULL: it knows of none. */
    gboolean (*knows)(void *user, const struct om_msrp_opening *opening);
};

/** Opaque. Owned by whoever made it. */
struct om_stream;

struct om_stream *om_stream_new(const struct om_stream_handler *handler, void *user);
void om_stream_free(struct om_stream *stream);

/**
 * The sequence number of the first byte (behind the SYN), before any segment: then a first segment that
 * comes late is a gap that can be filled. Without it the first segment sets the start.
 */
void om_stream_start(struct om_stream *stream, guint32 seq);

/** What became of a segment. */
struct om_segment_result {
    om_position begin;   /**< position of the segment's first byte; 0 where it lies before the start */
    guint32 new_from;    /**< offset of the first byte not seen before; == length: nothing new */
    guint32 gap_before;  /**< bytes missing between what was seen and this segment */
    gboolean filled_gap; /**< it (partly) filled an earlier gap */
};

/**
 * Takes a segment with its 32-bit sequence number. Old bytes are passed over, a jump ahead is a gap, bytes for
 * a gap fill it.
 * A sequence number that is more than 2^30 away from what is expected starts anew (a new gap of unknown size).
 */
void om_stream_segment(struct om_stream *stream, guint32 seq, struct om_slice bytes, struct om_segment_result *result);

/** Position that a segment with this sequence number will have (as om_stream_segment() will take it). */
om_position om_stream_locate(const struct om_stream *stream, guint32 seq);

/** How many bytes of such a segment lie before the start of the stream: they have no position. */
gsize om_stream_before_start(const struct om_stream *stream, guint32 seq, gsize length);

/** The receiver has acknowledged all before this position. */
void om_stream_acknowledged(struct om_stream *stream, om_position position);
/** Nothing more is to be expected of the sender: its FIN or a RST was seen. Late segments may still come. */
void om_stream_closing(struct om_stream *stream);
/** A segment of the connection, in either direction, has come: patience with gaps before acknowledged bytes runs
 * out. */
void om_stream_tick(struct om_stream *stream);
/** The capture ends: nothing waits any longer. A message that is open stays so. @return TRUE where that changed
 * anything */
gboolean om_stream_settle(struct om_stream *stream);

/** Takes bytes that follow on directly: TLS, WebSocket. */
void om_stream_bytes(struct om_stream *stream, struct om_slice bytes, struct om_segment_result *result);

/**
 * A message boundary that the carrier tells (a WebSocket message, RFC 7977): whatever is
 * open ends here.
 * @return TRUE where a message was open
 */
gboolean om_stream_boundary(struct om_stream *stream);

/** End of the connection: as om_stream_settle(), and an open message ends with lost set. */
void om_stream_close(struct om_stream *stream);

/** Position behind the last byte seen. */
om_position om_stream_position(const struct om_stream *stream);
/** Position behind the last byte that waits for none before it. */
om_position om_stream_front(const struct om_stream *stream);
/** The message in whose body the stream stands, or NULL. */
void *om_stream_open_message(const struct om_stream *stream);
/** Are there bytes kept back that belong to a message whose head is not complete? */
gboolean om_stream_in_head(const struct om_stream *stream);

#endif
