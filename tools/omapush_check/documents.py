# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports that were made elsewhere: what --json or --jsonl printed, or tshark itself."""

import json
import os
import sys

from .tshark import REPORT_VERSION, CannotRun, Reading


def read(path):
    """(capture, Reading, texts of demands that were not met) for each report in a file; "-" is standard input."""
    try:
        if path == "-":
            text = sys.stdin.read()
        else:
            with open(path, encoding="utf-8", errors="replace") as file:
                text = file.read()
    except OSError as error:
        raise CannotRun(f"{path}: {error.strerror}") from None
    found = [_entry(path, value) for value in _values(path, text)]
    if not found:
        raise CannotRun(f"{path}: there is no report in it")
    return found


def is_report(path):
    """Does a file hold reports? What begins as JSON does is no capture, but may be something else."""
    if not os.path.isfile(path):
        return False
    try:
        with open(path, "rb") as file:
            if file.read(64).lstrip()[:1] not in (b"{", b"["):
                return False
        return bool(read(path))
    except (OSError, CannotRun):
        return False


def _values(path, text):
    """One value, a list of them, or one a line."""
    try:
        value = json.loads(text, strict=False)
        return value if isinstance(value, list) else [value]
    except ValueError:
        pass
    try:
        return [json.loads(line, strict=False) for line in text.splitlines() if line.strip()]
    except ValueError:
        raise CannotRun(f"{path}: not what --json or --jsonl prints") from None


def _entry(path, value):
    if not isinstance(value, dict) or not ("omapush" in value or "document" in value):
        raise CannotRun(f"{path}: not what --json or --jsonl prints")
    if "omapush" in value:
        value = {"capture": path, "document": value}
    document, capture = value["document"], str(value.get("capture") or path)
    if document is None:
        return capture, Reading(trouble=str(value.get("trouble") or "it could not be read where it is")), []
    if not isinstance(document, dict) or document.get("omapush") != REPORT_VERSION:
        return capture, Reading(trouble="the plugin's report has a version that is not known here"), []
    unmet = [str(text) for text in value.get("unmet") or []]
    raw = json.dumps(document).encode()
    return capture, Reading(document, raw, value.get("trouble")), unmet
