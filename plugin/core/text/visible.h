/* visible.h
 * What a peer sends, as text that people see. Raw, it could move a terminal's cursor, turn the direction in which a line
 * reads, or end a line.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_VISIBLE_H
#define OM_VISIBLE_H

#include "slice.h"

#include <stdarg.h>

/**
 * New valid UTF-8 string for every output. What cannot be seen is written as its number: controls (C0 but for tabs, DEL,
 * C1), formats (bidirectional controls among them), line and paragraph separators, private and unassigned characters
 * become \xNN below U+0080, \uNNNN or \UNNNNNNNN. Each byte that is no UTF-8 becomes U+FFFD. Visible text stays as it is,
 * so what was made visible once does not change again. NULL for an absent slice. g_free() it.
 */
char *om_slice_dup_utf8(struct om_slice s);

/** A sentence is no longer than that. */
#define OM_SENTENCE_MAX 1000

/** The same of what g_strdup_vprintf() makes, which may quote bytes as they came: a sentence, its end cut. g_free() it. */
char *om_vprintf_utf8(const char *format, va_list args);

/**
 * New string with %XX undone (GLib), then made visible as om_slice_dup_utf8() does. Where
 * an escape is broken the text stays as it is. NULL for an absent slice.
 */
char *om_slice_dup_unescaped(struct om_slice s);

/** The first `n` bytes or fewer: not half a character. */
struct om_slice om_slice_head_utf8(struct om_slice s, gsize n);

#endif
