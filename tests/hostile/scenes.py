# SPDX-License-Identifier: GPL-2.0-or-later
"""What a hostile peer sends, at any scale: each scene writes a capture of about n of its units.

A unit is what the peer repeats: a chunk, a message, a segment, a dialog, a header. The bytes of a capture grow with n
alone, so work and memory that grow faster than n are the dissector's own doing.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'bench'))
from traffic import ACK, PSH, PRA, PSA, PUSH, Connection, Session, Writer, address, push_object, sha1, sip  # noqa: E402

TO, FROM = f'msrp://{PRA}:8888/r1;tcp', f'msrp://{PSA}:7654/s1;tcp'
HUGE = 2 ** 64 - 1
SCENES = {}


def scene(units):
    """Declares a scene; units: how many of them take some tenths of a second."""
    def declare(function):
        SCENES[function.__name__] = (function, units)
        return function
    return declare


def send(tid, body, start=None, total='*', flag='+', message_id='m1', to=TO, sender=FROM, end='*', more=''):
    byte_range = '' if start is None else f'Byte-Range: {start}-{end}/{total}\r\n'
    return (f'MSRP {tid} SEND\r\nTo-Path: {to}\r\nFrom-Path: {sender}\r\nMessage-ID: {message_id}\r\n{byte_range}{more}'
            f'Content-Type: {PUSH}\r\n\r\n').encode() + body + f'\r\n-------{tid}{flag}\r\n'.encode()


def back(tid, what, more=''):
    return f'MSRP {tid} {what}\r\nTo-Path: {FROM}\r\nFrom-Path: {TO}\r\n{more}-------{tid}$\r\n'.encode()


class Talk:
    """A push session and its connection; every message is a segment of its own unless said otherwise."""

    def __init__(self, writer, data=b'', push=True):
        self.writer = writer
        if push:
            self.session = Session(writer, data)
            self.connection = self.session.begin()
        else:
            self.connection = Connection(writer, PSA, 20001, PRA, 8888)

    def ab(self, data):
        self.connection.segment(0, ACK | PSH, data)

    def ba(self, data):
        self.connection.segment(1, ACK | PSH, data)

    def lose(self, length):
        self.connection.seq[0] += length


# --- chunks of one object ---

@scene(6000)
def tiny_chunks(writer, n):
    talk = Talk(writer)
    for i in range(n):
        talk.ab(send(f't{i}', b'x', i + 1, n, '$' if i == n - 1 else '+'))


@scene(6000)
def tiny_chunks_backwards(writer, n):
    talk = Talk(writer)
    for i in range(n):
        talk.ab(send(f't{i}', b'x', n - i, n))


@scene(6000)
def every_second_byte(writer, n):
    talk = Talk(writer)
    for i in range(n):
        talk.ab(send(f't{i}', b'x', 2 * i + 1, 2 * n))


@scene(6000)
def holes_filled_backwards(writer, n):
    talk = Talk(writer)
    for i in range(n // 2):
        talk.ab(send(f't{i}', b'x', 2 * i + 1, n))
    for i in range(n // 2):
        talk.ab(send(f'u{i}', b'x', n - 2 * i, n, '$'))


@scene(6000)
def many_in_a_segment(writer, n):
    talk = Talk(writer)
    for i in range(0, n, 5):
        talk.ab(b''.join(send(f't{i + k}', b'x', i + k + 1, n) for k in range(5)))


@scene(6000)
def no_bytes_at_all(writer, n):
    talk = Talk(writer)
    for i in range(n):
        talk.ab(send(f't{i}', b'', 1, 10))


@scene(6000)
def the_same_again(writer, n):
    talk = Talk(writer)
    body = push_object(300)
    for i in range(n):
        talk.ab(send(f't{i}', body, 1, 300, '$'))


@scene(6000)
def the_same_place_other_bytes(writer, n):
    talk = Talk(writer)
    for i in range(n):
        talk.ab(send(f't{i}', b'%0300d' % i, 1, 600))


@scene(4000)
def overlaps_that_slide(writer, n):
    talk = Talk(writer)
    for i in range(n):
        talk.ab(send(f't{i}', bytes([i % 251]) * 1000, i + 1, n + 1000))


@scene(6000)
def claims_of_everything(writer, n):
    talk = Talk(writer)
    for i in range(n):
        talk.ab(send(f't{i}', b'x', HUGE - i, HUGE, '+#$'[i % 3], f'm{i % 3}'))


@scene(6000)
def another_total_each_time(writer, n):
    talk = Talk(writer)
    for i in range(n):
        talk.ab(send(f't{i}', b'x', i + 1, n + i))


@scene(6000)
def aborted_again_and_again(writer, n):
    talk = Talk(writer)
    for i in range(n):
        talk.ab(send(f't{i}', b'x', i + 1, n + 1, '#'))


@scene(6000)
def beyond_the_total(writer, n):
    talk = Talk(writer)
    talk.ab(send('t', b'', 1, 1))
    for i in range(n):
        talk.ab(send(f't{i}', b'x', i + 2, 1))


# --- messages, transactions ---

@scene(4000)
def message_ids(writer, n):
    talk = Talk(writer)
    for i in range(n):
        talk.ab(send(f't{i}', b'x', 1, 1, '$', f'm{i}'))


@scene(4000)
def message_ids_unfinished(writer, n):
    talk = Talk(writer)
    for i in range(n):
        talk.ab(send(f't{i}', b'x', 2, 3, '+', f'm{i}'))


@scene(4000)
def messages_take_turns(writer, n):
    talk = Talk(writer)
    for i in range(n):
        talk.ab(send(f't{i}', b'x', i // 100 + 1, n, '+', f'm{i % 100}'))


@scene(6000)
def one_transaction_id(writer, n):
    talk = Talk(writer)
    for i in range(n):
        talk.ab(send('same', b'x', i + 1, n))


@scene(6000)
def answers_to_nobody(writer, n):
    talk = Talk(writer)
    talk.ab(send('t', b'x', 1, 2))
    for i in range(n):
        talk.ba(back(f'u{i}', '200 OK'))


@scene(6000)
def answers_again(writer, n):
    talk = Talk(writer)
    talk.ab(send('t', b'x', 1, 2))
    for i in range(n):
        talk.ba(back('t', '200 OK' if i % 2 else '413'))


@scene(4000)
def reports(writer, n):
    talk = Talk(writer)
    talk.ab(send('t', b'x' * 1000, 1, 1000, '$', more='Success-Report: yes\r\n'))
    for i in range(n):
        talk.ba(back(f'r{i}', 'REPORT', f'Message-ID: m1\r\nByte-Range: {i % 500 * 2 + 1}-{i % 500 * 2 + 1}/1000\r\n'
                     'Status: 000 200 OK\r\n'))


@scene(4000)
def reports_beyond(writer, n):
    talk = Talk(writer)
    talk.ab(send('t', b'x', 1, n, more='Success-Report: yes\r\n'))
    for i in range(n):
        talk.ba(back(f'r{i}', 'REPORT', f'Message-ID: m1\r\nByte-Range: {2 * i + 7}-{2 * i + 7}/{HUGE}\r\n'
                     'Status: 000 413 no\r\n'))


@scene(4000)
def reports_of_nothing(writer, n):
    talk = Talk(writer)
    talk.ab(send('t', b'x', 1, 2))
    for i in range(n):
        talk.ba(back(f'r{i}', 'REPORT', f'Message-ID: x{i}\r\nByte-Range: 1-1/1\r\nStatus: 000 200 OK\r\n'))


@scene(6000)
def unknown_methods(writer, n):
    talk = Talk(writer)
    for i in range(n):
        talk.ab(f'MSRP t{i} HELLO\r\nTo-Path: {TO}\r\nFrom-Path: {FROM}\r\n-------t{i}$\r\n'.encode())


@scene(4000)
def paths(writer, n):
    talk = Talk(writer)
    for i in range(n):
        talk.ab(send(f't{i}', b'x', 1, 1, '$', to=f'msrp://{PRA}:8888/r{i};tcp', sender=f'msrp://{PSA}:7654/s{i};tcp'))


@scene(400)
def long_paths(writer, n):
    talk = Talk(writer)
    for i in range(n):
        relays = ''.join(f'msrps://relay{k}.example.com:2855/s{k};tcp ' for k in range(20))
        talk.ab(send(f't{i}', b'x', i + 1, n, to=relays + TO, sender=FROM))


@scene(1500)
def connections(writer, n):
    Session(writer, b'').begin()
    for i in range(n):
        Connection(writer, PSA, 1024 + i % 60000, PRA, 8888).segment(0, ACK | PSH, send(f't{i}', b'x', i + 1, n))


@scene(1500)
def hops(writer, n):
    Session(writer, b'').begin()
    for i in range(n):
        Connection(writer, f'10.{i >> 16}.{i >> 8 & 255}.{i & 255}', 1024, PRA, 8888).segment(
            0, ACK | PSH, send(f't{i}', b'x', i + 1, n))


# --- what a stream may look like ---

@scene(4000)
def every_second_segment(writer, n):
    """One SEND, half of whose segments are lost."""
    talk = Talk(writer)
    talk.ab(send('t', b'', 1, '*')[:-len('\r\n-------t+\r\n')])
    for _ in range(n):
        talk.lose(100)
        talk.ab(b'x' * 100)


@scene(3000)
def every_second_message(writer, n):
    talk = Talk(writer)
    for i in range(n):
        talk.ab(send(f't{i}', b'x' * 50, 100 * i + 1, 100 * n))
        talk.lose(300)


@scene(2000)
def late_segments(writer, n):
    """Pairs of segments, the second one first."""
    talk = Talk(writer)
    talk.ab(send('t', b'', 1, '*')[:-len('\r\n-------t+\r\n')])
    for _ in range(n):
        talk.lose(100)
        talk.ab(b'y' * 100)
        talk.lose(-200)
        talk.ab(b'x' * 100)
        talk.lose(100)


@scene(2000)
def all_late(writer, n):
    """All holes are filled, from the last one on, at the end."""
    talk = Talk(writer)
    talk.ab(send('t', b'', 1, '*')[:-len('\r\n-------t+\r\n')])
    for _ in range(n):
        talk.lose(100)
        talk.ab(b'y' * 100)
    for _ in range(n):
        talk.lose(-200)
        talk.ab(b'x' * 100)
        talk.lose(-100)


@scene(2000)
def messages_late(writer, n):
    """Whole messages, each pair the second one first."""
    talk = Talk(writer)
    for i in range(0, n, 2):
        first, second = (send(f't{i + k}', b'x' * 40, 40 * (i + k) + 1, 40 * n) for k in range(2))
        talk.lose(len(first))
        talk.ab(second)
        talk.lose(-len(first) - len(second))
        talk.ab(first)
        talk.lose(len(second))


@scene(6000)
def retransmissions(writer, n):
    talk = Talk(writer)
    message = send('t', b'x' * 40, 1, 80)
    for _ in range(n):
        talk.ab(message)
        talk.lose(-len(message))


@scene(6000)
def byte_by_byte(writer, n):
    talk = Talk(writer)
    message = send('t', b'x' * n, 1, n, '$')
    for i in range(n):
        talk.ab(message[i:i + 1])


@scene(3000)
def dashes(writer, n):
    talk = Talk(writer)
    talk.ab(send('t', b'', 1, '*')[:-len('\r\n-------t+\r\n')])
    for _ in range(n):
        talk.ab(b'-' * 700)


@scene(3000)
def end_lines_of_others(writer, n):
    talk = Talk(writer)
    talk.ab(send('t', b'', 1, '*')[:-len('\r\n-------t+\r\n')])
    for i in range(n):
        talk.ab(b''.join(b'x\r\n-------u%d$\r\n' % (10 * i + k) for k in range(10)))


@scene(2000)
def quoted_messages(writer, n):
    """A body full of whole messages with the stream's own paths."""
    talk = Talk(writer)
    talk.ab(send('t', b'', 1, '*')[:-len('\r\n-------t+\r\n')])
    for i in range(n):
        talk.ab(b'\r\n' + send(f'u{i}', b'x', 1, 2))


@scene(2000)
def starts_of_messages(writer, n):
    talk = Talk(writer)
    talk.ab(send('t', b'', 1, '*')[:-len('\r\n-------t+\r\n')])
    for i in range(n):
        talk.ab(b''.join(b'\r\nMSRP u%d SEND\r\n' % (10 * i + k) for k in range(10)))


@scene(3000)
def head_without_end(writer, n):
    talk = Talk(writer)
    talk.ab(b'MSRP t SEND\r\n')
    for i in range(n):
        talk.ab(b''.join(b'To-Path: %d\r\n' % (20 * i + k) for k in range(20)))


@scene(800)
def heads_of_many_lines(writer, n):
    talk = Talk(writer)
    more = ''.join(f'X-{k}: {k}\r\n' for k in range(80))
    for i in range(n):
        talk.ab(send(f't{i}', b'x', i + 1, n, more=more))


@scene(3000)
def garbage(writer, n):
    talk = Talk(writer)
    talk.ab(send('t', b'x', 1, 2))
    for i in range(n):
        talk.ab(b'MSRP-ish %d\r\n' % i * 40)


@scene(5000)
def blank_lines(writer, n):
    talk = Talk(writer)
    talk.ab(send('t', b'x', 1, 2))
    for _ in range(n):
        talk.ab(b'\r\n' * 50)


# --- WebSocket ---

def ws_frame(data, opcode=2, fin=True):
    length = len(data)
    head = bytes([opcode | (0x80 if fin else 0)])
    head += bytes([length]) if length < 126 else b'\x7e' + length.to_bytes(2, 'big')
    return head + data


def ws_talk(writer):
    connection = Connection(writer, PRA, 30001, PSA, 80)
    connection.segment(0, ACK | PSH, (f'GET / HTTP/1.1\r\nHost: {PSA}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
                                      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n'
                                      'Sec-WebSocket-Protocol: msrp\r\n\r\n').encode())
    connection.segment(1, ACK | PSH, b'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
                       b'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: msrp\r\n\r\n')
    return connection


@scene(3000)
def websocket_messages(writer, n):
    connection = ws_talk(writer)
    for i in range(n):
        connection.segment(1, ACK | PSH, ws_frame(send(f't{i}', b'x', i + 1, n)))


@scene(1500)
def websocket_fragments(writer, n):
    """One message in n fragments."""
    connection = ws_talk(writer)
    message = send('t', b'x' * 20 * n, 1, 20 * n, '$')
    for at in range(0, len(message), 20):
        connection.segment(1, ACK | PSH, ws_frame(message[at:at + 20], 2 if at == 0 else 0, at + 20 >= len(message)))


# --- SIP and SDP ---

def sip_send(writer, data, forth=True):
    ends = (address(PSA), address(PRA)) if forth else (address(PRA), address(PSA))
    writer.udp(ends[0], 5060, ends[1], 5060, data)


def offer(session, i, more=''):
    contact = f'Contact: <sip:psa@{PSA}>;{Session.TAGS}'
    sdp = session.sdp(PSA, f'msrp://{PSA}:7654/s{i};tcp', 'sendonly', 'actpass') + more
    return session.head('INVITE sip:user@example.com SIP/2.0', f'{i + 1} INVITE', '', contact,
                        f'Accept-Contact: *;{Session.TAGS}', 'Content-Type: application/sdp', sdp)


def new_session(writer, number=1):
    session = Session(writer, b'', number)
    session.hash = sha1(b'')
    return session


@scene(2000)
def dialogs(writer, n):
    for i in range(n):
        sip_send(writer, offer(new_session(writer, i + 1), 0))


@scene(2000)
def offers_in_one_dialog(writer, n):
    session = new_session(writer)
    for i in range(n):
        sip_send(writer, offer(session, i))


@scene(2000)
def one_offer_again(writer, n):
    session = new_session(writer)
    for _ in range(n):
        sip_send(writer, offer(session, 1))


@scene(2000)
def forks(writer, n):
    session = new_session(writer)
    sip_send(writer, offer(session, 0))
    for i in range(n):
        sdp = session.sdp(PRA, f'msrp://{PRA}:8888/r{i};tcp', 'recvonly', 'passive')
        sip_send(writer, session.head('SIP/2.0 200 OK', '1 INVITE', f';tag=u{i}', 'Content-Type: application/sdp', sdp),
                 False)


@scene(60)
def selectors(writer, n):
    """200 file-selectors in each offer, and an object for each."""
    session = new_session(writer)
    for i in range(n):
        more = ''.join(f'a=file-selector:name:"o{i}x{k}" size:{k} hash:sha-1:{sha1(b"%d" % k)}\r\n' for k in range(200))
        sip_send(writer, offer(session, i, more))
    connection = Connection(writer, PSA, 20001, PRA, 8888)
    for i in range(20 * n):
        connection.segment(0, ACK | PSH, send(f't{i}', b'x', 1, 1, '$', f'm{i}'))


@scene(60)
def media_lines(writer, n):
    session = new_session(writer)
    for i in range(n):
        more = ''.join(f'm=message {7000 + k} TCP/MSRP *\r\na=path:msrp://{PSA}:{7000 + k}/k{k};tcp\r\n' for k in range(300))
        sip_send(writer, offer(session, i, more))


@scene(60)
def sdp_attributes(writer, n):
    session = new_session(writer)
    for i in range(n):
        sip_send(writer, offer(session, i, 'a=x:y\r\n' * 4000))


@scene(3000)
def registrations(writer, n):
    for i in range(n):
        contact = f'Contact: <sip:user@{PRA}>;{Session.TAGS}'
        sip_send(writer, new_session(writer, i + 1).head('REGISTER sip:example.com SIP/2.0', '1 REGISTER', '', contact, ''))


@scene(3000)
def one_registration(writer, n):
    session = new_session(writer)
    for i in range(n):
        contact = f'Contact: <sip:user@{PRA}>;{Session.TAGS}'
        sip_send(writer, session.head('REGISTER sip:example.com SIP/2.0', f'{i} REGISTER', '', contact, ''))


def message(session, cseq, body, kind=PUSH):
    return session.head('MESSAGE sip:user@example.com SIP/2.0', f'{cseq} MESSAGE', '',
                        f'Accept-Contact: *;{Session.TAGS}', f'Content-Type: {kind}', body)


@scene(3000)
def messages(writer, n):
    for i in range(n):
        sip_send(writer, message(new_session(writer, i + 1), 1, 'x'))


@scene(3000)
def messages_in_one_dialog(writer, n):
    session = new_session(writer)
    for i in range(n):
        sip_send(writer, message(session, i, 'x'))


@scene(3000)
def one_message_again(writer, n):
    session = new_session(writer)
    for _ in range(n):
        sip_send(writer, message(session, 1, 'x'))


@scene(3000)
def one_message_from_everywhere(writer, n):
    session = new_session(writer)
    data = message(session, 1, 'x')
    for i in range(n):
        writer.udp(address(f'10.{i >> 16}.{i >> 8 & 255}.{i & 255}'), 5060, address(PRA), 5060, data)


@scene(40)
def contacts(writer, n):
    """Contacts and feature tags, 60 KB of them in each REGISTER."""
    for i in range(n):
        contact = 'Contact: ' + ', '.join(f'<sip:{k}@{PRA}>;+g.oma.pusheventapp="a{k},b{k}"' for k in range(1000))
        sip_send(writer, new_session(writer, i + 1).head('REGISTER sip:example.com SIP/2.0', '1 REGISTER', '', contact, ''))


@scene(40)
def header_lines(writer, n):
    for i in range(n):
        lines = [f'Via: SIP/2.0/UDP h{k}.example.com;branch=z9hG4bK{k}' for k in range(900)]
        sip_send(writer, new_session(writer, i + 1).head('MESSAGE sip:user@example.com SIP/2.0', '1 MESSAGE', '', *lines,
                                                         f'Content-Type: {PUSH}', 'x'))


# --- what a body may hold ---

def nested(depth):
    body = 'Content-Type: text/plain\r\n\r\nx'
    for k in range(depth):
        body = f'Content-Type: multipart/mixed; boundary=b{k}\r\n\r\n--b{k}\r\n{body}\r\n--b{k}--\r\n'
    kind, _, body = body.partition('\r\n\r\n')
    return kind.removeprefix('Content-Type: '), body


@scene(60)
def deep_multiparts(writer, n):
    kind, body = nested(600)
    for i in range(n):
        sip_send(writer, message(new_session(writer, i + 1), 1, body, kind))


@scene(60)
def many_parts(writer, n):
    body = '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n' * 1200 + '--b--\r\n'
    for i in range(n):
        sip_send(writer, message(new_session(writer, i + 1), 1, body, 'multipart/mixed; boundary=b'))


@scene(60)
def boundaries_that_nearly_fit(writer, n):
    body = '--b-\r\n--bb\r\n--b' + '\r\n--' * 12000
    for i in range(n):
        sip_send(writer, message(new_session(writer, i + 1), 1, body, 'multipart/mixed; boundary=' + 'b' * 60))


@scene(60)
def cpim_in_cpim(writer, n):
    body = 'From: <im:a@b>\r\n\r\nContent-Type: message/cpim\r\n\r\n' * 800
    for i in range(n):
        sip_send(writer, message(new_session(writer, i + 1), 1, body, 'message/cpim'))


@scene(60)
def push_headers(writer, n):
    body = ''.join(f'X-Wap-{k}: {k}\r\n' for k in range(490)) + 'Content-Type: text/plain\r\n\r\nx'
    for i in range(n):
        sip_send(writer, message(new_session(writer, i + 1), 1, body))


@scene(16)
def one_large_object(writer, n):
    """n MB in one SEND."""
    data = push_object(n << 18)
    talk = Talk(writer, data)
    talk.connection.send(0, talk.session.chunk('t', 1, data, '$'))


def write(name, path, n):
    """The capture of a scene, of n units."""
    with Writer(path) as writer:
        SCENES[name][0](writer, n)
