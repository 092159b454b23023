/* feature_tag.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "feature_tag.h"

#include "feature_value.h"
#include "core/text/lex.h"

/* Names of RFC 3840 section 9 that stand without a "+" (base-tags). */
static const char *const base_tags[] = {
    "audio",       "automata", "class",    "duplex",  "data",    "control",     "mobility",
    "description", "events",   "priority", "methods", "schemes", "application", "video",
    "language",    "type",     "isfocus",  "actor",   "text",    "extensions",
};

/* clang-format off */
static const struct {
    const char *name;
    enum om_feature_tag_id id;
    guint flaws;
} tags[] = {
    {"g.oma.pusheventapp", OM_TAG_PUSH_EVENT_APP, 0},
    {"g.3gpp.icsi-ref", OM_TAG_ICSI_REF, 0},
    {"g.3gpp.icsi_ref", OM_TAG_ICSI_REF, OM_TAG_NAME},
    {"g.3gpp.iari-ref", OM_TAG_IARI_REF, 0},
    {"g.3gpp.iari_ref", OM_TAG_IARI_REF, OM_TAG_NAME},
    {"sip.instance", OM_TAG_INSTANCE, 0},
};
/* clang-format on */

static const struct {
    const char *name;
    enum om_feature_tag_id id;
} params[] = {
    {"pub-gruu", OM_TAG_PUB_GRUU},
    {"temp-gruu", OM_TAG_TEMP_GRUU},
    {"expires", OM_TAG_EXPIRES},
};

/* ftag-name = ALPHA *( ALPHA / DIGIT / "!" / "'" / "." / "-" / "%" ) */
static gboolean
is_ftag_name(struct om_slice name)
{
    for (gsize i = 0; i < name.l; i++) {
        if (!g_ascii_isalnum(name.p[i]) && !om_lex_is_one_of(name.p[i], "!'.-%"))
            return FALSE;
    }
    return name.l > 0 && g_ascii_isalpha(name.p[0]);
}

static gboolean
is_base_tag(struct om_slice name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(base_tags); i++) {
        if (om_slice_ieq_str(name, base_tags[i]))
            return TRUE;
    }
    return FALSE;
}

/*
 * Sets the id and the flaws of the name.
 * @return TRUE for a feature tag, whose value has to be quoted; FALSE for another parameter
 */
static gboolean
classify(struct om_feature_tag *tag)
{
    gboolean plus = om_slice_starts_str(tag->name, "+");
    struct om_slice name = om_slice_from(tag->name, plus ? 1 : 0);
    gboolean other_tag = plus || om_slice_istarts_str(name, "g.") || om_slice_istarts_str(name, "sip.");

    tag->id = OM_TAG_OTHER;
    for (gsize i = 0; i < G_N_ELEMENTS(tags); i++) {
        if (om_slice_ieq_str(name, tags[i].name)) {
            tag->id = tags[i].id;
            tag->flaws |= tags[i].flaws;
        }
    }
    for (gsize i = 0; i < G_N_ELEMENTS(params); i++) {
        if (om_slice_ieq_str(tag->name, params[i].name))
            tag->id = params[i].id;
    }
    if (other_tag && !is_ftag_name(name))
        tag->flaws |= OM_TAG_NAME;
    if (other_tag && !plus)
        tag->flaws |= OM_TAG_NO_PLUS;
    return other_tag || is_base_tag(name);
}

/* Offset behind the "*" or the address at the beginning: its first ";" or ",", or the end. */
static gsize
address_end(struct om_slice s)
{
    gsize i = s.l > 0 && s.p[0] == '"' ? om_lex_quoted_end(s, 0, NULL) : om_lex_typographic_end(s, 0);
    gsize bracket = om_lex_skip_lws(s, i);

    if (bracket >= s.l || s.p[bracket] != '<')
        i = 0; /* no display name in quotes */
    while (i < s.l && s.p[i] != ';' && s.p[i] != ',') {
        gssize end = s.p[i] == '<' ? om_lex_bracket_end(s, i, NULL) : -1;

        /* "* +g.x=" without a separator */
        if (om_lex_is_lws(s.p[i]) && i + 1 < s.l && s.p[i + 1] == '+' && om_feature_param_at(s, i + 1))
            break;
        i = end < 0 ? i + 1 : (gsize) end;
    }
    return i;
}

static gsize
name_end(struct om_slice s)
{
    gsize end = 0;

    while (end < s.l && !om_lex_is_lws(s.p[end]) && !om_lex_is_one_of(s.p[end], "=;,\"<>"))
        end++;
    return end;
}

/*
 * Takes the parameter at the beginning of it->rest.
 * @return FALSE where there is none
 */
static gboolean
take_param(struct om_feature_tag_iter *it, guint flaws, struct om_feature_tag *tag)
{
    struct om_slice s = it->rest;
    gsize end = name_end(s);
    gsize equals = om_lex_skip_lws(s, end);
    gboolean feature;

    memset(tag, 0, sizeof *tag);
    if (end == 0)
        return FALSE;
    tag->name = om_slice_head(s, end);
    tag->flaws = flaws;
    feature = classify(tag);
    if (equals < s.l && s.p[equals] == '=') {
        struct om_feature_text text;

        om_feature_text_read(s, om_lex_skip_lws(s, equals + 1), feature, &text);
        tag->values = text.values;
        if (text.flawed || (feature && !text.quoted))
            tag->flaws |= OM_TAG_QUOTES;
        end = text.end;
    }
    tag->text = om_slice_trim(om_slice_head(s, end));
    it->rest = om_slice_from(s, end);
    return TRUE;
}

/* Is a parameter there although a "," came before, where the next "*" or address belongs? */
static gboolean
param_after_comma(struct om_slice s)
{
    gsize end = om_lex_skip_token(s, 0);

    if (om_feature_param_at(s, 0))
        return TRUE;
    return end > 0 && s.p[0] != '*' && om_lex_ends_param(s, end);
}

void
om_feature_tag_begin(struct om_feature_tag_iter *it, struct om_slice header_value)
{
    it->rest = header_value;
    it->in_params = FALSE;
    it->after_comma = FALSE;
}

/* At the beginning of an element. @return TRUE where a parameter was taken from there */
static gboolean
begin_element(struct om_feature_tag_iter *it, struct om_feature_tag *tag)
{
    gboolean after_comma = it->after_comma;

    it->in_params = TRUE;
    it->after_comma = FALSE;
    if (after_comma ? param_after_comma(it->rest) : om_feature_param_at(it->rest, 0))
        return take_param(it, after_comma ? OM_TAG_SEPARATOR : 0, tag);
    it->rest = om_slice_from(it->rest, address_end(it->rest));
    return FALSE;
}

/* What stands between parameters and is none: up to the next separator. */
static void
skip_junk(struct om_feature_tag_iter *it)
{
    gsize end = 1;

    while (end < it->rest.l && !om_lex_is_lws(it->rest.p[end]) && it->rest.p[end] != ';' && it->rest.p[end] != ',')
        end++;
    it->rest = om_slice_from(it->rest, end);
}

gboolean
om_feature_tag_next(struct om_feature_tag_iter *it, struct om_feature_tag *tag)
{
    for (;;) {
        it->rest = om_slice_from(it->rest, om_lex_skip_lws(it->rest, 0));
        if (it->rest.l == 0)
            return FALSE;
        if (it->rest.p[0] == ',') {
            it->rest = om_slice_from(it->rest, 1);
            it->in_params = FALSE;
            it->after_comma = TRUE;
        } else if (!it->in_params) {
            if (begin_element(it, tag))
                return TRUE;
        } else if (it->rest.p[0] == ';') {
            it->rest = om_slice_from(it->rest, 1 + om_lex_skip_lws(om_slice_from(it->rest, 1), 0));
            if (take_param(it, 0, tag))
                return TRUE;
        } else if (om_feature_param_at(it->rest, 0)) {
            if (take_param(it, OM_TAG_NO_SEPARATOR, tag))
                return TRUE;
        } else {
            skip_junk(it);
        }
    }
}

/* Offset behind the <...> at the beginning, "\" escapes minded; 0 where it does not close. */
static gsize
string_end(struct om_slice s)
{
    for (gsize i = 1; i < s.l && s.p[i] != '<'; i++) {
        if (s.p[i] == '>')
            return i + 1;
        if (s.p[i] == '\\')
            i++;
    }
    return 0;
}

/* A value without the LWS, "!" and <> around it. */
static void
read_value(struct om_slice text, struct om_feature_value *value)
{
    text = om_slice_trim(text);
    value->negated = om_slice_starts_str(text, "!");
    if (value->negated)
        text = om_slice_trim(om_slice_from(text, 1));
    value->string_form = om_slice_starts_str(text, "<");
    if (value->string_form) {
        gsize end = string_end(text);

        text = om_slice_trim(om_lex_span(text, 1, end > 0 ? end - 1 : text.l));
    }
    value->text = text;
}

gboolean
om_feature_value_next(struct om_slice *rest, struct om_feature_value *value)
{
    struct om_slice s = *rest;
    gsize start = 0;
    gsize at;
    gssize comma;

    while (start < s.l && (s.p[start] == ',' || om_lex_is_lws(s.p[start])))
        start++;
    if (start >= s.l)
        return FALSE;
    at = s.p[start] == '!' ? om_lex_skip_lws(s, start + 1) : start;
    if (at < s.l && s.p[at] == '<')
        at += string_end(om_slice_from(s, at));
    comma = om_slice_chr(s, at, ',');
    read_value(om_lex_span(s, start, comma < 0 ? s.l : (gsize) comma), value);
    *rest = om_slice_from(s, comma < 0 ? s.l : (gsize) comma);
    return TRUE;
}
