# SPDX-License-Identifier: GPL-2.0-or-later
"""The captures of the bench, written fast: hundreds of thousands of frames in seconds.

Checksums are left 0: tshark does not look at them unless told to.
"""
import hashlib
import random
import socket
import struct

RECORD = struct.Struct('<IIII')
IP = struct.Struct('!BBHHHBBH4s4s')
TCP = struct.Struct('!HHIIBBHHH')
UDP = struct.Struct('!HHHH')
ETHERNET = b'\x02\0\0\0\0\x02\x02\0\0\0\0\x01\x08\0'
MSS = 1460
FIN, SYN, PSH, ACK = 1, 2, 8, 16
PUSH = 'application/vnd.oma.push'
PSA, PRA = '192.0.2.3', '192.0.2.4'


class Writer:
    """A pcap file. Every frame comes `step` microseconds after the one before."""

    def __init__(self, path, step=20):
        self.out = open(path, 'wb', buffering=1 << 20)
        self.out.write(struct.pack('<IHHiIII', 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
        self.micro, self.step, self.frames = 0, step, 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.out.close()

    def packet(self, src, dst, protocol, payload):
        size = len(payload) + 34
        seconds, micro = divmod(self.micro, 1000000)
        self.micro += self.step
        self.frames += 1
        self.out.write(RECORD.pack(1700000000 + seconds, micro, size, size) + ETHERNET +
                       IP.pack(0x45, 0, size - 14, 0, 0x4000, 64, protocol, 0, src, dst) + payload)

    def udp(self, src, sport, dst, dport, data):
        self.packet(src, dst, 17, UDP.pack(sport, dport, 8 + len(data), 0) + data)


def address(text):
    return socket.inet_aton(text)


class Connection:
    """One TCP connection. Direction 0 is from the client."""

    def __init__(self, writer, client, cport, server, sport):
        self.writer = writer
        self.ends = ((address(client), cport), (address(server), sport))
        self.seq = [1000, 5000]
        self.segment(0, SYN)
        self.segment(1, SYN | ACK)
        self.seq = [1001, 5001]
        self.segment(0, ACK)

    def segment(self, direction, flags, data=b''):
        (src, sport), (dst, dport) = self.ends[direction], self.ends[1 - direction]
        self.writer.packet(src, dst, 6, TCP.pack(
            sport, dport, self.seq[direction] & 0xFFFFFFFF, self.seq[1 - direction] & 0xFFFFFFFF if flags & ACK else 0,
            0x50, flags, 65535, 0, 0) + data)
        self.seq[direction] += len(data)

    def send(self, direction, data):
        """One write: segments of MSS bytes, the other side acknowledges every 16th."""
        for number, at in enumerate(range(0, len(data), MSS), 1):
            last = at + MSS >= len(data)
            self.segment(direction, ACK | (PSH if last else 0), data[at:at + MSS])
            if number % 16 == 0:
                self.segment(1 - direction, ACK)

    def close(self):
        self.segment(0, FIN | ACK)
        self.seq[0] += 1
        self.segment(1, FIN | ACK)
        self.seq[1] += 1
        self.segment(0, ACK)


# --- push ---

def push_object(size, seed=1):
    """Push message headers and random bytes."""
    head = (b'X-Wap-Application-Id: x-wap-application:mms.ua\r\nContent-Type: application/octet-stream\r\n'
            b'Content-Length: %010d\r\n\r\n')
    head %= size - len(head % 0)
    return head + random.Random(seed).randbytes(size - len(head))


def sha1(data):
    return hashlib.sha1(data).digest().hex(':').upper()


def sip(start, headers, body=''):
    return (start + '\r\n' + ''.join(line + '\r\n' for line in headers) +
            f'Content-Length: {len(body)}\r\n\r\n{body}').encode()


class Session:
    """A push session: the SIP dialog over UDP, and the paths of its MSRP connection."""

    TAGS = '+g.3gpp.icsi-ref="urn%3Aurn-7%3A3gpp-service.ims.icsi.omapush";+g.oma.pusheventapp="mms.ua"'

    def __init__(self, writer, data, number=1, pra=PRA):
        self.writer, self.data, self.number, self.pra = writer, data, number, pra
        self.to_path = f'msrp://{pra}:8888/r{number};tcp'
        self.from_path = f'msrp://{PSA}:7654/s{number};tcp'

    def head(self, start, cseq, tag, *more):
        return sip(start, [
            f'Via: SIP/2.0/UDP {PSA}:5060;branch=z9hG4bK{self.number}x{cseq.replace(" ", "")}', 'Max-Forwards: 70',
            f'From: <sip:psa@example.com>;tag=p{self.number}', f'To: <sip:user@example.com>{tag}',
            f'Call-ID: bench-{self.number}@{PSA}', f'CSeq: {cseq}', *more[:-1]], more[-1])

    def sdp(self, host, path, direction, setup):
        return (f'v=0\r\no=- 1 1 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\n'
                f'm=message {path.rsplit(":", 1)[1].split("/")[0]} TCP/MSRP *\r\na=path:{path}\r\na=setup:{setup}\r\n'
                f'a={direction}\r\na=accept-types:{PUSH}\r\na=file-transfer-id:t{self.number}\r\n'
                f'a=file-selector:name:"o{self.number}" type:{PUSH} size:{len(self.data)} hash:sha-1:{self.hash}\r\n')

    def begin(self):
        self.hash = sha1(self.data)
        psa, pra = address(PSA), address(self.pra)
        offer = self.sdp(PSA, self.from_path, 'sendonly', 'actpass')
        answer = self.sdp(self.pra, self.to_path, 'recvonly', 'passive')
        contact = f'Contact: <sip:psa@{PSA}>;{self.TAGS}'
        self.writer.udp(psa, 5060, pra, 5060, self.head(
            'INVITE sip:user@example.com SIP/2.0', '1 INVITE', '', contact, f'Accept-Contact: *;{self.TAGS}',
            'Content-Type: application/sdp', offer))
        self.writer.udp(pra, 5060, psa, 5060, self.head(
            'SIP/2.0 200 OK', '1 INVITE', ';tag=u', f'Contact: <sip:user@{self.pra}>;{self.TAGS}',
            'Content-Type: application/sdp', answer))
        self.writer.udp(psa, 5060, pra, 5060, self.head('ACK sip:user@example.com SIP/2.0', '1 ACK', ';tag=u', ''))
        return Connection(self.writer, PSA, 20000 + self.number % 40000, self.pra, 8888)

    def chunk(self, tid, start, piece, flag, end=None):
        end = end or start + len(piece) - 1
        return (f'MSRP {tid} SEND\r\nTo-Path: {self.to_path}\r\nFrom-Path: {self.from_path}\r\n'
                f'Message-ID: m{self.number}\r\nByte-Range: {start}-{end}/{len(self.data)}\r\nSuccess-Report: yes\r\n'
                f'Content-Type: {PUSH}\r\n\r\n').encode() + piece + f'\r\n-------{tid}{flag}\r\n'.encode()

    def back(self, tid, what, more=''):
        return (f'MSRP {tid} {what}\r\nTo-Path: {self.from_path}\r\nFrom-Path: {self.to_path}\r\n{more}'
                f'-------{tid}$\r\n').encode()

    def transfer(self, connection, chunk, end=None):
        for start in range(0, len(self.data), chunk):
            piece = self.data[start:start + chunk]
            tid = f't{self.number}c{start // chunk}'
            connection.send(0, self.chunk(tid, start + 1, piece, '$' if start + chunk >= len(self.data) else '+', end))
            connection.send(1, self.back(tid, '200 OK'))
        connection.send(1, self.back(f'r{self.number}rep', 'REPORT', (
            f'Message-ID: m{self.number}\r\nByte-Range: 1-{len(self.data)}/{len(self.data)}\r\n'
            'Status: 000 200 OK\r\n')))

    def end(self, connection):
        psa, pra = address(PSA), address(self.pra)
        connection.close()
        self.writer.udp(psa, 5060, pra, 5060, self.head('BYE sip:user@example.com SIP/2.0', '2 BYE', ';tag=u', ''))
        self.writer.udp(pra, 5060, psa, 5060, self.head('SIP/2.0 200 OK', '2 BYE', ';tag=u', ''))


def transfer(path, data, chunk=2048, end=None):
    """One session with one object; end='*': the range-end of its SENDs."""
    with Writer(path) as writer:
        session = Session(writer, data)
        connection = session.begin()
        session.transfer(connection, chunk, end)
        session.end(connection)


def sessions(path, count):
    """So many sessions, each with an object of 3 chunks over a connection of its own."""
    data = push_object(1500)
    with Writer(path) as writer:
        for number in range(1, count + 1):
            session = Session(writer, data, number, f'10.{number >> 16}.{number >> 8 & 255}.{number & 255}')
            connection = session.begin()
            session.transfer(connection, 600)
            session.end(connection)


def messages(path, count):
    """So many pushes by MESSAGE, each with its 200."""
    body = push_object(400).decode('latin-1')
    psa, pra = address(PSA), address(PRA)
    with Writer(path) as writer:
        for number in range(1, count + 1):
            session = Session(writer, b'', number)
            start = 'MESSAGE sip:user@example.com SIP/2.0'
            more = (f'Accept-Contact: *;{session.TAGS}', 'P-Asserted-Service: urn:urn-7:3gpp-service.ims.icsi.omapush',
                    f'Content-Type: {PUSH}')
            head = session.head(start, '1 MESSAGE', '', *more, '')
            head = head.replace(b'Content-Length: 0\r\n\r\n', b'Content-Length: %d\r\n\r\n' % len(body))
            writer.udp(psa, 5060, pra, 5060, head + body.encode('latin-1'))
            writer.udp(pra, 5060, psa, 5060, session.head('SIP/2.0 200 OK', '1 MESSAGE', ';tag=u', ''))


# --- without push ---

def http_object(path, data):
    """The object in one HTTP response."""
    with Writer(path) as writer:
        connection = Connection(writer, PRA, 40000, PSA, 80)
        connection.send(0, f'GET /object HTTP/1.1\r\nHost: {PSA}\r\n\r\n'.encode())
        connection.send(1, f'HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n'
                           f'Content-Length: {len(data)}\r\n\r\n'.encode() + data)
        connection.close()


AUDIO = ('v=0\r\no=- 1 1 IN IP4 {0}\r\ns=-\r\nc=IN IP4 {0}\r\nt=0 0\r\nm=audio {1} RTP/AVP 0\r\n'
         'a=rtpmap:0 PCMU/8000\r\n')


def call(writer, number, packets):
    caller, callee, port = address(PSA), address(PRA), 10000 + number * 2 % 50000

    def say(src, dst, start, cseq, tag, body=''):
        writer.udp(src, 5060, dst, 5060, sip(start, [
            f'Via: SIP/2.0/UDP {PSA}:5060;branch=z9hG4bKc{number}{cseq.replace(" ", "")}', 'Max-Forwards: 70',
            f'From: <sip:a@example.com>;tag=a{number}', f'To: <sip:b@example.com>{tag}',
            f'Call-ID: call-{number}@{PSA}', f'CSeq: {cseq}', f'Contact: <sip:x@{PSA}>',
            *(['Content-Type: application/sdp'] if body else [])], body))

    say(caller, callee, 'INVITE sip:b@example.com SIP/2.0', '1 INVITE', '', AUDIO.format(PSA, port))
    say(callee, caller, 'SIP/2.0 180 Ringing', '1 INVITE', ';tag=b')
    say(callee, caller, 'SIP/2.0 200 OK', '1 INVITE', ';tag=b', AUDIO.format(PRA, port))
    say(caller, callee, 'ACK sip:b@example.com SIP/2.0', '1 ACK', ';tag=b')
    sound = bytes(range(160))
    for n in range(packets):
        writer.udp(caller, port, callee, port, struct.pack('!BBHII', 0x80, 0, n, 160 * n, number) + sound)
        writer.udp(callee, port, caller, port, struct.pack('!BBHII', 0x80, 0, n, 160 * n, ~number & 0xFFFFFFFF) + sound)
    say(caller, callee, 'BYE sip:b@example.com SIP/2.0', '2 BYE', ';tag=b')
    say(callee, caller, 'SIP/2.0 200 OK', '2 BYE', ';tag=b')


def lookup(writer, number):
    client, server = address(PSA), address('192.0.2.53')
    question = b'\x04h%03d\x07example\x03com\0\0\x01\0\x01' % (number % 1000)
    writer.udp(client, 30000 + number % 20000, server, 53, struct.pack('!6H', number & 0xFFFF, 0x100, 1, 0, 0, 0) + question)
    writer.udp(server, 53, client, 30000 + number % 20000, struct.pack('!6H', number & 0xFFFF, 0x8180, 1, 1, 0, 0) +
               question + b'\xc0\x0c\0\x01\0\x01\0\0\0\x3c\0\x04\xc0\0\x02\x09')


def page(writer, number, kind, body):
    connection = Connection(writer, PSA, 20000 + number % 40000, f'198.51.{number >> 8 & 255}.{number & 255}', 80)
    connection.send(0, b'GET /p HTTP/1.1\r\nHost: example.com\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n')
    head = f'HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n'
    connection.send(1, head.encode() + body)
    connection.close()


def calls(path, frames):
    """Calls whose sound goes elsewhere: every frame is SIP, and nothing to us."""
    with Writer(path) as writer:
        number = 0
        while writer.frames < frames:
            number += 1
            call(writer, number, 0)


def without_push(path, frames):
    """Audio calls with RTP (three fifths), HTTP (a fifth), DNS (a fifth)."""
    text = b'<html><body>' + b'<p>A line of text, as long as lines of web pages commonly are.</p>\n' * 200 + b'</body></html>'
    picture = random.Random(2).randbytes(len(text))
    with Writer(path) as writer:
        number = 0
        while writer.frames < frames:
            number += 1
            call(writer, number, 300)
            for n in range(4):
                page(writer, 8 * number + 2 * n, 'text/html', text)
                page(writer, 8 * number + 2 * n + 1, 'image/x-any', picture)
            for n in range(100):
                lookup(writer, 100 * number + n)
