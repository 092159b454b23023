# SPDX-License-Identifier: GPL-2.0-or-later
"""SIP over UDP and MSRP over TCP on real sockets, as much of both as a delivery needs, for deliver.py and receive.py."""
import re
import socket
import time

import plan     # first: it makes the modules of make/ known  # noqa: F401
import msrp
import sip

T1, T2, TIMER_B = 0.5, 4.0, 32.0        # RFC 3261 section 17.1.1.1
MOST = 1 << 20                          # bytes of an MSRP message that has no end-line


class NoAnswer(Exception):
    """The other end did not do what it has to, within its time."""


def status_of(response):
    return int(response.split(b' ', 2)[1])


def body_of(message):
    return message.partition(b'\r\n\r\n')[2].decode('utf-8', 'replace')


class SipEnd:
    """One UDP socket for SIP to one other end."""

    def __init__(self, local, remote):
        self.socket = socket.socket(socket.AF_INET6 if ':' in remote[0] else socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(local)
        self.socket.connect(remote)
        self.address = self.socket.getsockname()

    def ask(self, request):
        """Sends a request until something answers; the final answer."""
        call_id, cseq = sip.header(request, 'Call-ID'), sip.header(request, 'CSeq')
        invite = request.startswith(b'INVITE ')
        start, wait, provisional = time.monotonic(), T1, False
        again = start
        while time.monotonic() - start < TIMER_B:
            if time.monotonic() >= again and not (invite and provisional):
                self.socket.send(request)
                again = time.monotonic() + wait
                wait = wait * 2 if invite else min(wait * 2, T2)
            self.socket.settimeout(max(0.05, min(again - time.monotonic(), T1)))
            try:
                data = self.socket.recv(65535)
            except (TimeoutError, ConnectionRefusedError):
                continue
            if data.startswith(b'SIP/2.0 ') and (sip.header(data, 'Call-ID'), sip.header(data, 'CSeq')) == (call_id, cseq):
                if status_of(data) >= 200:
                    return data
                provisional = True
        raise NoAnswer(f'no final answer to {cseq} in {TIMER_B:.0f} s')

    def tell(self, request):
        """Sends what has no answer (ACK)."""
        self.socket.send(request)

    def close(self):
        self.socket.close()


class MsrpEnd:
    """One TCP connection, cut into messages by their own end-lines (RFC 4975 section 7.1)."""

    def __init__(self, connection):
        self.connection = connection
        self.held = b''

    def send(self, data):
        self.connection.sendall(data)

    def receive(self, seconds):
        """(transaction id, method or status, message); None when the other end has closed."""
        until = time.monotonic() + seconds
        while True:
            start = re.match(rb'MSRP (\S+) ([^\r]*)\r\n', self.held)
            end = start and re.search(rb'-------' + re.escape(start[1]) + rb'[$+#]\r\n', self.held)
            if end:
                message, self.held = self.held[:end.end()], self.held[end.end():]
                return start[1].decode(), start[2].decode('utf-8', 'replace'), message
            if len(self.held) > MOST:
                raise NoAnswer('an MSRP message without an end')
            self.connection.settimeout(max(0.01, until - time.monotonic()))
            try:
                more = self.connection.recv(65536)
            except TimeoutError:
                raise NoAnswer(f'no MSRP message in {seconds:.0f} s') from None
            except ConnectionError:
                return None
            if not more:
                return None
            self.held += more

    def close(self):
        self.connection.close()


def answer_to(message, here, there, status='200 OK'):
    """The response to a request, to where it came from."""
    return msrp.response(message[0], there, here, status)


def first(pattern, text, what):
    found = re.search(pattern, text, re.M)
    if not found:
        raise NoAnswer(f'no {what} in the answer')
    return found
