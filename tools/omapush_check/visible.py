# SPDX-License-Identifier: GPL-2.0-or-later
"""Text from the wire, made harmless for a terminal, a page and an XML file.

Names and header values come from the peer. Raw, they could move the cursor, turn the reading
direction, or break an XML parser.
"""

import unicodedata

# Controls, formats (bidirectional overrides), surrogates, private use, line and paragraph ends.
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def visible(text):
    """The text with each character that cannot be seen written as \\xNN or \\uNNNN."""
    if text is None:
        return ""
    text = str(text)
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible_char(char) for char in text)


def _visible_char(char):
    if unicodedata.category(char) not in HIDDEN:
        return char
    code = ord(char)
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def shorten(text, limit):
    """The visible text in at most limit characters, its middle left out."""
    text = visible(text)
    if len(text) <= limit:
        return text
    head = (limit - 1) // 2
    return text[:head] + "…" + text[len(text) - (limit - 1 - head):]
