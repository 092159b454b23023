/* test_msrp_session.c
 * MSRP within the session that SIP and SDP announced: selectors, verification, and the
 * rules that hold a message against what was negotiated.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "support/flow.h"

#define TAGS "+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.omapush\";+g.oma.pusheventapp=\"wml.ua\""
#define HEAD(cseq, to)                                                                     \
    "Via: SIP/2.0/UDP psa.example.com:5060;branch=z9hG4bK" cseq "\r\nMax-Forwards: 70\r\n" \
    "From: <sip:psa@example.com>;tag=49583\r\nTo: <sip:user@example.com>" to "\r\n"        \
    "Call-ID: 390458126334871@psa.example.com\r\nCSeq: " cseq "\r\n"
#define SDP(host, port, path, setup, direction, lines)                        \
    "Content-Type: application/sdp\r\n\r\n"                                   \
    "v=0\r\no=- 1 1 IN IP4 " host "\r\ns=-\r\nc=IN IP4 " host "\r\nt=0 0\r\n" \
    "m=message " port " TCP/MSRP *\r\na=path:" path "\r\na=setup:" setup "\r\na=" direction "\r\n" lines

#define TYPES                   "a=accept-types:application/vnd.oma.push\r\n"
#define FILES(selectors)        "a=file-transfer-id:a3cd20b8ae7f\r\n" selectors
#define FILE_(name, type, rest) "a=file-selector:name:\"" name "\" type:" type " " rest "\r\n"
#define PUSH_FILE(name, rest)   FILE_(name, "application/vnd.oma.push", rest)

/* The SDP's own lines for either side. */
#define INVITE(lines)                                                                                           \
    "INVITE sip:user@example.com SIP/2.0\r\n" HEAD("1 INVITE", "") "Contact: <sip:psa@192.0.2.1>;" TAGS "\r\n"  \
                                                                   "Accept-Contact: *;" TAGS                    \
                                                                   "\r\n" SDP("psa.example.com", "7654", ALICE, \
                                                                              "actpass", "sendonly", lines)
#define ANSWERED(lines)                                                                                  \
    "SIP/2.0 200 OK\r\n" HEAD("1 INVITE", ";tag=r7x2") "Contact: <sip:user@192.0.2.2>;" TAGS "\r\n" SDP( \
        "userpc.example.com", "8888", BOB, "passive", "recvonly", lines)
/* The same from another fork, and what goes there. */
#define FORK "msrp://other.example.com:8888/f0rk;tcp"
#define FORKED(lines)                                                                                    \
    "SIP/2.0 200 OK\r\n" HEAD("1 INVITE", ";tag=f0rk") "Contact: <sip:user@192.0.2.4>;" TAGS "\r\n" SDP( \
        "other.example.com", "8888", FORK, "passive", "recvonly", lines)
#define TO_FORK(id, tid, body)                                                                 \
    "MSRP " tid " SEND\r\nTo-Path: " FORK "\r\nFrom-Path: " ALICE "\r\nMessage-ID: " id "\r\n" \
    "Byte-Range: 1-19/19\r\n" PUSH_TYPE "\r\n" body "\r\n" END_LINE(tid, "$")
#define ACK    "ACK sip:user@192.0.2.2 SIP/2.0\r\n" HEAD("1 ACK", ";tag=r7x2") "Content-Length: 0\r\n\r\n"
#define BYE    "BYE sip:user@192.0.2.2 SIP/2.0\r\n" HEAD("2 BYE", ";tag=r7x2") "Content-Length: 0\r\n\r\n"
#define BYE_OK "SIP/2.0 200 OK\r\n" HEAD("2 BYE", ";tag=r7x2") "Content-Length: 0\r\n\r\n"

/* Frames 1 to 3: a session with the same lines on both sides; frames 4 and 5 are left to the flow. */
#define SESSION(lines)                                      \
    {FLOW_SIP, INVITE(lines)}, {FLOW_SIP, ANSWERED(lines)}, \
    {                                                       \
        FLOW_SIP, ACK                                       \
    }
#define RELEASE          \
    {FLOW_SIP, BYE},     \
    {                    \
        FLOW_SIP, BYE_OK \
    }

/* sha1sum, sha256sum, md5sum of WHOLE; of ENVELOPE and what it holds */
#define SHA1_WHOLE "hash:sha-1:9B:48:EB:BF:E8:7B:14:6B:76:6A:5D:AA:CD:F9:B2:3B:9A:04:CA:9E"
#define SHA256_WHOLE \
    "hash:sha-256:AB:C5:21:59:82:A3:17:77:8C:78:74:76:5E:D5:CF:B1:35:FB:E1:B7:31:52:3B:B0:E0:FD:CD:95:AC:36:FB:19"
#define MD5_WHOLE      "hash:md5:90:B4:FC:92:79:A6:55:60:6E:66:CA:60:A5:A8:E5:6D"
#define SHA1_PART_1    "hash:sha-1:F8:1D:21:7A:2C:63:7E:01:39:34:EC:CA:D0:CC:09:7D:8D:F6:57:01"
#define ENVELOPE       "Content-Type: text/plain\r\n\r\nHello"
#define SHA1_ENVELOPE  "hash:sha-1:2C:E0:B9:B8:69:D2:87:AB:8D:86:3C:8A:52:45:15:92:F5:FE:59:92"
#define SHA1_HELLO     "hash:sha-1:F7:FF:9E:8B:7B:B2:E0:9B:70:93:5A:5D:78:5E:0C:C5:D9:D0:AB:F0"
#define SHA1_HELLO_LF  "hash:sha-1:1D:22:92:71:92:8D:3F:9E:2B:B0:37:5B:D6:CE:5D:B6:C6:D3:48:D9"
#define SHA1_NOTHING   "hash:sha-1:DA:39:A3:EE:5E:6B:4B:0D:32:55:BF:EF:95:60:18:90:AF:D8:07:09"
#define SHA1_WHOLE_END "hash:sha-1:88:EA:84:FF:C2:01:16:6B:53:8D:EE:BE:F2:9C:0D:07:72:26:75:C4"
#define SHA1_HEADERS   "hash:sha-1:86:E6:5F:DF:64:97:CB:80:7F:B7:48:B3:76:DD:72:55:EC:2D:74:5F"
#define SHA1_OTHER     "hash:sha-1:72:24:5F:E8:65:3D:DA:F3:71:36:2F:86:D4:71:91:3E:E4:A2:CE:2E"

#define ONE(selector) SESSION(TYPES FILES(selector))
#define OBJECT(id, tid, body, size, flag) \
    SEND(tid, "Message-ID: " id "\r\nByte-Range: 1-*/" size "\r\n" PUSH_TYPE, body, flag)

static const struct flow flows[] = {
    {"the hash is the object's",
     {ONE(PUSH_FILE("a", "size:19 " SHA1_WHOLE)),
      {FLOW_AB, CHUNK("t001", "1-9/19", PART_1, "+") CHUNK("t002", "10-19/19", PART_2, "$")},
      {FLOW_BA, OK("t001") OK("t002")},
      RELEASE},
     {"m1 complete 19/19: 1-9+ 200@5, 10-19$ 200@5; match sha-1 of object (a); pass"},
     ""},
    {"chunks out of order: digests cannot run along",
     {ONE(PUSH_FILE("a", "size:19 " SHA256_WHOLE)),
      {FLOW_AB, CHUNK("t002", "10-19/19", PART_2, "$") CHUNK("t001", "1-9/19", PART_1, "+")}},
     {"m1 complete 19/19: 10-19$, 1-9+; match sha-256 of object (a); unknown"},
     ""},
    {"the hash is that of the content in the envelope",
     {ONE(PUSH_FILE("a", "size:5 " SHA1_HELLO)), {FLOW_AB, OBJECT("m1", "t001", ENVELOPE, "33", "$")}},
     {"m1 complete 33/33: 1-33$; match sha-1 of content (a); unknown"},
     ""},
    {"the hash is that of the object with its envelope",
     {ONE(PUSH_FILE("a", "size:33 " SHA1_ENVELOPE)), {FLOW_AB, OBJECT("m1", "t001", ENVELOPE, "33", "$")}},
     {"m1 complete 33/33: 1-33$; match sha-1 of object (a); unknown"},
     ""},
    {"the hash is neither's",
     {ONE(PUSH_FILE("a", "size:33 " SHA1_OTHER)), {FLOW_AB, OBJECT("m1", "t001", ENVELOPE, "33", "$")}},
     {"m1 complete 33/33: 1-33$; mismatch sha-1 (a); fail"},
     "OBJ-HASH@4"},
    {"a part of the file: the selector is about the whole of it",
     {ONE(PUSH_FILE("a", "size:50 " SHA1_OTHER) "a=file-range:32-50\r\n"),
      {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")}},
     {"m1 complete 19/19: 1-19$; not-verifiable sha-1 (a); unknown"},
     ""},
    {"up to the end of the file",
     {ONE(PUSH_FILE("a", "size:50 " SHA1_OTHER) "a=file-range:32-*\r\n"),
      {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")}},
     {"m1 complete 19/19: 1-19$; not-verifiable sha-1 (a); unknown"},
     ""},
    {"a part of another length",
     {ONE(PUSH_FILE("a", "size:50 " SHA1_OTHER) "a=file-range:31-50\r\n"),
      {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")}},
     {"m1 complete 19/19: 1-19$; mismatch sha-1 (a); fail"},
     "OBJ-SIZE@4"},
    {"a part whose own hash was offered",
     {ONE(PUSH_FILE("a", "size:50 " SHA1_WHOLE) "a=file-range:1-19\r\n"),
      {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")}},
     {"m1 complete 19/19: 1-19$; match sha-1 of object (a); unknown"},
     ""},
    {"a range that is the whole file",
     {ONE(PUSH_FILE("a", "size:33 " SHA1_OTHER) "a=file-range:1-33\r\n"),
      {FLOW_AB, OBJECT("m1", "t001", ENVELOPE, "33", "$")}},
     {"m1 complete 33/33: 1-33$; mismatch sha-1 (a); fail"},
     "OBJ-HASH@4"},
    {"a range that makes no sense",
     {ONE(PUSH_FILE("a", "size:33 " SHA1_OTHER) "a=file-range:20-10\r\n"),
      {FLOW_AB, OBJECT("m1", "t001", ENVELOPE, "33", "$")}},
     {"m1 complete 33/33: 1-33$; mismatch sha-1 (a); fail"},
     "OBJ-HASH@4"},
    {"the right hash with a wrong size",
     {ONE(PUSH_FILE("a", "size:20 " SHA1_WHOLE)), {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")}},
     {"m1 complete 19/19: 1-19$; mismatch sha-1 (a); fail"},
     "OBJ-SIZE@4"},
    {"three hashes, all right",
     {ONE(PUSH_FILE("a", "size:19 " SHA1_WHOLE " " SHA256_WHOLE " " MD5_WHOLE)),
      {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")}},
     {"m1 complete 19/19: 1-19$; match sha-1 of object (a); unknown"},
     ""},
    {"three hashes, one wrong",
     {ONE(PUSH_FILE("a", "size:19 " SHA256_WHOLE " " SHA1_OTHER " " MD5_WHOLE)),
      {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")}},
     {"m1 complete 19/19: 1-19$; mismatch sha-1 (a); fail"},
     "OBJ-HASH@4"},
    {"sent in full and refused: of later tries the one that fits has the selector",
     {ONE(PUSH_FILE("a", "size:19 " SHA1_WHOLE)),
      {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")},
      {FLOW_BA, ANSWER("t001", "408 Timeout")},
      {FLOW_AB, OBJECT("m2", "t002", "<ni>0123456789</ne>", "19", "$")},
      {FLOW_AB, OBJECT("m3", "t003", WHOLE, "19", "$")}},
     {"m1 complete 19/19: 1-19$ 408@5; match sha-1 of object (a); fail", "m2 complete 19/19: 1-19$; unknown",
      "m3 complete 19/19: 1-19$; match sha-1 of object (a); unknown"},
     "MSRP-RESPONSE-ERROR@5 OBJ-EXTRA@6"},
    {"of two files the first is refused, and sent again before the second",
     {ONE(PUSH_FILE("a", "size:19 " SHA1_WHOLE) PUSH_FILE("b", "size:33 " SHA1_ENVELOPE)),
      {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")},
      {FLOW_BA, ANSWER("t001", "408 Timeout")},
      {FLOW_AB, OBJECT("m2", "t002", WHOLE, "19", "$")},
      {FLOW_BA, OK("t002")},
      {FLOW_AB, OBJECT("m3", "t003", ENVELOPE, "33", "$")}},
     {"m1 complete 19/19: 1-19$ 408@5; match sha-1 of object (a); fail",
      "m2 complete 19/19: 1-19$ 200@7; match sha-1 of object (a); pass",
      "m3 complete 33/33: 1-33$; match sha-1 of object (b); unknown"},
     "MSRP-RESPONSE-ERROR@5"},
    {"of two files the first is refused, and the sender goes on with the second",
     {ONE(PUSH_FILE("a", "size:19 " SHA1_WHOLE) PUSH_FILE("b", "size:33 " SHA1_ENVELOPE)),
      {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")},
      {FLOW_BA, ANSWER("t001", "415 No")},
      {FLOW_AB, OBJECT("m2", "t002", ENVELOPE, "33", "$")}},
     {"m1 complete 19/19: 1-19$ 415@5; match sha-1 of object (a); fail",
      "m2 complete 33/33: 1-33$; match sha-1 of object (b); unknown"},
     "MSRP-RESPONSE-ERROR@5"},
    {"a chunk that is refused, sent again and taken: the selector is used up",
     {ONE(PUSH_FILE("a", "size:19 " SHA1_WHOLE) PUSH_FILE("b", "size:33 " SHA1_ENVELOPE)),
      {FLOW_AB, CHUNK("t001", "1-9/19", PART_1, "+")},
      {FLOW_BA, ANSWER("t001", "408 Timeout")},
      {FLOW_AB, CHUNK("t002", "1-9/19", PART_1, "+") CHUNK("t003", "10-19/19", PART_2, "$")},
      {FLOW_BA, OK("t002") OK("t003")},
      {FLOW_AB, OBJECT("m2", "t004", ENVELOPE, "33", "$")}},
     {"m1 complete 19/19: 1-9+ 408@5, 1-9+ 200@7, 10-19$ 200@7; match sha-1 of object (a); pass",
      "m2 complete 33/33: 1-33$; match sha-1 of object (b); unknown"},
     "MSRP-OVERLAP@6"},
    {"two files, both reported as failed: both are sent again, in order",
     {ONE(PUSH_FILE("a", "size:19 " SHA1_WHOLE) PUSH_FILE("b", "size:33 " SHA1_ENVELOPE)),
      {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$") OBJECT("m2", "t002", ENVELOPE, "33", "$")},
      {FLOW_BA, REPORT("r001", "1-19/19", "000 408 Timeout")},
      {FLOW_BA, ANSWER("t002", "408 Timeout")},
      {FLOW_AB, OBJECT("m3", "t003", WHOLE, "19", "$")},
      {FLOW_AB, OBJECT("m4", "t004", ENVELOPE, "33", "$")}},
     {"m1 complete 19/19: 1-19$; match sha-1 of object (a); fail",
      "m2 complete 33/33: 1-33$ 408@6; match sha-1 of object (b); fail",
      "m3 complete 19/19: 1-19$; match sha-1 of object (a); unknown",
      "m4 complete 33/33: 1-33$; match sha-1 of object (b); unknown"},
     "MSRP-REPORT-FAILED@5 MSRP-RESPONSE-ERROR@6"},
    {"two forks of one INVITE: each is sent the file",
     {{FLOW_SIP, INVITE(TYPES FILES(PUSH_FILE("a", "size:19 " SHA1_WHOLE)))},
      {FLOW_SIP, ANSWERED(TYPES FILES(PUSH_FILE("a", "size:19 " SHA1_WHOLE)))},
      {FLOW_SIP, ACK},
      {FLOW_SIP, FORKED(TYPES FILES(PUSH_FILE("a", "size:19 " SHA1_WHOLE)))},
      {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")},
      {FLOW_AB, TO_FORK("m1", "t002", "<ni>0123456789</ne>")}},
     {"m1 complete 19/19: 1-19$; match sha-1 of object (a); unknown",
      "m1 complete 19/19: 1-19$; mismatch sha-1 (a); fail"},
     "OBJ-HASH@6"},
    {"a size and no hash",
     {ONE(PUSH_FILE("a", "size:19")), {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")}},
     {"m1 complete 19/19: 1-19$; not-offered (a); unknown"},
     "SDP-FILE-INCOMPLETE@1"},
    {"an algorithm that nobody has",
     {ONE(PUSH_FILE("a", "size:19 hash:whirl:00:11")), {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")}},
     {"m1 complete 19/19: 1-19$; not-verifiable (a); unknown"},
     "SDP-FILE-HASH@1 SDP-FILE-HASH@2"},
    {"incomplete: nothing to verify",
     {ONE(PUSH_FILE("a", "size:19 " SHA1_WHOLE)), {FLOW_AB, CHUNK("t001", "1-9/19", PART_1, "+")}, RELEASE},
     {"m1 incomplete 9/19: 1-9+; gaps 10-19; not-verifiable sha-1 (a); fail"},
     "MSRP-UNFINISHED@4"},
    {"the session is released with bytes missing",
     {ONE(PUSH_FILE("a", "size:19 " SHA1_WHOLE)), {FLOW_AB, CHUNK("t002", "10-19/19", PART_2, "$")}, RELEASE},
     {"m1 incomplete 10/19: 10-19$; gaps 1-9; not-verifiable sha-1 (a); fail"},
     "MSRP-GAP@4"},
    {"a selector is used up by the object that completes, not by an aborted or refused try",
     {ONE(PUSH_FILE("a", "size:19 " SHA1_WHOLE) PUSH_FILE("b", "size:33 " SHA1_ENVELOPE)),
      {FLOW_AB, OBJECT("m1", "t001", PART_1, "19", "#")},
      {FLOW_AB, OBJECT("m2", "t002", PART_1, "19", "+")},
      {FLOW_BA, ANSWER("t002", "413 Stop")},
      {FLOW_AB, OBJECT("m3", "t003", WHOLE, "19", "$")},
      {FLOW_AB, OBJECT("m4", "t004", ENVELOPE, "33", "$")}},
     {"m1 aborted 9/19: 1-9#; gaps 10-19; fail",
      "m2 incomplete 9/19: 1-9+ 413@6; gaps 10-19; not-verifiable sha-1 (a); fail",
      "m3 complete 19/19: 1-19$; match sha-1 of object (a); unknown",
      "m4 complete 33/33: 1-33$; match sha-1 of object (b); unknown"},
     "MSRP-ABORTED@4 MSRP-RESPONSE-ERROR@6"},
    {"objects that take turns: each has the selector of its hash, the order is that in which they were sent in full",
     {ONE(PUSH_FILE("a", "size:19 " SHA1_WHOLE) PUSH_FILE("b", "size:33 " SHA1_ENVELOPE)),
      {FLOW_AB, CHUNK("t001", "1-9/19", PART_1, "+")},
      {FLOW_AB, OBJECT("m2", "t002", ENVELOPE, "33", "$")},
      {FLOW_AB, CHUNK("t003", "10-19/19", PART_2, "$")}},
     {"m1 complete 19/19: 1-9+, 10-19$; match sha-1 of object (a); unknown",
      "m2 complete 33/33: 1-33$; match sha-1 of object (b); unknown"},
     "FILE-ORDER@6"},
    {"one object more than there are selectors",
     {ONE(PUSH_FILE("a", "size:19 " SHA1_WHOLE)),
      {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")},
      {FLOW_AB, OBJECT("m2", "t002", WHOLE, "19", "$")}},
     {"m1 complete 19/19: 1-19$; match sha-1 of object (a); unknown", "m2 complete 19/19: 1-19$; unknown"},
     "OBJ-EXTRA@5"},
    {"the selector names the type of what the envelope holds",
     {ONE(FILE_("a", "text/plain", "size:5 " SHA1_HELLO)), {FLOW_AB, OBJECT("m1", "t001", ENVELOPE, "33", "$")}},
     {"m1 complete 33/33: 1-33$; match sha-1 of content (a); unknown"},
     ""},
    {"the selector names another type",
     {ONE(FILE_("a", "image/png", "size:19 " SHA1_WHOLE)), {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")}},
     {"m1 complete 19/19: 1-19$; match sha-1 of object (a); unknown"},
     "OBJ-TYPE@4"},
    {"no selector at all",
     {SESSION(TYPES), {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")}},
     {"m1 complete 19/19: 1-19$; unknown"},
     ""},
    {"a type that the receiver does not accept",
     {SESSION(TYPES),
      {FLOW_AB, SEND("t001", "Message-ID: m1\r\nByte-Range: 1-*/2\r\nContent-Type: text/plain\r\n", "Hi", "$")}},
     {"m1 complete 2/2: 1-2$; unknown"},
     "MSRP-TYPE-REFUSED@4"},
    {"an empty list of types refuses nothing (SDP-ACCEPT-TYPES says that there is none)",
     {SESSION("a=accept-types:\r\n"), {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")}},
     {"m1 complete 19/19: 1-19$; unknown"},
     "SDP-ACCEPT-TYPES@1 SDP-ACCEPT-TYPES@2"},
    {"more than the receiver's max-size",
     {SESSION(TYPES "a=max-size:18\r\n"), {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")}},
     {"m1 complete 19/19: 1-19$; unknown"},
     "MSRP-MAX-SIZE@4"},
    {"more than the receiver's max-size, known at the end only",
     {SESSION(TYPES "a=max-size:18\r\n"), {FLOW_AB, OBJECT("m1", "t001", WHOLE, "*", "$")}},
     {"m1 complete 19/19: 1-19$; unknown"},
     "MSRP-MAX-SIZE@4"},
    {"content from the side that only receives",
     {SESSION(TYPES),
      {FLOW_BA, "MSRP t001 SEND\r\n" TO_ALICE "Message-ID: m1\r\nByte-Range: 1-*/19\r\n" PUSH_TYPE "\r\n" WHOLE
                "\r\n" END_LINE("t001", "$")}},
     {"m1 complete 19/19: 1-19$; unknown"},
     "MSRP-DIRECTION@4"},
    {"the passive side connects",
     {SESSION(TYPES), {FLOW_OPENED, "1"}, {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")}},
     {"m1 complete 19/19: 1-19$; unknown"},
     "MSRP-CONNECT-SIDE@4"},
    {"the active side connects",
     {SESSION(TYPES), {FLOW_OPENED, "0"}, {FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$")}},
     {"m1 complete 19/19: 1-19$; unknown"},
     ""},
    {"a success report asked for and not sent",
     {SESSION(TYPES), {FLOW_AB, CHUNK_TO_REPORT("t001", "1-*/19", WHOLE, "$")}, {FLOW_BA, OK("t001")}, RELEASE},
     {"m1 complete 19/19: 1-19$ 200@5; warn"},
     "MSRP-REPORT-MISSING@4"},
    {"the wrong hash is that of the first chunk: the text says so, see test_hint",
     {ONE(PUSH_FILE("a", "size:19 " SHA1_PART_1)),
      {FLOW_AB, CHUNK("t001", "1-9/19", PART_1, "+") CHUNK("t002", "10-19/19", PART_2, "$")}},
     {"m1 complete 19/19: 1-9+, 10-19$; mismatch sha-1 (a); fail"},
     "OBJ-HASH@4"},
};

static char *icsis[] = {"omapush", NULL};
static const struct om_options options = {.icsis = icsis, .verify = TRUE, .max_object = 1 << 20};

static void
test_flow(gconstpointer flow)
{
    flow_run(flow, &options);
}

/* What a wrong hash does fit. */
static void
test_hint(void)
{
    static const struct {
        const char *invite, *body, *hint;
    } rows[] = {
        {INVITE(TYPES FILES(PUSH_FILE("a", SHA1_PART_1))), OBJECT("m1", "t001", PART_1 "\r\n", "11", "$"),
         "the object without its trailing CRLF"},
        {INVITE(TYPES FILES(PUSH_FILE("a", SHA1_HELLO))), OBJECT("m1", "t001", ENVELOPE "\r\n", "35", "$"),
         "the content without its trailing CRLF"},
        {INVITE(TYPES FILES(PUSH_FILE("a", SHA1_PART_1))),
         CHUNK("t001", "1-9/19", PART_1, "+") CHUNK("t002", "10-19/19", PART_2, "$"),
         "chunk 1 alone (bytes 1-9, frame 2)"},
        {INVITE(TYPES FILES(PUSH_FILE("a", SHA1_WHOLE_END))), OBJECT("m1", "t001", WHOLE, "19", "$"),
         "the object with one more CRLF behind it"},
        {INVITE(TYPES FILES(PUSH_FILE("a", SHA1_HELLO_LF))), OBJECT("m1", "t001", ENVELOPE, "33", "$"),
         "the content with one more LF behind it"},
        {INVITE(TYPES FILES(PUSH_FILE("a", SHA1_HEADERS))), OBJECT("m1", "t001", ENVELOPE, "33", "$"),
         "the envelope's headers alone"},
        {INVITE(TYPES FILES(PUSH_FILE("a", SHA1_NOTHING))), OBJECT("m1", "t001", WHOLE, "19", "$"), "no bytes at all"},
        {INVITE(TYPES FILES(PUSH_FILE("a", "size:9 " SHA1_PART_1))), OBJECT("m1", "t001", WHOLE, "19", "$"),
         "the first 9 bytes"},
        {INVITE(TYPES FILES(PUSH_FILE("a", SHA1_OTHER))), OBJECT("m1", "t001", WHOLE, "19", "$"), NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct flow_play play;
        struct om_object *object;

        flow_begin(&play, &options, 11);
        flow_event(&play, FLOW_SIP, rows[i].invite);
        flow_event(&play, FLOW_AB, rows[i].body);
        g_assert_cmpuint(om_model_objects(play.model)->len, ==, 1);
        object = g_ptr_array_index(om_model_objects(play.model), 0);
        g_assert_cmpstr(object->verification.hint, ==, rows[i].hint);
        om_model_free(play.model);
    }
}

static void
play_sip_without(struct flow_play *play, const char *text, const char *line)
{
    GString *without = g_string_new(text);

    g_assert_cmpuint(g_string_replace(without, line, "", 1), ==, 1);
    flow_event(play, FLOW_SIP, without->str);
    g_string_free(without, TRUE);
}

/* The only finding of what was played. */
static void
expect_text(struct flow_play *play, const char *text)
{
    const GPtrArray *findings = om_model_conclude(play->model)->findings;

    g_assert_cmpuint(findings->len, ==, 1);
    g_assert_cmpstr(((const struct om_finding *) g_ptr_array_index(findings, 0))->text, ==, text);
    om_model_free(play->model);
}

/* A text must not speak of what is not in the capture. */
static void
test_no_setup(void)
{
    struct flow_play play;

    flow_begin(&play, &options, 0);
    play_sip_without(&play, INVITE(TYPES), "a=setup:actpass\r\n");
    play_sip_without(&play, ANSWERED(TYPES), "a=setup:passive\r\n");
    flow_event(&play, FLOW_OPENED, "1");
    flow_event(&play, FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$"));
    expect_text(&play, "the connection was opened by the answerer; SDP without a=setup gives that to the offerer");
}

static void
test_short_of_30_seconds(void)
{
    static const char *const texts[] = {
        "no response to transaction t001: the session ended before 30 s were over",
        "no response to transaction t001 within 30 s",
    };

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        struct flow_play play;

        flow_begin(&play, &options, 0);
        flow_event(&play, FLOW_BA, SEND("b001", "Message-ID: m0\r\n", "", "$"));
        flow_event(&play, FLOW_AB, OBJECT("m1", "t001", WHOLE, "19", "$"));
        if (i)
            flow_event(&play, FLOW_WAIT, "40");
        flow_event(&play, FLOW_CLOSE, "");
        expect_text(&play, texts[i]);
    }
}

static void
test_cpim_flaws(void)
{
    struct flow_play play;

    flow_begin(&play, &options, 0);
    flow_event(&play, FLOW_AB,
               SEND("t001", "Message-ID: m1\r\nContent-Type: message/cpim\r\n",
                    "From:<sip:a@b>\r\n\r\n" PUSH_TYPE "\r\n" WHOLE, "$"));
    expect_text(&play, "message/cpim: no space after a header's colon");
}

/* The preference off: nothing is computed, nothing is claimed. */
static void
test_no_verify(void)
{
    static const struct flow flow = {
        "verification turned off",
        {ONE(PUSH_FILE("a", "size:33 " SHA1_OTHER)), {FLOW_AB, OBJECT("m1", "t001", ENVELOPE, "33", "$")}},
        {"m1 complete 33/33: 1-33$; not-verifiable sha-1 (a); unknown"},
        "",
    };
    struct om_options off = options;

    off.verify = FALSE;
    flow_run(&flow, &off);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(flows); i++) {
        char *path = g_strdup_printf("/msrp_session/%s", flows[i].name);

        g_test_add_data_func(path, &flows[i], test_flow);
        g_free(path);
    }
    g_test_add_func("/msrp_session/hint", test_hint);
    g_test_add_func("/msrp_session/no_verify", test_no_verify);
    g_test_add_func("/msrp_session/no_setup", test_no_setup);
    g_test_add_func("/msrp_session/short_of_30_seconds", test_short_of_30_seconds);
    g_test_add_func("/msrp_session/cpim_flaws", test_cpim_flaws);
    return g_test_run();
}
