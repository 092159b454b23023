/* test_msrp_relay.c
 * A message on the way over a relay (RFC 4976), both hops in the capture: what is told of which.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "support/flow.h"

#define RELAY "msrp://relay.example.com:2855/kjh6f3;tcp"

/* Paths of Alice's requests before and behind the relay, and of what comes back. */
#define TO_RELAY   "To-Path: " RELAY " " BOB "\r\nFrom-Path: " ALICE "\r\n"
#define FROM_RELAY "To-Path: " BOB "\r\nFrom-Path: " RELAY " " ALICE "\r\n"
#define RELAY_SAYS "To-Path: " ALICE "\r\nFrom-Path: " RELAY "\r\n"
#define BOB_SAYS   "To-Path: " RELAY "\r\nFrom-Path: " BOB "\r\n"

#define HOP(paths, tid, range, body, flag)                                                            \
    "MSRP " tid " SEND\r\n" paths "Message-ID: m1\r\nByte-Range: " range "\r\n" PUSH_TYPE "\r\n" body \
    "\r\n" END_LINE(tid, flag)
#define HOP_ANSWER(paths, tid, status) "MSRP " tid " " status "\r\n" paths END_LINE(tid, "$")

#define HOP_REPORT(paths, tid, status) \
    "MSRP " tid " REPORT\r\n" paths "Message-ID: m1\r\nByte-Range: 1-19/19\r\nStatus: " status "\r\n" END_LINE(tid, "$")

/* The relay's host, where it is Alice's side of a connection. */
#define BEHIND "192.0.2.7"

static const struct flow flows[] = {
    {"aborted by the sender: what the relay still has to pass on is no more of it",
     {{FLOW_AB, HOP(TO_RELAY, "a001", "1-*/19", PART_1, "+") HOP(TO_RELAY, "a002", "10-*/19", "56", "#")},
      {FLOW_CONNECT, BEHIND},
      {FLOW_AB, HOP(FROM_RELAY, "r001", "1-*/19", PART_1, "+")},
      {FLOW_AB, HOP(FROM_RELAY, "r002", "10-*/19", "56", "#")},
      {FLOW_AB, HOP(FROM_RELAY, "r003", "12-*/19", "789</ni>", "$")}},
     {"m1 complete 19/19: 1-9+, 10-11#, 12-19$; 2 hops; fail"},
     "MSRP-ABORTED@1 MSRP-ABORTED@3 MSRP-AFTER-ABORT@4"},
    {"stopped with 413 behind the relay: the sender does not know yet, and obeys when it does",
     {{FLOW_AB, HOP(FROM_RELAY, "r001", "1-*/19", "<ni>", "+")},
      {FLOW_BA, HOP_ANSWER(BOB_SAYS, "r001", "413 Stop")},
      {FLOW_CONNECT, "192.0.2.3"},
      {FLOW_AB, HOP(TO_RELAY, "a001", "1-*/19", PART_1, "+")},
      {FLOW_BA, HOP_ANSWER(RELAY_SAYS, "a001", "413 Stop")},
      {FLOW_AB, HOP(TO_RELAY, "a002", "10-*/19", "56", "#")}},
     {"m1 aborted 11/19: 1-4+ 413@2, 1-9+ 413@4, 10-11#; gaps 12-19; 2 hops; fail"},
     "MSRP-RESPONSE-ERROR@2 MSRP-RESPONSE-ERROR@4 MSRP-ABORTED@5"},
    {"a chunk that the relay does not pass on: the receiver has not got it",
     {{FLOW_AB, HOP(TO_RELAY, "a001", "1-9/19", PART_1, "+") HOP(TO_RELAY, "a002", "10-19/19", PART_2, "$")},
      {FLOW_CONNECT, BEHIND},
      {FLOW_AB, HOP(FROM_RELAY, "r002", "10-19/19", PART_2, "$")}},
     {"m1 complete 19/19: 1-9+, 10-19$; 2 hops; fail"},
     "MSRP-GAP@2"},
    {"the rest past the relay: what the relay did is not seen",
     {{FLOW_AB, HOP(TO_RELAY, "a001", "1-9/19", PART_1, "+")},
      {FLOW_CLOSE, ""},
      {FLOW_CONNECT, "192.0.2.1"},
      {FLOW_AB, HOP(TO_BOB, "a002", "10-19/19", PART_2, "$")}},
     {"m1 complete 19/19: 1-9+, 10-19$; 2 hops; unknown"},
     ""},
    {"the relay stops in the middle and hangs up",
     {{FLOW_AB, HOP(TO_RELAY, "a001", "1-19/19", WHOLE, "$")},
      {FLOW_CONNECT, BEHIND},
      {FLOW_AB, HOP(FROM_RELAY, "r001", "1-9/19", PART_1, "+")},
      {FLOW_CLOSE, ""}},
     {"m1 complete 19/19: 1-19$; 2 hops; fail"},
     "MSRP-UNFINISHED@2"},
    {"a relay that reports in its own name: it could not pass the message on",
     {{FLOW_AB, HOP(TO_RELAY, "a001", "1-19/19", WHOLE, "$")},
      {FLOW_BA, HOP_ANSWER(RELAY_SAYS, "a001", "200 OK")},
      {FLOW_BA, HOP_REPORT(RELAY_SAYS, "r001", "000 408 Timeout")},
      {FLOW_CLOSE, ""}},
     {"m1 complete 19/19: 1-19$ 200@2; fail"},
     "MSRP-REPORT-FAILED@3"},
    {"a relay that reports success in its own name: only the receiver may",
     {{FLOW_AB, HOP(TO_RELAY, "a001", "1-19/19", WHOLE, "$")}, {FLOW_BA, HOP_REPORT(RELAY_SAYS, "r001", "000 200 OK")}},
     {"m1 complete 19/19: 1-19$; reported@2; warn"},
     "MSRP-PATH@2 MSRP-REPORT-UNWANTED@2"},
    {"a stranger's REPORT with the same Message-ID",
     {{FLOW_AB, HOP(TO_RELAY, "a001", "1-19/19", WHOLE, "$")},
      {FLOW_BA, HOP_REPORT("To-Path: " ALICE "\r\nFrom-Path: msrp://relay.example.com:2855/other;tcp\r\n", "r001",
                           "000 408 Timeout")}},
     {"m1 complete 19/19: 1-19$; unknown"},
     ""},
    {"the capture ends before the relay has passed all on",
     {{FLOW_AB, HOP(TO_RELAY, "a001", "1-19/19", WHOLE, "$")},
      {FLOW_CONNECT, BEHIND},
      {FLOW_AB, HOP(FROM_RELAY, "r001", "1-9/19", PART_1, "+")}},
     {"m1 complete 19/19: 1-19$; 2 hops; unknown"},
     ""},
    {"behind the relay the capture lost what is missing there",
     {{FLOW_AB, HOP(TO_RELAY, "a001", "1-19/19", WHOLE, "$")},
      {FLOW_CONNECT, BEHIND},
      {FLOW_LOSE_AB, HOP(FROM_RELAY, "r001", "1-9/19", PART_1, "+")},
      {FLOW_AB, HOP(FROM_RELAY, "r002", "10-19/19", PART_2, "$")}},
     {"m1 complete 19/19: 1-19$; 2 hops; unknown"},
     ""},
    {"behind the relay the capture began later",
     {{FLOW_AB, HOP(TO_RELAY, "a001", "1-19/19", WHOLE, "$")},
      {FLOW_MIDST, BEHIND},
      {FLOW_AB, HOP(FROM_RELAY, "r002", "10-19/19", PART_2, "$")}},
     {"m1 complete 19/19: 1-19$; 2 hops; unknown"},
     ""},
    {"behind the relay the message is resumed from another host of it",
     {{FLOW_AB, HOP(TO_RELAY, "a001", "1-19/19", WHOLE, "$")},
      {FLOW_CONNECT, BEHIND},
      {FLOW_AB, HOP(FROM_RELAY, "r001", "1-9/19", PART_1, "+")},
      {FLOW_CLOSE, ""},
      {FLOW_CONNECT, "192.0.2.8"},
      {FLOW_AB, HOP(FROM_RELAY, "r002", "10-19/19", PART_2, "$")}},
     {"m1 complete 19/19: 1-19$; 3 hops; unknown"},
     ""},
};

static char *no_icsis[] = {NULL};
static const struct om_options options = {.icsis = no_icsis, .verify = TRUE, .max_object = 1 << 20};

static void
test_flow(gconstpointer flow)
{
    flow_run(flow, &options);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(flows); i++) {
        char *path = g_strdup_printf("/msrp_relay/%s", flows[i].name);

        g_strdelimit(path + strlen("/msrp_relay/"), "/", '|');
        g_test_add_data_func(path, &flows[i], test_flow);
        g_free(path);
    }
    return g_test_run();
}
