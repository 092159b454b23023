/* sip_dialog.h
 * The messages of a push session between two user agents, for tests that feed them one by one.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef SIP_DIALOG_H
#define SIP_DIALOG_H

#include "sip_fixture.h"

#define A    "192.0.2.3"
#define B    "192.0.2.4"
#define CORE "192.0.2.1"

#define ICSI "+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.omapush\""
#define TAGS ";" ICSI ";+g.oma.pusheventapp=\"mms.ua\""
#define SELECTOR                                                       \
    "a=file-transfer-id:a3cd\n"                                        \
    "a=file-selector:name:\"p\" type:application/vnd.oma.push size:4 " \
    "hash:sha-1:A9:4A:8F:E5:CC:B1:9B:A6:1C:4C:08:73:D3:91:E9:87:98:2F:BB:D3\n"

/* One MSRP section: m= port, host, session-id, direction, accept-types, more lines. */
static inline char *
sdp(const char *host, guint port, const char *session, const char *direction, const char *types, const char *more)
{
    return g_strdup_printf("v=0\no=- 1 1 IN IP4 %s\ns=-\nc=IN IP4 %s\nt=0 0\nm=message %u TCP/MSRP *\na=%s\n"
                           "a=accept-types:%s\na=path:msrp://%s:%u/%s;tcp\n%s",
                           host, host, port, direction, types, host, port, session, more);
}

#define KEY(host, port, session) "msrp://" host ":" port "/" session ";tcp"

/* A message of the caller's dialog. who: 'a' the caller sends, 'b' the callee; `more` are header lines. */
static inline const struct om_sip_record *
say(struct fixture *f, char who, const char *start, const char *call_id, const char *to_tag, const char *cseq,
    const char *more, char *body)
{
    const char *tag = *to_tag ? ";tag=" : "";
    char *head =
        g_strdup_printf("%s\nVia: SIP/2.0/UDP 192.0.2.3:5060;branch=z9hG4bK1\n"
                        "From: <sip:psa@domain.com>;tag=49583\nTo: <sip:user@domain.com>%s%s\n"
                        "Call-ID: %s\nCSeq: %s\n%s%s",
                        start, tag, to_tag, call_id, cseq, more, body ? "Content-Type: application/sdp\n" : "");
    const struct om_sip_record *record = feed_sip(f, who == 'a' ? A : B, who == 'a' ? B : A, head, body);

    g_free(head);
    g_free(body);
    return record;
}

/* The same, by the callee as UAC: From and To change places. */
static inline const struct om_sip_record *
say_back(struct fixture *f, char who, const char *start, const char *call_id, const char *tag, const char *cseq,
         char *body)
{
    char *head = g_strdup_printf("%s\nVia: SIP/2.0/UDP 192.0.2.4:5060;branch=z9hG4bK2\n"
                                 "From: <sip:user@domain.com>;tag=%s\nTo: <sip:psa@domain.com>;tag=49583\n"
                                 "Call-ID: %s\nCSeq: %s\n%s",
                                 start, tag, call_id, cseq, body ? "Content-Type: application/sdp\n" : "");
    const struct om_sip_record *record = feed_sip(f, who == 'b' ? B : A, who == 'b' ? A : B, head, body);

    g_free(head);
    g_free(body);
    return record;
}

#define INVITE    "INVITE sip:user@192.0.2.4 SIP/2.0"
#define CONTACT_A "Contact: <sip:psa@192.0.2.3>"
#define CONTACT_B "Contact: <sip:user@192.0.2.4>\n"
#define PUSH      CONTACT_A TAGS "\nAccept-Contact: *" TAGS "\n"

static inline char *
offer(void)
{
    return sdp(A, 7654, "off", "sendonly", "application/vnd.oma.push", "a=setup:actpass\n" SELECTOR);
}

static inline char *
answer(void)
{
    return sdp(B, 8888, "ans", "recvonly", "application/vnd.oma.push", "a=setup:passive\n" SELECTOR);
}

static inline const struct om_exchange *
exchange_at(const struct om_session *session, guint index)
{
    g_assert_cmpuint(index, <, session->exchanges->len);
    return g_ptr_array_index(session->exchanges, index);
}

static inline const struct om_media *
media_of(const struct om_description *description)
{
    g_assert_nonnull(description);
    return g_ptr_array_index(description->media, 0);
}

#endif
