/* test_sip_rules.c
 * For each SIP and SDP rule a message that breaks it, and the nearest that does not.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "support/sip_fixture.h"

#define PSA "192.0.2.3"
#define PRA "192.0.2.4"

#define APP      "+g.oma.pusheventapp=\"mms.ua\""
#define ICSI     "+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.omapush\""
#define INSTANCE "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
#define HASH     "A9:4A:8F:E5:CC:B1:9B:A6:1C:4C:08:73:D3:91:E9:87:98:2F:BB:D3"
#define SELECTOR "name:\"p1\" type:application/vnd.oma.push size:600 hash:sha-1:" HASH

#define DIALOG                                            \
    "Via: SIP/2.0/UDP 192.0.2.3:5060;branch=z9hG4bK776\n" \
    "From: <sip:psa@domain.com>;tag=49583\n"

/* The clean flows: message by message; frame numbers are the step numbers from 1. */
struct step {
    const char *head;
    const char *body;
};

static const struct step session_flow[] = {
    {"INVITE sip:user@192.0.2.4 SIP/2.0\n" DIALOG "To: \"Bob\" <sip:user@domain.com>\n"
     "Call-ID: 39045@998\nCSeq: 1 INVITE\n"
     "Contact: <sip:psa@192.0.2.3>;" ICSI ";" APP "\nAccept-Contact: *;" ICSI ";" APP "\n"
     "P-Asserted-Service: urn:urn-7:3gpp-service.ims.icsi.omapush\nP-Asserted-Identity: <sip:psa@domain.com>\n"
     "Content-Type: application/sdp\n",
     "v=0\no=psa 1 1 IN IP4 192.0.2.3\ns=-\nc=IN IP4 192.0.2.3\nt=0 0\nm=message 7654 TCP/MSRP *\n"
     "a=setup:actpass\na=sendonly\na=accept-types:application/vnd.oma.push\n"
     "a=path:msrp://192.0.2.3:7654/a3cd;tcp\na=file-transfer-id:t1\na=file-selector:" SELECTOR "\n"},
    {"SIP/2.0 200 OK\n" DIALOG "To: \"Bob\" <sip:user@domain.com>;tag=r7x2\nCall-ID: 39045@998\nCSeq: 1 INVITE\n"
     "Contact: <sip:user@192.0.2.4>;" ICSI ";" APP "\nContent-Type: application/sdp\n",
     "v=0\no=bob 1 1 IN IP4 192.0.2.4\ns=-\nc=IN IP4 192.0.2.4\nt=0 0\nm=message 8888 TCP/MSRP *\n"
     "a=setup:passive\na=recvonly\na=accept-types:application/vnd.oma.push\n"
     "a=path:msrp://192.0.2.4:8888/9di4;tcp\na=file-transfer-id:t1\na=file-selector:" SELECTOR "\n"},
    {"ACK sip:user@192.0.2.4 SIP/2.0\n" DIALOG "To: \"Bob\" <sip:user@domain.com>;tag=r7x2\nCall-ID: 39045@998\n"
     "CSeq: 1 ACK\n",
     NULL},
    {"BYE sip:user@192.0.2.4 SIP/2.0\n" DIALOG "To: \"Bob\" <sip:user@domain.com>;tag=r7x2\nCall-ID: 39045@998\n"
     "CSeq: 2 BYE\n",
     NULL},
    {"SIP/2.0 200 OK\n" DIALOG "To: \"Bob\" <sip:user@domain.com>;tag=r7x2\nCall-ID: 39045@998\nCSeq: 2 BYE\n", NULL},
};

static const struct step message_flow[] = {
    {"MESSAGE sip:user@192.0.2.4 SIP/2.0\n" DIALOG "To: \"Bob\" <sip:user@domain.com>\nCall-ID: 72345@998\n"
     "CSeq: 1 MESSAGE\nP-Called-Party-ID: <sip:user@domain.com;gr=" INSTANCE ">\n"
     "Accept-Contact: *;" ICSI ";" APP "\nP-Asserted-Service: urn:urn-7:3gpp-service.ims.icsi.omapush\n"
     "Content-Type: application/vnd.oma.push\n",
     "Content-Type: text/plain\nX-Wap-Application-Id: x-wap-application:mms.ua\n\nhello"},
    {"SIP/2.0 200 OK\n" DIALOG "To: \"Bob\" <sip:user@domain.com>;tag=r7x2\nCall-ID: 72345@998\nCSeq: 1 MESSAGE\n",
     NULL},
};

static const struct step register_flow[] = {
    {"REGISTER sip:registrar.domain.com SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.4:5060;branch=z9hG4bKn\n"
     "From: <sip:user@domain.com>;tag=4\nTo: <sip:user@domain.com>\nCall-ID: 84381@998\nCSeq: 1 REGISTER\n"
     "Contact: <sip:user@192.0.2.4>;+sip.instance=\"<" INSTANCE ">\";" ICSI ";" APP "\nExpires: 7200\n",
     NULL},
    {"SIP/2.0 200 OK\nVia: SIP/2.0/UDP 192.0.2.4:5060;branch=z9hG4bKn\n"
     "From: <sip:user@domain.com>;tag=4\nTo: <sip:user@domain.com>;tag=2\nCall-ID: 84381@998\nCSeq: 1 REGISTER\n"
     "Contact: <sip:user@192.0.2.4>;" APP ";pub-gruu=\"sip:user@domain.com;gr=" INSTANCE "\""
     ";temp-gruu=\"sip:tgruu.7hs==jd7vnzga@domain.com;gr\";expires=7200\n",
     NULL},
};

enum flow { S, M, R };

/* One change of one step (0 from 1 on: none), or two. */
static const struct row {
    const char *rule;
    gboolean breaks;
    enum flow flow;
    guint step;
    const char *old, *new;
    guint step2;
    const char *old2, *new2;
} rows[] = {
    {"SIP-SYNTAX", TRUE, S, 1, "Call-ID:", "this is no header\nCall-ID:", 0, NULL, NULL},
    {"SIP-SYNTAX", TRUE, S, 1, "Call-ID:", "\nCall-ID:", 0, NULL, NULL},
    {"SIP-SYNTAX", FALSE, S, 1, "Call-ID:", "X-Folded: a\n b\n\tc\nCall-ID:", 0, NULL, NULL},
    {"SIP-TAG-NAME", TRUE, S, 1, "*;+g.3gpp.icsi-ref", "*;+g.3gpp.icsi_ref", 0, NULL, NULL},
    {"SIP-TAG-NAME", FALSE, S, 1, "*;+g.3gpp.icsi-ref", "*;+G.3GPP.ICSI-Ref", 0, NULL, NULL},
    {"SIP-TAG-NAME", TRUE, M, 1, ";" APP, ";" APP ";+g.example.a_b=\"x\"", 0, NULL, NULL},
    {"SIP-TAG-NAME", TRUE, R, 1, APP, APP ";+1x", 0, NULL, NULL},
    {"SIP-TAG-NAME", FALSE, R, 1, APP, APP ";reg_id=1;+u.sip!device-name.a%'b=\"x\"", 0, NULL, NULL},
    {"SIP-TAG-PLUS", TRUE, M, 1, ";" APP, ";" APP ";g.example.x=\"y\"", 0, NULL, NULL},
    {"SIP-TAG-PLUS", TRUE, M, 1, ";" APP, ";g.oma.pusheventapp=\"mms.ua\"", 0, NULL, NULL},
    {"SIP-TAG-PLUS", FALSE, M, 1, ";" APP, ";" APP ";automata;methods=\"INVITE,BYE\"", 0, NULL, NULL},
    {"SIP-TAG-QUOTES", TRUE, R, 1, "\"mms.ua\"", "\"mms.ua\xe2\x80\x9d", 0, NULL, NULL},
    {"SIP-TAG-QUOTES", TRUE, R, 1, "\"mms.ua\"", "mms.ua", 0, NULL, NULL},
    {"SIP-TAG-QUOTES", TRUE, M, 1, "\"mms.ua\"", "\"mms.ua", 0, NULL, NULL},
    {"SIP-TAG-QUOTES", TRUE, R, 1, APP, APP ";+g.example.x=y", 0, NULL, NULL},
    {"SIP-TAG-QUOTES", FALSE, R, 1, APP, APP ";+g.3gpp.smsip;+g.example.x=\"#=1\";q=0.7;video", 0, NULL, NULL},
    {"SIP-TAG-QUOTES", FALSE, R, 1, APP, "+g.oma.pusheventapp = \"mms.ua\"", 0, NULL, NULL},
    {"SIP-TAG-SEPARATOR", TRUE, S, 1, "*;" ICSI ";", "*;" ICSI ", ", 0, NULL, NULL},
    {"SIP-TAG-SEPARATOR", TRUE, S, 1, "*;" ICSI ";", "*;" ICSI " ", 0, NULL, NULL},
    {"SIP-URI-SYNTAX", TRUE, R, 1, ICSI ";" APP, ICSI " " APP, 0, NULL, NULL},
    {"SIP-TAG-SEPARATOR", FALSE, S, 1, "*;" ICSI ";", "*;" ICSI ", * ; ", 0, NULL, NULL},
    {"SIP-ICSI-ENCODING", TRUE, M, 1, "urn%3Aurn-7%3A", "urn%3Aurn-7:", 0, NULL, NULL},
    {"SIP-ICSI-ENCODING", TRUE, M, 1, "urn%3Aurn-7%3A", "urn:urn-7:", 0, NULL, NULL},
    {"SIP-ICSI-ENCODING", FALSE, M, 1, "urn%3Aurn-7%3A", "urn%3aurn-7%3a", 0, NULL, NULL},
    {"SIP-ICSI-ENCODED-HEADER", TRUE, M, 1, "Service: urn:urn-7:", "Service: urn%3Aurn-7%3A", 0, NULL, NULL},
    {"SIP-ICSI-ENCODED-HEADER", FALSE, M, 1, "P-Asserted-Service:", "P-Preferred-Service:", 0, NULL, NULL},
    {"SIP-ICSI-NAMESPACE", TRUE, M, 1, "urn%3Aurn-7%3A", "urn%3Aurn-xxx%3A", 0, NULL, NULL},
    {"SIP-ICSI-NAMESPACE", FALSE, M, 1, "urn%3Aurn-7%3A", "URN%3AURN-7%3A", 0, NULL, NULL},
    {"SIP-ICSI-AS-IARI", TRUE, M, 1, ";" APP,
     ";" APP ";+g.3gpp.iari-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.omapush\"", 0, NULL, NULL},
    {"SIP-ICSI-AS-IARI", TRUE, M, 1, ";" APP, ";" APP ";+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-application.ims.iari.x\"",
     0, NULL, NULL},
    {"SIP-ICSI-AS-IARI", FALSE, M, 1, ";" APP,
     ";" APP ";+g.3gpp.iari-ref=\"urn%3Aurn-7%3A3gpp-application.ims.iari.x\"", 0, NULL, NULL},
    {"SIP-APP-UNKNOWN", TRUE, R, 1, "\"mms.ua\"", "\"mms.ua,nosuch.ua\"", 0, NULL, NULL},
    {"SIP-APP-UNKNOWN", FALSE, R, 1, "\"mms.ua\"", "\"mms.ua,java-ams\"", 0, NULL, NULL},
    {"SIP-APP-MISMATCH", TRUE, M, 1, "\"mms.ua\"", "\"wml.ua\"", 0, NULL, NULL},
    {"SIP-APP-MISMATCH", FALSE, M, 1, "\"mms.ua\"", "\"wml.ua,mms.ua\"", 0, NULL, NULL},
    {"SIP-URI-SYNTAX", TRUE, S, 1, "<sip:user@domain.com>", "<sip:user@domain.com", 0, NULL, NULL},
    {"SIP-URI-SYNTAX", TRUE, S, 1, "INVITE sip:user@192.0.2.4 ", "INVITE sip:user@192.0.2.4\" ", 0, NULL, NULL},
    {"SIP-URI-SYNTAX", TRUE, M, 1, "MESSAGE sip:user@192.0.2.4 ", "MESSAGE <sip:user@192.0.2.4> ", 0, NULL, NULL},
    {"SIP-URI-SYNTAX", TRUE, S, 4, "BYE sip:user@192.0.2.4", "BYE sip:user@192.0.2.4 gr=1", 0, NULL, NULL},
    {"SIP-SYNTAX", TRUE, S, 3, "4 SIP/2.0", "4  SIP/2.0", 0, NULL, NULL},
    {"SIP-URI-SYNTAX", TRUE, M, 2, "\"Bob\" <",
     "\xe2\x80\x9c"
     "Bob\xe2\x80\x9d <",
     0, NULL, NULL},
    {"SIP-URI-SYNTAX", TRUE, S, 1, "Identity: <sip:psa@domain.com>", "Identity: psa@domain.com", 0, NULL, NULL},
    {"SIP-URI-SYNTAX", FALSE, S, 1, "\"Bob\" <sip:user@domain.com>", "sip:user@domain.com", 0, NULL, NULL},
    {"SIP-URI-SYNTAX", FALSE, S, 1, "\"Bob\" <", "\"Bob <x> \\\"y\\\", z\" <", 0, NULL, NULL},
    {"SIP-URI-SYNTAX", FALSE, S, 1, "Identity: <sip:psa@domain.com>", "Identity: <sip:psa@domain.com>, tel:+15550100",
     0, NULL, NULL},
    {"SIP-VIA-SENT-BY", TRUE, S, 1, "UDP 192.0.2.3:5060;branch", "UDP psa@192.0.2.3:5060;branch", 0, NULL, NULL},
    {"SIP-VIA-SENT-BY", TRUE, S, 1, "UDP 192.0.2.3:5060;branch", "UDP 2001:db8::1;branch", 0, NULL, NULL},
    {"SIP-VIA-SENT-BY", FALSE, S, 1, "UDP 192.0.2.3:5060;branch=", "UDP psa.domain.com : 5060 ;branch= ", 0, NULL,
     NULL},
    {"SIP-VIA-SENT-BY", FALSE, S, 1, "UDP 192.0.2.3:5060;branch", "UDP [2001:db8::1]:5060;branch", 0, NULL, NULL},
    {"SIP-GRUU-SYNTAX", TRUE, R, 2, "pub-gruu=\"sip:user@domain.com;gr", "pub-gruu=\"sip:user@domain.com; ;gr", 0, NULL,
     NULL},
    {"SIP-GRUU-SYNTAX", TRUE, R, 2, "@domain.com;gr\"", "@domain.com\"", 0, NULL, NULL},
    {"SIP-GRUU-SYNTAX", TRUE, M, 1, ";gr=" INSTANCE ">", ";gr=" INSTANCE ";gr>", 0, NULL, NULL},
    {"SIP-GRUU-SYNTAX", FALSE, R, 2, ";gr\"", ";gr;x-other=1\"", 0, NULL, NULL},
    {"SIP-TO-TAG", TRUE, M, 1, "<sip:user@domain.com>\n", "<sip:user@domain.com>;tag=r7x2\n", 0, NULL, NULL},
    {"SIP-TO-TAG", TRUE, R, 1, "To: <sip:user@domain.com>", "To: <sip:user@domain.com>;tag=2", 0, NULL, NULL},
    {"SIP-TO-TAG", FALSE, S, 1, "To: \"Bob\" <sip:user@domain.com>", "To: \"Bob\" <sip:user@domain.com>;tag=r7x2", 0,
     NULL, NULL},
    {"SIP-CSEQ-RESPONSE", TRUE, S, 5, "2 BYE", "3 BYE", 0, NULL, NULL},
    {"SIP-CSEQ-RESPONSE", TRUE, S, 5, "2 BYE", "2 INVITE", 0, NULL, NULL},
    {"SIP-CSEQ-RESPONSE", TRUE, M, 2, "1 MESSAGE", "2 MESSAGE", 0, NULL, NULL},
    {"SIP-CSEQ-RESPONSE", TRUE, M, 2, "1 MESSAGE", "1 OPTIONS", 0, NULL, NULL},
    {"SIP-CSEQ-RESPONSE", TRUE, S, 5, "2 BYE", "2 INFO", 0, NULL, NULL},
    {"SIP-CSEQ-RESPONSE", TRUE, R, 2, "1 REGISTER", "01826 REGISTER", 0, NULL, NULL},
    {"SIP-CSEQ-RESPONSE", FALSE, R, 2, "1 REGISTER", "0001 REGISTER", 0, NULL, NULL},
    {"SIP-REJECTED", TRUE, M, 2, "200 OK", "415 Unsupported Media Type", 0, NULL, NULL},
    {"SIP-REJECTED", TRUE, M, 2, "200 OK", "603 Decline", 0, NULL, NULL},
    {"SIP-REJECTED", FALSE, M, 2, "200 OK", "302 Moved Temporarily", 0, NULL, NULL},
    {"SIP-REJECTED", FALSE, S, 2, "200 OK", "302 Moved Temporarily", 0, NULL, NULL},
    {"SIP-REJECTED", FALSE, M, 2, "200 OK", "202 Accepted", 0, NULL, NULL},
    {"SIP-REJECTED", FALSE, S, 5, "200 OK", "481 Call/Transaction Does Not Exist", 0, NULL, NULL},

    {"SDP-SYNTAX", TRUE, S, 1, "a=setup:actpass", "a=setup: actpass", 0, NULL, NULL},
    {"SDP-SYNTAX", TRUE, S, 1, "a=sendonly\n", "\na=sendonly\n", 0, NULL, NULL},
    {"SDP-SYNTAX", TRUE, S, 1, " size:600", "\n size:600", 0, NULL, NULL},
    {"SDP-SYNTAX", TRUE, S, 2, "s=-\n", "", 0, NULL, NULL},
    {"SDP-SYNTAX", TRUE, S, 2, "c=IN", "c= IN", 0, NULL, NULL},
    {"SDP-SYNTAX", TRUE, S, 2, "c=IN IP4 192.0.2.4\n", "", 0, NULL, NULL},
    {"SDP-SYNTAX", TRUE, S, 1, "v=0", "v=1", 0, NULL, NULL},
    {"SDP-SYNTAX", TRUE, S, 1, "IN IP4 192.0.2.3\ns=-", "IN IP4\ns=-", 0, NULL, NULL},
    {"SDP-SYNTAX", TRUE, S, 1, "IN IP4 192.0.2.3\nt=0", "IN IP4 192.0.2.3 x\nt=0", 0, NULL, NULL},
    {"SDP-SYNTAX", TRUE, S, 1, "t=0 0", "t=0", 0, NULL, NULL},
    {"SDP-SYNTAX", TRUE, S, 1, "a=sendonly\n", "a=sendonly\nA=note\n", 0, NULL, NULL},
    {"SDP-SYNTAX", FALSE, S, 1, "t=0 0\n", "b=AS:64\nt=3034423619 3042462419\nr=7d 1h 0 25h\nk=prompt\n", 0, NULL,
     NULL},
    {"SDP-FILE-SELECTOR", FALSE, S, 1, "a=file-transfer-id:t1\na=file-selector:" SELECTOR, "a=file-selector", 2,
     "a=file-transfer-id:t1\na=file-selector:" SELECTOR, "a=file-selector"},
    {"SDP-PATH-SYNTAX", TRUE, S, 1, "a3cd;tcp", "a3cd;tcp,msrp://192.0.2.3:7654/b;tcp", 0, NULL, NULL},
    {"SDP-FILE-HASH", FALSE, S, 1, "hash:sha-1", "hash:SHA-1", 0, NULL, NULL},
    {"SDP-SYNTAX", FALSE, S, 1, "s=-\n", "s= \n", 0, NULL, NULL},
    {"SDP-SYNTAX", FALSE, S, 1, "t=0 0\n", "t=0 0\na=x-note: any text\n", 0, NULL, NULL},
    {"SDP-MEDIA", TRUE, S, 1, "TCP/MSRP *", "TCP/MSRP message/cpim", 0, NULL, NULL},
    {"SDP-MEDIA", TRUE, S, 1, "TCP/MSRP *", "MSRP/TCP *", 0, NULL, NULL},
    {"SDP-MEDIA", TRUE, S, 1, "m=message", "m=data", 0, NULL, NULL},
    {"SDP-MEDIA", FALSE, S, 1, "m=message 7654 TCP/MSRP *", "m=audio 40000 RTP/AVP 0\nm=message 7654 tcp/msrp *", 2,
     "m=message", "m=audio 0 RTP/AVP 0\nm=message"},
    {"SDP-PATH-MISSING", TRUE, S, 1, "a=path:msrp://192.0.2.3:7654/a3cd;tcp\n", "", 0, NULL, NULL},
    {"SDP-PATH-MISSING", FALSE, S, 1, "t=0 0\n",
     "t=0 0\nm=message 7655 TCP/MSRP *\na=sendonly\na=accept-types:*\n"
     "a=path:msrp://192.0.2.3:7655/b;tcp\n",
     2, "t=0 0\n", "t=0 0\nm=message 0 TCP/MSRP *\n"},
    {"SDP-PATH-SYNTAX", TRUE, S, 1, "a3cd;tcp", "a3cd", 0, NULL, NULL},
    {"SDP-PATH-SYNTAX", TRUE, S, 1, "192.0.2.3:7654/", "192.0.2.3/", 0, NULL, NULL},
    {"SDP-PATH-SYNTAX", TRUE, S, 1, "7654/a3cd;", "7654;", 0, NULL, NULL},
    {"SDP-PATH-SYNTAX", FALSE, S, 1, "//192.0.2.3:7654/a3cd;tcp", "//psa@192.0.2.3:7654/a3cd;tcp;x=1", 0, NULL, NULL},
    {"SDP-PATH-SYNTAX", FALSE, S, 1, "path:msrp://192.0.2.3:7654", "path:msrp://192.0.2.3/r;tcp msrp://192.0.2.77:7654",
     0, NULL, NULL},
    {"SDP-PATH-ADDRESS", TRUE, S, 1, "c=IN IP4 192.0.2.3", "c=IN IP4 192.0.2.99", 0, NULL, NULL},
    {"SDP-PATH-ADDRESS", TRUE, S, 1, "m=message 7654", "m=message 7655", 0, NULL, NULL},
    {"SDP-PATH-ADDRESS", FALSE, S, 1, "c=IN IP4 192.0.2.3", "c=IN IP4 192.0.2.99", 1, "a=sendonly\n",
     "a=sendonly\na=msrp-cema\n"},
    {"SDP-PATH-ADDRESS", FALSE, S, 1, "c=IN IP4 192.0.2.3", "c=IN IP4 psa.domain.com", 0, NULL, NULL},
    {"SDP-PATH-ADDRESS", FALSE, S, 1, "c=IN IP4 192.0.2.3\n", "c=IN IP6 2001:db8:0:0::1\n", 1,
     "msrp://192.0.2.3:", "msrp://[2001:DB8::1]:"},
    {"SDP-MSRPS-PROTO", TRUE, S, 1, "path:msrp:", "path:msrps:", 0, NULL, NULL},
    {"SDP-MSRPS-PROTO", TRUE, S, 1, "TCP/MSRP", "TCP/TLS/MSRP", 0, NULL, NULL},
    {"SDP-MSRPS-PROTO", FALSE, S, 1, "TCP/MSRP", "TCP/TLS/MSRP", 1, "path:msrp:", "path:msrps:"},
    {"SDP-MSRPS-PROTO", FALSE, S, 1, "TCP/MSRP", "TCP/WSS/MSRP", 1, "path:msrp://192.0.2.3:7654/a3cd;tcp",
     "path:msrps://192.0.2.3:7654/a3cd;ws"},
    {"SDP-ACCEPT-TYPES", TRUE, S, 2, "a=accept-types:application/vnd.oma.push\n", "", 0, NULL, NULL},
    {"SDP-ACCEPT-TYPES", FALSE, S, 2, "accept-types:application/vnd.oma.push", "accept-types:message/cpim *", 0, NULL,
     NULL},
    {"SDP-SETUP", TRUE, S, 2, "setup:passive", "setup:actpass", 0, NULL, NULL},
    {"SDP-SETUP", TRUE, S, 2, "setup:passive", "setup:active", 1, "setup:actpass", "setup:active"},
    {"SDP-SETUP", TRUE, S, 2, "setup:passive", "setup:passive ", 1, "setup:actpass", "setup:passive"},
    {"SDP-SETUP", TRUE, S, 1, "setup:actpass", "setup:holdconn", 0, NULL, NULL},
    {"SDP-SETUP", FALSE, S, 2, "setup:passive", "setup:active", 1, "setup:actpass", "setup:passive"},
    {"SDP-SETUP", FALSE, S, 2, "a=setup:passive\n", "", 1, "a=setup:actpass\n", ""},
    {"SDP-DIRECTION", TRUE, S, 1, "a=sendonly\n", "", 0, NULL, NULL},
    {"SDP-DIRECTION", TRUE, S, 1, "a=sendonly\n", "a=recvonly\n", 0, NULL, NULL},
    {"SDP-DIRECTION", TRUE, S, 2, "a=recvonly", "a=sendrecv", 0, NULL, NULL},
    {"SDP-DIRECTION", FALSE, S, 1, "a=sendonly\n", "", 1, "t=0 0\n", "t=0 0\na=sendonly\n"},
    {"SDP-FILE-SELECTOR", TRUE, S, 1, "name:\"p1\"", "name:p1", 0, NULL, NULL},
    {"SDP-FILE-SELECTOR", TRUE, S, 1, "size:600", "size:6OO", 0, NULL, NULL},
    {"SDP-FILE-SELECTOR", TRUE, S, 1, "type:application/vnd.oma.push", "type:push", 0, NULL, NULL},
    {"SDP-FILE-SELECTOR", TRUE, S, 1, SELECTOR, "", 0, NULL, NULL},
    {"SDP-FILE-SELECTOR", FALSE, S, 1, "name:\"p1\"", "name:\"p%22id%22 1%0D.bin\"", 2, "name:\"p1\"",
     "name:\"p%22id%22 1%0D.bin\""},
    {"SDP-FILE-HASH", TRUE, S, 1, HASH, "a9:4a:8f:e5:cc:b1:9b:a6:1c:4c:08:73:d3:91:e9:87:98:2f:bb:d3", 0, NULL, NULL},
    {"SDP-FILE-HASH", TRUE, S, 1, ":D3\n", "\n", 0, NULL, NULL},
    {"SDP-FILE-HASH", TRUE, S, 1, "hash:sha-1", "hash:sha1", 0, NULL, NULL},
    {"SDP-FILE-HASH", FALSE, S, 1, HASH, HASH " hash:md5:09:8F:6B:CD:46:21:D3:73:CA:DE:4E:83:26:27:B4:F6", 2, HASH,
     HASH " hash:md5:09:8F:6B:CD:46:21:D3:73:CA:DE:4E:83:26:27:B4:F6"},
    {"SDP-FILE-INCOMPLETE", TRUE, S, 1, " hash:sha-1:" HASH, "", 2, " hash:sha-1:" HASH, ""},
    {"SDP-FILE-INCOMPLETE", FALSE, S, 1, "name:\"p1\" ", "", 2, "name:\"p1\" ", ""},
    {"SDP-TRANSFER-ID", TRUE, S, 2, "a=file-transfer-id:t1\n", "", 0, NULL, NULL},
    {"SDP-TRANSFER-ID", TRUE, S, 2, "a=file-transfer-id:t1\n", "a=file-transfer-id:T1\n", 0, NULL, NULL},
    {"SDP-TRANSFER-ID", TRUE, S, 1, "a=file-transfer-id:t1\n", "", 2, "a=file-transfer-id:t1\n", ""},
    {"SDP-TRANSFER-ID", FALSE, S, 2, "m=message 8888", "m=message 0", 2, "a=file-transfer-id:t1\n", ""},
    {"SDP-ANSWER-SELECTOR", TRUE, S, 2, "size:600", "size:601", 0, NULL, NULL},
    {"SDP-ANSWER-SELECTOR", TRUE, S, 2, "a=file-selector:" SELECTOR "\n", "", 0, NULL, NULL},
    {"SDP-ANSWER-SELECTOR", FALSE, S, 2, "size:600 hash:sha-1:" HASH, "hash:sha-1:" HASH " size:600", 0, NULL, NULL},
    {"SDP-ANSWER-SELECTOR", FALSE, S, 2, "m=message 8888", "m=message 0", 2, "a=file-selector:" SELECTOR "\n", ""},
};

/* A part of the flow exchanged: it must be there. g_free() it. */
static char *
replace(const char *text, const char *old, const char *new, gboolean *done)
{
    const char *at = text && old ? strstr(text, old) : NULL;

    if (!at)
        return g_strdup(text);
    *done = TRUE;
    return g_strdup_printf("%.*s%s%s", (int) (at - text), text, new, at + strlen(old));
}

static void
feed_step(struct fixture *f, const struct step *step, guint number, const struct row *row)
{
    gboolean done = number != row->step, done2 = number != row->step2;
    char *head = replace(step->head, number == row->step ? row->old : NULL, row->new, &done);
    char *body = replace(step->body, number == row->step && !done ? row->old : NULL, row->new, &done);
    char *head2 = replace(head, number == row->step2 ? row->old2 : NULL, row->new2, &done2);
    char *body2 = replace(body, number == row->step2 && !done2 ? row->old2 : NULL, row->new2, &done2);

    g_assert_true(done && done2);
    feed_sip(f, number % 2 ? PSA : PRA, number % 2 ? PRA : PSA, head2, body2);
    g_free(head);
    g_free(body);
    g_free(head2);
    g_free(body2);
}

static const struct {
    const struct step *steps;
    guint count;
} flows[] = {{session_flow, G_N_ELEMENTS(session_flow)},
             {message_flow, G_N_ELEMENTS(message_flow)},
             {register_flow, G_N_ELEMENTS(register_flow)}};

static void
feed_flow(struct fixture *f, const struct row *row)
{
    fixture_begin(f, FALSE);
    for (guint i = 0; i < flows[row->flow].count; i++)
        feed_step(f, &flows[row->flow].steps[i], i + 1, row);
}

static void
test_clean(void)
{
    for (enum flow flow = S; flow <= R; flow++) {
        const struct row row = {.flow = flow};
        struct fixture f;

        feed_flow(&f, &row);
        print_findings(&f);
        g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
        fixture_end(&f);
    }
}

static void
test_rows(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct row *row = &rows[i];
        struct fixture f;

        g_test_message("%s %s: \"%s\" -> \"%s\"", row->breaks ? "breaks" : "near", row->rule, row->old, row->new);
        feed_flow(&f, row);
        print_findings(&f);
        if (row->breaks) {
            g_assert_cmpuint(findings(&f, row->rule, row->step), >=, 1);
        } else {
            g_assert_cmpuint(findings(&f, row->rule, 0), ==, 0);
            g_assert_cmpuint(departures(&f), ==, 0);
        }
        fixture_end(&f);
    }
}

/* One slip is told by one rule. */
static void
test_told_once(void)
{
    static const struct row slips[] = {
        {"SIP-TAG-QUOTES", TRUE, R, 1, "\"mms.ua\"", "mms.ua,wml.ua", 0, NULL, NULL},
        {"SIP-TAG-QUOTES", TRUE, R, 1, "\"mms.ua\"", "mms.ua,wml.ua;expires=60", 0, NULL, NULL},
        {"SIP-TAG-QUOTES", TRUE, R, 1, "\"mms.ua\"", "mms.ua\"", 0, NULL, NULL},
        {"SIP-TAG-QUOTES", TRUE, R, 1, "\"mms.ua\"", "\"\"mms.ua\"\"", 0, NULL, NULL},
        {"SIP-TAG-SEPARATOR", TRUE, R, 1, ICSI ";" APP, ICSI ", " APP, 0, NULL, NULL},
        {"SIP-URI-SYNTAX", TRUE, R, 1, ICSI ";" APP, ICSI " " APP, 0, NULL, NULL},
        {"SIP-URI-SYNTAX", TRUE, R, 1, APP, APP ", user", 0, NULL, NULL},
    };

    for (guint i = 0; i < G_N_ELEMENTS(slips); i++) {
        struct fixture f;

        g_test_message("%s: \"%s\"", slips[i].rule, slips[i].new);
        feed_flow(&f, &slips[i]);
        print_findings(&f);
        g_assert_cmpuint(findings(&f, slips[i].rule, slips[i].step), ==, 1);
        g_assert_cmpuint(findings(&f, NULL, 0), ==, 1);
        fixture_end(&f);
    }
}

/* The whole flow, each message cut at each byte by the capture: nobody is accused of what it does not have. */
static void
test_cut(void)
{
    for (enum flow flow = S; flow <= R; flow++) {
        for (guint i = 0; i < flows[flow].count && flows[flow].steps[i].body; i++) {
            char *text = sip(flows[flow].steps[i].head, flows[flow].steps[i].body);

            for (gsize n = 60; n < strlen(text); n += 7) {
                const struct row clean = {.flow = flow};
                struct fixture f;

                fixture_begin(&f, FALSE);
                for (guint before = 0; before < i; before++)
                    feed_step(&f, &flows[flow].steps[before], before + 1, &clean);
                feed_cut(&f, PSA, PRA, text, n);
                for (guint after = i + 1; after < flows[flow].count; after++)
                    feed_step(&f, &flows[flow].steps[after], after + 1, &clean);
                print_findings(&f);
                g_assert_cmpuint(departures(&f), ==, 0);
                if (flow == M && om_model_objects(f.model)->len) {
                    const struct om_object *object = g_ptr_array_index(om_model_objects(f.model), 0);

                    g_assert_cmpuint(om_object_state(object), ==, OM_INCOMPLETE);
                    g_assert_cmpuint(findings(&f, "MSRP-CAPTURE-LOSS", 1), ==, 1);
                }
                fixture_end(&f);
            }
            g_free(text);
        }
    }
}

/* Requests of other methods in the same call, with their own answers, are no slips. */
static void
test_other_methods(void)
{
    const struct row clean = {.flow = S};
    struct fixture f;

    feed_flow(&f, &clean);
    feed_sip(&f, PSA, PRA,
             "INFO sip:user@192.0.2.4 SIP/2.0\n" DIALOG "To: <sip:user@domain.com>;tag=r7x2\nCall-ID: 39045@998\n"
             "CSeq: 3 INFO\n",
             NULL);
    feed_sip(&f, PSA, PRA,
             "UPDATE sip:user@192.0.2.4 SIP/2.0\n" DIALOG "To: <sip:user@domain.com>;tag=r7x2\nCall-ID: 39045@998\n"
             "CSeq: 4 UPDATE\n",
             NULL);
    feed_sip(&f, PRA, PSA,
             "SIP/2.0 200 OK\n" DIALOG "To: <sip:user@domain.com>;tag=r7x2\nCall-ID: 39045@998\nCSeq: 3 INFO\n", NULL);
    /* The other side's, with the number of a request that waits. */
    feed_sip(&f, PSA, PRA,
             "SIP/2.0 200 OK\nVia: SIP/2.0/UDP 192.0.2.4\nFrom: <sip:user@domain.com>;tag=r7x2\n"
             "To: <sip:psa@domain.com>;tag=49583\nCall-ID: 39045@998\nCSeq: 4 OPTIONS\n",
             NULL);
    print_findings(&f);
    g_assert_cmpuint(findings(&f, NULL, 0), ==, 0);
    fixture_end(&f);
}

/* SIP-CONTENT-LENGTH, and what a cut capture does not prove. */
static void
test_content_length(void)
{
    static const struct {
        const char *length;
        const char *body;
        gboolean cut;
        guint count;
        const char *transport;
    } lengths[] = {
        {"Content-Length: 11\r\n", "hello world", FALSE, 0, "UDP"},
        {"l:   11\r\n", "hello world", FALSE, 0, "UDP"},
        {"", "hello world", FALSE, 0, "UDP"},
        {"Content-Length: ..\r\n", "hello world", FALSE, 1, "UDP"},
        {"Content-Length: 5\r\n", "hello world", FALSE, 1, "UDP"},
        {"Content-Length: 20\r\n", "hello world", FALSE, 1, "UDP"},
        {"Content-Length: 20\r\n", "hello world", TRUE, 0, "UDP"},
        {"Content-Length: ..\r\n", "hello world", TRUE, 1, "UDP"},
        {"Content-Length: 20\r\n", "hello world", FALSE, 0, "TCP"},
        {"Content-Length: 5\r\n", "hello world", FALSE, 0, "TLS"},
        {"Content-Length: ..\r\n", "hello world", FALSE, 1, "TCP"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(lengths); i++) {
        char *text = g_strdup_printf("MESSAGE sip:a@b SIP/2.0\r\nVia: SIP/2.0/%s h;branch=z9hG4bK1\r\n"
                                     "From: <sip:c@d>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: x\r\n"
                                     "CSeq: 1 MESSAGE\r\nContent-Type: application/vnd.oma.push\r\n%s\r\n%s",
                                     lengths[i].transport, lengths[i].length, lengths[i].body);
        const struct om_frame frame = {.number = 1, .src = PSA, .dst = PRA, .cut = lengths[i].cut};
        struct om_sip_msg msg;
        struct fixture f;

        g_test_message("%s", lengths[i].length);
        fixture_begin(&f, FALSE);
        g_assert_true(om_sip_msg_parse(om_slice_str(text), &msg));
        om_sip_record_free(om_model_sip(f.model, &frame, &msg));
        om_sip_msg_clear(&msg);
        g_assert_cmpuint(findings(&f, "SIP-CONTENT-LENGTH", 1), ==, lengths[i].count);
        fixture_end(&f);
        g_free(text);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sip_rules/clean", test_clean);
    g_test_add_func("/sip_rules/rows", test_rows);
    g_test_add_func("/sip_rules/told-once", test_told_once);
    g_test_add_func("/sip_rules/cut", test_cut);
    g_test_add_func("/sip_rules/other-methods", test_other_methods);
    g_test_add_func("/sip_rules/content-length", test_content_length);
    return g_test_run();
}
