#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes every capture that is not recorded live, expected.json, the table of README.md, and the scenes with theirs."""
import appendix_b
import cases
import expect
import hostile
import live_expected
import rules_msrp
import rules_msrp_peer
import rules_obj
import rules_more
import rules_sdp
import rules_sip
import scenes_all
import variety_chunks
import variety_message
import variety_msrp
import variety_register
import variety_relay
import variety_session
import variety_stacks
import variety_tcp

MODULES = (appendix_b, hostile, live_expected, rules_sip, rules_sdp, rules_msrp, rules_msrp_peer, rules_obj, rules_more,
           variety_chunks, variety_tcp, variety_relay, variety_stacks, variety_register, variety_message,
           variety_session, variety_msrp, cases)
for module in MODULES:
    module.make()
expect.write_all()
scenes_all.write()
