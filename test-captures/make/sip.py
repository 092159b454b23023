# SPDX-License-Identifier: GPL-2.0-or-later
"""SIP messages as literal bytes, and the link (UDP or one TCP connection) that carries them."""
import re

from tcp import Connection

ICSI = '3gpp-service.ims.icsi.omapush'
ICSI_URN = f'urn:urn-7:{ICSI}'
ICSI_TAG = f'+g.3gpp.icsi-ref="urn%3Aurn-7%3A{ICSI}"'
INSTANCE = 'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6'


def app_tag(app):
    return f'+g.oma.pusheventapp="{app}"'


def message(start, headers, body=b''):
    """Start line, header lines (None is left out) and body, with the right Content-Length."""
    if isinstance(body, str):
        body = body.encode()
    lines = [start, *(h for h in headers if h is not None), f'Content-Length: {len(body)}']
    return '\r\n'.join(lines).encode() + b'\r\n\r\n' + body


def fix_length(data):
    """The message with its Content-Length made right again after an edit of the body."""
    head, blank, body = data.partition(b'\r\n\r\n')
    return re.sub(rb'(?im)^(Content-Length|l)\s*:\s*\d+', lambda m: m[1] + b': %d' % len(body), head) + blank + body


def header(data, name):
    """The first header of that name, without the name."""
    found = re.search(rb'(?im)^' + name.encode() + rb'\s*:\s*([^\r]*)', data)
    return found[1].decode() if found else None


def response(request, status, to_tag='r7x2', extra=(), body=b'', drop_via=0):
    """A response with the request's Via, From, To, Call-ID and CSeq (RFC 3261 section 8.2.6.2)."""
    head = request.partition(b'\r\n\r\n')[0].decode()
    lines = [line for line in head.split('\r\n') if line.lower().startswith('via:')][drop_via:]
    for name in ('Record-Route', 'From', 'To', 'Call-ID', 'CSeq'):
        value = header(request, name)
        if value is None:
            continue
        if name == 'To' and to_tag and ';tag=' not in value:
            value += f';tag={to_tag}'
        lines.append(f'{name}: {value}')
    return message(f'SIP/2.0 {status}', [*lines, *extra], body)


class Link:
    """SIP between two hosts: datagrams, or one TCP connection that the first sender opens."""

    def __init__(self, capture, a, b, transport='udp', aport=5060, bport=5060):
        self.capture, self.transport = capture, transport
        self.ports = {a: aport, b: bport}
        self.hosts = (a, b)
        self.connection = None

    def other(self, host):
        return self.hosts[1] if host is self.hosts[0] else self.hosts[0]

    def send(self, host, data, when, **how):
        to = self.other(host)
        if self.transport == 'udp':
            self.capture.udp(when, host, self.ports[host], to, self.ports[to], data)
            return
        if self.connection is None:
            self.connection = Connection(self.capture, host, self.ports[host], to, self.ports[to])
            self.connection.open(when - 0.01)
        self.connection.send(host, data, when, **how)

    def close(self, when):
        if self.connection:
            self.connection.close(self.hosts[0], when)
