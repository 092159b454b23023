/* test_msrp_model.c
 * MSRP alone: objects out of chunks, responses and REPORTs, and the rules that they break.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/verify/object_export.h"
#include "support/flow.h"

static const struct flow flows[] = {
    {"two chunks, answered, reported: RFC 4975 section 5.1",
     {{FLOW_AB, CHUNK_TO_REPORT("d93kswow", "1-9/19", PART_1, "+")},
      {FLOW_BA, OK("d93kswow")},
      {FLOW_AB, CHUNK_TO_REPORT("op2nc9a", "10-19/19", PART_2, "$")},
      {FLOW_BA, OK("op2nc9a")},
      {FLOW_BA, REPORT("dkei38sd", "1-19/19", "000 200 OK")},
      {FLOW_CLOSE, ""}},
     {"m1 complete 19/19: 1-9+ 200@2, 10-19$ 200@4; reported@5; pass"},
     ""},
    {"all of it in one segment each way",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+") CHUNK("a002", "10-19/19", PART_2, "$")},
      {FLOW_BA, OK("a001") OK("a002")},
      {FLOW_CLOSE, ""}},
     {"m1 complete 19/19: 1-9+ 200@2, 10-19$ 200@2; pass"},
     ""},
    {"the last chunk first",
     {{FLOW_AB, CHUNK("a002", "10-19/19", PART_2, "$")},
      {FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")},
      {FLOW_BA, OK("a002") OK("a001")}},
     {"m1 complete 19/19: 10-19$ 200@3, 1-9+ 200@3; pass"},
     ""},
    {"a chunk twice, the same bytes",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")},
      {FLOW_AB, CHUNK("a002", "1-9/19", PART_1, "+")},
      {FLOW_AB, CHUNK("a003", "10-19/19", PART_2, "$")}},
     {"m1 complete 19/19: 1-9+, 1-9+, 10-19$; pass"},
     "MSRP-OVERLAP@2"},
    {"bytes twice, other ones",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")}, {FLOW_AB, CHUNK("a002", "8-19/19", "3X56789</ni>", "$")}},
     {"m1 complete 19/19: 1-9+, 8-19$; fail"},
     "MSRP-OVERLAP@2 MSRP-CONFLICT@2"},
    {"bytes missing when the message ends",
     {{FLOW_AB, CHUNK("a001", "1-3/19", "<ni", "+")},
      {FLOW_BA, OK("a001")},
      {FLOW_AB, CHUNK("a002", "10-19/19", PART_2, "$")},
      {FLOW_BA, OK("a002")}},
     {"m1 incomplete 13/19: 1-3+ 200@2, 10-19$ 200@4; gaps 4-9; fail"},
     "MSRP-GAP@3"},
    {"more is to come, then the connection ends",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")}, {FLOW_BA, OK("a001")}, {FLOW_CLOSE, ""}},
     {"m1 incomplete 9/19: 1-9+ 200@2; gaps 10-19; fail"},
     "MSRP-UNFINISHED@1"},
    {"more is to come, and the capture ends: nobody is accused",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")}, {FLOW_BA, OK("a001")}},
     {"m1 incomplete 9/19: 1-9+ 200@2; gaps 10-19; fail"},
     ""},
    {"the connection ends within a SEND: what it has is told, and what is missing",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")},
      {FLOW_AB, "MSRP a002 SEND\r\n" TO_BOB "Message-ID: m1\r\nByte-Range: 10-19/19\r\n" PUSH_TYPE "\r\n567"},
      {FLOW_CLOSE, ""},
      {FLOW_FIN, ""}},
     {"m1 incomplete 12/19: 1-9+, 10-12?; gaps 13-19; fail"},
     "MSRP-GAP@2"},
    {"another id in the last end-line, exactly where the total is reached: nothing follows, it is decided",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")},
      {FLOW_AB, "MSRP a002 SEND\r\n" TO_BOB "Message-ID: m1\r\nByte-Range: 10-*/19\r\n" PUSH_TYPE "\r\n" PART_2
                "\r\n" END_LINE("a009", "$")},
      {FLOW_FIN, ""}},
     {"m1 complete 19/19: 1-9+, 10-19$; warn"},
     "MSRP-END-LINE@2"},
    {"the end before a lost segment is no end: what comes late counts",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")},
      {FLOW_LOSE_AB, CHUNK("a002", "10-19/19", PART_2, "$")},
      {FLOW_FIN, ""},
      {FLOW_LATE_AB, CHUNK("a002", "10-19/19", PART_2, "$")}},
     {"m1 complete 19/19: 1-9+, 10-19$; pass"},
     ""},
    {"two SENDs with one id wait: the first response is the first one's",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+") CHUNK("a001", "10-19/19", PART_2, "$")},
      {FLOW_BA, OK("a001")},
      {FLOW_BA, ANSWER("a001", "413 Stop")}},
     {"m1 complete 19/19: 1-9+ 200@2, 10-19$ 413@3; fail"},
     "MSRP-TRANSACTION-REUSE@1 MSRP-RESPONSE-ERROR@3"},
    {"a REPORT that is captured before the last bytes it reports",
     {{FLOW_AB, "MSRP a001 SEND\r\n" TO_BOB "Message-ID: m1\r\nByte-Range: 1-19/19\r\nSuccess-Report: yes\r\n" PUSH_TYPE
                "\r\n" PART_1},
      {FLOW_BA, REPORT("b001", "1-19/19", "000 200 OK")},
      {FLOW_AB, PART_2 "\r\n" END_LINE("a001", "$")},
      {FLOW_BA, OK("a001")},
      {FLOW_CLOSE, ""}},
     {"m1 complete 19/19: 1-19$ 200@4; reported@2; pass"},
     ""},
    {"response and REPORT captured before what they answer",
     {{FLOW_BA, OK("a001") REPORT("b001", "1-*/19", "000 200 OK")},
      {FLOW_AB, CHUNK_TO_REPORT("a001", "1-19/19", WHOLE, "$")},
      {FLOW_CLOSE, ""}},
     {"m1 complete 19/19: 1-19$ 200@1; reported@1; pass"},
     ""},
    {"the same in the middle, and refused",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")},
      {FLOW_BA, OK("a001") ANSWER("a002", "415 What")},
      {FLOW_AB, CHUNK("a002", "10-19/19", PART_2, "$")},
      {FLOW_CLOSE, ""}},
     {"m1 complete 19/19: 1-9+ 200@2, 10-19$ 415@2; fail"},
     "MSRP-RESPONSE-ERROR@2"},
    {"a response to nothing, and one to what the capture lost, as is seen later",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")},
      {FLOW_BA, OK("a001")},
      {FLOW_LOSE_AB, CHUNK("a002", "10-19/19", PART_2, "$")},
      {FLOW_BA, OK("a002")},
      {FLOW_AB, SEND("a003", "Message-ID: m2\r\n" PUSH_TYPE, WHOLE, "$")}},
     {"m1 incomplete 9/19: 1-9+ 200@2; gaps 10-19; fail", "m2 complete 19/19: 1-19$; pass"},
     "MSRP-CAPTURE-LOSS@1"},
    {"an id that is used again later is another request's",
     {{FLOW_BA, OK("a001") REPORT("b001", "1-19/19", "000 200 OK")},
      {FLOW_WAIT, "2"},
      {FLOW_AB, CHUNK_TO_REPORT("a001", "1-19/19", WHOLE, "$")},
      {FLOW_CLOSE, ""}},
     {"m1 complete 19/19: 1-19$; warn"},
     "MSRP-RESPONSE-MISSING@2 MSRP-REPORT-MISSING@2"},
    {"aborted by its sender, then more of it",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")},
      {FLOW_AB, CHUNK("a002", "10-*/19", "56", "#")},
      {FLOW_AB, CHUNK("a003", "12-13/19", "78", "+")}},
     {"m1 aborted 13/19: 1-9+, 10-11#, 12-13+; gaps 14-19; fail"},
     "MSRP-ABORTED@2 MSRP-AFTER-ABORT@3"},
    {"refused with 413, and the sender stops",
     {{FLOW_AB, CHUNK("a001", "1-*/19", PART_1, "+")}, {FLOW_BA, ANSWER("a001", "413 Stop")}, {FLOW_CLOSE, ""}},
     {"m1 incomplete 9/19: 1-9+ 413@2; gaps 10-19; fail"},
     "MSRP-RESPONSE-ERROR@2"},
    {"refused with 413, and the sender goes on; a 200 for the same transaction follows",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")},
      {FLOW_BA, ANSWER("a001", "413")},
      {FLOW_BA, OK("a001")},
      {FLOW_AB, CHUNK("a002", "10-19/19", PART_2, "$")}},
     {"m1 complete 19/19: 1-9+ 413@2, 10-19$; fail"},
     "MSRP-RESPONSE-ERROR@2 MSRP-RESPONSE-UNWANTED@3 MSRP-AFTER-ABORT@4"},
    {"range end * with a total",
     {{FLOW_AB, CHUNK("a001", "1-*/19", WHOLE, "$")}},
     {"m1 complete 19/19: 1-19$; pass"},
     ""},
    {"range end * and no total: the last chunk tells it",
     {{FLOW_AB, CHUNK("a001", "1-*/*", PART_1, "+") CHUNK("a002", "10-*/*", PART_2, "$")}},
     {"m1 complete 19/19: 1-9+, 10-19$; pass"},
     ""},
    {"no total, no end: what is missing behind is not known",
     {{FLOW_AB, CHUNK("a001", "1-*/*", PART_1, "+")}},
     {"m1 incomplete 9/*: 1-9+; fail"},
     ""},
    {"no Byte-Range in a message of one chunk",
     {{FLOW_AB, SEND("a001", "Message-ID: m1\r\n" PUSH_TYPE, WHOLE, "$")}},
     {"m1 complete 19/19: 1-19$; pass"},
     ""},
    {"no Byte-Range in the second chunk",
     {{FLOW_AB, SEND("a001", "Message-ID: m1\r\n" PUSH_TYPE, PART_1, "+")},
      {FLOW_AB, SEND("a002", "Message-ID: m1\r\n" PUSH_TYPE, PART_2, "$")}},
     {"m1 complete 19/19: 1-9+, 10-19$; warn"},
     "MSRP-RANGE-FIRST@1 MSRP-RANGE-MISSING@2"},
    {"an empty SEND binds the session: no object",
     {{FLOW_AB, "MSRP a000 SEND\r\n" TO_BOB "Message-ID: m0\r\nByte-Range: 1-0/0\r\n" END_LINE("a000", "$")},
      {FLOW_BA, OK("a000")},
      {FLOW_AB, CHUNK("a001", "1-19/19", WHOLE, "$")}},
     {"m1 complete 19/19: 1-19$; pass"},
     ""},
    {"an empty SEND with Content-Type is an object of size 0",
     {{FLOW_AB, CHUNK("a001", "1-0/0", "", "$")}},
     {"m1 complete 0/0: 1-0$; pass"},
     ""},
    {"REPORTs in parts, one before the last chunk",
     {{FLOW_AB, CHUNK_TO_REPORT("a001", "1-9/19", PART_1, "+")},
      {FLOW_BA, REPORT("b001", "1-9/19", "000 200 OK")},
      {FLOW_AB, CHUNK_TO_REPORT("a002", "10-19/19", PART_2, "$")},
      {FLOW_BA, REPORT("b002", "10-12/19", "000 200 OK")},
      {FLOW_BA, REPORT("b003", "13-19/19", "000 200 OK")},
      {FLOW_CLOSE, ""}},
     {"m1 complete 19/19: 1-9+, 10-19$; reported@5; warn"},
     "MSRP-RESPONSE-MISSING@1 MSRP-RESPONSE-MISSING@3"},
    {"a REPORT with range end * stands for all",
     {{FLOW_AB, CHUNK_TO_REPORT("a001", "1-*/19", WHOLE, "$")}, {FLOW_BA, REPORT("b001", "1-*/19", "000 200 OK")}},
     {"m1 complete 19/19: 1-19$; reported@2; pass"},
     ""},
    {"a REPORT a chunk, each with range end *: the last one completes the report",
     {{FLOW_AB, CHUNK_TO_REPORT("a001", "1-9/19", PART_1, "+")},
      {FLOW_BA, OK("a001") REPORT("b001", "1-*/19", "000 200 OK")},
      {FLOW_AB, CHUNK_TO_REPORT("a002", "10-19/19", PART_2, "$")},
      {FLOW_BA, OK("a002") REPORT("b002", "10-*/19", "000 200 OK")}},
     {"m1 complete 19/19: 1-9+ 200@2, 10-19$ 200@4; reported@4; pass"},
     ""},
    {"a REPORT for a part, then the connection ends",
     {{FLOW_AB, CHUNK_TO_REPORT("a001", "1-*/19", WHOLE, "$")},
      {FLOW_BA, OK("a001") REPORT("b001", "1-18/19", "000 200 OK")},
      {FLOW_CLOSE, ""}},
     {"m1 complete 19/19: 1-19$ 200@2; warn"},
     "MSRP-REPORT-MISSING@1"},
    {"a REPORT of failure",
     {{FLOW_AB, CHUNK("a001", "1-*/19", WHOLE, "$")}, {FLOW_BA, REPORT("b001", "1-19/19", "000 403 Stop")}},
     {"m1 complete 19/19: 1-19$; fail"},
     "MSRP-REPORT-FAILED@2"},
    {"REPORTs beyond what was sent, of another total, without Status, in another namespace",
     {{FLOW_AB, CHUNK_TO_REPORT("a001", "1-*/19", WHOLE, "$")},
      {FLOW_BA, REPORT("b001", "1-20/19", "000 200 OK")},
      {FLOW_BA, REPORT("b002", "1-19/20", "000 200 OK")},
      {FLOW_BA, "MSRP b003 REPORT\r\n" TO_ALICE "Message-ID: m1\r\nByte-Range: 1-19/19\r\n" END_LINE("b003", "$")},
      {FLOW_BA, REPORT("b004", "1-19/19", "001 200 OK")}},
     {"m1 complete 19/19: 1-19$; reported@2; warn"},
     "MSRP-REPORT-RANGE@2 MSRP-REPORT-RANGE@3 MSRP-REPORT-SYNTAX@4 MSRP-REPORT-NAMESPACE@5"},
    {"a REPORT that nobody wanted, and its answer",
     {{FLOW_AB, CHUNK("a001", "1-*/19", WHOLE, "$")},
      {FLOW_BA, REPORT("b001", "1-19/19", "000 200 OK")},
      {FLOW_AB, "MSRP b001 200 OK\r\n" TO_BOB END_LINE("b001", "$")}},
     {"m1 complete 19/19: 1-19$; reported@2; warn"},
     "MSRP-REPORT-UNWANTED@2 MSRP-RESPONSE-UNWANTED@3"},
    {"no response for 30 s",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")},
      {FLOW_WAIT, "31"},
      {FLOW_AB, CHUNK("a002", "10-19/19", PART_2, "$")},
      {FLOW_BA, OK("a002")}},
     {"m1 complete 19/19: 1-9+, 10-19$ 200@3; warn"},
     "MSRP-RESPONSE-MISSING@1"},
    {"no response because Failure-Report says so",
     {{FLOW_AB, SEND("a001", "Message-ID: m1\r\nFailure-Report: no\r\n" PUSH_TYPE, WHOLE, "$")},
      {FLOW_WAIT, "31"},
      {FLOW_BA, "MSRP b001 SEND\r\n" TO_ALICE END_LINE("b001", "$")}},
     {"m1 complete 19/19: 1-19$; pass"},
     ""},
    {"responses in spite of Failure-Report",
     {{FLOW_AB, SEND("a001", "Message-ID: m1\r\nByte-Range: 1-9/19\r\nFailure-Report: no\r\n" PUSH_TYPE, PART_1, "+")},
      {FLOW_BA, OK("a001")},
      {FLOW_AB,
       SEND("a002", "Message-ID: m1\r\nByte-Range: 10-19/19\r\nFailure-Report: partial\r\n" PUSH_TYPE, PART_2, "$")},
      {FLOW_BA, OK("a002")}},
     {"m1 complete 19/19: 1-9+ 200@2, 10-19$ 200@4; warn"},
     "MSRP-RESPONSE-UNWANTED@2 MSRP-RESPONSE-UNWANTED@4"},
    {"one side only: no response is missed",
     {{FLOW_AB, CHUNK("a001", "1-*/19", WHOLE, "$")}, {FLOW_WAIT, "60"}, {FLOW_CLOSE, ""}},
     {"m1 complete 19/19: 1-19$; pass"},
     ""},
    {"a response with the paths of a stranger",
     {{FLOW_AB, CHUNK("a001", "1-*/19", WHOLE, "$")},
      {FLOW_BA,
       "MSRP a001 200 OK\r\nTo-Path: msrp://x.example.com:1/y;tcp\r\nFrom-Path: " BOB "\r\n" END_LINE("a001", "$")}},
     {"m1 complete 19/19: 1-19$ 200@2; warn"},
     "MSRP-PATH@2"},
    {"a transaction id used again",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")},
      {FLOW_BA, OK("a001")},
      {FLOW_AB, CHUNK("a001", "10-19/19", PART_2, "$")},
      {FLOW_BA, OK("a001")}},
     {"m1 complete 19/19: 1-9+ 200@2, 10-19$ 200@4; warn"},
     "MSRP-TRANSACTION-REUSE@3"},
    {"resumed on a new connection: one hop",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")},
      {FLOW_BA, OK("a001")},
      {FLOW_CLOSE, ""},
      {FLOW_CONNECT, ""},
      {FLOW_AB, CHUNK("a001", "10-19/19", PART_2, "$")},
      {FLOW_BA, OK("a001")}},
     {"m1 complete 19/19: 1-9+ 200@2, 10-19$ 200@5; pass"},
     ""},
    {"seen before and behind a relay: two hops, no bytes twice",
     {{FLOW_AB, CHUNK_TO_REPORT("a001", "1-19/19", WHOLE, "$")},
      {FLOW_CONNECT, "192.0.2.77"},
      {FLOW_AB, CHUNK_TO_REPORT("r001", "1-9/19", PART_1, "+") CHUNK_TO_REPORT("r002", "10-19/19", PART_2, "$")},
      {FLOW_BA, REPORT("b001", "1-19/19", "000 200 OK")}},
     {"m1 complete 19/19: 1-19$; 2 hops; reported@3; pass"},
     ""},
    {"two messages that take turns",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")},
      {FLOW_AB, SEND("a002", "Message-ID: m2\r\nByte-Range: 1-9/19\r\n" PUSH_TYPE, PART_1, "+")},
      {FLOW_AB, CHUNK("a003", "10-19/19", PART_2, "$")},
      {FLOW_AB, SEND("a004", "Message-ID: m2\r\nByte-Range: 10-19/19\r\n" PUSH_TYPE, PART_2, "$")}},
     {"m1 complete 19/19: 1-9+, 10-19$; pass", "m2 complete 19/19: 1-9+, 10-19$; pass"},
     ""},
    {"both ways, the same Message-ID",
     {{FLOW_AB, CHUNK("a001", "1-*/19", WHOLE, "$")},
      {FLOW_BA, "MSRP b001 SEND\r\n" TO_ALICE "Message-ID: m1\r\nByte-Range: 1-*/4\r\n" PUSH_TYPE
                "\r\n<a/>\r\n" END_LINE("b001", "$")}},
     {"m1 complete 19/19: 1-19$; pass", "m1 complete 4/4: 1-4$; pass"},
     ""},
    {"counted from 0",
     {{FLOW_AB, CHUNK("a001", "0-8/19", PART_1, "+")}, {FLOW_AB, CHUNK("a002", "9-18/19", PART_2, "$")}},
     {"m1 complete 19/19: 1-9+, 10-19$; warn"},
     "MSRP-RANGE-SYNTAX@1"},
    {"ranges that are none",
     {{FLOW_AB, CHUNK("a001", "1 to 19", WHOLE, "$")}},
     {"m1 complete 19/19: 1-19$; warn"},
     "MSRP-RANGE-SYNTAX@1"},
    {"range and body disagree: characters were counted",
     {{FLOW_AB, CHUNK("a001", "1-18/19", WHOLE, "$")}},
     {"m1 complete 19/19: 1-19$; warn"},
     "MSRP-RANGE-LENGTH@1"},
    {"the total counts characters too: the last chunk is the object's to its end, however it is cut",
     {{FLOW_AB, CHUNK("a001", "1-9/16", PART_1, "+") CHUNK("a002", "10-16/16", PART_2, "$")}},
     {"m1 complete 19/16: 1-9+, 10-19$; warn"},
     "MSRP-RANGE-LENGTH@1"},
    {"complete and judged: what another chunk has behind the total is none of it",
     {{FLOW_AB, CHUNK("a001", "1-16/16", WHOLE, "$")}, {FLOW_AB, CHUNK("a002", "10-16/16", PART_2 "more", "$")}},
     {"m1 complete 19/16: 1-19$, 10-23$; warn"},
     "MSRP-RANGE-LENGTH@1 MSRP-RANGE-LENGTH@2 MSRP-OVERLAP@2"},
    {"another total, another type",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")},
      {FLOW_AB, SEND("a002", "Message-ID: m1\r\nByte-Range: 10-19/20\r\nContent-Type: text/plain\r\n", PART_2, "$")}},
     {"m1 complete 19/19: 1-9+, 10-19$; warn"},
     "MSRP-TOTAL-CHANGES@2 MSRP-TYPE-CHANGES@2"},
    {"a claim of all bytes there are",
     {{FLOW_AB, CHUNK("a001", "18446744073709551615-*/18446744073709551615", "x", "+")},
      {FLOW_AB, CHUNK("a002", "18446744073709551615-*/18446744073709551615", "xy", "$")}},
     {"m1 incomplete 1/18446744073709551615: 18446744073709551615-18446744073709551615+, "
      "18446744073709551615-0$; gaps 1-18446744073709551614; fail"},
     "MSRP-RANGE-LENGTH@2 MSRP-OVERLAP@2 MSRP-GAP@2"},
    {"a chunk that the capture lost: a note, no accusation",
     {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")},
      {FLOW_LOSE_AB, CHUNK("a002", "10-12/19", "567", "+")},
      {FLOW_AB, CHUNK("a003", "13-19/19", "89</ni>", "$")},
      {FLOW_CLOSE, ""}},
     {"m1 incomplete 16/19: 1-9+, 13-19$; gaps 10-12; fail"},
     "MSRP-CAPTURE-LOSS@2"},
    {"a segment that comes late: nothing was lost, so the gap is the sender's",
     {{FLOW_AB, CHUNK("a001", "1-3/19", "<ni", "+")},
      {FLOW_LOSE_AB, CHUNK("a002", "4-9/19", ">01234", "+")},
      {FLOW_AB, CHUNK("a003", "13-19/19", "89</ni>", "$")},
      {FLOW_LATE_AB, CHUNK("a002", "4-9/19", ">01234", "+")},
      {FLOW_CLOSE, ""}},
     {"m1 incomplete 16/19: 1-3+, 13-19$, 4-9+; gaps 10-12; fail"},
     "MSRP-GAP@3"},
    {"the first segment comes late",
     {{FLOW_LOSE_AB, "MSRP a001 SEND\r\nTo-Path: "},
      {FLOW_AB,
       BOB "\r\nFrom-Path: " ALICE "\r\nMessage-ID: m1\r\n" PUSH_TYPE "\r\n" WHOLE "\r\n" END_LINE("a001", "$")},
      {FLOW_AB, SEND("a002", "Message-ID: m2\r\n" PUSH_TYPE, WHOLE, "$")},
      {FLOW_LATE_AB, "MSRP a001 SEND\r\nTo-Path: "}},
     {"m2 complete 19/19: 1-19$; pass", "m1 complete 19/19: 1-19$; pass"},
     ""},
    {"the capture begins within a chunk",
     {{FLOW_MIDST, ""},
      {FLOW_AB, "01234\r\n" END_LINE("a001", "+") CHUNK("a002", "10-19/19", PART_2, "$")},
      {FLOW_BA, OK("a001") OK("a002")},
      {FLOW_CLOSE, ""}},
     {"m1 incomplete 10/19: 10-19$ 200@2; gaps 1-9; fail"},
     "MSRP-CAPTURE-LOSS@1"},
    {"chat is no push",
     {{FLOW_AB, SEND("a001", "Message-ID: m1\r\nContent-Type: text/plain\r\n", "Hi Bob", "$")},
      {FLOW_BA, ANSWER("a001", "415 What")}},
     {NULL},
     ""},
    {"a push in a CPIM wrapper is one",
     {{FLOW_AB, SEND("a001", "Message-ID: m1\r\nContent-Type: message/cpim\r\n",
                     "To: <sip:bob@example.com>\r\n\r\nContent-Type: application/vnd.oma.push\r\n\r\n" WHOLE, "$")}},
     {"m1 complete 90/90: 1-90$; pass"},
     ""},
};

static char *no_icsis[] = {NULL};
static const struct om_options options = {.icsis = no_icsis, .verify = TRUE, .max_object = 1 << 20};

static void
test_flow(gconstpointer flow)
{
    flow_run(flow, &options);
}

/* The bytes themselves: the first ones stay. */
static void
test_bytes(void)
{
    struct flow_play play;
    struct om_slice bytes;

    flow_begin(&play, &options, 3);
    flow_event(&play, FLOW_AB, CHUNK("a002", "8-19/19", "3456789</ni>", "$"));
    flow_event(&play, FLOW_AB, CHUNK("a001", "1-9/19", "<ni>012XX", "+"));
    bytes = om_object_bytes(g_ptr_array_index(om_model_objects(play.model), 0));
    g_assert_true(om_slice_eq(bytes, OM_SLICE_LIT(WHOLE)));
    om_model_free(play.model);
}

static void
test_all_msrp(void)
{
    static const struct flow flow = {
        "chat, and the preference that makes it an object",
        {{FLOW_AB, SEND("a001", "Message-ID: m1\r\nContent-Type: text/plain\r\n", "Hi Bob", "$")},
         {FLOW_BA, ANSWER("a001", "415 What")}},
        {"m1 complete 6/6: 1-6$ 415@2; fail"},
        "MSRP-RESPONSE-ERROR@2",
    };
    struct om_options all = options;

    all.all_msrp = TRUE;
    flow_run(&flow, &all);
}

static void
test_max_object(void)
{
    static const struct flow flow = {
        "more bytes than are held",
        {{FLOW_AB, CHUNK("a001", "1-9/19", PART_1, "+")}, {FLOW_AB, CHUNK("a002", "10-19/19", PART_2, "$")}},
        {"m1 complete 19/19: 1-9+, 10-19$; pass"},
        "OBJ-TOO-LARGE@2",
    };
    struct om_options small = options;
    struct om_object *object;
    struct flow_play play;

    small.max_object = 18;
    flow_run(&flow, &small);
    /* Digests of bytes in order go on. */
    flow_begin(&play, &small, 5);
    flow_event(&play, FLOW_AB, CHUNK("a001", "1-*/19", WHOLE, "$"));
    object = g_ptr_array_index(om_model_objects(play.model), 0);
    om_object_assess(object);
    g_assert_cmpuint(object->digests->len, ==, 1);
    g_assert_null(om_object_export(object));
    om_model_free(play.model);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(flows); i++) {
        char *path = g_strdup_printf("/msrp_model/%s", flows[i].name);

        g_strdelimit(path + strlen("/msrp_model/"), "/", '|');
        g_test_add_data_func(path, &flows[i], test_flow);
        g_free(path);
    }
    g_test_add_func("/msrp_model/bytes", test_bytes);
    g_test_add_func("/msrp_model/all_msrp", test_all_msrp);
    g_test_add_func("/msrp_model/max_object", test_max_object);
    return g_test_run();
}
