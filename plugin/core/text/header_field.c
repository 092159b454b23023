/* header_field.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "header_field.h"

#include "visible.h"

static gboolean
is_token_char(char c)
{
    return g_ascii_isalnum(c) || (c != '\0' && strchr("!#$%&'*+-.^_`|~", c));
}

static gboolean
is_space(char c)
{
    return c == ' ' || c == '\t';
}

static gboolean
is_clean(struct om_slice line)
{
    for (gsize i = 0; i < line.l; i++) {
        if (((guchar) line.p[i] < 0x20 && line.p[i] != '\t') || line.p[i] == 0x7f)
            return FALSE;
    }
    return TRUE;
}

enum om_header_line
om_header_field_next(struct om_slice *rest, struct om_header_field *field)
{
    struct om_slice line;
    gboolean clean;
    gsize name = 0;
    gsize colon;

    *field = (struct om_header_field){.name = OM_SLICE_NULL};
    if (!om_slice_line(rest, &line))
        return OM_LINE_END;
    field->line = line;
    if (line.l == 0)
        return OM_LINE_BLANK;
    while (name < line.l && is_token_char(line.p[name]))
        name++;
    for (colon = name; colon < line.l && is_space(line.p[colon]);)
        colon++;
    if (name == 0 || colon == line.l || line.p[colon] != ':')
        return OM_LINE_OTHER;
    clean = is_clean(line);
    while (rest->l && is_space(rest->p[0])) {
        om_slice_line(rest, &line);
        clean = clean && is_clean(line);
    }
    field->line = om_slice(field->line.p, (gsize) (line.p + line.l - field->line.p));
    if (!clean)
        return OM_LINE_OTHER;
    field->name = om_slice_head(field->line, name);
    field->after = om_slice_from(field->line, colon + 1);
    field->value = om_slice_trim(field->after);
    return OM_LINE_FIELD;
}

static gboolean
is_lws(char c)
{
    return is_space(c) || c == '\r' || c == '\n';
}

char *
om_unfold(struct om_slice value)
{
    GString *flat;
    char *valid;
    gsize i = 0;

    if (!value.p || (om_slice_chr(value, 0, '\n') < 0 && om_slice_chr(value, 0, '\r') < 0))
        return om_slice_dup_utf8(value);
    flat = g_string_sized_new(value.l);
    while (i < value.l) {
        gsize run = i;
        gboolean fold = FALSE;

        for (; run < value.l && is_lws(value.p[run]); run++)
            fold = fold || !is_space(value.p[run]);
        if (fold)
            g_string_append_c(flat, ' ');
        else
            g_string_append_len(flat, value.p + i, (gssize) (run - i));
        if (run < value.l)
            g_string_append_c(flat, value.p[run]);
        i = run + 1;
    }
    valid = om_slice_dup_utf8(om_slice(flat->str, flat->len));
    g_string_free(flat, TRUE);
    return valid;
}
