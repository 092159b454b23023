/* sip_header_name.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_header_name.h"

static const struct {
    const char *name;
    const char *compact;
    enum om_sip_header_id id;
} names[] = {
    {"Via", "v", OM_SIP_H_VIA},
    {"From", "f", OM_SIP_H_FROM},
    {"To", "t", OM_SIP_H_TO},
    {"Call-ID", "i", OM_SIP_H_CALL_ID},
    {"CSeq", NULL, OM_SIP_H_CSEQ},
    {"Contact", "m", OM_SIP_H_CONTACT},
    {"Expires", NULL, OM_SIP_H_EXPIRES},
    {"Content-Type", "c", OM_SIP_H_CONTENT_TYPE},
    {"Content-Length", "l", OM_SIP_H_CONTENT_LENGTH},
    {"Content-Encoding", "e", OM_SIP_H_CONTENT_ENCODING},
    {"Accept-Contact", "a", OM_SIP_H_ACCEPT_CONTACT},
    {"Reject-Contact", "j", OM_SIP_H_REJECT_CONTACT},
    {"P-Preferred-Service", NULL, OM_SIP_H_P_PREFERRED_SERVICE},
    {"P-Asserted-Service", NULL, OM_SIP_H_P_ASSERTED_SERVICE},
    {"P-Asserted-Identity", NULL, OM_SIP_H_P_ASSERTED_IDENTITY},
    {"P-Called-Party-ID", NULL, OM_SIP_H_P_CALLED_PARTY_ID},
    {"Authorization", NULL, OM_SIP_H_AUTHORIZATION},
    {"Proxy-Authorization", NULL, OM_SIP_H_AUTHORIZATION},
    {"Accept", NULL, OM_SIP_H_OTHER},
    {"Accept-Encoding", NULL, OM_SIP_H_OTHER},
    {"Accept-Language", NULL, OM_SIP_H_OTHER},
    {"Alert-Info", NULL, OM_SIP_H_OTHER},
    {"Allow", NULL, OM_SIP_H_OTHER},
    {"Allow-Events", "u", OM_SIP_H_OTHER},
    {"Authentication-Info", NULL, OM_SIP_H_OTHER},
    {"Call-Info", NULL, OM_SIP_H_OTHER},
    {"Content-Disposition", NULL, OM_SIP_H_OTHER},
    {"Content-ID", NULL, OM_SIP_H_OTHER},
    {"Content-Language", NULL, OM_SIP_H_OTHER},
    {"Content-Transfer-Encoding", NULL, OM_SIP_H_OTHER},
    {"Date", NULL, OM_SIP_H_OTHER},
    {"Event", "o", OM_SIP_H_OTHER},
    {"Identity", "y", OM_SIP_H_OTHER},
    {"Identity-Info", "n", OM_SIP_H_OTHER},
    {"In-Reply-To", NULL, OM_SIP_H_OTHER},
    {"Max-Forwards", NULL, OM_SIP_H_OTHER},
    {"MIME-Version", NULL, OM_SIP_H_OTHER},
    {"Min-Expires", NULL, OM_SIP_H_OTHER},
    {"Min-SE", NULL, OM_SIP_H_OTHER},
    {"P-Access-Network-Info", NULL, OM_SIP_H_OTHER},
    {"P-Associated-URI", NULL, OM_SIP_H_OTHER},
    {"P-Charging-Function-Addresses", NULL, OM_SIP_H_OTHER},
    {"P-Charging-Vector", NULL, OM_SIP_H_OTHER},
    {"P-Preferred-Identity", NULL, OM_SIP_H_OTHER},
    {"P-Visited-Network-ID", NULL, OM_SIP_H_OTHER},
    {"Path", NULL, OM_SIP_H_OTHER},
    {"Privacy", NULL, OM_SIP_H_OTHER},
    {"Proxy-Authenticate", NULL, OM_SIP_H_OTHER},
    {"Proxy-Require", NULL, OM_SIP_H_OTHER},
    {"RAck", NULL, OM_SIP_H_OTHER},
    {"Reason", NULL, OM_SIP_H_OTHER},
    {"Record-Route", NULL, OM_SIP_H_OTHER},
    {"Refer-To", "r", OM_SIP_H_OTHER},
    {"Referred-By", "b", OM_SIP_H_OTHER},
    {"Reply-To", NULL, OM_SIP_H_OTHER},
    {"Request-Disposition", "d", OM_SIP_H_OTHER},
    {"Require", NULL, OM_SIP_H_OTHER},
    {"Retry-After", NULL, OM_SIP_H_OTHER},
    {"Route", NULL, OM_SIP_H_OTHER},
    {"RSeq", NULL, OM_SIP_H_OTHER},
    {"Server", NULL, OM_SIP_H_SERVER},
    {"Service-Route", NULL, OM_SIP_H_OTHER},
    {"Session-Expires", "x", OM_SIP_H_OTHER},
    {"Subject", "s", OM_SIP_H_OTHER},
    {"Subscription-State", NULL, OM_SIP_H_OTHER},
    {"Supported", "k", OM_SIP_H_OTHER},
    {"Timestamp", NULL, OM_SIP_H_OTHER},
    {"Unsupported", NULL, OM_SIP_H_OTHER},
    {"User-Agent", NULL, OM_SIP_H_USER_AGENT},
    {"Warning", NULL, OM_SIP_H_OTHER},
    {"WWW-Authenticate", NULL, OM_SIP_H_OTHER},
};

static gssize
find_compact(char letter)
{
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (names[i].compact && g_ascii_toupper(names[i].compact[0]) == letter)
            return (gssize) i;
    }
    return -1;
}

/* Index into names, or -1. */
static gssize
find(struct om_slice name)
{
    char first = name.l ? g_ascii_toupper(name.p[0]) : '\0';

    if (name.l == 1)
        return find_compact(first);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (names[i].name[0] == first && om_slice_ieq_str(name, names[i].name))
            return (gssize) i;
    }
    return -1;
}

enum om_sip_header_id
om_sip_header_id(struct om_slice name)
{
    gssize i = find(name);

    return i < 0 ? OM_SIP_H_OTHER : names[i].id;
}

gboolean
om_sip_header_is_known(struct om_slice name)
{
    return find(name) >= 0;
}
