/* transfer_encoding.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "transfer_encoding.h"

static gboolean
is_lws(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* GLib skips what is no base64: here that means it is none. */
static gboolean
is_base64(struct om_slice text)
{
    gsize digits = 0;
    gsize padding = 0;

    for (gsize i = 0; i < text.l; i++) {
        char c = text.p[i];

        if (is_lws(c))
            continue;
        if (c == '=')
            padding++;
        else if (padding || !(g_ascii_isalnum(c) || c == '+' || c == '/'))
            return FALSE;
        else
            digits++;
    }
    return padding <= 2 && (digits + padding) % 4 == 0;
}

static GBytes *
decode_base64(struct om_slice text)
{
    guchar *bytes;
    gsize length;
    gint state = 0;
    guint save = 0;

    if (!is_base64(text))
        return NULL;
    bytes = g_malloc(text.l / 4 * 3 + 3);
    length = g_base64_decode_step(text.p, text.l, bytes, &state, &save);
    return g_bytes_new_take(bytes, length);
}

/** Length of a soft line break behind a "=": white space and a line end. 0: none. */
static gsize
soft_break(struct om_slice text, gsize at)
{
    gsize end = at;

    while (end < text.l && (text.p[end] == ' ' || text.p[end] == '\t' || text.p[end] == '\r'))
        end++;
    return end < text.l && text.p[end] == '\n' ? end + 1 - at : 0;
}

static GBytes *
decode_quoted_printable(struct om_slice text)
{
    guchar *bytes = g_malloc(text.l + 1);
    gsize length = 0;
    gsize at = 0;

    while (at < text.l) {
        gsize skip;

        if (text.p[at] != '=') {
            bytes[length++] = (guchar) text.p[at++];
        } else if (at + 2 < text.l && g_ascii_isxdigit(text.p[at + 1]) && g_ascii_isxdigit(text.p[at + 2])) {
            bytes[length++] =
                (guchar) (g_ascii_xdigit_value(text.p[at + 1]) << 4 | g_ascii_xdigit_value(text.p[at + 2]));
            at += 3;
        } else if ((skip = soft_break(text, at + 1)) > 0) {
            at += 1 + skip;
        } else {
            g_free(bytes);
            return NULL;
        }
    }
    return g_bytes_new_take(bytes, length);
}

GBytes *
om_transfer_decode(struct om_slice encoding, struct om_slice text)
{
    if (om_slice_ieq_str(encoding, "base64"))
        return decode_base64(text);
    if (om_slice_ieq_str(encoding, "quoted-printable"))
        return decode_quoted_printable(text);
    return NULL;
}
