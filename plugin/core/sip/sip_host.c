/* sip_host.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_host.h"

/* Longest text form of an IPv6 address, with an embedded IPv4 one. */
#define IPV6_TEXT_MAX 45

static gboolean
is_ip_address(struct om_slice text)
{
    char copy[IPV6_TEXT_MAX + 1];

    if (text.l == 0 || text.l > IPV6_TEXT_MAX || om_slice_chr(text, 0, '%') >= 0)
        return FALSE;
    memcpy(copy, text.p, text.l);
    copy[text.l] = '\0';
    return strlen(copy) == text.l && g_hostname_is_ip_address(copy);
}

/* domainlabel: alphanum, "-" inside only. */
static gboolean
is_label(struct om_slice label)
{
    for (gsize i = 0; i < label.l; i++) {
        if (!g_ascii_isalnum(label.p[i]) && label.p[i] != '-')
            return FALSE;
    }
    return label.l > 0 && label.p[0] != '-' && label.p[label.l - 1] != '-';
}

/* hostname = *( domainlabel "." ) toplabel [ "." ]; the toplabel begins with a letter. */
static gboolean
is_hostname(struct om_slice name)
{
    if (name.l > 0 && name.p[name.l - 1] == '.')
        name.l--;
    for (;;) {
        gssize dot = om_slice_chr(name, 0, '.');
        struct om_slice label = om_slice_head(name, dot < 0 ? name.l : (gsize) dot);

        if (!is_label(label))
            return FALSE;
        if (dot < 0)
            return g_ascii_isalpha(label.p[0]);
        name = om_slice_from(name, (gsize) dot + 1);
    }
}

static gboolean
parse_port(struct om_slice text, guint *port)
{
    guint64 number;

    if (!om_slice_u64(om_slice_trim(text), &number) || number == 0 || number > G_MAXUINT16)
        return FALSE;
    *port = (guint) number;
    return TRUE;
}

static gboolean
parse_ipv6(struct om_slice text, struct om_sip_hostport *hostport)
{
    gssize bracket = om_slice_chr(text, 0, ']');
    struct om_slice after;

    hostport->ipv6_literal = TRUE;
    hostport->host = om_slice_from(om_slice_head(text, bracket < 0 ? text.l : (gsize) bracket), 1);
    if (bracket < 0)
        return FALSE;
    after = om_slice_trim(om_slice_from(text, (gsize) bracket + 1));
    if (after.l > 0 && (after.p[0] != ':' || !parse_port(om_slice_from(after, 1), &hostport->port)))
        return FALSE;
    return om_slice_chr(hostport->host, 0, ':') >= 0 && is_ip_address(hostport->host);
}

gboolean
om_sip_hostport_parse(struct om_slice text, struct om_sip_hostport *hostport)
{
    gssize colon;

    text = om_slice_trim(text);
    memset(hostport, 0, sizeof *hostport);
    if (text.l > 0 && text.p[0] == '[')
        return parse_ipv6(text, hostport);
    colon = om_slice_chr(text, 0, ':');
    if (colon >= 0 && om_slice_chr(text, (gsize) colon + 1, ':') >= 0) {
        hostport->host = text; /* an IPv6 address without its brackets */
        return FALSE;
    }
    hostport->host = om_slice_trim(om_slice_head(text, colon < 0 ? text.l : (gsize) colon));
    if (colon >= 0 && !parse_port(om_slice_from(text, (gsize) colon + 1), &hostport->port))
        return FALSE;
    return is_hostname(hostport->host) || is_ip_address(hostport->host);
}
