/* sip_address.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_address.h"

#include "../core/sip_lex.h"

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
    return om_slice_dup_utf8(party(msg, id));
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
    tag = om_sip_param_get(addr.params, "tag");
    /* "tag=49583>" of Appendix B */
    return om_slice_head(tag, om_sip_skip_token(tag, 0));
}

gboolean
om_sip_contact_next(struct om_slice *rest, struct om_slice *contact)
{
    struct om_slice peek, next;

    if (!om_sip_list_next(rest, contact))
        return FALSE;
    peek = *rest;
    while (om_sip_list_next(&peek, &next) && next.l && next.p[0] == '+') {
        contact->l = (gsize) (next.p + next.l - contact->p);
        *rest = peek;
    }
    return TRUE;
}

guint
om_sip_via_count(const struct om_sip_msg *msg)
{
    guint count = 0;

    for (guint i = 0; i < msg->headers->len; i++) {
        const struct om_sip_header *header = &g_array_index(msg->headers, struct om_sip_header, i);
        struct om_slice rest = header->value;
        struct om_slice via;

        if (header->id != OM_SIP_H_VIA)
            continue;
        while (om_sip_list_next(&rest, &via))
            count++;
    }
    return count;
}
