/* text_hash.h
 * A hash of strings for tables whose keys come from the wire. A peer that knows the function can make g_str_hash()
 * give one value for all its strings, and a table walk through them all at each look.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_TEXT_HASH_H
#define OM_TEXT_HASH_H

#include "slice.h"

/** SipHash-1-3 with a key drawn once a process. */
guint om_hash(struct om_slice bytes);

/** The same of a NUL-terminated string, as GHashFunc: beside g_str_equal(). */
guint om_text_hash(gconstpointer text);

#endif
