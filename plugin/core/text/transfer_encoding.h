/* transfer_encoding.h
 * Content-Transfer-Encoding: base64 and quoted-printable, RFC 2045 section 6.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_TRANSFER_ENCODING_H
#define OM_TRANSFER_ENCODING_H

#include "slice.h"

/**
 * Undoes a transfer encoding. Never longer than the text.
 * @param encoding  value of Content-Transfer-Encoding; absent: none
 * @return NULL where there is nothing to undo (7bit, 8bit, binary, unknown) or the text is not in that encoding; else
 *         g_bytes_unref() it
 */
GBytes *om_transfer_decode(struct om_slice encoding, struct om_slice text);

#endif
