/* copies.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "copies.h"

/** Numbers nearer to each other than this belong together: no window is larger than its half. */
#define REACH (8u << 20)
/** Segments that are remembered: the first ones of a connection, and the latest. */
#define EARLIEST   8
#define REMEMBERED 64
/** Capture points. */
#define COUNTS 4
/** Bytes at either end of a segment that tell it from others, and the fewest that can. */
#define ENDS  96
#define LEAST 16

struct segment {
    guint64 digest;
    guint32 length;
    guint32 seq; /* as the first capture point has it */
};

struct om_copies {
    struct segment segments[REMEMBERED];
    guint known; /* of them */
    guint place; /* the next one, beyond the earliest */
    guint counts;
    struct {
        guint32 shift; /* to the first capture point's */
        guint32 next;
    } count[COUNTS];
};

void
om_copies_free(struct om_copies *copies)
{
    g_free(copies);
}

static guint64
add_bytes(guint64 digest, struct om_slice bytes)
{
    for (gsize i = 0; i < bytes.l; i++)
        digest = (digest ^ (guint8) bytes.p[i]) * G_GUINT64_CONSTANT(0x100000001b3); /* FNV-1a */
    return digest;
}

static guint64
digest_of(struct om_slice bytes)
{
    gsize tail = MIN(bytes.l, ENDS);
    guint64 digest = add_bytes(G_GUINT64_CONSTANT(0xcbf29ce484222325), om_slice_head(bytes, ENDS));

    return add_bytes(digest, om_slice_from(bytes, bytes.l - tail));
}

gboolean
om_copies_is_near(guint32 seq, guint32 other)
{
    return seq - other < REACH || other - seq < REACH;
}

static gint
count_of(const struct om_copies *copies, guint32 seq)
{
    for (guint i = 0; i < copies->counts; i++) {
        if (om_copies_is_near(seq, copies->count[i].next))
            return (gint) i;
    }
    return -1;
}

static const struct segment *
same_bytes(const struct om_copies *copies, guint64 digest, gsize length)
{
    for (guint i = 0; length >= LEAST && i < copies->known; i++) {
        if (copies->segments[i].digest == digest && copies->segments[i].length == length)
            return &copies->segments[i];
    }
    return NULL;
}

static void
remember(struct om_copies *copies, guint64 digest, guint32 seq, gsize length)
{
    guint at = copies->known < REMEMBERED ? copies->known++ : EARLIEST + copies->place++ % (REMEMBERED - EARLIEST);

    copies->segments[at] = (struct segment){digest, (guint32) length, seq};
}

static guint
begin_count(struct om_copies *copies, guint32 shift, guint32 seq)
{
    guint at = copies->counts < COUNTS ? copies->counts++ : COUNTS - 1;

    copies->count[at].shift = shift;
    copies->count[at].next = seq;
    return at;
}

guint32
om_copies_segment(struct om_copies **all, guint32 seq, struct om_slice bytes, gboolean *first)
{
    struct om_copies *copies = *all ? *all : (*all = g_new0(struct om_copies, 1));
    gint at = count_of(copies, seq);
    guint64 digest = digest_of(bytes);
    const struct segment *same = at < 0 ? same_bytes(copies, digest, bytes.l) : NULL;

    *first = at < 0 && !same;
    if (*first)
        copies->counts = copies->known = copies->place = 0; /* another connection that took the ports over */
    if (at < 0)
        at = (gint) begin_count(copies, same ? seq - same->seq : 0, seq);
    copies->count[at].next = seq + (guint32) bytes.l;
    seq -= copies->count[at].shift;
    if (at == 0)
        remember(copies, digest, seq, bytes.l);
    return seq;
}

gboolean
om_copies_mentioned(const struct om_copies *copies, guint32 *seq)
{
    gint at = copies ? count_of(copies, *seq) : -1;

    if (at >= 0)
        *seq -= copies->count[at].shift;
    return at >= 0;
}
