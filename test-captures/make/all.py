#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes every capture that is not recorded live, expected.json, and the table of README.md."""
import appendix_b
import expect
import hostile
import live_expected

for module in (appendix_b, hostile, live_expected):
    module.make()
expect.write_all()
