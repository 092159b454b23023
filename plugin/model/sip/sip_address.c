/* sip_address.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_address.h"

#include "core/text/lex.h"
#include "core/text/visible.h"
#include "core/sip/sip_via.h"

static struct om_slice
party(const struct om_sip_msg *msg, enum om_sip_header_id id)
{
    const struct om_sip_header *header = om_sip_msg_header(msg, id);
    struct om_sip_addr addr;

    if (!header)
        return OM_SLICE_NULL;
    om_sip_addr_parse(header->value, &addr);
    return addr.uri;
}

char *
om_sip_party(const struct om_sip_msg *msg, enum om_sip_header_id id)
{
    return om_slice_dup_utf8(om_slice_head_utf8(party(msg, id), OM_PARTY_KEPT));
}

char *
om_sip_party_key(const struct om_sip_msg *msg, enum om_sip_header_id id)
{
    struct om_slice uri = party(msg, id);

    return uri.p ? om_sip_uri_key(uri) : g_strdup("");
}

struct om_slice
om_sip_tag(const struct om_sip_msg *msg, enum om_sip_header_id id)
{
    const struct om_sip_header *header = om_sip_msg_header(msg, id);
    struct om_slice tag;
    struct om_sip_addr addr;

    if (!header)
        return OM_SLICE_NULL;
    om_sip_addr_parse(header->value, &addr);
    tag = om_param_get(addr.params, "tag");
    /* "tag=49583>" of Appendix B */
    return om_slice_head(tag, om_lex_skip_token(tag, 0));
}

/* Does it end with a feature tag whose value is not in quotes? */
static gboolean
ends_unquoted(struct om_slice element)
{
    gsize start = element.l;
    gsize equals;

    while (start > 0 && element.p[start - 1] != ';')
        start--;
    start = om_lex_skip_lws(element, start);
    equals = om_lex_skip_lws(element, om_lex_skip_token(element, start));
    return start < element.l && element.p[start] == '+' && equals < element.l && element.p[equals] == '=' &&
           om_slice_chr(element, equals, '"') < 0;
}

/* A token, alone or with parameters behind it: no address. */
static gboolean
is_token(struct om_slice element)
{
    gsize end = om_lex_skip_token(element, 0);

    return end > 0 && element.p[0] != '*' && om_lex_ends_param(element, end);
}

gboolean
om_sip_contact_goes_on(struct om_slice element, gboolean *open)
{
    gboolean goes_on = om_slice_starts_str(element, "+") || (*open && is_token(element));

    if (!goes_on || om_slice_starts_str(element, "+") || om_slice_chr(element, 0, ';') >= 0)
        *open = ends_unquoted(element);
    return goes_on;
}

gboolean
om_sip_contact_next(struct om_slice *rest, struct om_slice *contact)
{
    gboolean open = FALSE;
    struct om_slice peek, next;

    if (!om_sip_list_next(rest, contact))
        return FALSE;
    om_sip_contact_goes_on(*contact, &open);
    peek = *rest;
    while (om_sip_list_next(&peek, &next) && om_sip_contact_goes_on(next, &open)) {
        contact->l = (gsize) (next.p + next.l - contact->p);
        *rest = peek;
    }
    return TRUE;
}

/* Returns how many there are. @param last  out: the last one; absent where there is none */
static guint
walk_vias(const struct om_sip_msg *msg, struct om_slice *last)
{
    guint count = 0;

    *last = OM_SLICE_NULL;
    for (guint i = 0; i < msg->headers->len; i++) {
        const struct om_sip_header *header = &g_array_index(msg->headers, struct om_sip_header, i);
        struct om_slice rest = header->value;
        struct om_slice via;

        if (header->id != OM_SIP_H_VIA)
            continue;
        while (om_sip_list_next(&rest, &via)) {
            *last = via;
            count++;
        }
    }
    return count;
}

guint
om_sip_via_count(const struct om_sip_msg *msg)
{
    struct om_slice last;

    return walk_vias(msg, &last);
}

struct om_slice
om_sip_client_branch(const struct om_sip_msg *msg)
{
    struct om_slice last;
    struct om_sip_via parsed;

    if (!walk_vias(msg, &last) || !om_sip_via_parse(last, &parsed))
        return OM_SLICE_NULL;
    return om_param_get(parsed.params, "branch");
}
