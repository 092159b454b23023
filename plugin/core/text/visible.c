/* visible.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "visible.h"

#define ELLIPSIS "\xe2\x80\xa6"

static gboolean
is_hidden(gunichar c)
{
    switch (g_unichar_type(c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
        return c != '\t'; /* white space that header fields may have anywhere */
    default:
        return FALSE;
    }
}

static void
append(GString *text, gunichar c)
{
    if (!is_hidden(c))
        g_string_append_unichar(text, c);
    else if (c < 0x80)
        g_string_append_printf(text, "\\x%02x", c);
    else if (c < 0x10000)
        g_string_append_printf(text, "\\u%04x", c);
    else
        g_string_append_printf(text, "\\U%08x", c);
}

static gboolean
is_plain(struct om_slice s)
{
    for (gsize i = 0; i < s.l; i++) {
        if ((s.p[i] < 0x20 || s.p[i] > 0x7e) && s.p[i] != '\t')
            return FALSE;
    }
    return TRUE;
}

char *
om_slice_dup_utf8(struct om_slice s)
{
    GString *text;

    if (!s.p || is_plain(s))
        return om_slice_dup(s);
    text = g_string_sized_new(s.l);
    for (gsize i = 0; i < s.l;) {
        gunichar c = s.p[i] ? g_utf8_get_char_validated(s.p + i, (gssize) (s.l - i)) : 0;
        gboolean valid = c < 0x110000;

        append(text, valid ? c : 0xfffd);
        i += valid ? (gsize) g_unichar_to_utf8(c, NULL) : 1;
    }
    return g_string_free(text, FALSE);
}

char *
om_vprintf_utf8(const char *format, va_list args)
{
    char *raw = g_strdup_vprintf(format, args);
    char *text = om_slice_dup_utf8(om_slice_str(raw));

    g_free(raw);
    if (strlen(text) > OM_SENTENCE_MAX) {
        gsize cut = om_slice_head_utf8(om_slice_str(text), OM_SENTENCE_MAX - strlen(ELLIPSIS)).l;

        memcpy(text + cut, ELLIPSIS, sizeof ELLIPSIS);
    }
    return text;
}

char *
om_slice_dup_unescaped(struct om_slice s)
{
    char *plain;
    char *valid;

    if (!s.p)
        return NULL;
    /* GLib refuses broken escapes and %00: then the text stays as sent. */
    plain = g_uri_unescape_segment(s.p, s.p + s.l, NULL);
    if (!plain)
        return om_slice_dup_utf8(s);
    valid = om_slice_dup_utf8(om_slice_str(plain));
    g_free(plain);
    return valid;
}

struct om_slice
om_slice_head_utf8(struct om_slice s, gsize n)
{
    gsize cut = n;

    if (s.l <= n)
        return s;
    /* Back to where the character begins that the cut would halve; a character has at most 4 bytes. */
    while (cut > 0 && n - cut < 4 && ((guchar) s.p[cut] & 0xc0) == 0x80)
        cut--;
    return om_slice_head(s, n - cut < 4 ? cut : n);
}
