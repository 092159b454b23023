#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""make_captures.py DIR: captures in which there is neither push nor MSRP.

With the plugin they must look exactly as they do without it (tests/integration/test_golden.py). Much in them
comes near to what the plugin reads: SIP in all shapes, SDP, multipart and CPIM bodies, media types of pushes
over HTTP, lines that begin with "MSRP".
"""
import json
import pathlib
import random
import struct
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'test-captures' / 'make'))

from pcaplib import START, UDP, Capture, Host, checksum, ip_packets, with_checksum  # noqa: E402
from sip import Link, message, response  # noqa: E402
from tcp import ACK, PSH, Connection  # noqa: E402

ALICE, BOB, PROXY = '192.0.2.10', '192.0.2.20', '192.0.2.1'
AUDIO = ('v=0\r\no=- 1 1 IN IP4 {0}\r\ns=-\r\nc=IN IP4 {0}\r\nt=0 0\r\n'
         'm=audio {1} RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n'
         'a=fmtp:101 0-15\r\na=sendrecv\r\n')


def request(method, number, *, call='c1', cseq=None, extra=(), body=b'', transport='UDP', to_tag=False):
    return message(f'{method} sip:bob@example.com SIP/2.0', [
        f'Via: SIP/2.0/{transport} {ALICE}:5060;branch=z9hG4bK{call}{method}{number}', 'Max-Forwards: 70',
        f'From: "Alice" <sip:alice@example.com>;tag=a{call}',
        'To: <sip:bob@example.com>' + (';tag=r7x2' if to_tag else ''),
        f'Call-ID: {call}@{ALICE}', f'CSeq: {cseq or number} {method}', *extra], body)


def audio_call(capture):
    alice, bob = Host(ALICE), Host(BOB)
    link = Link(capture, alice, bob)
    contact = '<sip:{}@{}>;+g.3gpp.icsi-ref="urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel"'
    invite = request('INVITE', 1, extra=[
        f'Contact: {contact.format("alice", ALICE)}', 'P-Preferred-Service: urn:urn-7:3gpp-service.ims.icsi.mmtel',
        'Accept-Contact: *;+g.3gpp.icsi-ref="urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel"',
        'Content-Type: application/sdp'], body=AUDIO.format(ALICE, 20000))
    link.send(alice, invite, 0)
    link.send(bob, response(invite, '100 Trying', to_tag=None), 0.01)
    link.send(bob, response(invite, '180 Ringing'), 0.1)
    link.send(bob, response(invite, '200 OK', extra=[f'Contact: {contact.format("bob", BOB)}',
                                                     'Content-Type: application/sdp'],
                            body=AUDIO.format(BOB, 30000)), 1)
    link.send(alice, request('ACK', 2, cseq=1, to_tag=True), 1.01)
    for n in range(25):
        for src, sport, dst, dport, ssrc in ((alice, 20000, bob, 30000, 1), (bob, 30000, alice, 20000, 2)):
            rtp = struct.pack('!BBHII', 0x80, 0, 100 + n, 160 * n, ssrc) + bytes((n * i) & 0xFF for i in range(160))
            capture.udp(1.1 + n * 0.02, src, sport, dst, dport, rtp)
    capture.udp(1.7, alice, 20001, bob, 30001, struct.pack('!BBHIIIIII', 0x80, 200, 6, 1, 1, 2, 3, 4, 5))
    bye = request('BYE', 3, cseq=2, to_tag=True)
    link.send(alice, bye, 2)
    link.send(bob, response(bye, '200 OK'), 2.01)


def register(capture):
    alice, proxy = Host(ALICE), Host(PROXY)
    link = Link(capture, alice, proxy)
    contact = f'm: <sip:alice@{ALICE}>;+sip.instance="<urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6>";expires=600'
    first = request('REGISTER', 1, extra=[contact])
    link.send(alice, first, 0)
    link.send(proxy, response(first, '401 Unauthorized', extra=[
        'WWW-Authenticate: Digest realm="example.com", nonce="84a4cc6f", algorithm=MD5, qop="auth"']), 0.01)
    again = request('REGISTER', 2, extra=[
        contact, 'Authorization: Digest username="alice", realm="example.com", nonce="84a4cc6f",\r\n'
        '  uri="sip:example.com", response="7587245234b3434cc3412213e5f113a5"'])
    link.send(alice, again, 0.02)
    link.send(proxy, response(again, '200 OK', extra=[contact]), 0.03)
    star = request('REGISTER', 3, extra=['Contact: *', 'Expires: 0'])
    link.send(alice, star, 5)
    link.send(proxy, response(star, '200 OK'), 5.01)


def texts(capture):
    """MESSAGEs that are no push: plain, CPIM, multipart, the media type of an SI without any push mark."""
    alice, bob = Host(ALICE), Host(BOB)
    link = Link(capture, alice, bob)
    cpim = 'From: <im:alice@example.com>\r\nTo: <im:bob@example.com>\r\n\r\nContent-Type: text/plain\r\n\r\nHi Bob'
    mixed = ('--b\r\nContent-Type: text/plain\r\n\r\nOne\r\n--b\r\nContent-Type: application/xml\r\n\r\n'
             '<?xml version="1.0"?><a/>\r\n--b--\r\n')
    bodies = [('text/plain', 'Hi Bob'), ('message/cpim', cpim), ('multipart/mixed;boundary=b', mixed),
              ('application/im-iscomposing+xml', '<isComposing><state>active</state></isComposing>'),
              ('text/plain', 'Caf\u00e9 \u201cquoted\u201d')]
    for n, (kind, body) in enumerate(bodies):
        data = request('MESSAGE', n + 1, call=f'm{n}', extra=[f'c: {kind}'], body=body)
        link.send(alice, data, n)
        link.send(bob, response(data, '200 OK'), n + 0.1)


def http(capture):
    client, server = Host(ALICE), Host(BOB)
    connection = Connection(capture, client, 50000, server, 80).open(0)
    form = ('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data;'
            ' name="f"; filename="f.json"\r\nContent-Type: application/json\r\n\r\n{"b":[1,2]}\r\n--x--\r\n').encode()
    text = json.dumps({'name': 'x' * 3000, 'list': list(range(200))}).encode()
    si = b'<?xml version="1.0"?><si><indication href="http://example.com/">Mail</indication></si>'
    sl = b'\x02\x06\x6a\x00\x85\x09\x03example.com/\x00\x01'
    exchanges = [
        (b'GET /a HTTP/1.1\r\nHost: example.com\r\n\r\n', b'application/json', text),
        (b'POST /b HTTP/1.1\r\nHost: example.com\r\nContent-Type: multipart/form-data; boundary=x\r\n'
         b'Content-Length: %d\r\n\r\n' % len(form) + form, b'text/html', b'<html><body>ok</body></html>'),
        (b'GET /si HTTP/1.1\r\nHost: example.com\r\n\r\n', b'text/vnd.wap.si', si),
        (b'GET /slc HTTP/1.1\r\nHost: example.com\r\n\r\n', b'application/vnd.wap.slc', sl)]
    for n, (ask, kind, body) in enumerate(exchanges):
        connection.send(client, ask, n + 0.1)
        connection.send(server, b'HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n' %
                        (kind, len(body)) + body, n + 0.2)
    connection.close(client, 9)


def dns(capture):
    client, server = Host(ALICE), Host(PROXY)
    name = b'\x04_sip\x04_udp\x07example\x03com\x00'
    question = name + struct.pack('!HH', 33, 1)
    answer = b'\xc0\x0c' + struct.pack('!HHIH', 33, 1, 60, 19) + struct.pack('!HHH', 1, 2, 5060) + b'\x03sip\xc0\x16' + b'\0' * 7
    for n in range(3):
        capture.udp(n, client, 40000 + n, server, 53, struct.pack('!6H', n, 0x0100, 1, 0, 0, 0) + question)
        capture.udp(n + 0.1, server, 53, client, 40000 + n, struct.pack('!6H', n, 0x8180, 1, 1, 0, 0) + question + answer)


def tls(capture):
    client, server = Host(ALICE), Host(BOB)
    connection = Connection(capture, client, 50001, server, 5061).open(0)
    name = b'sip.example.com'
    sni = struct.pack('!HBH', len(name) + 3, 0, len(name)) + name
    extensions = struct.pack('!HH', 0, len(sni)) + sni + struct.pack('!HHH', 43, 3, 0x0203) + b'\x04'
    hello = (b'\x03\x03' + bytes(range(32)) + b'\x00' + struct.pack('!HHH', 4, 0x1301, 0xC02F) + b'\x01\x00' +
             struct.pack('!H', len(extensions)) + extensions)
    record = b'\x16\x03\x01' + struct.pack('!H', len(hello) + 4) + b'\x01' + struct.pack('!I', len(hello))[1:] + hello
    connection.send(client, record, 0.1)
    connection.send(server, b'\x15\x03\x03\x00\x02\x02\x28', 0.2)
    for n in range(5):
        connection.send(client, b'\x17\x03\x03' + struct.pack('!H', 300) + random.Random(n).randbytes(300), 0.3 + n)
    connection.close(client, 9)


def icmp(capture):
    """Port unreachable, quoting a SIP request, whole and cut."""
    alice, bob = Host(ALICE), Host(BOB)
    data = request('OPTIONS', 1, extra=['Accept: application/sdp'])
    segment = with_checksum(alice, bob, UDP, struct.pack('!HHHH', 5060, 5060, 8 + len(data), 0) + data, 6)
    capture.udp(0, alice, 5060, bob, 5060, data)
    for n, length in enumerate((2000, 28, 150)):
        quoted = ip_packets(alice, bob, UDP, segment)[0][:length]
        error = b'\x03\x03\0\0\0\0\0\0' + quoted
        capture.ip(0.1 + n, bob, alice, 1, error[:2] + struct.pack('!H', checksum(error)) + error[4:])


def fragments(capture):
    """A MESSAGE in IP fragments; another of which the last fragment is missing."""
    alice, bob = Host(ALICE), Host(BOB)
    data = request('MESSAGE', 1, call='f1', extra=['Content-Type: text/plain'], body='long ' * 900)
    capture.udp(0, alice, 5060, bob, 5060, data)
    capture.udp(0.1, bob, 5060, alice, 5060, response(data, '413 Request Entity Too Large'))
    capture.udp(1, alice, 5060, bob, 5060, data.replace(b'f1', b'f2'))
    capture.frames.pop()


def sip_tcp(capture):
    """SIP over TCP: cut anywhere, several in a segment, one lost, one retransmitted, keep-alives."""
    alice, bob = Host(ALICE), Host(BOB)
    connection = Connection(capture, alice, 40000, bob, 5060).open(0)
    options = [request('OPTIONS', n, call=f't{n}', transport='TCP', extra=['Accept: application/sdp'])
               for n in range(1, 7)]
    invite = request('INVITE', 9, call='t9', transport='TCP', extra=['Content-Type: application/sdp'],
                     body=AUDIO.format(ALICE, 20002))
    connection.send(alice, options[0], 0.1, cuts=[1, 20, 200])
    connection.send(alice, b'\r\n\r\n', 0.2)
    connection.send(bob, b'\r\n', 0.21)
    connection.send(alice, b''.join(options[1:4]), 0.3)
    connection.send(bob, b''.join(response(ask, '200 OK') for ask in options[:4]), 0.4, cuts=[100, 555])
    connection.send(alice, options[4], 0.5, cuts=[100, 200], lose=[1])
    connection.send(alice, options[5], 1.6, cuts=[150], twice=[0])
    connection.send(alice, invite, 3, cuts=[250, len(invite) - 10])
    connection.send(bob, response(invite, '486 Busy Here'), 3.1)
    connection.close(alice, 4)


def like_msrp(capture):
    """Text over TCP that comes near to MSRP and is none, on any port."""
    client, server = Host(ALICE), Host(BOB)
    lines = [b'MSRP is a protocol\r\n', b'MSRP 1234 SENDS\r\nHello: there\r\n\r\n', b'-------a786hjs2$\r\n',
             b'MSRPS d93kswow SEND\r\nTo-Path: x\r\n', b'To-Path: msrp://a:1/b;tcp\r\nFrom-Path: msrp://c:2/d;tcp\r\n',
             b'220 MSRP d93kswow SEND\r\n']
    for n, line in enumerate(lines):
        connection = Connection(capture, client, 51000 + n, server, 9000 + n).open(n)
        connection.send(client, line, n + 0.1)
        connection.send(server, b'500 ' + line, n + 0.2)
        connection.close(client, n + 0.5)


def malformed(capture):
    alice, bob = Host(ALICE), Host(BOB)
    noise = random.Random(5)
    good = request('INVITE', 1, extra=['Content-Type: application/sdp'], body=AUDIO.format(ALICE, 20000))
    broken = [
        b'', b'\0\0\0\0', b'INVITE', b'INVITE sip:', b'SIP/2.0', b'SIP/2.0 200\r\n', b'SIP/2.0 2000 OK\r\n\r\n',
        good[:50], good[:200], good[:-30], good + b'trailing bytes', good.replace(b'\r\n', b'\n'),
        good.replace(b'Content-Length: ', b'Content-Length: -'), good.replace(b'Content-Length: ', b'Content-Length: 9'),
        good.replace(b'CSeq: 1 INVITE', b'CSeq: x'), good.replace(b'm=audio', b'm=\xff\xfe'),
        good.replace(b'sip:bob@example.com SIP', b'sip:bob@[ SIP'), b'OPTIONS  sip:x SIP/2.0\r\n\r\n',
        b'FOO sip:x SIP/2.0\r\n' + b'X: ' + b'"' * 500 + b'\r\n\r\n', noise.randbytes(300)]
    for n, data in enumerate(broken):
        capture.udp(n, alice, 5060, bob, 5060, data)
    for n in range(40):
        changed = bytearray(good)
        for _ in range(noise.randrange(1, 6)):
            changed[noise.randrange(len(changed))] = noise.randrange(256)
        capture.udp(50 + n, alice, 5060, bob, 5060, bytes(changed))
    connection = Connection(capture, alice, 40100, bob, 5060).open(100)
    connection.send(alice, noise.randbytes(3000), 100.1)
    capture.add(200, bob.mac + alice.mac + b'\x08\x00\x45')
    capture.add(201, bob.mac + alice.mac + b'\x08\x00' + noise.randbytes(60))
    head = struct.pack('!HHIIBBHHH', 5060, 5060, 1, 1, 0xF0, ACK | PSH, 1, 0, 0)
    capture.ip(202, alice, bob, 6, head)


def cut_short(path):
    """The first 120 bytes of each frame only: what tcpdump -s 120 records."""
    capture = Capture()
    audio_call(capture)
    sip_tcp(capture)
    with open(path, 'wb') as out:
        out.write(struct.pack('<IHHiIII', 0xA1B2C3D4, 2, 4, 0, 0, 120, 1))
        for micro, _, frame in sorted(capture.frames):
            out.write(struct.pack('<IIII', START + micro // 1000000, micro % 1000000, min(120, len(frame)), len(frame)))
            out.write(frame[:120])


CAPTURES = (audio_call, register, texts, http, dns, tls, icmp, fragments, sip_tcp, like_msrp, malformed)


def make_all(folder):
    """Writes every capture into this folder; their paths."""
    folder = pathlib.Path(folder)
    paths = []
    for make in CAPTURES:
        capture = Capture()
        make(capture)
        paths.append(folder / f'{make.__name__.replace("_", "-")}.pcap')
        capture.write(paths[-1])
    paths.append(folder / 'cut-short.pcap')
    cut_short(paths[-1])
    return paths


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for written in make_all(sys.argv[1]):
        print(written)
