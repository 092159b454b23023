/* content_coding.h
 * Content-Encoding: gzip and deflate (RFC 3261 section 20.12, RFC 9110 section 8.4.1).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_CONTENT_CODING_H
#define OM_CONTENT_CODING_H

#include "core/text/slice.h"

/**
 * Undoes a content coding.
 * @param coding  value of Content-Encoding; absent: none
 * @param limit   most bytes that are made: what a peer compressed claims nothing but itself
 * @return NULL where there is nothing to undo (identity, unknown, a list), the bytes are not so coded or cut short, or
 *         they are more than the limit; else g_bytes_unref() it
 */
GBytes *om_content_decode(struct om_slice coding, struct om_slice bytes, gsize limit);

#endif
