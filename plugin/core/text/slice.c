/* slice.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#define _GNU_SOURCE /* memmem */

#include "slice.h"

#include <string.h>

gboolean
om_slice_eq(struct om_slice a, struct om_slice b)
{
    return a.l == b.l && (a.l == 0 || memcmp(a.p, b.p, a.l) == 0);
}

gboolean
om_slice_ieq(struct om_slice a, struct om_slice b)
{
    return a.l == b.l && (a.l == 0 || g_ascii_strncasecmp(a.p, b.p, a.l) == 0);
}

/* Case of letters ignored. Names are held against lists of names: the first character tells nearly always, so there is
 * no strlen() before it. */
static inline gboolean
begins(struct om_slice a, const char *prefix, gsize *length)
{
    gsize i;

    for (i = 0; prefix[i]; i++) {
        if (i == a.l)
            return FALSE;
        if (a.p[i] != prefix[i] && ((a.p[i] ^ prefix[i]) != 0x20 || !g_ascii_isalpha(prefix[i])))
            return FALSE;
    }
    *length = i;
    return TRUE;
}

gboolean
om_slice_ieq_str(struct om_slice a, const char *b)
{
    gsize length;

    return begins(a, b, &length) && length == a.l;
}

gboolean
om_slice_starts_str(struct om_slice a, const char *prefix)
{
    return om_slice_eq(om_slice_head(a, strlen(prefix)), om_slice_str(prefix));
}

gboolean
om_slice_istarts_str(struct om_slice a, const char *prefix)
{
    gsize length;

    return begins(a, prefix, &length);
}

gssize
om_slice_chr(struct om_slice s, gsize from, char c)
{
    const char *hit;

    if (from >= s.l)
        return -1;
    hit = memchr(s.p + from, c, s.l - from);
    return hit ? hit - s.p : -1;
}

#if defined(_WIN32) || defined(OM_NO_MEMMEM) /* a C library without memmem() */
/* As memmem() does; time is bounded by the product of the lengths, and needles are short. */
static const char *
find_bytes(const char *p, gsize l, const char *needle, gsize needle_l)
{
    while (l >= needle_l) {
        const char *first = memchr(p, needle[0], l - needle_l + 1);

        if (!first)
            return NULL;
        if (memcmp(first, needle, needle_l) == 0)
            return first;
        l -= (gsize) (first + 1 - p);
        p = first + 1;
    }
    return NULL;
}
#else
#define find_bytes memmem
#endif

gssize
om_slice_find(struct om_slice s, gsize from, struct om_slice needle)
{
    const char *hit;

    if (from >= s.l || needle.l == 0)
        return -1;
    hit = find_bytes(s.p + from, s.l - from, needle.p, needle.l);
    return hit ? hit - s.p : -1;
}

static gboolean
is_lws(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct om_slice
om_slice_trim(struct om_slice s)
{
    while (s.l && is_lws(s.p[0])) {
        s.p++;
        s.l--;
    }
    while (s.l && is_lws(s.p[s.l - 1]))
        s.l--;
    return s;
}

gboolean
om_slice_u64(struct om_slice s, guint64 *value)
{
    guint64 n = 0;

    if (s.l == 0)
        return FALSE;
    for (gsize i = 0; i < s.l; i++) {
        guint digit;

        if (!g_ascii_isdigit(s.p[i]))
            return FALSE;
        digit = (guint) (s.p[i] - '0');
        if (n > (G_MAXUINT64 - digit) / 10)
            return FALSE;
        n = n * 10 + digit;
    }
    *value = n;
    return TRUE;
}

gboolean
om_slice_line(struct om_slice *rest, struct om_slice *line)
{
    gssize lf;

    if (rest->l == 0)
        return FALSE;
    lf = om_slice_chr(*rest, 0, '\n');
    if (lf < 0) {
        *line = *rest;
        *rest = om_slice_from(*rest, rest->l);
        return TRUE;
    }
    *line = om_slice_head(*rest, (gsize) lf);
    if (line->l && line->p[line->l - 1] == '\r')
        line->l--;
    *rest = om_slice_from(*rest, (gsize) lf + 1);
    return TRUE;
}

char *
om_slice_dup(struct om_slice s)
{
    return s.p ? g_strndup(s.p, s.l) : NULL;
}
