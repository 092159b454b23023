# SPDX-License-Identifier: GPL-2.0-or-later
"""What a page says beside the results: which capture it was, what to paste into Wireshark, where a rule stands."""

import hashlib
import os
import re
import time
from html import escape

from .visible import visible

RFC = "https://www.rfc-editor.org/rfc/rfc"
# A display filter is asked to name this many frames at most: beyond that the rule tells them.
MOST_FRAMES = 20


def of_capture(check):
    """(name, value) of the capture: when it was recorded, how much it is, its hash, and who read it."""
    document = check.document or {}
    capture = document.get("capture") or {}
    found = []
    first, last = capture.get("first_time"), capture.get("last_time")
    if first is not None:
        length = f", {last - first:.1f} s long" if last is not None and last >= first else ""
        found.append(("Recorded", f"{moment(first)}{length}"))
    if capture.get("frames") is not None:
        cut = f", {capture['cut_frames']} of them cut short" if capture.get("cut_frames") else ""
        found.append(("Frames", f"{capture['frames']}{cut}"))
    digest = sha256(check.capture)
    if digest:
        found.append(("SHA-256", digest))
    if document.get("plugin"):
        found.append(("Read by", f"omapush {document['plugin']} in Wireshark {document.get('wireshark')}"))
    return found


def moment(seconds):
    """A time of the capture as a date in UTC; of one beyond the calendar the seconds."""
    try:
        return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(seconds))
    except (OverflowError, ValueError, OSError):
        return f"{seconds} s"


def sha256(path):
    """The hash of a file, to tell later that it is the same; None where it cannot be read."""
    if not os.path.isfile(path):
        return None
    digest = hashlib.sha256()
    try:
        with open(path, "rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                digest.update(block)
    except OSError:
        return None
    return digest.hexdigest()


def filter_of_findings(findings):
    """A display filter that shows the frames of some findings."""
    frames = sorted({frame for finding in findings
                     for frame in finding.get("frames") or [finding.get("frame")] if frame is not None})
    if len(frames) == 1:
        return f"frame.number == {frames[0]}"
    if frames and len(frames) <= MOST_FRAMES:
        return f"frame.number in {{{', '.join(map(str, frames))}}}"
    rule = findings[0].get("rule") or ""
    return f'omapush.finding.rule == "{rule}"' if re.fullmatch(r"[A-Z0-9-]+", rule) else ""


def to_paste(display_filter):
    """A filter as what can be selected with one click and copied."""
    return f'<code class="paste">{escape(visible(display_filter))}</code>' if display_filter else ""


def section(text):
    """Where a rule stands, each RFC section with the way there; other documents as they are."""
    parts = []
    for document in re.split(r"(?<=;) ?", text or ""):
        match = re.match(r"RFC (\d+)\b(.*)$", document, re.S)
        parts.append(_rfc(match[1], match[2]) if match else escape(visible(document)))
    return " ".join(parts)


def _rfc(number, rest):
    def link(match):
        return f'<a href="{RFC}{number}#section-{match[1]}">§{match[1]}</a>'
    sections = re.sub(r"§(\d+(?:\.\d+)*)", link, escape(visible(rest)))
    return f'<a href="{RFC}{number}">RFC {number}</a>{sections}'
