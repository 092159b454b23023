/* feature_value.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "feature_value.h"

#include "core/text/lex.h"

gboolean
om_feature_param_at(struct om_slice s, gsize at)
{
    gsize start = om_lex_skip_lws(s, at);
    gsize end = om_lex_skip_token(s, start);
    gsize equals = om_lex_skip_lws(s, end);

    return end > start && equals < s.l && s.p[equals] == '=';
}

/* Does the separator at `at` begin something new, so that a quote before it cannot have been closed? */
static gboolean
begins_next(struct om_slice s, gsize at)
{
    gsize next = om_lex_skip_lws(s, at + 1);

    if (om_feature_param_at(s, next))
        return TRUE;
    return s.p[at] == ',' && next < s.l && (s.p[next] == '<' || s.p[next] == '*');
}

/* Does the value end at `at`, by a separator, or by white space and the next parameter? */
static gboolean
ends_at(struct om_slice s, gsize at)
{
    return om_lex_ends_param(s, at) || (at < s.l && om_lex_is_lws(s.p[at]) && om_feature_param_at(s, at));
}

static gboolean
is_double(enum om_quote quote)
{
    return quote == OM_QUOTE_STRAIGHT || quote == OM_QUOTE_TYPOGRAPHIC;
}

/* What a quote inside a quoted value means. */
enum verdict { TEXT, CLOSES, UNCLOSED };

/*
 * @param opener  the quote that opened the value
 * @param after   offset behind the quote looked at
 * @param split   a separator that begins something new was passed
 */
static enum verdict
judge(struct om_slice s, enum om_quote opener, enum om_quote quote, gsize after, gboolean split)
{
    gboolean pair = is_double(opener) ? is_double(quote) : quote == OM_QUOTE_SINGLE || quote == OM_QUOTE_STRAIGHT;

    if (!pair)
        return TEXT;
    if (ends_at(s, after))
        return CLOSES;
    if (split && is_double(opener) == is_double(quote))
        return UNCLOSED;
    return opener == OM_QUOTE_STRAIGHT && quote == OM_QUOTE_STRAIGHT ? CLOSES : TEXT;
}

/* A value that nothing closes, without the quote that may end it all the same. */
static struct om_slice
strip_last_quote(struct om_slice values, gboolean *stripped)
{
    gsize width = 0;

    values = om_slice_trim(values);
    *stripped = FALSE;
    for (gsize back = 1; back <= 3 && back <= values.l; back += 2) {
        if (om_lex_quote_at(values, values.l - back, &width) != OM_QUOTE_NONE && width == back) {
            *stripped = TRUE;
            return om_slice_head(values, values.l - back);
        }
    }
    return values;
}

static void
read_quoted(struct om_slice s, gsize start, enum om_quote opener, struct om_feature_text *text)
{
    gsize split = 0; /* no value begins at 0 */
    gboolean stripped;
    gsize width;

    for (gsize i = start; i < s.l; i += width) {
        enum om_quote quote = om_lex_quote_at(s, i, &width);
        enum verdict verdict = quote ? judge(s, opener, quote, i + width, split > 0) : TEXT;

        if (verdict == CLOSES) {
            text->values = om_lex_span(s, start, i);
            text->end = i + width;
            text->flawed |= opener != OM_QUOTE_STRAIGHT || quote != OM_QUOTE_STRAIGHT || !ends_at(s, text->end);
            return;
        }
        if (verdict == UNCLOSED)
            break;
        if (split == 0 && (s.p[i] == ';' || s.p[i] == ',') && begins_next(s, i))
            split = i;
        if (quote == OM_QUOTE_NONE)
            width = s.p[i] == '\\' && opener == OM_QUOTE_STRAIGHT ? 2 : 1;
    }
    text->end = split > 0 ? split : s.l;
    text->values = strip_last_quote(om_lex_span(s, start, text->end), &stripped);
    text->flawed = TRUE;
}

/* Does another value of a list without quotes stand at `at`? */
static gboolean
list_goes_on(struct om_slice s, gsize at)
{
    gsize start = om_lex_skip_lws(s, at);
    gsize end = om_lex_skip_token(s, start);

    return end > start && s.p[start] != '+' && s.p[start] != '*' && om_lex_ends_param(s, end);
}

static void
read_unquoted(struct om_slice s, gsize start, gboolean list, struct om_feature_text *text)
{
    gsize end = start;

    if (end < s.l && s.p[end] == '<') {
        gssize bracket = om_lex_bracket_end(s, end, NULL);

        if (bracket >= 0)
            end = (gsize) bracket;
    }
    while (end < s.l && s.p[end] != ';') {
        if (s.p[end] == ',' && !(list && list_goes_on(s, end + 1)))
            break;
        if (om_lex_is_lws(s.p[end])) {
            gsize next = om_lex_skip_lws(s, end);

            if (om_feature_param_at(s, next))
                break;
            end = next;
        } else {
            end++;
        }
    }
    text->end = end;
    text->values = strip_last_quote(om_lex_span(s, start, end), &text->flawed);
}

void
om_feature_text_read(struct om_slice s, gsize at, gboolean list, struct om_feature_text *text)
{
    gsize width;
    enum om_quote opener = om_lex_quote_at(s, at, &width);
    gsize second;

    memset(text, 0, sizeof *text);
    text->quoted = opener != OM_QUOTE_NONE;
    if (!text->quoted) {
        read_unquoted(s, at, list, text);
        return;
    }
    at += width;
    /* A doubled opening quote, not an empty value. */
    if (is_double(om_lex_quote_at(s, at, &second)) && !ends_at(s, at + second)) {
        text->flawed = TRUE;
        at += second;
    }
    read_quoted(s, at, opener, text);
}
