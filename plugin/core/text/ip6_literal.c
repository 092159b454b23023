/* ip6_literal.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ip6_literal.h"

/* The dotted quad that may stand for the last 32 bits. */
static gboolean
parse_quad(struct om_slice text, guint8 *out)
{
    for (gint i = 0; i < 4; i++) {
        gssize dot = i < 3 ? om_slice_chr(text, 0, '.') : (gssize) text.l;
        guint64 value;

        if (dot < 1 || dot > 3 || !om_slice_u64(om_slice_head(text, (gsize) dot), &value) || value > 255)
            return FALSE;
        out[i] = (guint8) value;
        text = om_slice_from(text, (gsize) dot + 1);
    }
    return TRUE;
}

static gboolean
parse_group(struct om_slice text, guint8 *out)
{
    guint value = 0;

    if (text.l < 1 || text.l > 4)
        return FALSE;
    for (gsize i = 0; i < text.l; i++) {
        gint digit = g_ascii_xdigit_value(text.p[i]);

        if (digit < 0)
            return FALSE;
        value = value << 4 | (guint) digit;
    }
    out[0] = (guint8) (value >> 8);
    out[1] = (guint8) value;
    return TRUE;
}

/* Groups between colons, at most 16 bytes of them; none at all is zero bytes. */
static gboolean
parse_groups(struct om_slice text, guint8 *out, gsize *length)
{
    *length = 0;
    if (text.l == 0)
        return TRUE;
    for (;;) {
        gssize colon = om_slice_chr(text, 0, ':');
        struct om_slice group = om_slice_head(text, colon < 0 ? text.l : (gsize) colon);
        gboolean quad = colon < 0 && om_slice_chr(group, 0, '.') >= 0;
        gsize size = quad ? 4 : 2;

        if (*length + size > 16 || !(quad ? parse_quad(group, out + *length) : parse_group(group, out + *length)))
            return FALSE;
        *length += size;
        if (colon < 0)
            return TRUE;
        text = om_slice_from(text, (gsize) colon + 1);
    }
}

gboolean
om_ip6_parse(struct om_slice text, guint8 address[16])
{
    gssize gap = om_slice_find(text, 0, OM_SLICE_LIT("::"));
    guint8 head[16], tail[16];
    gsize head_length, tail_length = 0;

    if (text.l > 45) /* "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255" */
        return FALSE;
    if (!parse_groups(om_slice_head(text, gap < 0 ? text.l : (gsize) gap), head, &head_length))
        return FALSE;
    if (gap >= 0 && !parse_groups(om_slice_from(text, (gsize) gap + 2), tail, &tail_length))
        return FALSE;
    if (gap < 0 ? head_length != 16 : head_length + tail_length > 14)
        return FALSE;
    memset(address, 0, 16);
    memcpy(address, head, head_length);
    if (tail_length)
        memcpy(address + 16 - tail_length, tail, tail_length);
    return TRUE;
}
