/* packet_buffers.h
 * The buffers that dissectors made of a packet: what each of them was given to read.
 *
 * A protocol tree tells where a message stands too, but costs every frame of a capture (docs/performance.md). The
 * buffers are there anyway: libwireshark keeps all of a packet in one chain, to free them together.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_PACKET_BUFFERS_H
#define OMAPUSH_PACKET_BUFFERS_H

#include "core/text/slice.h"
#include "frame.h"

/** Where a buffer lies in its data source: the frame, or what was reassembled, decrypted, decompressed. */
struct omapush_buffer {
    tvbuff_t *tvb;
    tvbuff_t *source;
    gint start;
    gint end;      /**< as far as it was captured */
    gboolean used; /**< for whoever asked */
};

/**
 * All buffers of a packet: by source in the order in which these were made, the frame last; within a source by start,
 * the longer first, each place once.
 * @param frame  the tvb that a postdissector is given
 * @return struct omapush_buffer, in pinfo's pool
 */
wmem_array_t *omapush_buffers(tvbuff_t *frame, packet_info *pinfo);

/**
 * A buffer of another data source that begins with these bytes. Line ends before them are passed over: a reassembly may
 * have begun with a keep-alive.
 * @param source  where the bytes are from
 * @param least   that many bytes must the other have, from there on; not less than bytes.l
 * @return NULL where there is none
 */
tvbuff_t *omapush_buffer_with(tvbuff_t *frame, tvbuff_t *source, struct om_slice bytes, gsize least);

/** A buffer's bytes, as far as they were captured. */
struct om_slice omapush_buffer_bytes(tvbuff_t *tvb);

/** The next buffer of the chain that begins with `frame`, in no order worth knowing; NULL behind the last. */
tvbuff_t *omapush_buffer_next(const tvbuff_t *tvb);

#endif
