/* param.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "param.h"

#include "lex.h"

/* Offset behind the value that begins at `at`: the ";" that ends it, or the end. */
static gsize
value_end(struct om_slice s, gsize at)
{
    gssize semicolon;

    if (at < s.l && s.p[at] == '"') {
        at = om_lex_quoted_end(s, at, NULL);
    } else if (at < s.l && s.p[at] == '<') {
        gssize end = om_lex_bracket_end(s, at, NULL);

        if (end >= 0)
            at = (gsize) end;
    }
    semicolon = om_slice_chr(s, at, ';');
    return semicolon < 0 ? s.l : (gsize) semicolon;
}

gboolean
om_param_next(struct om_slice *rest, struct om_param *param)
{
    struct om_slice s = *rest;
    gsize start = 0;
    gsize end;

    while (start < s.l && (s.p[start] == ';' || om_lex_is_lws(s.p[start])))
        start++;
    end = start;
    while (end < s.l && s.p[end] != ';' && s.p[end] != '=')
        end++;
    param->name = om_slice_trim(om_lex_span(s, start, end));
    param->value = OM_SLICE_NULL;
    if (end < s.l && s.p[end] == '=') {
        gsize value = om_lex_skip_lws(s, end + 1);

        end = value_end(s, value);
        param->value = om_slice_trim(om_lex_span(s, value, end));
    }
    *rest = om_slice_from(s, end);
    return start < s.l;
}

struct om_slice
om_param_get(struct om_slice params, const char *name)
{
    struct om_param param;

    while (om_param_next(&params, &param)) {
        if (!om_slice_ieq_str(param.name, name))
            continue;
        return om_slice_isset(param.value) ? om_lex_unquote(param.value) : om_slice_from(param.name, param.name.l);
    }
    return OM_SLICE_NULL;
}
