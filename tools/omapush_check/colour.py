# SPDX-License-Identifier: GPL-2.0-or-later
"""Colour for a terminal: of the words that say how it went, never of what a peer wrote."""

import os
import re

GREEN, YELLOW, RED, GREY = "32", "33", "31", "90"
COLOURS = {"PASS": GREEN, "FAIL": RED, "CANNOT TELL": GREY, "CANNOT CHECK": RED, "fail": RED, "error": RED,
           "warn": YELLOW, "unknown": GREY, "note": GREY, "pass": GREEN}
BEGINS = re.compile(r"^( *)(PASS|FAIL|CANNOT TELL|CANNOT CHECK|fail|error|warn|unknown|note)\b(?=:| )")
ENDS = re.compile(r"(?<=  )(pass|warn|fail|unknown)$")


def wanted(stream):
    """On a terminal that has colours, unless https://no-color.org says no."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def line(text):
    """A line of the report, its first or last word in the colour of what it says."""
    text = BEGINS.sub(lambda match: match[1] + _painted(match[2]), text)
    return ENDS.sub(lambda match: _painted(match[1]), text)


def _painted(word):
    return f"\x1b[{COLOURS[word]}m{word}\x1b[0m"
