# SPDX-License-Identifier: GPL-2.0-or-later
"""SIP and SDP: dialogs, offers, registrations, MESSAGEs."""
from .stage import (ACK, PRA, PSA, PSH, PUSH, Connection, address, datagrams, message, new_dialogs, new_session, offer,
                    register, scene, send, sha1, sip_send)


@new_dialogs(2000)
def dialogs(session):
    return offer(session, 0)


@datagrams(2000)
def offers_in_one_dialog(session, i):
    return offer(session, i)


@datagrams(2000)
def one_offer_again(session, i):
    return offer(session, 1)


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


@datagrams(60)
def media_lines(session, i):
    return offer(session, i, ''.join(f'm=message {7000 + k} TCP/MSRP *\r\na=path:msrp://{PSA}:{7000 + k}/k{k};tcp\r\n'
                                     for k in range(300)))


@datagrams(60)
def sdp_attributes(session, i):
    return offer(session, i, 'a=x:y\r\n' * 4000)


@new_dialogs(3000)
def registrations(session):
    return register(session, 1)


@datagrams(3000)
def one_registration(session, i):
    return register(session, i)


@new_dialogs(3000)
def messages(session):
    return message(session, 1, 'x')


@datagrams(3000)
def messages_in_one_dialog(session, i):
    return message(session, i, 'x')


@datagrams(3000)
def one_message_again(session, i):
    return message(session, 1, 'x')


@scene(3000)
def one_message_from_everywhere(writer, n):
    session = new_session(writer)
    data = message(session, 1, 'x')
    for i in range(n):
        writer.udp(address(f'10.{i >> 16}.{i >> 8 & 255}.{i & 255}'), 5060, address(PRA), 5060, data)


@new_dialogs(10)
def contacts(session):
    """Contacts and feature tags, 60 KB of them in each REGISTER."""
    return register(session, 1, 'Contact: ' + ', '.join(f'<sip:{k}@{PRA}>;+g.oma.pusheventapp="a{k},b{k}"'
                                                        for k in range(1000)))


@new_dialogs(40)
def header_lines(session):
    lines = [f'Via: SIP/2.0/UDP h{k}.example.com;branch=z9hG4bK{k}' for k in range(900)]
    return session.head('MESSAGE sip:user@example.com SIP/2.0', '1 MESSAGE', '', *lines, f'Content-Type: {PUSH}', 'x')
