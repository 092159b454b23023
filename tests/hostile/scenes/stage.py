# SPDX-License-Identifier: GPL-2.0-or-later
"""What the scenes are made with: how they are declared, a push session and what is sent in it."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'bench'))
from traffic import ACK, PSH, PRA, PSA, PUSH, Connection, Session, Writer, address, push_object, sha1  # noqa: E402

TO, FROM = f'msrp://{PRA}:8888/r1;tcp', f'msrp://{PSA}:7654/s1;tcp'
HUGE = 2 ** 64 - 1
SCENES = {}     # name -> (what writes it, units)


def scene(units):
    """Declares a function of writer and n; units: how many of them take some tenths of a second."""
    def declare(function):
        SCENES[function.__name__] = (function, units)
        return function
    return declare


def segments(units, first=None, back=False):
    """Declares a function of i and n: the i-th of n segments in a push session, after the `first`."""
    def declare(function):
        def play(writer, n):
            talk = Talk(writer)
            if first:
                talk.ab(first)
            for i in range(n):
                (talk.ba if back else talk.ab)(function(i, n))
        SCENES[function.__name__] = (play, units)
        return function
    return declare


def datagrams(units):
    """Declares a function of a session without number and i: the i-th SIP message."""
    def declare(function):
        def play(writer, n):
            session = new_session(writer)
            for i in range(n):
                sip_send(writer, function(session, i))
        SCENES[function.__name__] = (play, units)
        return function
    return declare


def new_dialogs(units):
    """Declares a function of a session: the SIP message that begins it, in n sessions."""
    def declare(function):
        def play(writer, n):
            for i in range(n):
                sip_send(writer, function(new_session(writer, i + 1)))
        SCENES[function.__name__] = (play, units)
        return function
    return declare


def write(name, path, n):
    """The capture of a scene, of n units."""
    with Writer(path) as writer:
        SCENES[name][0](writer, n)


# --- MSRP ---

def send(tid, body, start=None, total='*', flag='+', message_id='m1', to=TO, sender=FROM, end='*', more=''):
    byte_range = '' if start is None else f'Byte-Range: {start}-{end}/{total}\r\n'
    return (f'MSRP {tid} SEND\r\nTo-Path: {to}\r\nFrom-Path: {sender}\r\nMessage-ID: {message_id}\r\n{byte_range}{more}'
            f'Content-Type: {PUSH}\r\n\r\n').encode() + body + f'\r\n-------{tid}{flag}\r\n'.encode()


def open_send():
    """A SEND up to where its body begins."""
    whole = send('t', b'', 1, '*')
    return whole[:whole.index(b'\r\n\r\n') + 4]


def back(tid, what, more=''):
    return f'MSRP {tid} {what}\r\nTo-Path: {FROM}\r\nFrom-Path: {TO}\r\n{more}-------{tid}$\r\n'.encode()


class Talk:
    """A push session and its connection; every message is a segment of its own unless said otherwise."""

    def __init__(self, writer, data=b''):
        self.session = Session(writer, data)
        self.connection = self.session.begin()

    def ab(self, data):
        self.connection.segment(0, ACK | PSH, data)

    def ba(self, data):
        self.connection.segment(1, ACK | PSH, data)

    def lose(self, length):
        self.connection.seq[0] += length


# --- SIP ---

def sip_send(writer, data, forth=True):
    ends = (address(PSA), address(PRA)) if forth else (address(PRA), address(PSA))
    writer.udp(ends[0], 5060, ends[1], 5060, data)


def new_session(writer, number=1):
    session = Session(writer, b'', number)
    session.hash = sha1(b'')
    return session


def offer(session, i, more=''):
    contact = f'Contact: <sip:psa@{PSA}>;{Session.TAGS}'
    sdp = session.sdp(PSA, f'msrp://{PSA}:7654/s{i};tcp', 'sendonly', 'actpass') + more
    return session.head('INVITE sip:user@example.com SIP/2.0', f'{i + 1} INVITE', '', contact,
                        f'Accept-Contact: *;{Session.TAGS}', 'Content-Type: application/sdp', sdp)


def register(session, cseq, contact=f'Contact: <sip:user@{PRA}>;{Session.TAGS}'):
    return session.head('REGISTER sip:example.com SIP/2.0', f'{cseq} REGISTER', '', contact, '')


def message(session, cseq, body, kind=PUSH):
    return session.head('MESSAGE sip:user@example.com SIP/2.0', f'{cseq} MESSAGE', '',
                        f'Accept-Contact: *;{Session.TAGS}', f'Content-Type: {kind}', body)
