/* file_selector.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "file_selector.h"

#include "core/text/header_field.h"
#include "core/text/visible.h"

static gboolean
is_lws(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static gsize
skip_lws(struct om_slice text, gsize at)
{
    while (at < text.l && is_lws(text.p[at]))
        at++;
    return at;
}

static gsize
skip_word(struct om_slice text, gsize at)
{
    while (at < text.l && !is_lws(text.p[at]))
        at++;
    return at;
}

enum part { PART_NAME, PART_TYPE, PART_SIZE, PART_HASH, PART_OTHER };

/** The part that begins here, and where its value does. */
static enum part
part_at(struct om_slice text, gsize at, gsize *value)
{
    static const char *const keys[] = {"name:", "type:", "size:", "hash:"};

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (om_slice_istarts_str(om_slice_from(text, at), keys[i])) {
            *value = at + strlen(keys[i]);
            return (enum part) i;
        }
    }
    *value = at;
    return PART_OTHER;
}

static gboolean
is_part(struct om_slice text, gsize at)
{
    gsize value;

    return part_at(text, at, &value) != PART_OTHER;
}

/** Is this the end, or does (behind white space) the next part begin here? */
static gboolean
part_ends(struct om_slice text, gsize at)
{
    at = skip_lws(text, at);
    return at == text.l || is_part(text, at);
}

/** Length of the quotation mark here, straight or typographic (U+2018 to U+201F); 0: none. */
static gsize
quote_length(struct om_slice text, gsize at)
{
    if (at < text.l && (text.p[at] == '"' || text.p[at] == '\''))
        return 1;
    if (at + 2 < text.l && text.p[at] == '\xe2' && text.p[at + 1] == '\x80' && (guchar) text.p[at + 2] >= 0x98 &&
        (guchar) text.p[at + 2] <= 0x9f)
        return 3;
    return 0;
}

/**
 * Where a name in quotes ends. Straight quotes cannot stand in a name (RFC 5547 section 6), so the next one
 * closes it; all others close it only where the next part or the end follows. Where nothing closes it, it ends at
 * the next part.
 * @param closing  length of the quotation mark that closes it, 0 where there is none
 */
static gsize
quoted_name_end(struct om_slice text, gsize at, gboolean straight, gsize *closing)
{
    gboolean closes = straight && om_slice_chr(text, at, '"') >= 0;

    while (at < text.l) {
        gsize run = skip_lws(text, at);

        *closing = straight && text.p[at] == '\'' ? 0 : quote_length(text, at);
        if (*closing && ((closes && text.p[at] == '"') || part_ends(text, at + *closing)))
            return at;
        if (run > at && !closes && is_part(text, run))
            break;
        at = run > at ? run : at + 1;
    }
    *closing = 0;
    return at;
}

static gsize
bare_name_end(struct om_slice text, gsize at)
{
    while (at < text.l) {
        gsize run;

        at = skip_word(text, at);
        run = skip_lws(text, at);
        if (run == text.l || is_part(text, run))
            break;
        at = run;
    }
    return at;
}

static gboolean
escapes_ok(struct om_slice name)
{
    gssize at = om_slice_chr(name, 0, '%');

    for (; at >= 0; at = om_slice_chr(name, (gsize) at + 1, '%')) {
        if ((gsize) at + 2 >= name.l || !g_ascii_isxdigit(name.p[at + 1]) || !g_ascii_isxdigit(name.p[at + 2]))
            return FALSE;
    }
    return TRUE;
}

static void
keep_name(struct om_file_selector *selector, struct om_slice name)
{
    char *flat;

    if (name.l == 0 || !escapes_ok(name))
        selector->flaws |= OM_SEL_NAME;
    if (selector->name)
        selector->flaws |= OM_SEL_REPEATED;
    if (selector->name || name.l == 0)
        return;
    flat = om_unfold(name);
    selector->name = om_slice_dup_unescaped(om_slice_str(flat));
    g_free(flat);
}

static gsize
read_name(struct om_file_selector *selector, struct om_slice text, gsize at)
{
    gsize begin = skip_lws(text, at);
    gsize opening = quote_length(text, begin);
    gsize closing = 0;
    gsize end;
    gboolean straight = opening && text.p[begin] == '"';

    if (begin != at && is_part(text, begin)) {
        keep_name(selector, om_slice(text.p + at, 0));
        return begin;
    }
    if (opening)
        end = quoted_name_end(text, begin + opening, straight, &closing);
    else
        end = bare_name_end(text, begin);
    keep_name(selector, om_slice_head(om_slice_from(text, begin + opening), end - begin - opening));
    if (begin != at || !straight || !closing || text.p[end] != '"')
        selector->flaws |= OM_SEL_NAME;
    end += closing;
    if (end < text.l && !is_lws(text.p[end]))
        selector->flaws |= OM_SEL_NAME;
    return end;
}

static gsize
skip_token(struct om_slice text, gsize at)
{
    while (at < text.l && (g_ascii_isalnum(text.p[at]) || (text.p[at] && strchr("!#$%&'*+-.^_`{|}~", text.p[at]))))
        at++;
    return at;
}

/** type "/" subtype *(";" attribute "=" DQUOTE value DQUOTE), no white space but in the quotes */
static gboolean
type_ok(struct om_slice type)
{
    gsize slash = skip_token(type, 0);
    gsize at = skip_token(type, slash + 1);

    if (slash == 0 || slash >= type.l || type.p[slash] != '/' || at == slash + 1)
        return FALSE;
    while (at < type.l) {
        gsize equals = skip_token(type, at + 1);
        gssize closing;

        if (type.p[at] != ';' || equals == at + 1 || equals + 1 >= type.l || type.p[equals] != '=' ||
            type.p[equals + 1] != '"')
            return FALSE;
        closing = om_slice_chr(type, equals + 2, '"');
        if (closing < 0)
            return FALSE;
        at = (gsize) closing + 1;
    }
    return TRUE;
}

/* White space ends a type unless it is quoted or stands beside a ";". */
static gsize
type_end(struct om_slice text, gsize at)
{
    gsize begin = at;

    while (at < text.l) {
        gsize run = skip_lws(text, at);

        if (run > at) {
            gboolean joined = (at > begin && text.p[at - 1] == ';') || (run < text.l && text.p[run] == ';');

            if (!joined || is_part(text, run))
                break;
            at = run;
        } else if (text.p[at] == '"') {
            gssize closing = om_slice_chr(text, at + 1, '"');

            at = closing < 0 ? at + 1 : (gsize) closing + 1;
        } else {
            at++;
        }
    }
    return at;
}

/** Where a value begins behind its key: white space between them is skipped unless another part follows. */
static gsize
value_begin(struct om_slice text, gsize at)
{
    gsize begin = skip_lws(text, at);

    return is_part(text, begin) ? at : begin;
}

static gsize
read_type(struct om_file_selector *selector, struct om_slice text, gsize at)
{
    gsize begin = value_begin(text, at);
    gsize end = type_end(text, begin);
    struct om_slice type = om_slice_head(om_slice_from(text, begin), end - begin);

    if (begin != at || !type_ok(type))
        selector->flaws |= OM_SEL_TYPE;
    if (om_slice_isset(selector->type))
        selector->flaws |= OM_SEL_REPEATED;
    else if (type.l)
        selector->type = type;
    return end;
}

static gsize
read_size(struct om_file_selector *selector, struct om_slice text, gsize at)
{
    gsize begin = value_begin(text, at);
    gsize end = skip_word(text, begin);
    guint64 size;
    gboolean ok = om_slice_u64(om_slice_head(om_slice_from(text, begin), end - begin), &size);

    if (begin != at || !ok)
        selector->flaws |= OM_SEL_SIZE;
    if (selector->size_ok)
        selector->flaws |= OM_SEL_REPEATED;
    if (ok && !selector->size_ok) {
        selector->size = size;
        selector->size_ok = TRUE;
    }
    return end;
}

static gboolean
add_byte(struct om_file_hash *hash, char high, char low)
{
    if (hash->length == OM_HASH_MAX) {
        hash->flaws |= OM_HASH_LENGTH;
        return FALSE;
    }
    if (!g_ascii_isxdigit(high) || !g_ascii_isxdigit(low)) {
        hash->flaws |= OM_HASH_SYNTAX;
        return FALSE;
    }
    if (g_ascii_islower(high) || g_ascii_islower(low))
        hash->flaws |= OM_HASH_CASE;
    hash->value[hash->length++] = (guint8) (g_ascii_xdigit_value(high) << 4 | g_ascii_xdigit_value(low));
    return TRUE;
}

/* 2HEXDIG *(":" 2HEXDIG); missing colons and white space are forgiven. */
static gboolean
read_hash_value(struct om_file_hash *hash)
{
    struct om_slice text = hash->value_text;
    gsize at = 0;

    while (at < text.l) {
        gsize next;

        if (at + 1 >= text.l)
            return FALSE;
        if (!add_byte(hash, text.p[at], text.p[at + 1]))
            return FALSE;
        at += 2;
        if (at == text.l)
            return TRUE;
        next = at + (text.p[at] == ':');
        at = skip_lws(text, next);
        if (at != next || text.p[next - 1] != ':' || at == text.l)
            hash->flaws |= OM_HASH_SYNTAX;
    }
    return hash->length > 0;
}

static void
keep_hash(struct om_file_selector *selector, struct om_slice text)
{
    struct om_file_hash hash = {.algorithm = text, .value_text = om_slice_from(text, text.l)};
    gssize colon = om_slice_chr(text, 0, ':');
    const char *name;
    struct om_slice value;

    if (colon >= 0) {
        hash.algorithm = om_slice_trim(om_slice_head(text, (gsize) colon));
        value = om_slice_from(text, (gsize) colon + 1);
        hash.value_text = om_slice_trim(value);
        if (hash.algorithm.l != (gsize) colon || hash.value_text.l != value.l)
            hash.flaws |= OM_HASH_SYNTAX;
    }
    if (!read_hash_value(&hash)) {
        hash.length = 0;
        hash.flaws |= hash.flaws & OM_HASH_LENGTH ? 0 : OM_HASH_SYNTAX;
    }
    name = om_hash_name(hash.algorithm);
    if (!name || !om_slice_ieq(hash.algorithm, om_slice_str(name))) /* strings of ABNF have no case */
        hash.flaws |= OM_HASH_ALGORITHM;
    if (name && hash.length && hash.length != om_hash_length(hash.algorithm))
        hash.flaws |= OM_HASH_LENGTH;
    g_array_append_val(selector->hashes, hash);
}

/* White space behind a ":" (a fold, mostly) does not end a hash unless another part follows. */
static gsize
read_hash(struct om_file_selector *selector, struct om_slice text, gsize at)
{
    gsize end = at;

    for (;;) {
        gsize word = value_begin(text, end);

        if (word == text.l || text.p[end - 1] != ':' || (word == end && word > at))
            break;
        end = skip_word(text, word);
        if (end == word)
            break;
    }
    keep_hash(selector, om_slice(text.p + at, end - at));
    return end;
}

static gsize
read_part(struct om_file_selector *selector, struct om_slice text, gsize at)
{
    gsize value;

    switch (part_at(text, at, &value)) {
    case PART_NAME:
        return read_name(selector, text, value);
    case PART_TYPE:
        return read_type(selector, text, value);
    case PART_SIZE:
        return read_size(selector, text, value);
    case PART_HASH:
        return read_hash(selector, text, value);
    default:
        selector->flaws |= OM_SEL_UNKNOWN;
        return skip_word(text, at);
    }
}

void
om_file_selector_parse(struct om_slice text, struct om_file_selector *selector)
{
    gsize at;

    *selector = (struct om_file_selector){.hashes = g_array_new(FALSE, FALSE, sizeof(struct om_file_hash))};
    at = skip_lws(text, 0);
    if (at == text.l)
        selector->flaws |= OM_SEL_EMPTY;
    while (at < text.l)
        at = skip_lws(text, read_part(selector, text, at));
}

void
om_file_selector_clear(struct om_file_selector *selector)
{
    g_clear_pointer(&selector->name, g_free);
    g_clear_pointer(&selector->hashes, g_array_unref);
}

/* "Hash Function Textual Names" of IANA, RFC 4572 section 8. */
static const struct {
    const char *name;
    gsize length;
} hashes[] = {
    {"sha-1", 20}, {"sha-224", 28}, {"sha-256", 32}, {"sha-384", 48}, {"sha-512", 64}, {"md5", 16}, {"md2", 16},
};

static gboolean
same_spelling(struct om_slice text, const char *name)
{
    for (gsize i = 0; i < text.l; i++) {
        if (text.p[i] == '-' || text.p[i] == '_')
            continue;
        while (*name == '-')
            name++;
        if (!*name || g_ascii_tolower(text.p[i]) != *name++)
            return FALSE;
    }
    return *name == '\0';
}

const char *
om_hash_name(struct om_slice algorithm)
{
    for (gsize i = 0; i < G_N_ELEMENTS(hashes); i++) {
        if (same_spelling(algorithm, hashes[i].name))
            return hashes[i].name;
    }
    return NULL;
}

gsize
om_hash_length(struct om_slice algorithm)
{
    for (gsize i = 0; i < G_N_ELEMENTS(hashes); i++) {
        if (same_spelling(algorithm, hashes[i].name))
            return hashes[i].length;
    }
    return 0;
}
