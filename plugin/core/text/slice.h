/* slice.h
 * A borrowed run of bytes: what every parser of plugin/core takes and gives.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_SLICE_H
#define OM_SLICE_H

#include <glib.h>
#include <string.h>

/**
 * Bytes that somebody else owns. A parser's results point into its input and
 * live as long as the input does. Not NUL-terminated, may hold any byte.
 * An absent value has p == NULL; an empty one has p != NULL and l == 0.
 */
struct om_slice {
    const char *p; /**< first byte, or NULL when absent */
    gsize l;       /**< length in bytes */
};

#define OM_SLICE_NULL   ((struct om_slice){NULL, 0})
#define OM_SLICE_LIT(s) ((struct om_slice){("" s), sizeof(s) - 1})

static inline struct om_slice
om_slice(const void *p, gsize l)
{
    return (struct om_slice){(const char *) p, l};
}

static inline struct om_slice
om_slice_str(const char *s)
{
    return (struct om_slice){s, s ? strlen(s) : 0};
}

static inline gboolean
om_slice_isset(struct om_slice s)
{
    return s.p != NULL;
}

/** From byte `from` to the end; empty where `from` is beyond the end. */
static inline struct om_slice
om_slice_from(struct om_slice s, gsize from)
{
    if (from > s.l)
        from = s.l;
    return om_slice(s.p ? s.p + from : NULL, s.l - from);
}

/** The first `n` bytes, or all where there are fewer. */
static inline struct om_slice
om_slice_head(struct om_slice s, gsize n)
{
    return om_slice(s.p, n < s.l ? n : s.l);
}

/** Same bytes. */
gboolean om_slice_eq(struct om_slice a, struct om_slice b);

/** Same bytes, ASCII case ignored. */
gboolean om_slice_ieq(struct om_slice a, struct om_slice b);
gboolean om_slice_ieq_str(struct om_slice a, const char *b);
gboolean om_slice_starts_str(struct om_slice a, const char *prefix);
gboolean om_slice_istarts_str(struct om_slice a, const char *prefix);

/** Offset of the first `c` at or after `from`, or -1. */
gssize om_slice_chr(struct om_slice s, gsize from, char c);

/** Offset of the first `needle` at or after `from`, or -1. Linear. */
gssize om_slice_find(struct om_slice s, gsize from, struct om_slice needle);

/** Without leading and trailing SP, HTAB, CR, LF. */
struct om_slice om_slice_trim(struct om_slice s);

/**
 * Decimal number, digits only, at least one.
 * @return FALSE on anything else and on overflow of 64 bits (*value untouched)
 */
gboolean om_slice_u64(struct om_slice s, guint64 *value);

/**
 * Cuts the next line off `rest`.
 * @param rest  advanced past the line and its end (CRLF, or a bare LF)
 * @param line  the line without its end
 * @return FALSE when rest is empty. A last line without an end is returned too.
 */
gboolean om_slice_line(struct om_slice *rest, struct om_slice *line);

/** New string, bytes as they are. NULL for an absent slice. g_free() it. */
char *om_slice_dup(struct om_slice s);

#endif
