/* sip_rules.c
 * Rules about one SIP message for itself: addresses, Via, Content-Length, GRUUs in URIs (RFC 3261 section 25).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_address.h"
#include "sip_private.h"

#include "core/sip/sip_uri.h"
#include "core/sip/sip_via.h"

/* Told of so many header fields of one message. */
#define MAX_FIELDS 16

/* The message that is looked at. */
struct check {
    struct om_finding_queue *findings;
    guint32 frame;
    guint told;
};

static const char *
flaw_text(enum om_sip_addr_flaw flaw)
{
    switch (flaw) {
    case OM_SIP_ADDR_NO_RAQUOT:
        return "\">\" expected after \"<\" and the URI";
    case OM_SIP_ADDR_STRAY_QUOTE:
        return "quotes expected in pairs, around a display name or a value";
    case OM_SIP_ADDR_STRAY_RAQUOT:
        return "\">\" without a \"<\"";
    case OM_SIP_ADDR_NO_SEMICOLON:
        return "\";\" expected before each parameter";
    case OM_SIP_ADDR_TYPOGRAPHIC:
        return "display name expected in straight double quotes";
    case OM_SIP_ADDR_NO_SCHEME:
        return "URI expected with its scheme (sip:, sips:, tel:)";
    default:
        return "malformed";
    }
}

/* All that is wrong with one address, in one sentence. */
static void
tell_address(struct check *check, struct om_slice where, guint flaws, struct om_slice seen)
{
    GString *what = g_string_new(NULL);

    for (guint bit = 1; bit <= OM_SIP_ADDR_NO_SCHEME; bit <<= 1) {
        if (flaws & bit)
            g_string_append_printf(what, "%s%s", what->len ? ", " : "", flaw_text((enum om_sip_addr_flaw) bit));
    }
    om_finding_queue_find(check->findings, OM_RULE_SIP_URI_SYNTAX, check->frame, "%.*s: %s; seen %.*s", OM_QUOTE(where),
                          what->str, OM_QUOTE(seen));
    g_string_free(what, TRUE);
    check->told++;
}

/* RFC 5627 section 5.1 */
static void
check_gruu(struct check *check, struct om_slice where, const struct om_sip_addr *addr)
{
    struct om_slice value;
    gboolean well_formed;

    if (addr->flaws || !om_sip_uri_gruu(addr->uri, &value, &well_formed) || well_formed)
        return;
    om_finding_queue_find(check->findings, OM_RULE_SIP_GRUU_SYNTAX, check->frame,
                          "%.*s: a GRUU is a SIP URI with one parameter gr, seen \"%.*s\"", OM_QUOTE(where),
                          OM_QUOTE(addr->uri));
    check->told++;
}

static void
check_addresses(struct check *check, const struct om_sip_header *header)
{
    struct om_slice rest = header->value;
    gboolean open = FALSE;
    struct om_slice element;
    struct om_sip_addr addr;

    while (check->told < MAX_FIELDS && om_sip_list_next(&rest, &element)) {
        if (header->id == OM_SIP_H_CONTACT && om_sip_contact_goes_on(element, &open))
            continue;
        om_sip_addr_parse(element, &addr);
        if (addr.flaws)
            tell_address(check, header->name, addr.flaws, element);
        else if (addr.uri.p)
            check_gruu(check, header->name, &addr);
    }
}

static void
check_request_uri(struct check *check, const struct om_sip_msg *msg)
{
    struct om_slice name = OM_SLICE_LIT("Request-URI");
    struct om_sip_addr addr;

    om_sip_addr_parse(msg->request_uri, &addr);
    /* RFC 3261 section 7.1 */
    if (om_slice_starts_str(msg->request_uri, "<"))
        om_finding_queue_find(check->findings, OM_RULE_SIP_URI_SYNTAX, check->frame,
                              "Request-URI: the URI stands there without \"<\" and \">\"; seen %.*s",
                              OM_QUOTE(msg->request_uri));
    else if (addr.flaws)
        tell_address(check, name, addr.flaws, msg->request_uri);
    else
        check_gruu(check, name, &addr);
}

static void
check_vias(struct check *check, const struct om_sip_header *header)
{
    struct om_slice rest = header->value;
    struct om_slice element;
    struct om_sip_via via;

    while (check->told < MAX_FIELDS && om_sip_list_next(&rest, &element)) {
        if (!om_sip_via_parse(element, &via) || via.sent_by_ok)
            continue;
        om_finding_queue_find(check->findings, OM_RULE_SIP_VIA_SENT_BY, check->frame,
                              "Via: sent-by is host[:port], seen \"%.*s\"", OM_QUOTE(via.sent_by));
        check->told++;
    }
}

/*
 * On a stream a wrong length cannot be told from bytes that the capture lost, or from the next
 * message's beginning: only a datagram has an end. What carried the message is in its topmost Via.
 */
static gboolean
came_in_datagram(const struct om_frame *frame, const struct om_sip_msg *msg)
{
    const struct om_sip_header *header = om_sip_msg_header(msg, OM_SIP_H_VIA);
    struct om_slice rest = header ? header->value : OM_SLICE_NULL;
    struct om_slice element;
    struct om_sip_via via;

    return !frame->cut && rest.p && om_sip_list_next(&rest, &element) && om_sip_via_parse(element, &via) &&
           om_slice_ieq_str(via.transport, "UDP");
}

static void
check_content_length(struct check *check, const struct om_frame *frame, const struct om_sip_msg *msg)
{
    const struct om_sip_header *header = om_sip_msg_header(msg, OM_SIP_H_CONTENT_LENGTH);

    if (!(msg->flaws & OM_SIP_CONTENT_LENGTH) || !header)
        return;
    if (!msg->content_length_ok)
        om_finding_queue_find(check->findings, OM_RULE_SIP_CONTENT_LENGTH, check->frame,
                              "Content-Length: a number of bytes expected, %" G_GSIZE_FORMAT
                              " of them follow; seen \"%.*s\"",
                              msg->body.l, OM_QUOTE(header->value));
    else if (!came_in_datagram(frame, msg))
        return;
    else if (msg->flaws & OM_SIP_BODY_SHORT)
        om_finding_queue_find(check->findings, OM_RULE_SIP_CONTENT_LENGTH, check->frame,
                              "Content-Length: %" G_GUINT64_FORMAT " bytes announced, %" G_GSIZE_FORMAT
                              " are in the datagram",
                              msg->content_length, msg->body.l);
    else
        om_finding_queue_find(check->findings, OM_RULE_SIP_CONTENT_LENGTH, check->frame,
                              "Content-Length: %" G_GUINT64_FORMAT " bytes announced, more are in the datagram",
                              msg->content_length);
}

/* What makes strict peers take headers for the body, or refuse the message: RFC 3261 section 7. */
static void
check_lines(struct check *check, const struct om_sip_msg *msg)
{
    struct om_slice rest = msg->text;
    struct om_slice line;

    if ((msg->flaws & OM_SIP_START_LINE) && om_slice_line(&rest, &line))
        om_finding_queue_find(check->findings, OM_RULE_SIP_SYNTAX, check->frame,
                              "start line: its three parts are separated by one space each, seen \"%.*s\"",
                              OM_QUOTE(line));
    if (msg->flaws & OM_SIP_BARE_LF)
        om_finding_queue_find(check->findings, OM_RULE_SIP_SYNTAX, check->frame,
                              "lines of the head end with LF alone: CRLF expected");
    if (msg->flaws & OM_SIP_BLANK_LINE)
        om_finding_queue_find(check->findings, OM_RULE_SIP_SYNTAX, check->frame,
                              "blank line among the header fields: expected only before the body");
    if (msg->flaws & OM_SIP_NO_COLON)
        om_finding_queue_find(
            check->findings, OM_RULE_SIP_SYNTAX, check->frame,
            "a line among the header fields is no \"Name: value\", and does not begin with white space as one "
            "that goes on with a field");
}

/* What outputs repeat with each object or frame of a session. */
static void
check_kept(struct check *check, const struct om_sip_msg *msg)
{
    static const enum om_sip_header_id parties[] = {OM_SIP_H_FROM, OM_SIP_H_TO};

    if (msg->call_id.l > OM_CALL_ID_SHOWN)
        om_finding_queue_find(check->findings, OM_RULE_SIP_TOO_LONG, check->frame,
                              "Call-ID of %" G_GSIZE_FORMAT " bytes: the first %d are shown", msg->call_id.l,
                              OM_CALL_ID_SHOWN);
    for (gsize i = 0; i < G_N_ELEMENTS(parties); i++) {
        const struct om_sip_header *header = om_sip_msg_header(msg, parties[i]);
        struct om_sip_addr addr;

        if (!header || header->value.l <= OM_PARTY_KEPT)
            continue;
        om_sip_addr_parse(header->value, &addr);
        if (addr.uri.l > OM_PARTY_KEPT)
            om_finding_queue_find(check->findings, OM_RULE_SIP_TOO_LONG, check->frame,
                                  "%.*s: a URI of %" G_GSIZE_FORMAT " bytes: the first %d are shown",
                                  OM_QUOTE(header->name), addr.uri.l, OM_PARTY_KEPT);
    }
}

void
om_sip_rules(struct om_finding_queue *findings, const struct om_frame *frame, const struct om_sip_msg *msg)
{
    struct check check = {findings, frame->number, 0};

    /* Of a head that is cut anywhere nothing is proved. */
    if (frame->cut && (msg->flaws & OM_SIP_NO_BLANK_LINE))
        return;
    check_lines(&check, msg);
    if (msg->request)
        check_request_uri(&check, msg);
    for (guint i = 0; i < msg->headers->len && check.told < MAX_FIELDS; i++) {
        const struct om_sip_header *header = &g_array_index(msg->headers, struct om_sip_header, i);

        switch (header->id) {
        case OM_SIP_H_FROM:
        case OM_SIP_H_TO:
        case OM_SIP_H_CONTACT:
        case OM_SIP_H_P_ASSERTED_IDENTITY:
        case OM_SIP_H_P_CALLED_PARTY_ID:
            check_addresses(&check, header);
            break;
        case OM_SIP_H_VIA:
            check_vias(&check, header);
            break;
        default:
            break;
        }
    }
    check_kept(&check, msg);
    check_content_length(&check, frame, msg);
    om_sip_tag_rules(findings, frame, msg);
}
