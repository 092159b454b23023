/* stream.h
 * One direction of one connection cut into MSRP messages, whatever the segments.
 *
 * The body of a message is streamed: nothing but undecided bytes at a segment's
 * end (a possible end-line) and an unfinished head is ever copied. A message ends at the
 * end-line with its own transaction id (RFC 4975 section 7.1), whatever dashes,
 * CRLFs or "MSRP ..." lines the body holds. Sequence numbers tell how many bytes
 * a gap took; what arrives later for a gap is put in its place.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_STREAM_H
#define OM_STREAM_H

#include "stream_ask.h"

#include "core/msrp/msrp_head.h"
#include "model/bytes/position.h"

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
    guint64 body_length;  /**< bytes between the empty line and the CRLF before the end-line, gaps counted; what
                                 lost() told beyond it is void */
    gboolean has_body;    /**< an empty line was there (an empty body counts) */
    om_position end_line; /**< where the end-line begins */
};

/**
 * Told in the order of the stream. `user` is the handler's own; `message` what begin() returned: it must
 * live as long as the stream, for a late segment that fills a gap tells what is missing when it comes:
 * - body() for a message that may have ended already (no other end() follows where its end was right);
 * - where the gap held the end of a message or whole messages: retract() of what was taken for its body,
 *   body() and end() once more for a message that was ended with `lost` set (the latter one counts), begin(),
 *   body(), end() of the messages in the gap, also bytes that junk() told of before.
 * Positions tell where in the stream it all belongs.
 */
struct om_stream_handler {
    /** A head is complete. raw: start line and headers, with the empty line where there is one; begin: its place. */
    void *(*begin)(void *user, const struct om_msrp_head *head, struct om_slice raw, om_position begin);
    /**
     * Body bytes at this offset of the body. In order but for bytes that fill a gap.
     * guessed: behind a gap that may have held the message's end; they are the message's for certain when it
     * ends with its own end-line.
     */
    void (*body)(void *user, void *message, guint64 offset, struct om_slice bytes, gboolean guessed);
    /** Body bytes that are not there (yet). */
    void (*lost)(void *user, void *message, guint64 offset, guint64 length);
    /** Body bytes from this offset on were not of this message after all (behind a loss, or a damaged end-line). */
    void (*retract)(void *user, void *message, guint64 offset);
    /** The message is over; end: position behind its last byte. The stream forgets the message. */
    void (*end)(void *user, void *message, const struct om_message_end *info, om_position end);
    /** Bytes that are of no message. */
    void (*junk)(void *user, enum om_junk why, struct om_slice bytes, om_position at);
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

/** Takes bytes that follow on directly: TLS, WebSocket. */
void om_stream_bytes(struct om_stream *stream, struct om_slice bytes, struct om_segment_result *result);

/**
 * A message boundary that the carrier tells (a WebSocket message, RFC 7977): whatever is
 * open ends here.
 * @return TRUE where a message was open
 */
gboolean om_stream_boundary(struct om_stream *stream);

/** End of the connection: an open message ends with lost set. Late bytes may still fill gaps. */
void om_stream_close(struct om_stream *stream);

/** Position behind the last byte seen. */
om_position om_stream_position(const struct om_stream *stream);
/** The message in whose body the stream stands, or NULL; and where it began. */
void *om_stream_open_message(const struct om_stream *stream, om_position *begin);
/** Are there bytes kept back that belong to a message whose head is not complete? */
gboolean om_stream_in_head(const struct om_stream *stream);

#endif
