/* text_hash.c
 * SipHash (Aumasson, Bernstein 2012) with one round a word and three at the end, as other languages' tables have it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "text_hash.h"

struct state {
    guint64 a, b, c, d;
};

static guint64
rotate(guint64 x, guint n)
{
    return x << n | x >> (64 - n);
}

static void
mix(struct state *s)
{
    s->a += s->b;
    s->c += s->d;
    s->b = rotate(s->b, 13) ^ s->a;
    s->d = rotate(s->d, 16) ^ s->c;
    s->a = rotate(s->a, 32);
    s->c += s->b;
    s->a += s->d;
    s->b = rotate(s->b, 17) ^ s->c;
    s->d = rotate(s->d, 21) ^ s->a;
    s->c = rotate(s->c, 32);
}

static void
take(struct state *s, guint64 word)
{
    s->d ^= word;
    mix(s);
    s->a ^= word;
}

static guint64
random_word(void)
{
    return (guint64) g_random_int() << 32 | g_random_int();
}

static struct state
begin(void)
{
    static gsize drawn;
    static guint64 k0, k1;

    if (g_once_init_enter(&drawn)) {
        k0 = random_word();
        k1 = random_word();
        g_once_init_leave(&drawn, 1);
    }
    return (struct state){k0 ^ G_GUINT64_CONSTANT(0x736f6d6570736575), k1 ^ G_GUINT64_CONSTANT(0x646f72616e646f6d),
                          k0 ^ G_GUINT64_CONSTANT(0x6c7967656e657261), k1 ^ G_GUINT64_CONSTANT(0x7465646279746573)};
}

guint
om_hash(struct om_slice bytes)
{
    struct state s = begin();
    guint64 last = (guint64) bytes.l << 56;
    guint64 word;

    for (; bytes.l >= sizeof word; bytes = om_slice_from(bytes, sizeof word)) {
        memcpy(&word, bytes.p, sizeof word);
        take(&s, word);
    }
    for (gsize i = 0; i < bytes.l; i++)
        last |= (guint64) (guint8) bytes.p[i] << (8 * i);
    take(&s, last);
    s.c ^= 0xff;
    mix(&s);
    mix(&s);
    mix(&s);
    word = s.a ^ s.b ^ s.c ^ s.d;
    return (guint) (word ^ word >> 32);
}

guint
om_text_hash(gconstpointer text)
{
    return om_hash(om_slice_str(text));
}
