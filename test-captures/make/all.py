#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes every capture that is not recorded live, expected.json, and the table of README.md."""
import appendix_b
import expect
import hostile
import live_expected
import rules_msrp
import rules_msrp_peer
import rules_obj
import rules_sdp
import rules_sip

for module in (appendix_b, hostile, live_expected, rules_sip, rules_sdp, rules_msrp, rules_msrp_peer, rules_obj):
    module.make()
expect.write_all()
