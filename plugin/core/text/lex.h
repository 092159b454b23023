/* lex.h
 * The small words of the grammar of SIP and media types (RFC 3261 section 25.1) that several parsers share,
 * and the quotes that senders use instead of straight ones.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_LEX_H
#define OM_LEX_H

#include "core/text/slice.h"

static inline gboolean
om_lex_is_lws(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static inline gboolean
om_lex_is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/** token: alphanum and -.!%*_+`'~ */
gboolean om_lex_is_token_char(char c);

/** The bytes from offset `from` up to `to`; absent where `s` is. */
static inline struct om_slice
om_lex_span(struct om_slice s, gsize from, gsize to)
{
    return om_slice_from(om_slice_head(s, to), from);
}

/** Offset of the first byte at or after `at` that is no LWS (of a fold, too); s.l where there is none. */
gsize om_lex_skip_lws(struct om_slice s, gsize at);

/** Offset of the first byte at or after `at` that is no token character. */
gsize om_lex_skip_token(struct om_slice s, gsize at);

enum om_quote {
    OM_QUOTE_NONE,
    OM_QUOTE_STRAIGHT,    /**< " */
    OM_QUOTE_TYPOGRAPHIC, /**< U+201C to U+201F in UTF-8 */
    OM_QUOTE_SINGLE,      /**< ' and U+2018 to U+201B */
};

/** Which quote stands at `at`, and how many bytes it takes (0 where there is none). */
enum om_quote om_lex_quote_at(struct om_slice s, gsize at, gsize *width);

/** Does a ";" or "," or nothing at all follow at `at`, LWS passed over? */
gboolean om_lex_ends_param(struct om_slice s, gsize at);

/**
 * End of the quoted string that a straight quote at `at` opens: the offset behind
 * its closing quote, "\" escapes minded. A typographic quote closes it too where the
 * value ends there ("mms.ua” ; or "Bob” <). Where nothing closes it: s.l.
 * @param closed  may be NULL
 */
gsize om_lex_quoted_end(struct om_slice s, gsize at, gboolean *closed);

/**
 * End of the display name between typographic quotes that begins at `at`: the offset behind
 * the next double quote of any kind, where a "<" follows it; `at` where there is no such thing.
 */
gsize om_lex_typographic_end(struct om_slice s, gsize at);

/**
 * Without the pair of straight quotes around it (escapes left in); a lone one at the
 * beginning goes too, with the typographic one that closes it. As it is where no quote opens it.
 */
struct om_slice om_lex_unquote(struct om_slice s);

/**
 * End of the <...> that opens at `at`: the offset behind its ">". Quoted parameter values
 * inside (p="x>") are opaque. Where another "<" or the end comes first there is no end: -1.
 * @param stop  where the search ended; may be NULL
 */
gssize om_lex_bracket_end(struct om_slice s, gsize at, gsize *stop);

#endif
