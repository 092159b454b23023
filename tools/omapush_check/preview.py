# SPDX-License-Identifier: GPL-2.0-or-later
"""What an object holds, to be looked at in the page: text as text, a picture as data, never anything active."""

import base64
import re
from html import escape

from .visible import visible

# Larger objects are for the export. All together stay below what a page can hold.
MOST_BYTES = 64 * 1024
MOST_ALTOGETHER = 2 * 1024 * 1024
MOST_TEXT = 2000
MOST_HEX = 64
FILTER = f"omapush.object.end && omapush.body.content && omapush.object.size <= {MOST_BYTES}"
# By what they begin with, whatever their type is said to be. No SVG: it can be active.
PICTURES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF87a", "gif"), (b"GIF89a", "gif"))


def read(tshark, capture, wanted):
    """Object number to its content, of those in wanted that are small enough."""
    rows = tshark.fields(capture, ["-Y", FILTER], "omapush.object.id", "omapush.body.content", occurrence="a")[0]
    contents, room = {}, MOST_ALTOGETHER
    for row in rows:
        # A frame in which several objects end does not tell whose content is whose.
        if len(row) != 2 or not row[0].isdecimal() or int(row[0]) not in wanted:
            continue
        try:
            content = bytes.fromhex(row[1].replace(":", "").split(",")[-1])
        except ValueError:
            continue
        if content and len(content) <= min(room, MOST_BYTES):
            contents[int(row[0])] = content
            room -= len(content)
    return contents


def draw(content, name):
    """HTML that shows the content and runs none of it."""
    for begin, kind in PICTURES:
        if content.startswith(begin):
            data = base64.b64encode(content).decode("ascii")
            return f'<img src="data:image/{kind};base64,{data}" alt="{escape(visible(name))}, as it arrived">'
    text = _as_text(content)
    if text is not None:
        lines = "\n".join(visible(line) for line in text[:MOST_TEXT].splitlines())
        more = f"\n… {len(text) - MOST_TEXT} more characters" if len(text) > MOST_TEXT else ""
        return f"<pre>{escape(lines + more)}</pre>"
    shown = " ".join(f"{byte:02x}" for byte in content[:MOST_HEX])
    more = f" … {len(content) - MOST_HEX} more bytes" if len(content) > MOST_HEX else ""
    return f"<pre>{shown}{more}</pre>"


def _as_text(content):
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if re.search("[\x00-\x08\x0e-\x1f\x7f]", text) else text
