/* export_name.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "export_name.h"

#include <string.h>

#define NAME_MAX_BYTES 120

/** What a character becomes: itself, '_' or ' ' in its place, or 0: nothing. */
static gunichar
safe_char(gunichar c)
{
    switch (g_unichar_type(c)) {
    case G_UNICODE_FORMAT: /* bidirectional controls, zero-width characters, tags */
        return 0;
    case G_UNICODE_CONTROL:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SURROGATE:
        return '_';
    case G_UNICODE_SPACE_SEPARATOR:
        return ' ';
    default:
        break;
    }
    /* Separators, what Windows refuses, and what stands for bytes that were no UTF-8. */
    return c == 0xfffd || (c < 0x80 && strchr("/\\:*?\"<>|", (int) c)) ? '_' : c;
}

static GString *
safe_chars(const char *name)
{
    char *valid = g_utf8_make_valid(name, -1);
    GString *safe = g_string_new(NULL);

    for (const char *c = valid; *c; c = g_utf8_next_char(c)) {
        gunichar kept = safe_char(g_utf8_get_char(c));

        if (kept)
            g_string_append_unichar(safe, kept);
    }
    g_free(valid);
    return safe;
}

/* Windows drops trailing dots and spaces: names must not differ in them. */
static void
trim_end(GString *name)
{
    while (name->len && (name->str[name->len - 1] == '.' || name->str[name->len - 1] == ' '))
        g_string_truncate(name, name->len - 1);
}

/* Hidden files, "..", and options of commands. */
static void
trim_begin(GString *name)
{
    gsize n = strspn(name->str, ". ");

    g_string_erase(name, 0, (gssize) n);
    if (name->str[0] == '-')
        name->str[0] = '_';
}

/** Does Windows take the name up to its first dot for a device? */
static gboolean
is_device(const GString *name)
{
    static const char *const devices[] = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"};
    static const char *const digits[] = {"0", "1", "2", "3",        "4",        "5",       "6",
                                         "7", "8", "9", "\xc2\xb9", "\xc2\xb2", "\xc2\xb3"};
    char *stem = g_strndup(name->str, strcspn(name->str, "."));
    gboolean found = FALSE;

    g_strchomp(stem);
    for (gsize i = 0; i < G_N_ELEMENTS(devices); i++)
        found |= g_ascii_strcasecmp(stem, devices[i]) == 0;
    if (g_ascii_strncasecmp(stem, "COM", 3) == 0 || g_ascii_strncasecmp(stem, "LPT", 3) == 0) {
        for (gsize i = 0; i < G_N_ELEMENTS(digits); i++)
            found |= strcmp(stem + 3, digits[i]) == 0;
    }
    g_free(stem);
    return found;
}

static void
cut(GString *name, gsize most)
{
    if (name->len <= most)
        return;
    while (most && ((guchar) name->str[most] & 0xc0) == 0x80)
        most--;
    g_string_truncate(name, most);
}

static gboolean
ends_with(const GString *name, const char *suffix)
{
    gsize length = strlen(suffix);

    return length && name->len > length && g_ascii_strcasecmp(name->str + name->len - length, suffix) == 0;
}

/** The extension with its dot: as the name spells it, where that is another spelling of the same. */
static char *
suffix_for(const GString *name, const char *extension)
{
    static const struct {
        const char *extension, *other;
    } spellings[] = {{"jpg", ".jpeg"}, {"tif", ".tiff"}, {"html", ".htm"}, {"mpg", ".mpeg"},
                     {"mid", ".midi"}, {"txt", ".text"}, {"m4a", ".mp4"},  {"vcf", ".vcard"}};

    if (!extension || !*extension)
        return g_strdup("");
    for (gsize i = 0; i < G_N_ELEMENTS(spellings); i++) {
        if (strcmp(spellings[i].extension, extension) == 0 && ends_with(name, spellings[i].other))
            return g_strdup(spellings[i].other);
    }
    return g_strconcat(".", extension, NULL);
}

/** Takes ".extension" off the end. */
static void
drop_extension(GString *name, const char *suffix)
{
    if (ends_with(name, suffix))
        g_string_truncate(name, name->len - strlen(suffix));
}

char *
om_export_name(const char *name, const char *extension, gboolean incomplete)
{
    GString *safe = safe_chars(name ? name : "");
    char *suffix, *tail;
    gsize most;

    trim_end(safe);
    suffix = suffix_for(safe, extension);
    tail = g_strconcat(incomplete ? ".incomplete" : "", suffix, NULL);
    most = NAME_MAX_BYTES - MIN(strlen(tail), NAME_MAX_BYTES - 1);
    drop_extension(safe, suffix);
    trim_begin(safe);
    cut(safe, most);
    trim_end(safe);
    if (is_device(safe)) { /* also what the cut made one */
        g_string_prepend_c(safe, '_');
        cut(safe, most);
        trim_end(safe);
    }
    if (safe->len == 0)
        g_string_assign(safe, "push-object");
    g_string_append(safe, tail);
    g_free(tail);
    g_free(suffix);
    return g_string_free(safe, FALSE);
}
