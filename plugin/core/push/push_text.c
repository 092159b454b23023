/* push_text.c
 * Push message headers as text (OMA Push_Message section 6.2).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/text/header_field.h"
#include "core/text/visible.h"
#include "push_headers.h"

/* Generic and WAP headers of a push message: what tells an envelope from text that merely has colons. */
static gboolean
is_push_name(struct om_slice name)
{
    static const char *const prefixes[] = {"Content-", "X-Wap-", "X-Oma-"};
    static const char *const names[] = {
        "Accept-Application", "Bearer-Indication", "Cache-Control", "Date", "Etag", "Expires",
        "Initiator-URI",      "Last-Modified",     "Push-Flag",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++) {
        if (om_slice_istarts_str(name, prefixes[i]))
            return TRUE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (om_slice_ieq_str(name, names[i]))
            return TRUE;
    }
    return FALSE;
}

/** Are there headers of a push message, only headers, and a blank line behind them? */
static gboolean
is_text_envelope(struct om_slice head)
{
    struct om_header_field field;
    gboolean known = FALSE;

    for (guint n = 0; n <= OM_PUSH_HEADERS_MAX; n++) {
        enum om_header_line line = om_header_field_next(&head, &field);

        if (line == OM_LINE_BLANK)
            return known;
        if (line != OM_LINE_FIELD)
            return FALSE;
        known = known || is_push_name(field.name);
    }
    return FALSE;
}

gboolean
om_push_headers_parse_text(struct om_slice body, struct om_push_headers *headers)
{
    struct om_slice rest = body;
    struct om_header_field field;

    if (!is_text_envelope(om_slice_head(body, OM_PUSH_HEAD_MAX)))
        return FALSE;
    om_push_headers_init(headers);
    while (om_header_field_next(&rest, &field) == OM_LINE_FIELD)
        om_push_headers_add(headers, body, field.line, om_slice_dup_utf8(field.name), om_unfold(field.value));
    headers->content = rest;
    return TRUE;
}
