# SPDX-License-Identifier: GPL-2.0-or-later
"""The messages of Appendix B, read from the text of the document as printed.

The document sets nearly every line as a paragraph, so one blank line between two lines is layout. A doubled
blank line inside SDP is a blank line of the message; among SIP headers it is layout too, for it would end the
message there. The blank lines that the protocols ask for (after SIP headers, before an MSRP body) are put in.
"""
import pathlib
import re

SEED = pathlib.Path(__file__).resolve().parent.parent / 'seed' / 'oma-sip-push-appendix-b.txt'
START = re.compile(r'^(REGISTER|MESSAGE|INVITE|ACK|BYE) sips?:|^SIP/2\.0 \d|^MSRP \w+ (SEND|REPORT|\d{3})')
# Where the document goes on with prose: the next numbered step, a caption, a heading.
PROSE = re.compile(r'^(\d+\. |Upon receipt|SIP (MESSAGE|INVITE|ACK|BYE|200 OK) as |MSRP (SEND|200 OK|REPORT) as |'
                   r'NOTE:|B\.\d |End of Change|This flow)')


def blocks():
    """Each message's lines, blank lines kept."""
    out, block = [], None
    for line in SEED.read_text(encoding='utf-8').split('\n'):
        if START.match(line):
            block = [line]
            out.append(block)
        elif PROSE.match(line):
            block = None
        elif block is not None:
            block.append(line)
    return out


def sip_message(lines):
    """(header lines, body lines) without the layout."""
    end = next(i for i, line in enumerate(lines) if line.startswith('Content-Length'))
    headers = [line for line in lines[:end + 1] if line]
    body, blanks = [], 0
    for line in lines[end + 1:]:
        if not line:
            blanks += 1
            continue
        if body and blanks >= 2:
            body.append('')
        body.append(line)
        blanks = 0
    return headers, body


def encode(message, content):
    """The bytes of one message. content: the bytes for `(Push content…)`, `(first chunk …)`, `(last chunk …)`."""
    if message[0].startswith('MSRP'):
        out = b''
        for line in (line for line in message if line):
            if line.startswith('('):
                out += b'\r\n' + content[line.split()[0].strip('(')] + b'\r\n'
            else:
                out += line.encode() + b'\r\n'
        return out
    headers, body = sip_message(message)
    out = '\r\n'.join(headers).encode() + b'\r\n\r\n'
    if body and body[0].startswith('(Push'):
        return out + content['Push']
    return out + ''.join(line + '\r\n' for line in body).encode()


def messages(content):
    """The 23 messages of B.1, B.2 and B.3 in the document's order."""
    out = [encode(block, content) for block in blocks()]
    assert len(out) == 23, len(out)
    return out
