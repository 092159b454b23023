# SPDX-License-Identifier: GPL-2.0-or-later
"""What the README shows as output is what comes out."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHOWN = re.compile(r"<!-- printed by: ./analyse (\S+) -->\n```\n(.*?)```", re.S)


def test_output(check, tshark, monkeypatch):
    monkeypatch.chdir(ROOT)
    blocks = SHOWN.findall((ROOT / "README.md").read_text())
    assert blocks
    for capture, block in blocks:
        printed = check(capture, tshark=tshark.path).out.splitlines()
        missing = [line for line in block.splitlines() if line not in printed and line != "..."]
        assert missing == []
